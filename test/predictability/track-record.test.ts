// Track records: how often badges were confirmed. From issue to report: whom the numbers count, and whom they do not.
import { describe, expect, test } from 'vitest'
import {
  anyIssuer,
  createEvaluation,
  type OpenBadgeCredential,
  signCredential,
  verifyCredential,
} from '../../src/entries/index.js'
import {
  explainTrackRecord,
  type SchoolOutcome,
  type TrackRecord,
  trackRecord,
  wilson,
} from '../../src/entries/predictability.js'
import {
  ACHIEVEMENT,
  badgeOf,
  evaluated,
  level,
  newParty,
  now,
  partyOf,
  RUBRIC,
  verified,
  verifiedBadge,
} from './parties.js'

const [issuer, ana, ben, other] = await Promise.all([newParty(), newParty(), newParty(), newParty()])
const badgesOf = (count: number, options: Parameters<typeof badgeOf>[2] = {}, prefix = 'b') =>
  Array.from({ length: count }, (_, index) => badgeOf(issuer, `${prefix}${index}`, options))
const reportsOf = (badges: readonly OpenBadgeCredential[]) =>
  Promise.all(badges.map((one) => verifiedBadge(one, issuer)))
const onlyRow = ({ rows }: TrackRecord) => {
  expect(rows).toHaveLength(1)
  return rows[0] as TrackRecord['rows'][number]
}

describe('how often a badge was confirmed', () => {
  test('0 of 0 is no share: nothing is known', async () => {
    const row = onlyRow(await trackRecord(await reportsOf(badgesOf(3)), []))
    expect(row).toMatchObject({ achievement: ACHIEVEMENT, awards: 3, confirmed: { badges: 0, confirmed: 0 } })
    expect(row.confirmed).not.toHaveProperty('share')
    expect(row.confirmed).not.toHaveProperty('interval')
    expect(row.remarks).toEqual(['not_judged'])
    expect(await trackRecord([], [])).toMatchObject({ rows: [], drifts: [], evaluators: [] })
  })
  test('n is badges, each once, however many judged it; where evaluators differ it is not confirmed', async () => {
    const badges = badgesOf(4)
    const [a, b, c] = badges as [OpenBadgeCredential, OpenBadgeCredential, OpenBadgeCredential]
    const evaluations = await Promise.all([
      evaluated(a, ana),
      evaluated(a, ben),
      evaluated(b, ana),
      evaluated(b, ben, 'not-confirmed'),
      evaluated(c, ana),
    ])
    const row = onlyRow(await trackRecord(await reportsOf(badges), evaluations))
    expect(row).toMatchObject({
      awards: 4,
      confirmed: { badges: 3, confirmed: 2, interval: wilson(2, 3) },
      evaluations: 5,
      evaluators: 2,
      differed: 1,
    })
    expect(row.remarks).toEqual(['few_judged', 'evaluators_differed'])
  })
  test('Clopper and Pearson where it is asked', async () => {
    const badges = badgesOf(2)
    const evaluations = await Promise.all(badges.map((one) => evaluated(one, ana)))
    const row = onlyRow(
      await trackRecord(await reportsOf(badges), evaluations, [], { interval: 'clopper-pearson', confidence: 0.9 }),
    )
    expect(row.confirmed.interval).toMatchObject({ method: 'clopper-pearson', confidence: 0.9, high: 1 })
    // (alpha / 2)^(1 / n)
    expect(row.confirmed.interval?.low).toBeCloseTo(Math.sqrt(0.05), 10)
  })
  test('the order of what is given does not matter, nor whether it comes as a stream or twice', async () => {
    const badges = [
      ...badgesOf(3, { version: '1' }),
      ...badgesOf(3, { version: '2', validFrom: '2030-03-01T00:00:00Z' }, 'c'),
    ]
    const reports = await reportsOf(badges)
    const evaluations = await Promise.all(
      badges.map((one, index) =>
        evaluated(one, index % 2 === 0 ? ana : ben, index === 0 ? 'not-confirmed' : 'confirmed'),
      ),
    )
    const expected = await trackRecord(reports, evaluations)
    async function* stream<Item>(items: readonly Item[]) {
      yield* items
    }
    const backwards = await trackRecord(
      stream([...reports, ...reports].reverse()),
      stream([...evaluations, ...evaluations].reverse()),
    )
    expect(backwards).toEqual(expected)
    expect(expected.rows.map(({ version, awards }) => [version, awards])).toEqual([
      ['1', 3],
      ['2', 3],
    ])
  })
})

