// What a plan promises, what a sample is, and what an audit may conclude: laws, and what people try.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AuditPlan, operatingCurve, planAudit } from '../../src/predictability/audit-plan.js'
import { type AuditBadge, auditPopulation, drawSample } from '../../src/predictability/draw-sample.js'
import { type AuditResult, failingBetween, judgeAudit } from '../../src/predictability/judge-audit.js'
import { acceptanceProbability } from '../../src/predictability/operating-curve.js'
import { decide } from '../../src/predictability/sequential.js'
import { singleSampling } from '../../src/predictability/single-sampling.js'

const SEED = 'lottery of 5 May 2030: 4 8 15 16 23 42'
const badgesOf = (count: number, kinds = 1): AuditBadge[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `urn:badge:${index}`,
    issuer: 'did:web:academy.example',
    achievement: `https://academy.example/achievements/${index % kinds}`,
  }))
const resultsOf = (badges: readonly AuditBadge[], fails: (index: number) => boolean = () => false): AuditResult[] =>
  badges.map(({ id }, index) => ({ badge: id, outcome: fails(index) ? 'not-confirmed' : 'confirmed' }))
const errorOf = (call: () => unknown) => {
  try {
    call()
  } catch (error) {
    return error
  }
  return expect.fail('it was taken')
}

describe('a plan', () => {
  const options = fc.record({
    badges: fc.integer({ min: 1, max: 3000 }),
    tolerate: fc.double({ min: 0.02, max: 0.5, noNaN: true }),
    confidence: fc.constantFrom(0.8, 0.9, 0.95, 0.99),
  })

  test('accepts what is beyond the limit no more often than it says, and one badge less would not do', () => {
    fc.assert(
      fc.property(options, ({ badges, tolerate, confidence }) => {
        const plan = planAudit({ badges, tolerate, confidence })
        expect(plan.risks.consumer).toBeLessThanOrEqual(1 - confidence)
        expect(plan.sample).toBeLessThanOrEqual(badges)
        const failing = (Math.floor(tolerate * badges + 1e-9) + 1) / badges
        const accepts = (sample: number) => acceptanceProbability({ badges, sample, accept: 0 }, failing)
        expect(accepts(plan.sample)).toBeCloseTo(plan.risks.consumer, 12)
        if (plan.sample > 1) expect(accepts(plan.sample - 1)).toBeGreaterThan(1 - confidence)
      }),
      { numRuns: 200 },
    )
  })
  test('a sequential one keeps both risks exactly, stops early, and its curve is what every way through it adds up to', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: 14 }),
        fc.constantFrom(0.05, 0.1, 0.2),
        fc.constantFrom(0.4, 0.5, 0.6),
        (badges, expected, tolerate) => {
          const plan = planAudit({ badges, tolerate, expect: expected, confidence: 0.8, sequential: true })
          expect(plan.risks.consumer).toBeLessThanOrEqual(0.2)
          expect(plan.risks.producer).toBeLessThanOrEqual(0.1 + 1e-12)
          for (let failing = 0; failing <= badges; failing++) {
            const { accepted, looked } = everyWay(plan, failing)
            const [point] = operatingCurve(plan, [failing / badges])
            expect(point?.accepted).toBeCloseTo(accepted, 10)
            expect(point?.looked).toBeCloseTo(looked, 10)
          }
        },
      ),
      { numRuns: 20 },
    )
  })
  test('a sequential one looks at fewer on average than the fixed one with the same promise', () => {
    const aims = { badges: 1_000_000_000, tolerate: 0.1, expect: 0.01 }
    const [fixed, sequential] = [planAudit(aims), planAudit({ ...aims, sequential: true })]
    const [well, ill] = operatingCurve(sequential, [0.01, 0.1])
    expect(well?.looked).toBeLessThan(fixed.sample)
    expect(ill?.looked).toBeLessThan(fixed.sample / 2)
    expect(sequential.sample).toBeLessThan(fixed.sample * 1.5)
  })
  test('accepts less the more there are that fail', () => {
    fc.assert(
      fc.property(options, fc.boolean(), ({ badges, tolerate, confidence }, sequential) => {
        const plan = planAudit({ badges, tolerate, confidence, expect: tolerate / 3, sequential })
        const curve = operatingCurve(plan)
        for (const [index, { accepted }] of curve.entries())
          if (index > 0) expect(accepted).toBeLessThanOrEqual((curve[index - 1]?.accepted ?? 1) + 1e-9)
        expect(curve[0]?.accepted).toBeCloseTo(1, 9)
      }),
      { numRuns: 50 },
    )
  })
  test('for few badges it takes less than for many, never more than there are', () => {
    expect(
      [5, 20, 30, 40, 100, 400, 1_000_000_000].map((badges) => planAudit({ badges, tolerate: 0.1 }).sample),
    ).toEqual([5, 12, 15, 18, 23, 27, 29])
    // Rounding takes nothing from a whole number: of 100 badges 29 are tolerated.
    expect(planAudit({ badges: 100, tolerate: 0.29 }).risks).toEqual(planAudit({ badges: 100, tolerate: 0.295 }).risks)
  })
  test('says which wishes contradict each other', () => {
    const refused = (options: Parameters<typeof planAudit>[0]) => (errorOf(() => planAudit(options)) as Error).message
    expect(refused({ badges: 10, tolerate: 0.1, expect: 0.1 })).toContain('"expect" is below "tolerate"')
    expect(refused({ badges: 10, tolerate: 0.1, expect: 0.05, allow: 1 })).toContain('"allow" is said by "expect"')
    expect(refused({ badges: 10, tolerate: 0.1, allow: 2 })).toContain('no more than 1 of 10 are tolerated')
    expect(refused({ badges: 10, tolerate: 0.1, sequential: true })).toContain('"sequential" needs "expect"')
    expect(refused({ badges: 1e9, tolerate: 0.1, expect: 0.0999 })).toContain('set the two further apart')
    const producer = { failing: 0.0999, minAccept: 0.9 }
    expect(errorOf(() => singleSampling({ producer, consumer: { failing: 0.1, maxAccept: 0.05 } }))).toMatchObject({
      option: 'consumer.failing',
    })
  })
})

