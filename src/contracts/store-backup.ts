/**
 * The contract of `StoreBackup`: run it on stores of your own that have one. `make` answers empty ones each time.
 *
 * @module
 */
import { StoreError } from '../errors.js'
import { callable } from '../internal/members.js'
import type { AwardStore } from '../issue/award-store.js'
import type { CredentialStore, NewCredentialRecord } from '../issue/credential-store.js'
import type { RevokedCredentials } from '../issue/revoked-credentials.js'
import { demandArgument } from '../report/demand-options.js'
import type { StatusStore } from '../status/status-store.js'
import type { BackupCounts, BackupRow, StoreBackup } from '../store/store-backup.js'
import { printableValue } from './printable-value.js'
import { answerOf, type ContractRule, demand, failureOf } from './rule.js'

/** Stores that belong together, and their backup. */
export interface BackedUpStores {
  readonly backup: StoreBackup
  readonly status: StatusStore
  readonly credentials: CredentialStore & Partial<RevokedCredentials>
  readonly awards: AwardStore
}

const AT = new Date('2030-01-02T03:04:05.000Z')
const PURPOSE = 'revocation'
/** More than fit into a page. */
const MANY = 1500

const recordOf = (n: number, listId: string, index: number): NewCredentialRecord => ({
  awardId: `award-${n}`,
  credentialId: `urn:example:${n}`,
  achievementId: 'https://school.example/achievements/1',
  recipientHash: 'sha256$00',
  issuedAt: AT,
  status: [{ listId, index, purpose: PURPOSE }],
  credential: 'header.payload.signature',
})

/** The rules for a StoreBackup. */
export function storeBackupContract(make: () => BackedUpStores | Promise<BackedUpStores>): readonly ContractRule[] {
  demandArgument(make, callable, 'make')
  return [
    {
      name: 'StoreBackup.read: nothing of empty stores',
      promise: 'All rows as of the moment in which the first is asked for',
      run: async () => {
        const rows = await read(await make())
        demand(rows.length === 0, `read answered ${rows.length} rows of empty stores`)
      },
    },
    {
      name: 'StoreBackup.write: what was read is read again, row for row, and the stores go on where the others were',
      promise: 'From now on it goes on as the other did.',
      run: async () => {
        const old = await make()
        const places = await fill(old)
        const rows = await read(old)
        const stores = await make()
        await restore(stores, rows)
        const again = await read(stores)
        demand(
          JSON.stringify(again) === JSON.stringify(rows),
          `of ${rows.length} rows ${again.length} are there, and not the same`,
        )
        const [same, fresh] = await stores.status.allocate([
          { key: 'award-1', purpose: PURPOSE },
          { key: 'award-new', purpose: PURPOSE },
        ])
        demand(
          JSON.stringify(same?.value) === JSON.stringify(places[1]),
          `award-1 had ${printableValue(places[1])} and has ${printableValue(same)}`,
        )
        const isTaken = places.some(
          ({ listId, index }) => listId === fresh?.value?.listId && index === fresh.value.index,
        )
        demand(fresh?.value !== undefined && !isTaken, `the entry ${printableValue(fresh)} was given out twice`)
        const [kept] = await stores.credentials.put([recordOf(1, 'another', 0)])
        demand(
          kept?.value?.status[0]?.listId === places[1]?.listId,
          'the same award gives back the credential that is there',
        )
        await stores.credentials.change([
          { credentialId: 'urn:example:2', event: { kind: 'revoked', at: AT }, key: 'revoked' },
        ])
        const [told] = await stores.credentials.get([{ awardId: 'award-2' }])
        demand(told?.events.length === 1, `an event is once in the trail, and not ${told?.events.length} times`)
        if (stores.credentials.revoked !== undefined && old.credentials.revoked !== undefined) {
          const [was, is] = [await all(old.credentials.revoked()), await all(stores.credentials.revoked())]
          demand(JSON.stringify(was) === JSON.stringify(is), `revoked answered ${printableValue(is)}`)
        }
        const [offered] = await stores.awards.get(['offer-1'])
        demand(offered?.state === 'withdrawn' && offered.events.length === 1, `the award is ${printableValue(offered)}`)
      },
    },
    {
      name: 'StoreBackup.read: of one moment, whoever writes meanwhile',
      promise: 'All rows as of the moment in which the first is asked for, whoever writes meanwhile',
      run: async () => {
        const stores = await make()
        await fill(stores)
        const before = JSON.stringify(await read(stores))
        const rows: BackupRow[] = []
        for await (const page of stores.backup.read()) {
          if (rows.length === 0) {
            const [place] = await stores.status.allocate([{ key: 'award-late', purpose: PURPOSE }])
            const { listId, index } = place?.value ?? { listId: '', index: 0 }
            await stores.credentials.put([
              { ...recordOf(0, listId, index), awardId: 'award-late', credentialId: 'late' },
            ])
            await stores.credentials.change([{ credentialId: 'urn:example:3', event: { kind: 'revoked', at: AT } }])
          }
          rows.push(...page)
        }
        demand(JSON.stringify(rows) === before, 'what was written meanwhile is in it, or a part of it')
      },
    },
    {
      name: 'StoreBackup.write: rows that are there stay, once',
      promise: 'those that are there already stay.',
      run: async () => {
        const old = await make()
        await fill(old)
        const rows = await read(old)
        const stores = await make()
        for (const time of ['once', 'twice']) {
          await answerOf(() => stores.backup.begin('one'), `begin goes on, ${time}`)
          await answerOf(() => stores.backup.write(rows), `write takes rows ${time}`)
        }
        await stores.backup.end(countsOf(rows))
        demand(JSON.stringify(await read(stores)) === JSON.stringify(rows), 'rows that came twice are not there once')
      },
    },
    {
      name: 'StoreBackup.write: all rows or none, where something else stands in the place of one',
      promise: 'StoreError `store.conflict` where something else stands in the place of one.',
      run: async () => {
        const old = await make()
        await fill(old)
        const rows = await read(old)
        const lists = rows.filter(({ kind }) => kind === 'list')
        const [first, second] = rows.filter((row) => row.kind === 'entry')
        const stores = await make()
        await stores.backup.begin('one')
        await stores.backup.write([...lists, ...(first === undefined ? [] : [first])])
        const wrong = { ...first, key: 'award-other' } as BackupRow
        await demandFailure(() => stores.backup.write([second as BackupRow, wrong]), 'store.conflict')
        const there = (await read(stores)).filter(({ kind }) => kind === 'entry')
        demand(
          JSON.stringify(there) === JSON.stringify([first]),
          `after it there are ${there.length} entries and not 1`,
        )
      },
    },
    {
      name: 'StoreBackup.begin: refuses stores that hold anything else',
      promise: 'StoreError `store.not_empty` where the store holds anything that did not come by this.',
      run: async () => {
        const used = await make()
        await fill(used)
        await demandFailure(() => used.backup.begin('one'), 'store.not_empty')
        const stores = await make()
        await stores.backup.begin('one')
        await stores.backup.write((await read(used)).slice(0, 1))
        await demandFailure(() => stores.backup.begin('another'), 'store.not_empty')
      },
    },
    {
      name: 'StoreBackup.write: until the end no list gives out an entry',
      promise: 'Until `end` no list gives out an entry;',
      run: async () => {
        const old = await make()
        const [place] = await fill(old)
        const rows = await read(old)
        const stores = await make()
        await stores.backup.begin('one')
        await stores.backup.write(rows.filter(({ kind }) => kind === 'list'))
        const [early] = await stores.status.allocate([{ key: 'award-early', purpose: PURPOSE }])
        demand(early?.value?.listId !== place?.listId, 'an entry was given out that a later row may have')
      },
    },
    {
      name: 'StoreBackup.end: refuses where they are not as many',
      promise: 'StoreError `store.conflict` where these are not as many as the store holds.',
      run: async () => {
        const stores = await make()
        await stores.backup.begin('one')
        await demandFailure(
          () => stores.backup.end({ lists: 1, entries: 0, awards: 0, credentials: 0 }),
          'store.conflict',
        )
      },
    },
  ]
}

