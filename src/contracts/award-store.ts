/**
 * The contract of `AwardStore`, and of the `CredentialStore` beside it: run it on stores of your own. `make` answers an empty pair each
 * time.
 *
 * @module
 */
import { StoreError } from '../errors.js'
import { callable } from '../internal/members.js'
import type {
  AwardChange,
  AwardEvent,
  AwardRecord,
  AwardStore,
  AwardSummary,
  NewAwardRecord,
} from '../issue/award-store.js'
import type { CredentialStore, NewCredentialRecord } from '../issue/credential-store.js'
import { demandArgument } from '../report/demand-options.js'
import { onlyValue } from '../status/outcome.js'
import { printableValue } from './printable-value.js'
import { answerOf, type ContractRule, demand, failureOf } from './rule.js'

/** Two stores that belong together. */
export interface AwardStores {
  readonly awards: AwardStore
  readonly credentials: CredentialStore
}

/** So many clerks at once; and more awards than a store would hand out in one piece. */
const CLERKS = 20
const AWARDS = 230

const OFFERED = new Date('2030-01-02T03:04:05.000Z')
const LATER = new Date('2030-02-03T04:05:06.000Z')

/** The rules for an AwardStore. `make` answers an empty pair of stores each time. */
export function awardStoreContract(make: () => AwardStores | Promise<AwardStores>): readonly ContractRule[] {
  demandArgument(make, callable, 'make')
  const put = (store: AwardStore, award: NewAwardRecord) =>
    answerOf(() => onlyValue(store.put([award])), `put takes "${award.awardId}"`)
  const get = async (store: AwardStore, awardId: string) => (await store.get([awardId]))[0]
  const change = (store: AwardStore, given: AwardChange) => onlyValue(store.change([given]))
  return [
    {
      name: 'AwardStore.put: keeps all of an award, once',
      promise: 'Records once per award id; a second one with the same id gives back what is there.',
      run: async () => {
        const { awards } = await make()
        const first = sample('award-1', { achievementVersion: '2', by: 'clerk 7' })
        demandAward(await put(awards, first), first, 'what put answers')
        demandAward(await get(awards, 'award-1'), first, 'what get answers')
        const second = await put(awards, sample('award-1', { recipientHash: 'another' }))
        demandAward(second, first, 'what put answers the second time')
      },
    },
    {
      name: 'AwardStore.put: many at once, answered in order, each for itself',
      promise: 'Answers in the order of the awards.',
      run: async () => {
        const { awards } = await make()
        await put(awards, sample('award-1'))
        const given = [sample('award-2'), sample('award\u0000'), sample('award-1', { by: 'x' }), sample('award-3')]
        const answers = await answerOf(() => awards.put(given), 'put takes many, whatever some of them are')
        const told = answers.map(({ value, error }) => value?.awardId ?? error?.code)
        demand(told.join() === 'award-2,store.invalid_key,award-1,award-3', `put answered ${printableValue(told)}`)
        const found = await awards.get(['award-3', 'award-4', 'award-2', "' or 1=1 --"])
        const ids = found.map((award) => award?.awardId ?? 'none')
        demand(ids.join() === 'award-3,none,award-2,none', `get answered ${printableValue(ids)}`)
      },
    },
    {
      name: 'AwardStore.change: what is other, what is taken away, and the trail',
      promise: 'and adds to its trail, both or neither; the next revision is one more',
      run: async () => {
        const { awards } = await make()
        await put(awards, sample('award-1'))
        const claims = [{ copy: 1, holderHash: 'sha256$11' }]
        await change(awards, {
          awardId: 'award-1',
          revision: 0,
          event: { kind: 'claimed', at: LATER, copy: 1, by: 'clerk 7', reason: 'a "reason"' },
          to: { state: 'claimed', claims },
        })
        await change(awards, {
          awardId: 'award-1',
          revision: 1,
          event: { kind: 'sent', at: OFFERED },
          to: { address: undefined },
        })
        const award = await get(awards, 'award-1')
        demand(award?.revision === 2, `the revision is 2 after two changes, not ${award?.revision}`)
        demand(award.state === 'claimed', `the state is ${award.state}, not claimed`)
        demand(JSON.stringify(award.claims) === JSON.stringify(claims), 'the claims are those of the change')
        demand(!('address' in award), 'what is undefined in a change is taken away')
        demand(JSON.stringify(award.content) === JSON.stringify(sample('').content), 'what a change leaves out stays')
        const trail = award.events.map(({ kind, by, reason }) => [kind, by, reason].join('/'))
        demand(trail.join() === 'claimed/clerk 7/a "reason",sent//', `the trail is ${printableValue(trail)}`)
        demand(award.events[0]?.at instanceof Date, 'an event has a Date')
      },
    },
    {
      name: 'AwardStore.change: of many from one revision one is done',
      promise: '`store.conflict` where it is of another revision by now',
      run: async () => {
        const { awards } = await make()
        await put(awards, sample('award-1'))
        const results = await Promise.allSettled(
          Array.from({ length: CLERKS }, (_, clerk) =>
            change(awards, {
              awardId: 'award-1',
              revision: 0,
              event: { kind: 'claimed', at: LATER, by: String(clerk) },
              to: { state: 'claimed', claims: [{ copy: 1, holderHash: String(clerk) }] },
            }),
          ),
        )
        const lost = results.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []))
        demand(lost.length === CLERKS - 1, `${CLERKS - lost.length} of ${CLERKS} changed one revision`)
        for (const error of lost)
          demand(
            error instanceof StoreError && error.code === 'store.conflict',
            `the others are told store.conflict, not ${printableValue(error)}`,
          )
        const award = await get(awards, 'award-1')
        demand(
          award?.events.length === 1 && award.events[0]?.by === award.claims[0]?.holderHash,
          'the trail and the claim are those of the one that was done',
        )
      },
    },
    {
      name: 'AwardStore.change: many at once, in order, and each for itself',
      promise: 'Answers in the order of the changes',
      run: async () => {
        const { awards } = await make()
        await awards.put([sample('award-1'), sample('award-2')])
        const event: AwardEvent = { kind: 'withdrawn', at: LATER }
        const answers = await answerOf(
          () =>
            awards.change([
              { awardId: 'award-1', revision: 0, event },
              { awardId: 'none', revision: 0, event },
              { awardId: 'award-2', revision: 7, event },
              { awardId: 'award-1', revision: 1, event: { kind: 'revoked', at: LATER }, to: { state: 'revoked' } },
              { awardId: 'award-2', revision: 0, event },
            ]),
          'change takes many, whatever some of them are',
        )
        const told = answers.map(({ error }) => error?.code ?? 'done')
        demand(
          told.join() === 'done,store.unknown_award,store.conflict,done,done',
          `change answered ${printableValue(told)}`,
        )
        const kinds = (await get(awards, 'award-1'))?.events.map(({ kind }) => kind)
        demand(kinds?.join() === 'withdrawn,revoked', `the trail is ${printableValue(kinds)}`)
      },
    },
    {
      name: 'AwardStore.list: by achievement, state, person, and what is to be sent',
      promise: 'Those that a query asks for, each once, in an order that stays',
      run: async () => {
        const { awards } = await make()
        const wanted = Array.from({ length: AWARDS }, (_, n) => `award-${n}`)
        await awards.put(wanted.map((awardId) => sample(awardId, { personIndex: awardId })))
        const sent = wanted.slice(2).map((awardId) => ({
          awardId,
          revision: 0,
          event: { kind: 'sent' as const, at: LATER },
          to: { address: undefined, ...(awardId === 'award-9' ? { state: 'revoked' as const } : {}) },
        }))
        await awards.change(sent)
        const other = 'urn:example:other'
        await put(awards, sample('other', { achievementId: other, personIndex: 'award-7' }))
        const all: AwardSummary[] = []
        for await (const award of awards.list()) all.push(award)
        const ids = all.map(({ awardId }) => awardId)
        demand(ids.length === AWARDS + 1 && new Set(ids).size === AWARDS + 1, `list answered ${ids.length} awards`)
        demand(!all.some((award) => 'content' in award), 'list answers without contents')
        demand(all.find(({ awardId }) => awardId === 'award-9')?.events.length === 1, 'list lacks a trail')
        const rest: string[] = []
        for await (const { awardId } of awards.list({}, ids[99])) rest.push(awardId)
        demand(rest.join() === ids.slice(100).join(), 'list({}, after) does not go on after that award')
        for (const [query, expected] of [
          [{ achievementId: other }, 'other'],
          [{ state: 'revoked' }, 'award-9'],
          [{ personIndexes: ['award-7', 'award-8'] }, 'award-7 award-8 other'],
          [{ personIndexes: ['award-7'], achievementId: other }, 'other'],
          [{ personIndexes: [] }, ''],
          [{ isUnsent: true }, 'award-0 award-1 other'],
          [{ isUnsent: true, state: 'revoked' }, ''],
        ] as const) {
          const found: string[] = []
          for await (const { awardId } of awards.list(query)) found.push(awardId)
          demand(found.join(' ') === expected, `list of ${JSON.stringify(query)} answered ${printableValue(found)}`)
        }
      },
    },
    {
      name: 'CredentialStore.put: under an award that is open, and it is issued',
      promise: 'only while the award is open for it',
      run: async () => {
        const { awards, credentials } = await make()
        const claimed = { state: 'claimed', claims: [{ copy: 1, holderHash: 'a' }] } as const
        await awards.put([
          sample('claimed', claimed),
          sample('offered'),
          sample('replaced', { ...claimed, claims: [{ copy: 1, isReplaced: true }, { copy: 2 }] }),
          ...(['suspended', 'withdrawn', 'revoked', 'erased'] as const).map((state) =>
            sample(state, { ...claimed, state }),
          ),
        ])
        const given = [
          ['claimed', 1, 'done'],
          ['claimed', 2, 'store.award_closed'],
          ['claimed', 1, 'done'],
          ['offered', 0, 'done'],
          ['offered', 1, 'store.award_closed'],
          ['replaced', 1, 'store.award_closed'],
          ['replaced', 2, 'done'],
          ['suspended', 1, 'store.award_closed'],
          ['withdrawn', 0, 'store.award_closed'],
          ['revoked', 1, 'store.award_closed'],
          ['erased', 0, 'store.award_closed'],
          ['not here', 0, 'done'],
        ] as const
        const answers = await credentials.put(given.map(([awardId, copy]) => credential(awardId, copy)))
        for (const [at, [awardId, copy, wanted]] of given.entries())
          demand(
            (answers[at]?.error?.code ?? 'done') === wanted,
            `put of copy ${copy} of an award that is ${awardId} answered ${printableValue(answers[at]?.error?.code)}, not ${wanted}`,
          )
        const [award, offered] = await awards.get(['claimed', 'offered'])
        demand(
          award?.state === 'issued' && award.claims[0]?.isIssued === true && award.revision === 1,
          `an award is issued with its credential, not ${printableValue(award?.state)}`,
        )
        demand(
          award.events.map(({ kind, copy }) => `${kind} ${copy}`).join() === 'issued 1',
          `the trail of an award says that it was issued, not ${printableValue(award.events)}`,
        )
        demand(offered?.state === 'offered', 'a credential that nobody claimed leaves an award offered')
        const again = await onlyValue(credentials.put([credential('claimed', 1)]))
        demand(again.credentialId === 'urn:example:claimed:1', 'what is there is given back')
      },
    },
    {
      name: 'AwardStore.change: who closes an award finds all its credentials',
      promise: 'so that who closes an award and then changes its credentials misses none',
      run: async () => {
        const { awards, credentials } = await make()
        const ids = Array.from({ length: CLERKS }, (_, n) => `award-${n}`)
        await awards.put(ids.map((id) => sample(id, { state: 'claimed', claims: [{ copy: 1 }] })))
        await Promise.all(
          ids.map(async (awardId) => {
            const issuing = credentials.put([credential(awardId, 1)])
            for (let isClosed = false; !isClosed; ) {
              const { revision = 0 } = (await get(awards, awardId)) ?? {}
              const [closed] = await awards.change([
                { awardId, revision, event: { kind: 'revoked', at: LATER }, to: { state: 'revoked' } },
              ])
              isClosed = closed?.error === undefined
            }
            let found = 0
            for await (const _ of credentials.list({ awardId })) found++
            const [issued] = await issuing
            const late = issued?.error?.code
            demand(
              (late === undefined && found === 1) || (late === 'store.award_closed' && found === 0),
              `a credential was recorded (${late ?? 'done'}), and who had closed its award found ${found}`,
            )
          }),
        )
      },
    },
    {
      name: 'AwardStore.change: erasing leaves what names nobody, in both stores',
      promise: '`erased` takes all that can name the person from the award',
      run: async () => {
        const { awards, credentials } = await make()
        const ada = (text: string) => `Ada ${text}`
        const personal = { recipientHash: ada('1'), contentHash: ada('2'), personIndex: ada('3') }
        const claims = [{ copy: 1, holderHash: ada('4') }]
        const content = { name: ada('5') }
        await awards.put([
          sample('award-1', { ...personal, claims, content, address: ada('6'), secretHash: ada('7'), by: ada('8') }),
          sample('award-2', personal),
        ])
        await credentials.put([
          credential('award-1', 0, { ...personal, issuedBy: ada('9'), credential: ada('10') }),
          credential('award-1', 1, personal),
          credential('award-2', 0, personal),
        ])
        const credentialId = 'urn:example:award-1:1'
        const told = { kind: 'revoked', at: LATER, reason: ada('11'), by: ada('12') } as const
        await onlyValue(credentials.change([{ credentialId, event: told, key: 'revoked' }]))
        const [before] = await awards.get(['award-1'])
        await change(awards, {
          awardId: 'award-1',
          revision: before?.revision ?? 0,
          event: { kind: 'erased', at: LATER, reason: ada('13') },
        })
        const [award, other] = await awards.get(['award-1', 'award-2'])
        const records = await credentials.get([{ awardId: 'award-1' }, { credentialId }])
        for (const each of [award, ...records])
          demand(!JSON.stringify(each).includes('Ada'), `erased is not ${printableValue(each)}`)
        demand(award?.state === 'erased' && award.events.at(-1)?.kind === 'erased', 'the award says that it was erased')
        demand(JSON.stringify(award.claims) === '[{"copy":1,"isIssued":true}]', 'its claims are counted still')
        const [plain, bound] = records
        demand(
          plain?.isErased === true && !('credential' in plain) && plain.credentialId === 'urn:example:award-1:0',
          'a record of a credential says that it was erased, and which one it was',
        )
        demand(
          bound?.revision === 1 && bound.status[0]?.index === 7 && bound.events[0]?.kind === 'revoked',
          'the places of its status, and the kinds of its events, stay',
        )
        const late = { kind: 'renewed', at: LATER, revision: 0, credential: ada('14') } as const
        const error = await failureOf(
          () => onlyValue(credentials.change([{ credentialId, event: late }])),
          'a renewal of what was erased meanwhile is refused',
        )
        demand(error instanceof StoreError && error.code === 'store.conflict', 'it is told store.conflict')
        const found: string[] = []
        for await (const { awardId } of credentials.list({ personIndexes: [ada('3')] })) found.push(awardId)
        for await (const { awardId } of awards.list({ personIndexes: [ada('3')] })) found.push(awardId)
        demand(found.join() === 'award-2,award-2', `the person is found at ${printableValue(found)}`)
        demand(other?.personIndex === ada('3'), 'another award of the person stays')
      },
    },
    {
      name: 'AwardStore: throws a StoreError for what it cannot take',
      promise: 'Rejects only with StoreError',
      run: async () => {
        const { awards } = await make()
        const event: AwardEvent = { kind: 'withdrawn', at: LATER }
        const take = (awardId: string) => onlyValue(awards.put([sample(awardId)]))
        const mistakes: readonly (readonly [string, () => Promise<unknown>])[] = [
          ['change of an award that is not there', () => change(awards, { awardId: 'none', revision: 0, event })],
          ['put of an award id with U+0000', () => take('award\u0000')],
          ['put of an award id with a lone surrogate', () => take('award\uD800')],
          ['put of an empty award id', () => take('')],
          ['put of an award id of 100 000 characters', () => take('a'.repeat(100_000))],
        ]
        for (const [what, mistake] of mistakes) {
          const error = await failureOf(mistake, `${what} is refused`)
          demand(error instanceof StoreError, `${what}: a store throws only StoreError, not ${printableValue(error)}`)
        }
      },
    },
  ]
}