/** All orders in which so many of the plan's badges can fail, one by one. */
function everyWay(plan: AuditPlan, failing: number) {
  const { badges, sample, accept, stops = { acceptFrom: [], rejectUpTo: [] } } = plan
  let [orders, accepted, looked] = [0, 0, 0]
  for (let order = 0; order < 2 ** badges; order++) {
    const fails = Array.from({ length: badges }, (_, index) => (order >> index) & 1)
    if (fails.filter(Boolean).length !== failing) continue
    orders++
    let failed = 0
    for (let n = 1; n <= sample; n++) {
      failed += fails[n - 1] as number
      const outcome = decide({ ...stops, maximum: sample, accept }, n, failed)
      if (outcome === undefined) continue
      looked += n
      if (outcome === 'accept') accepted++
      break
    }
  }
  return { accepted: accepted / orders, looked: looked / orders }
}

describe('a sample', () => {
  // Sample and population digest were drawn again by a program in another language; the commitment is only pinned.
  test('is the same on every machine', () => {
    const { sample, commitment, population } = drawSample(badgesOf(30), planAudit({ badges: 30, tolerate: 0.2 }), SEED)
    expect(sample.map(({ id }) => id.slice(10))).toMatchInlineSnapshot(`
      [
        "22",
        "8",
        "4",
        "23",
        "18",
        "16",
        "19",
        "21",
        "6",
        "15",
      ]
    `)
    expect(population.digest).toMatchInlineSnapshot(
      `"584acac1f34b5ba9e52e904dbbdb5e43b1c3cb65bba421dc9f6977bd0f34fc85"`,
    )
    expect(commitment).toMatchInlineSnapshot(`"debd79089060b3288c269496eb2adcd086e17a3f9811f4454a5c7acde924af94"`)
  })
  test('does not depend on the order of the badges', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(badgesOf(60, 4), { minLength: 60 }), (shuffled) => {
        const plan = planAudit({ badges: 60, tolerate: 0.15 })
        expect(drawSample(shuffled, plan, SEED)).toEqual(drawSample(badgesOf(60, 4), plan, SEED))
      }),
      { numRuns: 20 },
    )
  })
  test('gives each issuer and achievement its share, rounded up or down, and each badge once', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 12 }),
        fc.string({ minLength: 8, maxLength: 20 }).filter((seed) => seed.trim().length >= 8),
        (sizes, seed) => {
          const badges = sizes.flatMap((size, kind) =>
            Array.from({ length: size }, (_, index) => ({ id: `${kind}/${index}`, achievement: `${kind}` })),
          )
          const plan = planAudit({ badges: badges.length, tolerate: 0.2 })
          const { sample } = drawSample(badges, plan, seed)
          expect(new Set(sample.map(({ id }) => id)).size).toBe(plan.sample)
          for (const [kind, size] of sizes.entries()) {
            const share = (size * plan.sample) / badges.length
            const own = sample.filter(({ achievement }) => achievement === `${kind}`).length
            expect(own).toBeGreaterThanOrEqual(Math.floor(share))
            expect(own).toBeLessThanOrEqual(Math.ceil(share))
          }
        },
      ),
      { numRuns: 100 },
    )
  })
  test('has every badge with the same chance: over 3000 seeds, also the one of a small stratum', () => {
    const badges = [...badgesOf(19), { id: 'alone', achievement: 'https://other.example/1' }]
    const plan = planAudit({ badges: 20, tolerate: 0.3 })
    const drawn = new Map(badges.map(({ id }) => [id, 0]))
    const rounds = 3000
    for (let round = 0; round < rounds; round++)
      for (const { id } of drawSample(badges, plan, `seed number ${round}`).sample)
        drawn.set(id, (drawn.get(id) ?? 0) + 1)
    const chance = plan.sample / 20
    const error = Math.sqrt(rounds * chance * (1 - chance))
    // Four and a half standard errors, for each of 20.
    for (const [id, times] of drawn) expect(Math.abs(times - rounds * chance), id).toBeLessThan(4.5 * error)
  })
  test('is another one, with another commitment, for another seed, plan or list', () => {
    const plan = planAudit({ badges: 40, tolerate: 0.1 })
    const { commitment } = drawSample(badgesOf(40), plan, SEED)
    const others = [
      drawSample(badgesOf(40), plan, `${SEED}.`),
      drawSample(badgesOf(40), planAudit({ badges: 40, tolerate: 0.12 }), SEED),
      drawSample([...badgesOf(39), { id: 'another' }], plan, SEED),
      drawSample(badgesOf(40, 2), plan, SEED),
    ]
    expect(new Set([commitment, ...others.map((other) => other.commitment)]).size).toBe(5)
  })
  test('refuses a badge that is there twice, and a plan for another number', () => {
    const twice = [...badgesOf(3), ...badgesOf(1)]
    expect(errorOf(() => auditPopulation(twice))).toMatchObject({ option: 'badges[3].id' })
    expect(errorOf(() => drawSample(badgesOf(5), planAudit({ badges: 4, tolerate: 0.1 }), SEED))).toMatchObject({
      message: expect.stringContaining('are 5, and the plan is for 4'),
    })
    expect(errorOf(() => drawSample(badgesOf(4), planAudit({ badges: 4, tolerate: 0.1 }), 'short'))).toMatchObject({
      option: 'seed',
    })
  })
})

