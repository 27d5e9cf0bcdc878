// RDF 1.1 Concepts section 3: a graph is a set of triples. What a proof of the graph secures has no order but that of lists (JSON-LD 1.1
// section 4.3.1), so what is drawn must not hang on any other.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { verifyCredential } from '../../src/entries/index.js'
import { englishMessages, renderBadge, renderBadgeSvg, renderCertificate } from '../../src/entries/render.js'
import type { VerificationReport } from '../../src/report/report.js'
import { badgeOf, type Issuer, NOW, newIssuer, signRaw, web } from '../verify/kit.js'
import { parse } from './markup.js'
import { type Report, reportOn } from './reports.js'

const { passed, notPassed, orderNotSigned, reached } = englishMessages
const issuer = await newIssuer()
const OLDER = [
  'https://www.w3.org/2018/credentials/v1',
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json',
  'https://w3id.org/security/data-integrity/v2',
]

type Level = Readonly<Record<string, unknown>>
const level = (name: string, more: object = {}): Level => ({
  id: `urn:x:${name}`,
  type: ['RubricCriterionLevel'],
  name,
  ...more,
})
const described = (of: Issuer, description: object, result: object) => {
  const { credentialSubject, ...badge } = badgeOf(of)
  const scale = { id: 'urn:x:scale', type: ['ResultDescription'], name: 'How well', resultType: 'LetterGrade' }
  return {
    ...badge,
    credentialSubject: {
      ...credentialSubject,
      achievement: { ...credentialSubject.achievement, resultDescription: [{ ...scale, ...description }] },
      result: [{ type: ['Result'], resultDescription: 'urn:x:scale', ...result }],
    },
  }
}
const rubric = (...levels: readonly Level[]) =>
  described(issuer, { rubricCriterionLevel: levels, requiredLevel: 'urn:x:Expert' }, { achievedLevel: 'urn:x:Novice' })
const grades = (value = 'B') => described(issuer, { allowedValue: ['C', 'B', 'A'], requiredValue: 'A' }, { value })

/** The same with each array of this name turned round, which a proof of the graph does not notice unless it is a list. */
function turned<T>(document: T, member: string): T {
  return JSON.parse(JSON.stringify(document), (name, value) => (name === member ? [...value].reverse() : value))
}

async function reportsOn(document: object, member: string, suite: string): Promise<VerificationReport[]> {
  const badge = await signRaw(issuer, document, { suite })
  const options = { trustedIssuers: [issuer.id], now: NOW, loader: web({}) }
  return [await verifyCredential(badge, options), await verifyCredential(turned(badge, member), options)]
}

/** What is drawn of the scale: its steps, whether they are in an order, and whether it is enough. */
function drawn(report: Report) {
  const { elements, text } = parse(renderBadge(report))
  const steps = elements.filter(({ name, attributes }) => name === 'li' && /\bbw-step\b/.test(attributes.class ?? ''))
  return {
    list: steps[0]?.inside.at(-1),
    steps: steps.map((each) => each.text.split(' ')[0]),
    says: [passed, notPassed, orderNotSigned].filter((each) => text.includes(each)),
  }
}

describe('a rubric under a proof of the graph', () => {
  const both = async (...levels: readonly Level[]) => {
    const reports = await reportsOn(rubric(...levels), 'rubricCriterionLevel', 'eddsa-rdfc-2022')
    expect(reports.map(({ outcome }) => outcome)).toEqual(['valid', 'valid'])
    expect(reports.map(({ signedOrder }) => signedOrder)).toEqual([[], []])
    const [one, other] = reports.map((each) => renderBadge(each))
    expect(other).toBe(one)
    return drawn(reports[0] as VerificationReport)
  }

  test('nothing says which level is higher: nothing is said of what is enough', async () => {
    expect(await both(level('Novice'), level('Expert'))).toEqual({
      list: 'ul',
      steps: ['Expert', 'Novice'],
      says: [orderNotSigned],
    })
  })
  test.each<[string, object, object, object]>([
    ['level', { level: '9' }, { level: '10' }, { level: '11' }],
    ['points', { points: '0.5' }, { points: '2' }, { points: '10' }],
    ['both', { level: '1', points: '10' }, { level: '2', points: '20' }, { level: '3', points: '30' }],
  ])('from low to high by %s', async (_, low, middle, high) => {
    expect(await both(level('Middle', middle), level('Expert', high), level('Novice', low))).toEqual({
      list: 'ol',
      steps: ['Novice', 'Middle', 'Expert'],
      says: [notPassed],
    })
  })
  test.each<[string, object, object]>([
    ['one has none', { level: '1' }, {}],
    ['two have the same', { level: '1' }, { level: '1' }],
    ['they are no numbers', { level: 'A1' }, { level: 'B2' }],
    ['level and points disagree', { level: '1', points: '20' }, { level: '2', points: '10' }],
  ])('%s', async (_, low, high) => {
    expect((await both(level('Novice', low), level('Expert', high))).says).toEqual([orderNotSigned])
  })
})