describe('what does not count is set aside, and named', () => {
  const [badge] = badgesOf(1) as [OpenBadgeCredential]
  const forged = (evaluator: unknown, more: object = {}) => ({
    ...createEvaluation({
      badge,
      evaluator: { id: ana.id, name: 'A' },
      outcome: 'confirmed',
      validFrom: '2030-06-01T00:00:00Z',
    }),
    issuer: evaluator as string,
    ...more,
  })
  const setAside = async (...evaluations: Awaited<ReturnType<typeof verified>>[]) => {
    const record = await trackRecord([await verifiedBadge(badge, issuer)], evaluations)
    expect(record.rows[0]?.confirmed).toEqual({ badges: 0, confirmed: 0 })
    return record.setAside.evaluations
  }
  test('by the issuer itself under another name: its key, its homepage', async () => {
    const { d: _, ...publicJwk } = issuer.key as unknown as Record<string, string>
    const did = `did:jwk:${Buffer.from(JSON.stringify(publicJwk)).toString('base64url')}`
    const again = await partyOf(issuer.key, `${did}#0`)
    expect(await setAside(await verified(forged(did), again))).toEqual({ same_key: 1 })
    const profile = {
      id: ben.id,
      type: ['Profile'],
      name: 'Quality Board',
      url: `https://academy.example/${issuer.id.slice(-8)}`,
    }
    expect(await setAside(await verified(forged(profile), ben))).toEqual({ same_profile: 1 })
  })
  test('by an evaluator whom nobody trusts: made up, and valid all the same', async () => {
    const madeUp = await newParty()
    const evaluation = await verified(forged(madeUp.id), madeUp, anyIssuer)
    expect(evaluation.outcome).toBe('valid')
    expect(await setAside(evaluation)).toEqual({ not_trusted: 1 })
    const named = await trackRecord([await verifiedBadge(badge, issuer)], [evaluation], [], { evaluators: [madeUp.id] })
    expect(named.rows[0]?.confirmed.badges).toBe(1)
  })
  test('dated after the outcome was published', async () => {
    const record = await trackRecord([await verifiedBadge(badge, issuer)], [await evaluated(badge, ana)], [], {
      published: new Date('2030-05-31T00:00:00Z'),
    })
    expect(record.rows[0]?.confirmed.badges).toBe(0)
    expect(record.setAside.evaluations).toEqual({ after_publication: 1 })
  })
  test('a second one by the same evaluator: what was said first counts, whatever comes first here', async () => {
    const first = await evaluated(badge, ana, 'not-confirmed', { validFrom: '2030-06-01T00:00:00Z' })
    const second = await evaluated(badge, ana, 'confirmed', { validFrom: '2030-06-02T00:00:00Z' })
    const record = await trackRecord([await verifiedBadge(badge, issuer)], [second, first])
    expect(record.rows[0]?.confirmed).toMatchObject({ badges: 1, confirmed: 0 })
    expect(record.setAside.evaluations).toEqual({ again: 1 })
  })
  test("an id that another issuer gave away as well: nobody's evaluation is credited to it", async () => {
    const copy = { ...badgeOf(other, 'b0'), id: badge.id } as OpenBadgeCredential
    const reports = [await verifiedBadge(badge, issuer), await verifiedBadge(copy, other)]
    for (const awards of [reports, [...reports].reverse()]) {
      const record = await trackRecord(awards, [await evaluated(badge, ana)])
      expect(record.rows.map(({ confirmed }) => confirmed.badges)).toEqual([0, 0])
      expect(record.setAside.evaluations).toEqual({ several_badges: 1 })
    }
  })
  test('a forged copy of an evaluation does not keep the true one out', async () => {
    const evaluation = await evaluated(badge, ana)
    const copy = {
      ...evaluation,
      outcome: 'invalid',
      because: ['proof.mismatch'],
      unverified: evaluation.outcome === 'valid' && evaluation.credential,
    } as unknown as typeof evaluation
    const record = await trackRecord([await verifiedBadge(badge, issuer)], [copy, evaluation])
    expect(record.rows[0]?.confirmed.badges).toBe(1)
    expect(record.setAside.evaluations).toEqual({ not_valid: 1 })
  })
})

test('a badge that expired or was revoked since still counts: failures cannot be revoked away', async () => {
  const badge = badgeOf(issuer, 'old', { extra: { validUntil: '2030-07-01T00:00:00Z' } })
  const report = await verifiedBadge(badge, issuer)
  expect(report).toMatchObject({ outcome: 'invalid', because: ['validity.expired'] })
  const row = onlyRow(await trackRecord([report], [await evaluated(badge, ana, 'not-confirmed')]))
  expect(row.confirmed).toMatchObject({ badges: 1, confirmed: 0 })
  expect(row.remarks).toContain('withdrawn_since')
  // What it never signed it did not award, expired or not.
  const forged = { ...report, checks: { ...report.checks, proof: { status: 'invalid', findings: [] } } }
  expect((await trackRecord([forged as unknown as typeof report], [])).rows).toEqual([])
})