describe('an audit', () => {
  const badges = badgesOf(400, 3)
  const plan = planAudit({ badges: 400, tolerate: 0.15, expect: 0.05 })
  const sample = drawSample(badges, plan, SEED)
  const { commitment } = sample
  const judge = (results: readonly AuditResult[]) => judgeAudit(sample, results, { commitment, badges })

  test('accepts with as many failures as the plan allows, and rejects with one more', () => {
    expect(judge(resultsOf(sample.sample, (index) => index < plan.accept))).toMatchObject({
      outcome: 'accept',
      looked: plan.sample,
      failed: plan.accept,
      next: [],
    })
    expect(judge(resultsOf(sample.sample, (index) => index <= plan.accept))).toMatchObject({ outcome: 'reject' })
  })
  test('fewer results than the plan asks are no verdict, unless nothing can change it', () => {
    expect(judge(resultsOf(sample.sample.slice(1)))).toMatchObject({
      outcome: 'go-on',
      next: [sample.sample[0]?.id],
      left: 1,
    })
    expect(judge([])).toMatchObject({ outcome: 'go-on', looked: 0, failingAtMost: 1, failingAtLeast: 0 })
    expect(judge(resultsOf(sample.sample.slice(0, plan.accept + 1), () => true))).toMatchObject({
      outcome: 'reject',
      remarks: expect.arrayContaining(['stopped_early']),
    })
  })
  test('a sample that was drawn again until it pleased is refused: plan and seed were committed to', () => {
    const again = drawSample(badges, plan, `${SEED}, second try`)
    const code = 'usage.other_audit'
    expect(errorOf(() => judgeAudit(again, resultsOf(again.sample), { commitment }))).toMatchObject({ code })
    // With the commitment of the first written into it.
    expect(errorOf(() => judgeAudit({ ...again, commitment }, [], { commitment }))).toMatchObject({ code })
    const softer = { ...sample, plan: { ...plan, accept: plan.accept + 3 } }
    expect(errorOf(() => judgeAudit(softer, [], { commitment }))).toMatchObject({ code })
  })
  test('a badge that was exchanged in the sample is found where all badges are at hand', () => {
    const spare = badges.find(({ id }) => sample.sample.every((other) => other.id !== id)) as AuditBadge
    const exchanged = { ...sample, sample: [spare, ...sample.sample.slice(1)] }
    expect(errorOf(() => judgeAudit(exchanged, [], { commitment, badges }))).toMatchObject({
      code: 'usage.other_audit',
      message: expect.stringContaining('number 1 is'),
    })
    expect(judgeAudit(exchanged, [], { commitment }).remarks).toContain('draw_not_checked')
    const shorter = { ...sample, sample: sample.sample.slice(1) }
    expect(errorOf(() => judgeAudit(shorter, [], { commitment }))).toMatchObject({ code: 'usage.other_audit' })
    expect(errorOf(() => judgeAudit(sample, [], { commitment, badges: badges.slice(1) }))).toMatchObject({
      option: 'badges',
    })
  })
  test('results of badges that were not drawn, or twice of one, are refused', () => {
    const [first] = resultsOf(sample.sample)
    const code = 'usage.invalid_results'
    expect(errorOf(() => judge([{ badge: 'urn:badge:other', outcome: 'confirmed' }]))).toMatchObject({ code })
    expect(errorOf(() => judge([first, first] as AuditResult[]))).toMatchObject({ code })
  })
  test('what cannot be judged counts as a failure, and is said', () => {
    const results = resultsOf(sample.sample).map((result) => ({ ...result, outcome: 'not-judged' as const }))
    expect(judge(results)).toMatchObject({ outcome: 'reject', failed: plan.sample, notJudged: plan.sample })
  })
  test('of all badges it estimates nothing', () => {
    const few = badgesOf(3)
    const all = drawSample(few, planAudit({ badges: 3, tolerate: 0.1 }), SEED)
    const report = judgeAudit(all, resultsOf(all.sample), { commitment: all.commitment, badges: few })
    expect(report).toMatchObject({ outcome: 'accept', remarks: ['census'], failingAtMost: 0, failingAtLeast: 0 })
  })
})

