// Sampling plans against the published vectors (facts/vectors.json), each test named by its source.
import { expect, test } from 'vitest'
import { planAudit } from '../../src/predictability/audit-plan.js'
import { acceptanceProbability } from '../../src/predictability/operating-curve.js'
import { sequentialLines, stopsOf } from '../../src/predictability/sequential.js'
import { aqlPlan, singleSampling } from '../../src/predictability/single-sampling.js'
import { describeShared } from '../shared.js'
import { readVectors, VECTORS, type Vector } from './vectors.js'

const near = (actual: number, expected: number, within: number) =>
  expect(Math.abs(actual - expected), `${actual} for ${expected}`).toBeLessThanOrEqual(within)

describeShared('published plans', { path: VECTORS }, ({ path }) => {
  const { vectors, of } = readVectors(path)
  const ofKind = (kind: string) =>
    vectors
      .filter((vector) => vector.kind === kind)
      .map((vector) => [`${vector.id}: ${vector.source}`, vector] as const)

  test.each(ofKind('single-sampling'))('%s', (_, { n, accept, expected, published, id }: Vector) => {
    for (const [failing, probability] of expected)
      near(acceptanceProbability({ sample: n, accept }, failing), probability, 5.1e-7)
    // The handbook's figures are off by 0.001 from 4 % on.
    for (const [failing, probability] of published)
      near(acceptanceProbability({ sample: n, accept }, failing), probability, id === 'oc-52-3' ? 1.1e-3 : 5e-5)
  })
  test.each(ofKind('find-plan'))('%s', (_, { producer, consumer, expected, published }: Vector) => {
    const plan = singleSampling({
      producer: { failing: producer.quality, minAccept: producer.minAccept },
      consumer: { failing: consumer.quality, maxAccept: consumer.maxAccept },
    })
    expect(plan).toEqual({ sample: expected.n, accept: expected.accept })
    if (published) expect(plan).toEqual({ sample: published.n, accept: published.c })
    near(acceptanceProbability(plan, producer.quality), expected.acceptAtProducer, 5.1e-7)
    near(acceptanceProbability(plan, consumer.quality), expected.acceptAtConsumer, 5.1e-7)
  })
  test.each(ofKind('zero-failure'))('%s', (_, { expected, published }: Vector) => {
    const sampleOf = (tolerate: number, confidence: number) =>
      planAudit({ badges: 1_000_000_000, tolerate, confidence }).sample
    for (const { maxBad, confidence, n } of expected) expect(sampleOf(maxBad, confidence)).toBe(n)
    for (const { maxBad, n } of published) expect(sampleOf(maxBad, 0.95)).toBe(n)
  })
  test.each(ofKind('hypergeometric'))('%s', (_, { cases }: Vector) => {
    for (const { lot, bad, n, accept, pAccept } of cases)
      near(acceptanceProbability({ badges: lot, sample: n, accept }, bad / lot), pAccept, 5.1e-9)
  })
  test(`sprt-nist: ${of('sprt-nist').source}`, () => {
    const { p1, p2, alpha, beta, expected, published } = of('sprt-nist')
    const lines = sequentialLines({ good: p1, bad: p2, producerRisk: alpha, consumerRisk: beta })
    for (const name of ['h1', 'h2', 'slope'] as const) near(lines[name], expected[name], 5.1e-11)
    const { acceptFrom, rejectUpTo } = stopsOf(lines, 200, 4)
    expect(acceptFrom[0]).toBe(expected.firstAcceptWithNoFailure)
    expect(acceptFrom[0]).toBe(published.firstAccept)
    expect(rejectUpTo[2]).toBe(expected.rejectWithTwoFailuresUpTo)
  })
  test.each(ofKind('aql-table'))('%s', (_, { expected }: Vector) => {
    for (const { lot, code, n, aql, ac, pAcceptAtAql } of expected) {
      for (const badges of lot.split('-').map(Number)) {
        const plan = aqlPlan({ badges, aql })
        expect(plan).toEqual({ badges, letter: code, sample: n, accept: ac })
      }
      near(acceptanceProbability({ sample: n, accept: ac }, Number(aql) / 100), pAcceptAtAql, 5.1e-5)
    }
  })
})

test('the excerpt says which plans it has, and makes up none', () => {
  expect(() => aqlPlan({ badges: 40, aql: '2.5' })).toThrow(/"badges" is below 51/)
  expect(() => aqlPlan({ badges: 100, aql: '1.0' })).toThrow(
    /"aql" 1\.0 is not in this excerpt for 91 to 150 badges: there are 2\.5, 4\.0/,
  )
})
