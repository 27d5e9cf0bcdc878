/**
 * The contract of `CredentialStore`: run it on a store of your own. `make` answers an empty store each time.
 *
 * @module
 */

import { StoreError } from '../errors.js'
import { callable } from '../internal/members.js'
import type {
  CredentialEvent,
  CredentialKey,
  CredentialRecord,
  CredentialStore,
  CredentialSummary,
  NewCredentialRecord,
} from '../issue/credential-store.js'
import { demandArgument } from '../report/demand-options.js'
import { onlyValue } from '../status/outcome.js'
import { printableValue } from './printable-value.js'
import { answerOf, type ContractRule, demand, failureOf } from './rule.js'

/** So many clerks at once; and more records than a store would hand out in one piece. */
const CLERKS = 20
const RECORDS = 230

const ISSUED = new Date('2030-01-02T03:04:05.000Z')
const LATER = new Date('2030-02-03T04:05:06.000Z')

/** The rules for a CredentialStore. `make` answers an empty store each time. */
export function credentialStoreContract(
  make: () => CredentialStore | Promise<CredentialStore>,
): readonly ContractRule[] {
  demandArgument(make, callable, 'make')
  const put = (store: CredentialStore, record: NewCredentialRecord) =>
    answerOf(() => onlyValue(store.put([record])), `put takes "${record.awardId}"`)
  const get = async (store: CredentialStore, id: CredentialKey) => (await store.get([id]))[0]
  const change = (store: CredentialStore, credentialId: string, event: CredentialEvent) =>
    onlyValue(store.change([{ credentialId, event }]))
  return [
    {
      name: 'CredentialStore.put: keeps all of a record',
      promise: 'Records once per award id',
      run: async () => {
        const store = await make()
        const record = sample('award-1', {
          achievementVersion: '2',
          issuedBy: 'clerk 7',
          status: [{ listId: 'list', index: 94_567, purpose: 'revocation' }],
          credential: 'header.päyload "\u0000\uD83C\uDF93\'.signature',
        })
        demandRecord(await put(store, record), record, 'what put answers')
        for (const id of [{ awardId: 'award-1' }, { credentialId: record.credentialId }])
          demandRecord(await get(store, id), record, `what get answers for ${JSON.stringify(id)}`)
      },
    },
    {
      name: 'CredentialStore.put: gives back what is there for an award id that it knows',
      promise: 'a second one with the same gives back what is there',
      run: async () => {
        const store = await make()
        const first = sample('award-1')
        await put(store, first)
        const second = sample('award-1', { credentialId: 'urn:example:another', recipientHash: 'another' })
        demandRecord(await put(store, second), first, 'what put answers the second time')
        demand(
          (await get(store, { credentialId: second.credentialId })) === undefined,
          'what was put second must not be there',
        )
      },
    },
    {
      name: 'CredentialStore.put: one of many at once wins, and all are told which',
      promise: 'Records once per award id',
      run: async () => {
        const store = await make()
        const answers = await Promise.all(
          Array.from({ length: CLERKS }, (_, clerk) =>
            put(store, sample('award-1', { credentialId: `urn:example:${clerk}` })),
          ),
        )
        const ids = new Set(answers.map(({ credentialId }) => credentialId))
        demand(ids.size === 1, `${CLERKS} at once were told ${ids.size} different credentials for one award`)
      },
    },
    {
      name: 'CredentialStore.get: answers undefined for what it does not have',
      promise: 'Undefined where there is none.',
      run: async () => {
        const store = await make()
        await put(store, sample('award-1'))
        for (const id of [{ awardId: 'award-2' }, { credentialId: 'award-1' }, { awardId: "' or 1=1 --" }]) {
          const answer = await answerOf(() => get(store, id), 'get answers')
          demand(answer === undefined, `get of ${JSON.stringify(id)} answered ${printableValue(answer)}`)
        }
      },
    },
    {
      name: 'CredentialStore.change: adds to the trail, in order, and forgets nothing',
      promise: 'Adds to the audit trails in order',
      run: async () => {
        const store = await make()
        const { credentialId } = await put(store, sample('award-1'))
        await change(store, credentialId, { kind: 'suspended', at: LATER, reason: 'a "complaint"', by: 'clerk 7' })
        // Another clerk's clock may be behind: what counts is the order in which the store was told.
        await change(store, credentialId, { kind: 'reinstated', at: ISSUED })
        await change(store, credentialId, { kind: 'revoked', at: LATER, reason: 'fraud' })
        const { events = [] } = (await get(store, { credentialId })) ?? {}
        const kinds = events.map(({ kind }) => kind)
        demand(kinds.join() === 'suspended,reinstated,revoked', `the trail is ${printableValue(kinds)}`)
        const [first] = events
        demand(
          first?.reason === 'a "complaint"' && first.by === 'clerk 7' && first.at.getTime() === LATER.getTime(),
          `an event loses what it says: ${printableValue(first)}`,
        )
      },
    },
    {
      name: 'CredentialStore.change: loses no event when many are told at once',
      promise: 'Adds to the audit trails in order',
      run: async () => {
        const store = await make()
        const { credentialId } = await put(store, sample('award-1'))
        await Promise.all(
          Array.from({ length: CLERKS }, (_, clerk) =>
            change(store, credentialId, { kind: 'suspended', at: LATER, by: `clerk ${clerk}` }),
          ),
        )
        const { events = [] } = (await get(store, { credentialId })) ?? {}
        demand(new Set(events.map(({ by }) => by)).size === CLERKS, `${events.length} of ${CLERKS} events are there`)
      },
    },
    {
      name: 'CredentialStore.change: a renewal replaces the credential, and one of two wins',
      promise: 'with `renewed` replaces the credential, both or neither',
      run: async () => {
        const store = await make()
        const { credentialId } = await put(store, sample('award-1'))
        const status = [{ listId: 'list', index: 3, purpose: 'refresh' as const }]
        const renewals = await Promise.allSettled(
          ['new.1.s', 'new.2.s'].map((credential) =>
            change(store, credentialId, { kind: 'renewed', at: LATER, revision: 0, credential, status }),
          ),
        )
        const lost = renewals.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []))
        demand(lost.length === 1, `of two renewals of one revision ${2 - lost.length} were taken`)
        demand(
          lost[0] instanceof StoreError && lost[0].code === 'store.conflict',
          `the other is told store.conflict, not ${printableValue(lost[0])}`,
        )
        const winner = `new.${renewals.findIndex(({ status }) => status === 'fulfilled') + 1}.s`
        const record = await get(store, { credentialId })
        demand(record?.credential === winner, `the credential is ${printableValue(record?.credential)}, not ${winner}`)
        demand(record.revision === 1, `the revision is 1 after a renewal, not ${record.revision}`)
        demand(record.status[0]?.index === 3, 'a renewal keeps the places of its status')
        demand(
          record.events.length === 1 && !('credential' in (record.events[0] ?? {})),
          'the trail has the renewal once, without the credential',
        )
      },
    },
    {
      name: 'CredentialStore.list: all of them, each once, and from where it was left',
      promise: 'Those that a query asks for, each once, in an order that stays',
      run: async () => {
        const store = await make()
        const wanted = Array.from({ length: RECORDS }, (_, n) => `award-${n}`)
        await Promise.all(wanted.map((awardId) => put(store, sample(awardId))))
        await change(store, idOf('award-7'), { kind: 'revoked', at: LATER })
        const seen: CredentialSummary[] = []
        for await (const record of store.list()) seen.push(record)
        const ids = seen.map(({ awardId }) => awardId)
        demand(
          ids.length === RECORDS && new Set(ids).size === RECORDS,
          `list answered ${ids.length} of ${RECORDS} records, ${new Set(ids).size} different ones`,
        )
        const seventh = seen.find(({ awardId }) => awardId === 'award-7')
        demand(seventh?.events[0]?.kind === 'revoked', 'list lacks the trail of a record')
        const rest: string[] = []
        for await (const { awardId } of store.list({}, ids[99])) rest.push(awardId)
        demand(rest.join() === ids.slice(100).join(), 'list({}, after) does not go on after that record')
      },
    },
    {
      name: 'CredentialStore.put and get: many at once, answered in order, each for itself',
      promise: 'Answers in the order of the records',
      run: async () => {
        const store = await make()
        await put(store, sample('award-1'))
        const records = [
          sample('award-2'),
          sample('award\u0000'),
          sample('award-1', { credentialId: 'urn:example:another' }),
          sample('award-3', { credentialId: idOf('award-1') }),
          sample('award-4'),
          sample('award-4', { credentialId: 'urn:example:twice' }),
        ]
        const answers = await answerOf(() => store.put(records), 'put takes many, whatever some of them are')
        demand(
          answers.length === records.length,
          `put answered ${answers.length} results for ${records.length} records`,
        )
        const told = answers.map(({ value, error }) => value?.credentialId ?? error?.code)
        const wanted = [
          idOf('award-2'),
          'store.invalid_key',
          idOf('award-1'),
          'store.credential_taken',
          idOf('award-4'),
          idOf('award-4'),
        ]
        demand(told.join() === wanted.join(), `put answered ${printableValue(told)}, and not ${printableValue(wanted)}`)
        const found = await store.get([
          { awardId: 'award-4' },
          { awardId: 'award-3' },
          { credentialId: idOf('award-2') },
        ])
        const ids = found.map((record) => record?.awardId ?? 'none')
        demand(ids.join() === 'award-4,none,award-2', `get answered ${printableValue(ids)}`)
      },
    },
    {
      name: 'CredentialStore.change: many at once, in order, and each for itself',
      promise: 'Adds to the audit trails in order',
      run: async () => {
        const store = await make()
        await store.put([sample('award-1'), sample('award-2')])
        const [one, two] = [idOf('award-1'), idOf('award-2')]
        const renewed = { kind: 'renewed', at: LATER, credential: 'new.1.s' } as const
        const answers = await answerOf(
          () =>
            store.change([
              { credentialId: one, event: { kind: 'suspended', at: LATER } },
              { credentialId: 'urn:none', event: { kind: 'revoked', at: LATER } },
              { credentialId: two, event: { ...renewed, revision: 7 } },
              { credentialId: two, event: { ...renewed, revision: 0 } },
              { credentialId: one, event: { kind: 'reinstated', at: LATER } },
              { credentialId: one, event: { kind: 'revoked', at: LATER } },
            ]),
          'change takes many, whatever some of them are',
        )
        const told = answers.map(({ error }) => error?.code ?? 'done')
        const wanted = ['done', 'store.unknown_credential', 'store.conflict', 'done', 'done', 'done']
        demand(
          told.join() === wanted.join(),
          `change answered ${printableValue(told)}, and not ${printableValue(wanted)}`,
        )
        const [first, second] = await store.get([{ credentialId: one }, { credentialId: two }])
        const kinds = first?.events.map(({ kind }) => kind)
        demand(kinds?.join() === 'suspended,reinstated,revoked', `the trail is ${printableValue(kinds)}`)
        demand(second?.credential === 'new.1.s' && second.revision === 1, 'the renewal of the other is there')
      },
    },
    {
      name: 'CredentialStore.change: an event with a key once, and never another in its place',
      promise: 'An event is in a trail once per key',
      run: async () => {
        const store = await make()
        await store.put([sample('award-1'), sample('award-2')])
        const event = (by: string) => ({ kind: 'revoked', at: LATER, by }) as const
        const told = [1, 2].map((n) => ({ credentialId: idOf('award-1'), event: event(`clerk ${n}`), key: 'the end' }))
        const answers = [...(await store.change(told)), ...(await store.change(told))]
        demand(
          answers.every(({ error }) => error === undefined),
          'an event that is there already is no error',
        )
        const other = { credentialId: idOf('award-2'), event: event('clerk 3'), key: 'the end' }
        await onlyValue(store.change([other]))
        const all = await store.get([{ awardId: 'award-1' }, { awardId: 'award-2' }])
        const by = all.map((record) => record?.events.map((each) => each.by).join('+'))
        demand(by.join() === 'clerk 1,clerk 3', `the trails have events of ${printableValue(by)}`)
      },
    },
    {
      name: 'CredentialStore.list: by achievement, state and date',
      promise: 'All of what is given holds of a record.',
      run: async () => {
        const store = await make()
        await store.put([
          sample('award-1'),
          sample('award-2', { achievementId: 'urn:example:other' }),
          sample('award-3', { issuedAt: LATER }),
          sample('award-4'),
        ])
        await change(store, idOf('award-1'), { kind: 'revoked', at: LATER })
        await change(store, idOf('award-2'), { kind: 'suspended', at: LATER })
        await change(store, idOf('award-3'), { kind: 'suspended', at: LATER })
        await change(store, idOf('award-3'), { kind: 'reinstated', at: LATER })
        const wanted = [
          [{ state: 'revoked' }, 'award-1'],
          [{ state: 'suspended' }, 'award-2'],
          [{ state: 'active' }, 'award-3 award-4'],
          [{ achievementId: 'urn:example:other' }, 'award-2'],
          [{ issuedFrom: LATER }, 'award-3'],
          [{ issuedBefore: LATER, state: 'active' }, 'award-4'],
          [{ state: 'revoked', issuedFrom: LATER }, ''],
        ] as const
        for (const [query, ids] of wanted) {
          const found: string[] = []
          for await (const { awardId } of store.list(query)) found.push(awardId)
          demand(found.join(' ') === ids, `list of ${JSON.stringify(query)} answered ${printableValue(found)}`)
        }
      },
    },
    {
      name: 'CredentialStore: several credentials of one award, and those of a person',
      promise: 'Records once per award id and copy',
      run: async () => {
        const store = await make()
        const copy = (n: number, changes: Partial<NewCredentialRecord> = {}) =>
          sample('award-1', { copy: n, credentialId: `urn:example:copy:${n}`, ...changes })
        const records = [copy(2), sample('award-2', { personIndex: 'ada' }), sample('award-1'), copy(1)]
        for (const { error } of await store.put(records)) demand(error === undefined, `put refuses: ${error?.message}`)
        const again = await put(store, copy(1, { credentialId: 'urn:example:another' }))
        demand(again.credentialId === 'urn:example:copy:1', 'put gives back what is there of an award and copy')
        await put(store, copy(3, { personIndex: 'ada' }))
        demandRecord(await get(store, { awardId: 'award-1', copy: 2 }), copy(2), 'what get answers for a copy')
        demandRecord(await get(store, { awardId: 'award-1' }), sample('award-1'), 'what get answers without a copy')
        const missing = await get(store, { awardId: 'award-2', copy: 1 })
        demand(missing === undefined, `get of a copy that is not there answered ${printableValue(missing)}`)
        await change(store, 'urn:example:copy:2', { kind: 'revoked', at: LATER })
        const [plain, second] = await store.get([{ awardId: 'award-1' }, { awardId: 'award-1', copy: 2 }])
        demand(
          plain?.events.length === 0 && second?.events.length === 1,
          'what happens to one credential of an award happens to no other',
        )
        const listed = async (...asked: Parameters<CredentialStore['list']>) => {
          const found: CredentialSummary[] = []
          for await (const record of store.list(...asked)) found.push(record)
          return found
        }
        const shown = (found: readonly CredentialSummary[]) =>
          found.map(({ awardId, copy = 0 }) => `${awardId}/${copy}`).join(' ')
        const all = await listed()
        const wanted = 'award-1/0 award-1/1 award-1/2 award-1/3 award-2/0'
        demand(shown(all) === wanted, `list answered ${shown(all)}, and not ${wanted}`)
        for (const [query, after, expected] of [
          [{}, all[1], 'award-1/2 award-1/3 award-2/0'],
          [{}, 'award-1', 'award-2/0'],
          [{ awardId: 'award-1' }, undefined, 'award-1/0 award-1/1 award-1/2 award-1/3'],
          [{ personIndexes: ['bob', 'ada'] }, undefined, 'award-1/3 award-2/0'],
          [{ personIndexes: ['ada'], awardId: 'award-2' }, undefined, 'award-2/0'],
          [{ personIndexes: [] }, undefined, ''],
        ] as const) {
          const found = shown(await listed(query, after))
          demand(found === expected, `list of ${JSON.stringify(query)} answered ${found}, and not ${expected}`)
        }
      },
    },
    {
      name: 'CredentialStore: throws a StoreError for what it cannot take',
      promise: 'Rejects only with StoreError',
      run: async () => {
        const store = await make()
        const { credentialId } = await put(store, sample('award-1'))
        const take = (record: NewCredentialRecord) => onlyValue(store.put([record]))
        const mistakes: readonly (readonly [string, () => Promise<unknown>])[] = [
          ['change of a credential that is not there', () => change(store, 'urn:none', { kind: 'revoked', at: LATER })],
          ['put of an award id with U+0000', () => take(sample('award\u0000'))],
          ['put of an award id with a lone surrogate', () => take(sample('award\uD800'))],
          ['put of an empty award id', () => take(sample(''))],
          ['put of an award id of 100 000 characters', () => take(sample('a'.repeat(100_000)))],
          ['put of half a copy', () => take(sample('award-3', { copy: 0.5 }))],
          ['put of a credential id that another award has', () => take(sample('award-2', { credentialId }))],
        ]
        for (const [what, mistake] of mistakes) {
          const error = await failureOf(mistake, `${what} is refused`)
          demand(error instanceof StoreError, `${what}: a store throws only StoreError, not ${printableValue(error)}`)
        }
      },
    },
  ]
}

const idOf = (awardId: string) => `urn:example:of:${awardId}`

function sample(awardId: string, changes: Partial<NewCredentialRecord> = {}): NewCredentialRecord {
  return {
    awardId,
    credentialId: idOf(awardId),
    achievementId: 'https://school.example/achievements/1',
    recipientHash: 'sha256$00',
    issuedAt: ISSUED,
    status: [],
    credential: 'header.payload.signature',
    ...changes,
  }
}

function demandRecord(found: CredentialRecord | undefined, wanted: NewCredentialRecord, what: string): void {
  demand(found !== undefined, `${what} is the record, not undefined`)
  const { revision, events, ...rest } = found
  const text = (record: object) => JSON.stringify(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)))
  demand(text(rest) === text(wanted), `${what} is ${printableValue(rest)}, and not ${printableValue(wanted)}`)
  demand(found.issuedAt instanceof Date, `${what} has a Date in issuedAt`)
  demand(revision === 0 && events.length === 0, `${what} has revision 0 and no events`)
}