describe('a sequential audit', () => {
  const badges = badgesOf(400)
  const plan = planAudit({ badges: 400, tolerate: 0.15, expect: 0.05, sequential: true })
  const sample = drawSample(badges, plan, SEED)
  const judge = (results: readonly AuditResult[]) =>
    judgeAudit(sample, results, { commitment: sample.commitment, badges })
  const first = plan.stops?.acceptFrom[0] as number

  test('stops when enough is known, and what comes after changes nothing', () => {
    expect(judge(resultsOf(sample.sample.slice(0, first - 1)))).toMatchObject({ outcome: 'go-on', looked: first - 1 })
    expect(judge(resultsOf(sample.sample.slice(0, first)))).toMatchObject({ outcome: 'accept', looked: first })
    expect(judge(resultsOf(sample.sample, (index) => index >= first))).toMatchObject({
      outcome: 'accept',
      looked: first,
      failed: 0,
      further: plan.sample - first,
      remarks: ['stopped_early'],
    })
  })
  test('results out of the order drawn do not count until those before are there', () => {
    const chosen = resultsOf(sample.sample.slice(1, first + 1))
    expect(judge(chosen)).toMatchObject({
      outcome: 'go-on',
      looked: 0,
      further: first,
      next: [sample.sample[0]?.id, expect.anything()]
        .slice(0, 1)
        .concat(sample.sample.slice(first + 1, first + 10).map(({ id }) => id)),
    })
    expect(judge(chosen).remarks).toContain('out_of_order')
  })
  test('rejects when failures come early', () => {
    const failures = (plan.stops?.rejectUpTo ?? []).findIndex((looked, failed) => failed > 0 && looked >= failed)
    expect(judge(resultsOf(sample.sample.slice(0, failures), () => true))).toMatchObject({
      outcome: 'reject',
      looked: failures,
    })
  })
})

test('limits of the failing share hold what is true as often as they say, whatever is true', () => {
  for (const [badges, looked] of [
    [30, 10],
    [40, 25],
  ] as const)
    for (let failing = 0; failing <= badges; failing++) {
      const covered = { most: 0, least: 0 }
      for (let failed = 0; failed <= Math.min(looked, failing); failed++) {
        const exactly = (accept: number) =>
          accept < 0 ? 0 : acceptanceProbability({ badges, sample: looked, accept }, failing / badges)
        const probability = exactly(failed) - exactly(failed - 1)
        const { failingAtMost, failingAtLeast } = failingBetween({ badges, confidence: 0.9 }, looked, failed)
        if (failingAtMost >= failing / badges - 1e-12) covered.most += probability
        if (failingAtLeast <= failing / badges + 1e-12) covered.least += probability
      }
      expect(covered.most).toBeGreaterThanOrEqual(0.9 - 1e-9)
      expect(covered.least).toBeGreaterThanOrEqual(0.9 - 1e-9)
    }
})
