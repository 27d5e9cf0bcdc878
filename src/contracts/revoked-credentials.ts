/**
 * The contract of `RevokedCredentials`: run it on a store of your own that has it. `make` answers an empty store each time.
 *
 * @module
 */
import { callable } from '../internal/members.js'
import type { CredentialStore, PlainEvent } from '../issue/credential-store.js'
import type { RevokedCredentials } from '../issue/revoked-credentials.js'
import { demandArgument } from '../report/demand-options.js'
import { onlyValue } from '../status/outcome.js'
import { printableValue } from './printable-value.js'
import { type ContractRule, demand } from './rule.js'

type Store = CredentialStore & RevokedCredentials

const AT = new Date('2030-01-02T03:04:05.000Z')
/** More than a store would hand out in one piece. */
const MANY = 6000
const CHUNK = 500

/** The rules for a CredentialStore that knows what is revoked. `make` answers an empty store each time. */
export function revokedCredentialsContract(make: () => Store | Promise<Store>): readonly ContractRule[] {
  demandArgument(make, callable, 'make')
  const put = async (store: Store, from: number, to: number) => {
    for (let n = from; n < to; n += CHUNK)
      await store.put(
        Array.from({ length: Math.min(CHUNK, to - n) }, (_, k) => ({
          awardId: `award-${n + k}`,
          credentialId: idOf(n + k),
          achievementId: 'https://school.example/achievements/1',
          recipientHash: 'sha256$00',
          issuedAt: AT,
          status: [],
          credential: 'header.payload.signature',
        })),
      )
  }
  const tell = (store: Store, n: number, event: Partial<PlainEvent> & Pick<PlainEvent, 'kind'>) =>
    onlyValue(store.change([{ credentialId: idOf(n), event: { at: AT, ...event } }]))
  return [
    {
      name: 'RevokedCredentials.revoked: those that are, with the reason of the revocation',
      promise: 'Those that are revoked, each once, with the reason of its revocation',
      run: async () => {
        const store = await make()
        await put(store, 0, 5)
        await tell(store, 1, { kind: 'suspended', reason: 'a doubt' })
        await tell(store, 1, { kind: 'revoked', reason: 'fraud \u0000 \uD83C\uDF93' })
        await tell(store, 1, { kind: 'revoked', reason: 'said again' })
        await tell(store, 2, { kind: 'suspended', reason: 'a doubt' })
        await tell(store, 3, { kind: 'revoked' })
        const found = (await all(store)).sort((a, b) => (a.id < b.id ? -1 : 1))
        const wanted = [{ id: idOf(1), reason: 'fraud \u0000 \uD83C\uDF93' }, { id: idOf(3) }]
        demand(JSON.stringify(found) === JSON.stringify(wanted), `revoked answered ${printableValue(found)}`)
      },
    },
    {
      name: 'RevokedCredentials.revoked: more than fit into one piece, each once',
      promise: 'Those that are revoked, each once',
      run: async () => {
        const store = await make()
        await put(store, 0, MANY)
        for (let n = 0; n < MANY; n += CHUNK)
          await store.change(
            Array.from({ length: CHUNK }, (_, k) => ({
              credentialId: idOf(n + k),
              event: { kind: 'revoked', at: AT },
              key: 'revoked',
            })),
          )
        const ids = (await all(store)).map(({ id }) => id)
        demand(ids.length === MANY && new Set(ids).size === MANY, `of ${MANY} there are ${ids.length}, each once`)
      },
    },
    {
      name: 'RevokedCredentials.revokedVersion: changes with what is revoked, and with nothing else',
      promise: 'Another text whenever `revoked` would answer something else',
      run: async () => {
        const store = await make()
        await put(store, 0, 3)
        const none = await store.revokedVersion()
        await tell(store, 0, { kind: 'suspended' })
        demand((await store.revokedVersion()) === none, 'a suspension makes no other version')
        await tell(store, 0, { kind: 'revoked' })
        const one = await store.revokedVersion()
        demand(one !== none, 'a revocation makes another version')
        await tell(store, 1, { kind: 'revoked', reason: 'fraud' })
        demand(![none, one].includes(await store.revokedVersion()), 'each revocation makes another version')
      },
    },
  ]
}

const idOf = (n: number) => `urn:example:${n}`

async function all(store: Store) {
  const found = []
  for await (const page of store.revoked()) found.push(...page)
  return found
}
