/** `credentialSchema`, VCDM 2.0 section 4.11: schemas that strangers chose, at addresses that they chose. */
import { describe, expect, test } from 'vitest'
import { anyIssuer, defaultLimits, explain, verifyCredential } from '../../src/entries/index.js'
import { codesOf, NOW, newIssuer, signed, web } from './kit.js'

const issuer = await newIssuer()
const SCHEMA = 'https://school.example/schema.json'
const OTHER = 'https://school.example/other.json'
const declaring = (...ids: string[]) =>
  signed(issuer, { credentialSchema: ids.map((id) => ({ id, type: 'JsonSchema' })) })
const badge = await declaring(SCHEMA)
const verify = async (documents: Record<string, unknown>, options: object = {}, document: object = badge) => {
  const loader = web(documents)
  const report = await verifyCredential(document, { trustedIssuers: anyIssuer, now: NOW, loader, ...options })
  return {
    report,
    asked: loader.asked,
    findings: report.checks.schema.findings.filter(({ code }) => code !== 'schema.conforms'),
  }
}

describe('a regular expression of a stranger', () => {
  const name = (pattern: string) => ({ [SCHEMA]: { properties: { id: { pattern } } } })
  test('is run in linear time', async () => {
    // The id of the badge has no x at its end: an engine that goes back would not come to the end of this test.
    const { report, findings } = await verify(name('^(([a-z:]|[0-9a-f-]|[a-z0-9:-])+)+x$'))
    expect(report.outcome).toBe('invalid')
    expect(findings).toMatchObject([{ code: 'schema.declared_mismatch', pointer: '/credentialSchema/0' }])
    expect(findings[0]?.message).toContain('/id: it does not match')
  })
  test('and holds where it holds', async () => {
    expect((await verify(name('^urn:uuid:[0-9a-f-]{36}$'))).report.outcome).toBe('valid')
  })
  test.each<[string, object, string]>([
    ['pattern', { properties: { id: { pattern: '^(?!urn)' } } }, '/properties/id/pattern'],
    ['patternProperties', { patternProperties: { '(a)/\\1': true } }, '/patternProperties/(a)~1\\1'],
    ['propertyNames', { propertyNames: { pattern: '(?<=a)b' } }, '/propertyNames/pattern'],
    [
      'a part that is referred to',
      { $ref: '#/$defs/x', $defs: { x: { properties: { id: { pattern: '(?=u)' } } } } },
      '/$defs/x/properties/id/pattern',
    ],
  ])('that cannot be is refused, with its place: %s', async (_name, schema, pointer) => {
    const { report, findings } = await verify({ [SCHEMA]: schema })
    expect(report.outcome).toBe('indeterminate')
    expect(report.outcome !== 'valid' && report.because).toEqual(['schema.limit'])
    expect(findings).toMatchObject([{ pointer: '/credentialSchema/0', evidence: { url: SCHEMA } }])
    expect(findings[0]?.message).toContain(`the schema ${SCHEMA} has a pattern at ${pointer} `)
    expect(JSON.stringify(explain(report))).toContain(
      'To check its form would take more documents, or more work, than one badge may ask for.',
    )
  })
  test('that nothing refers to is none of ours', async () => {
    expect((await verify({ [SCHEMA]: { $defs: { x: { pattern: '(?=a)' } } } })).report.outcome).toBe('valid')
  })
})

describe('a schema that refers to another', () => {
  const REFERS = { properties: { issuer: { $ref: 'other.json#/$defs/issuer' } } }
  test('is judged by both', async () => {
    const other = (type: string) => ({ [SCHEMA]: REFERS, [OTHER]: { $defs: { issuer: { type } } } })
    expect((await verify(other('object'))).report.outcome).toBe('valid')
    const { report, asked } = await verify(other('array'))
    expect(codesOf(report)).toContain('schema.declared_mismatch')
    expect(asked).toEqual([SCHEMA, OTHER])
  })
  test('that refers back: each is loaded once', async () => {
    const { report, asked } = await verify({
      [SCHEMA]: REFERS,
      [OTHER]: { $defs: { issuer: { properties: { otherSchema: { $ref: SCHEMA } } } } },
    })
    expect(report.outcome).toBe('valid')
    expect(asked).toEqual([SCHEMA, OTHER])
  })
  test('that is not to be had: it is said, and nothing follows', async () => {
    const { report, findings } = await verify({ [SCHEMA]: REFERS })
    expect(report.outcome).toBe('valid')
    expect(findings).toMatchObject([{ code: 'schema.declared_unreachable', evidence: { url: SCHEMA } }])
    expect(findings[0]?.message).toContain(OTHER)
  })
  test('and so on, until the documents of a report are used up', async () => {
    const chain = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [
        index === 0 ? SCHEMA : `https://school.example/s${index}.json`,
        { $ref: `https://school.example/s${index + 1}.json` },
      ]),
    )
    const { report, asked, findings } = await verify(chain, { limits: { ...defaultLimits, fetches: 5 } })
    expect(asked).toHaveLength(5)
    expect(report.outcome).toBe('valid')
    expect(findings).toMatchObject([{ code: 'schema.declared_unreachable' }])
    expect(findings[0]?.message).toContain('more than 5 documents')
  })
  test('in a place that the loader does not go to', async () => {
    const { asked, findings } = await verify({ [SCHEMA]: { $ref: 'file:///etc/passwd' } })
    expect(asked).toEqual([SCHEMA, 'file:///etc/passwd'])
    expect(findings).toMatchObject([{ code: 'schema.declared_unreachable' }])
  })
})

describe('work without end', () => {
  const DOUBLING = {
    $ref: '#/$defs/d0',
    $defs: Object.fromEntries(
      Array.from({ length: 41 }, (_, index) => [
        `d${index}`,
        index === 40 ? false : { anyOf: [{ $ref: `#/$defs/d${index + 1}` }, { $ref: `#/$defs/d${index + 1}` }] },
      ]),
    ),
  }
  test('is given up, and nothing follows for the badge', async () => {
    const { report, findings } = await verify({ [SCHEMA]: DOUBLING })
    expect(report.outcome).toBe('indeterminate')
    expect(report.outcome !== 'valid' && report.because).toEqual(['schema.limit'])
    expect(findings).toMatchObject([{ pointer: '/credentialSchema/0', evidence: { url: SCHEMA } }])
  })
  test('once for a report, however many schemas it declares', async () => {
    const ids = Array.from({ length: 40 }, (_, index) => `${SCHEMA}?${index}`)
    const documents = Object.fromEntries(ids.map((id) => [id, DOUBLING]))
    const { report } = await verify(documents, {}, await declaring(...ids))
    expect(codesOf(report).filter((code) => code === 'schema.limit')).toHaveLength(40)
  })
})

test('a schema that is a part of a document', async () => {
  const { report } = await verify(
    { [SCHEMA]: { $defs: { badge: { required: ['licence'] } } } },
    {},
    await declaring(`${SCHEMA}#/$defs/badge`),
  )
  expect(codesOf(report)).toContain('schema.declared_mismatch')
})