function sample(awardId: string, changes: Partial<NewAwardRecord> = {}): NewAwardRecord {
  return {
    awardId,
    achievementId: 'https://school.example/achievements/1',
    recipientHash: 'sha256$00',
    contentHash: 'sha256$01',
    state: 'offered',
    claims: [],
    content: { name: 'päy "\u0000\uD83C\uDF93\'', credentialSubject: { achievement: { id: 'urn:x' } } },
    secretHash: 'sha256$02',
    expires: LATER,
    address: 'ada@example.org',
    at: OFFERED,
    ...changes,
  }
}

function credential(awardId: string, copy: number, changes: Partial<NewCredentialRecord> = {}): NewCredentialRecord {
  return {
    awardId,
    ...(copy === 0 ? {} : { copy }),
    credentialId: `urn:example:${awardId}:${copy}`,
    achievementId: 'https://school.example/achievements/1',
    recipientHash: 'sha256$00',
    issuedAt: OFFERED,
    status: [{ listId: 'list', index: 7, purpose: 'revocation' }],
    credential: 'header.payload.signature',
    ...changes,
  }
}

function demandAward(found: AwardRecord | undefined, wanted: NewAwardRecord, what: string): void {
  demand(found !== undefined, `${what} is the award, not undefined`)
  const { revision, events, ...rest } = found
  const text = (award: object) => JSON.stringify(Object.entries(award).sort(([a], [b]) => (a < b ? -1 : 1)))
  demand(text(rest) === text(wanted), `${what} is ${printableValue(rest)}, and not ${printableValue(wanted)}`)
  demand(found.at instanceof Date && found.expires instanceof Date, `${what} has Dates`)
  demand(revision === 0 && events.length === 0, `${what} has revision 0 and no events`)
}