describe('drift between versions', () => {
  const drift = async (first: readonly [number, number], second: readonly [number, number]) => {
    const before = badgesOf(first[1], { version: '1' }, 'v1-')
    const after = badgesOf(second[1], { version: '2', validFrom: '2030-03-01T00:00:00Z' }, 'v2-')
    const judge = (badges: readonly OpenBadgeCredential[], held: number) =>
      badges.map((one, index) => evaluated(one, ana, index < held ? 'confirmed' : 'not-confirmed'))
    const evaluations = await Promise.all([...judge(before, first[0]), ...judge(after, second[0])])
    return (await trackRecord([...(await reportsOf(before)), ...(await reportsOf(after))], evaluations)).drifts
  }
  test('a difference with an interval and a test: 9 of 10 after 3 of 10', async () => {
    const [one, ...others] = await drift([3, 10], [9, 10])
    expect(others).toEqual([])
    expect(one).toMatchObject({
      from: { version: '1', confirmed: 3 },
      to: { version: '2', confirmed: 9 },
      shows: 'better',
    })
    expect(one?.difference).toBeCloseTo(0.6, 10)
    // Newcombe 1998, Stat. Med. 17:873-890, table II, method 10: 9/10 - 3/10.
    expect(one?.interval.low).toBeCloseTo(0.1705, 4)
    expect(one?.interval.high).toBeCloseTo(0.809, 4)
    // R: fisher.test(matrix(c(3, 7, 9, 1), 2))$p.value
    expect(one?.p).toBeCloseTo(0.01977, 5)
  })
  test('too few to tell: no change was shown, which is not that nothing changed', async () => {
    const [one] = await drift([3, 5], [5, 5])
    expect(one).toMatchObject({ shows: 'nothing' })
    expect(one?.interval.low).toBeLessThan(0)
  })
})

describe('evaluators', () => {
  test('who judges harder, on badges that others judged too; undefined where it cannot be told', async () => {
    const badges = badgesOf(6)
    const evaluations = await Promise.all([
      ...badges.map((one) => evaluated(one, ana)),
      ...badges.map((one, index) => evaluated(one, ben, index < 3 ? 'not-confirmed' : 'confirmed')),
    ])
    const { evaluators } = await trackRecord(await reportsOf(badges), evaluations)
    const bens = evaluators.find(({ evaluator }) => evaluator === ben.id)
    expect(bens).toMatchObject({ shared: 6, difference: -0.5, confirmed: { badges: 6, confirmed: 3 } })
    expect(bens?.interval).toMatchObject({ method: 't' })
    const [alone] = (await trackRecord(await reportsOf(badges), evaluations.slice(0, 6))).evaluators
    expect(alone).toMatchObject({ evaluator: ana.id, shared: 0 })
    expect(alone).not.toHaveProperty('difference')
    const [, same] = (await trackRecord(await reportsOf(badges.slice(3)), evaluations)).evaluators
    // They never differed: by how much cannot be told.
    expect(same).toMatchObject({ shared: 3, difference: 0 })
    expect(same).not.toHaveProperty('interval')
  })
  test('agreement by criterion, and beside the levels that badges state', async () => {
    const badges = badgesOf(3, { stated: 2 })
    const at = (rank: number) => ({ levels: [{ resultDescription: RUBRIC, achievedLevel: level(rank) }] })
    const evaluations = await Promise.all(
      badges.flatMap((one, index) => [
        evaluated(one, ana, 'confirmed', at(2)),
        evaluated(one, ben, 'not-confirmed', at(index === 0 ? 1 : 2)),
      ]),
    )
    const { criteria } = onlyRow(await trackRecord(await reportsOf(badges), evaluations))
    expect(criteria).toMatchObject([
      {
        criterion: RUBRIC,
        name: 'Questions',
        levels: [0, 1, 2].map(level),
        isOrdered: true,
        agreement: { paired: 3, raters: 2 },
      },
    ])
    expect(criteria[0]?.stated).toMatchObject({ badges: 3, same: 2, lower: 1, higher: 0, interval: wilson(2, 3) })
    expect(criteria[0]?.stated.difference).toBeCloseTo(-0.5 / 3, 10)
  })
  test('a rubric that changes within a version is found, and nothing is said of its criteria', async () => {
    const badges = [badgeOf(issuer, 'x', { levels: 3 }), badgeOf(issuer, 'y', { levels: 4 })]
    const evaluations = await Promise.all(badges.map((one) => evaluated(one, ana)))
    const row = onlyRow(await trackRecord(await reportsOf(badges), evaluations))
    expect(row.remarks).toContain('rubric_varies')
    expect(row.criteria).toEqual([])
  })
})