/** Some awards with their credentials, and more than fit into a page; answers their places. */
async function fill({ status, credentials, awards }: BackedUpStores) {
  const outcomes = await status.allocate(
    Array.from({ length: MANY }, (_, n) => ({ key: `award-${n}`, purpose: PURPOSE }) as const),
  )
  const places = outcomes.map(({ value }) => value ?? { listId: '', index: -1 })
  await credentials.put(places.slice(0, MANY / 2).map(({ listId, index }, n) => recordOf(n, listId, index)))
  await status.set([{ ...(places[2] as (typeof places)[0]), value: 1 }])
  await credentials.change([
    {
      credentialId: 'urn:example:2',
      event: { kind: 'revoked', at: AT, reason: 'a \u0000 \uD83C\uDF93' },
      key: 'revoked',
    },
    { credentialId: 'urn:example:4', event: { kind: 'suspended', at: AT } },
    { credentialId: 'urn:example:4', event: { kind: 'reinstated', at: AT, by: 'clerk 7' } },
    { credentialId: 'urn:example:5', event: { kind: 'renewed', at: AT, revision: 0, credential: 'a.newer.one' } },
  ])
  await awards.put([
    {
      awardId: 'offer-1',
      achievementId: 'https://school.example/achievements/1',
      state: 'offered',
      claims: [],
      content: { name: 'Ada' },
      at: AT,
    },
  ])
  await awards.change([
    { awardId: 'offer-1', revision: 0, event: { kind: 'withdrawn', at: AT }, to: { state: 'withdrawn' } },
  ])
  return places
}

async function read({ backup }: BackedUpStores): Promise<BackupRow[]> {
  const rows: BackupRow[] = []
  for await (const page of backup.read()) rows.push(...page)
  return rows
}

async function restore({ backup }: BackedUpStores, rows: readonly BackupRow[]): Promise<void> {
  await answerOf(() => backup.begin('one'), 'begin takes empty stores')
  for (let n = 0; n < rows.length; n += 400)
    await answerOf(() => backup.write(rows.slice(n, n + 400)), 'write takes rows')
  await answerOf(() => backup.end(countsOf(rows)), 'end takes the counts of what was written')
}

function countsOf(rows: readonly BackupRow[]): BackupCounts {
  const count = (kind: BackupRow['kind']) => rows.filter((row) => row.kind === kind).length
  return { lists: count('list'), entries: count('entry'), awards: count('award'), credentials: count('credential') }
}

async function demandFailure(work: () => unknown, code: string): Promise<void> {
  const error = await failureOf(work, `it fails with ${code}`)
  demand(error instanceof StoreError && error.code === code, `it fails with ${code}, not ${printableValue(error)}`)
}

async function all<T>(pages: AsyncIterable<readonly T[]>): Promise<T[]> {
  const found: T[] = []
  for await (const page of pages) found.push(...page)
  return found
}