describe('where the order was signed it counts', () => {
  test.each(['eddsa-jcs-2022'])('a rubric, %s', async (suite) => {
    const document = rubric(level('Novice'), level('Expert'))
    const [report, broken] = await reportsOn(document, 'rubricCriterionLevel', suite)
    expect(report?.signedOrder).toBe('all')
    expect(drawn(report as Report)).toEqual({ list: 'ol', steps: ['Novice', 'Expert'], says: [notPassed] })
    expect([broken?.outcome, broken?.signedOrder]).toEqual(['invalid', undefined])
  })
  test('values, which Open Badges 3.0.2 and later make a list', async () => {
    const [report, broken] = await reportsOn(grades(), 'allowedValue', 'eddsa-rdfc-2022')
    expect(report?.signedOrder).toEqual(['allowedValue'])
    expect(drawn(report as Report)).toEqual({ list: 'ol', steps: ['C', 'B', 'A'], says: [notPassed] })
    expect(broken?.outcome).toBe('invalid')
  })
  test('and 3.0.1 a set', async () => {
    const { validFrom, ...document } = grades()
    const older = { ...document, '@context': OLDER, issuanceDate: validFrom }
    const reports = await reportsOn(older, 'allowedValue', 'eddsa-rdfc-2022')
    expect(reports.map(({ outcome, signedOrder }) => [outcome, signedOrder])).toEqual([
      ['valid', []],
      ['valid', []],
    ])
    const [one, other] = reports.map((each) => drawn(each))
    expect(one).toEqual({ list: 'ul', steps: ['A', 'B', 'C'], says: [orderNotSigned] })
    expect(other).toEqual(one)
  })
})

test('what was reached and is required is enough, in whatever order', () => {
  const report = reportOn(grades('A'))
  expect(drawn(report).says).toEqual([passed])
})

describe('of much a part is shown, and not by its place', () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => `step ${index}`)
  const shownOf = (credential: object) => [
    renderBadge(reportOn(credential)),
    renderCertificate(reportOn(credential)),
    renderBadgeSvg(reportOn(credential)),
  ]
  test('a step that was reached is among those that are shown', () => {
    const levels = many(60).map((name) => level(name))
    const credential = described(
      issuer,
      { rubricCriterionLevel: levels, requiredLevel: 'urn:x:step 58' },
      { achievedLevel: 'urn:x:step 59' },
    )
    const { elements } = parse(renderBadge(reportOn(credential, { more: { signedOrder: 'all' } })))
    const steps = elements.filter(({ name, attributes }) => name === 'li' && /\bbw-step\b/.test(attributes.class ?? ''))
    expect(steps).toHaveLength(50)
    expect(steps.at(-1)?.text).toBe(`step 59 ${reached}`)
  })
  test('law: in whatever order arrays stand, the same is drawn', () => {
    const name = fc.constantFrom('a', 'b', 'A 2', 'A 10', '')
    const entry = fc.record({ name, id: fc.constantFrom('urn:x:1', 'urn:x:2') }, { requiredKeys: [] })
    const arrays = fc.record({
      evidence: fc.array(entry, { maxLength: 60 }),
      tag: fc.array(name, { maxLength: 40 }),
      alignment: fc.array(fc.record({ targetName: name, targetUrl: name }), { maxLength: 8 }),
      identifier: fc.array(
        fc.record({
          hashed: fc.boolean(),
          identityHash: name,
          identityType: fc.constantFrom('name', 'emailAddress'),
        }),
        { maxLength: 12 },
      ),
      result: fc.array(fc.record({ value: name, status: fc.constantFrom('Failed', 'Completed') }), { maxLength: 6 }),
      image: fc.array(fc.constantFrom('data:image/gif;base64,R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs=', 'x')),
    })
    const credentialOf = ({ evidence, tag, alignment, identifier, result, image }: Record<string, unknown[]>) => ({
      id: 'urn:x:c',
      issuer: { id: 'did:example:i' },
      image,
      evidence,
      credentialSubject: { identifier, result, achievement: { name: 'N', tag, alignment } },
    })
    fc.assert(
      fc.property(arrays, fc.infiniteStream(fc.nat()), (given, numbers) => {
        const shuffled = Object.fromEntries(
          Object.entries(given).map(([member, items]) => [
            member,
            items
              .map((item) => [item, numbers.next().value as number] as const)
              .sort(([, a], [, b]) => a - b)
              .map(([item]) =>
                typeof item === 'object' ? Object.fromEntries(Object.entries(item as object).reverse()) : item,
              ),
          ]),
        )
        expect(shownOf(credentialOf(shuffled))).toEqual(shownOf(credentialOf(given)))
      }),
      { numRuns: 60 },
    )
  })
})