describe('outcomes at work', () => {
  const badges = badgesOf(3)
  const seen = (
    index: number,
    outcome: SchoolOutcome['outcome'],
    more: Partial<SchoolOutcome> = {},
  ): SchoolOutcome => ({
    badge: badges[index]?.id ?? 'urn:none',
    school: 'https://school.example/',
    outcome,
    on: '2030-09-01',
    ...more,
  })
  test('stand beside, each badge once; what a school says first counts', async () => {
    const outcomes = [
      seen(0, 'held-up'),
      seen(1, 'held-up', { on: '2030-09-02' }),
      seen(1, 'not-held-up'),
      seen(9, 'held-up'),
    ]
    const record = await trackRecord(await reportsOf(badges), [], outcomes)
    expect(onlyRow(record)).toMatchObject({
      confirmed: { badges: 0 },
      atWork: { badges: 2, heldUpAtLeast: 1, heldUpAtMost: 1, schools: 1, interval: wilson(1, 2) },
    })
    expect(record.setAside.outcomes).toEqual({ again: 1, no_badge: 1 })
  })
  test('of the issuer say nothing', async () => {
    const record = await trackRecord(await reportsOf(badges), [], [seen(0, 'held-up', { school: issuer.id })])
    expect(onlyRow(record).atWork).toEqual({ badges: 0, heldUpAtLeast: 0, heldUpAtMost: 0, schools: 0 })
    expect(record.setAside.outcomes).toEqual({ by_issuer: 1 })
  })
})

test('badges of one holder are said to be', async () => {
  const badges = badgesOf(3, { holder: other.id })
  const row = onlyRow(
    await trackRecord(await reportsOf(badges), await Promise.all(badges.map((one) => evaluated(one, ana)))),
  )
  expect(row).toMatchObject({ confirmed: { badges: 3 }, holders: 1 })
  expect(row.remarks).toContain('same_holders')
})

test('evaluations inside badges are read too, by evaluators who are trusted', async () => {
  const plain = badgeOf(issuer, 'held')
  const evaluation = createEvaluation({
    badge: plain,
    evaluator: ana.id,
    outcome: 'confirmed',
    validFrom: '2030-06-01T00:00:00Z',
  })
  const elsewhere = {
    ...evaluation,
    id: 'urn:uuid:9',
    credentialSubject: { ...evaluation.credentialSubject, id: 'urn:other' },
  }
  const sign = (one: typeof evaluation) => signCredential(one, { signer: ana.signer, format: 'jwt' })
  const badge = { ...plain, endorsementJwt: [await sign(evaluation), await sign(elsewhere)] } as OpenBadgeCredential
  const signed = await signCredential(badge, { signer: issuer.signer })
  const recordOf = async (trustedEndorsers: readonly string[] | typeof anyIssuer) =>
    trackRecord([await verifyCredential(signed, { trustedIssuers: [issuer.id], trustedEndorsers, now })], [])
  const record = await recordOf([ana.id])
  expect(onlyRow(record).confirmed).toMatchObject({ badges: 1, confirmed: 1 })
  expect(record.setAside.evaluations).toEqual({ no_badge: 1 })
  expect((await recordOf(anyIssuer)).setAside.evaluations).toMatchObject({ not_trusted: 1 })
})

test('in words: n, interval, what was set aside, and what is not shown', async () => {
  const badges = badgesOf(2, { version: '1' })
  const evaluations = await Promise.all([
    evaluated(badges[0] as OpenBadgeCredential, ana),
    evaluated(badgeOf(issuer, 'elsewhere'), ana),
  ])
  const said = explainTrackRecord(await trackRecord(await reportsOf(badges), evaluations))
  expect(said[0]).toBe(
    '"Asking Questions", version 1: 1 of 1 badge that was judged anew was confirmed (with 95 % confidence between 21 % and 100 %), by 1 evaluator; there are 2 badges.',
  )
  expect(said).toContain('Evaluations that do not count: of none of these badges (1).')
  expect(said.at(-1)).toMatch(/does not show/)
  expect(explainTrackRecord(await trackRecord([], []))[0]).toMatch(/No badges were given/)
})

test('what is no report is refused, by its place', async () => {
  await expect(trackRecord([badgeOf(issuer, 'b')] as never, [])).rejects.toMatchObject({
    code: 'usage.invalid_option',
    option: 'awards[0].outcome',
  })
  await expect(trackRecord([], [], [{ badge: 'urn:a' }] as never)).rejects.toMatchObject({
    option: expect.stringContaining('outcomes[0]'),
  })
})
