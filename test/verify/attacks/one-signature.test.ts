/**
 * One signature, one reading: whatever the holder of a badge does to its JSON, under whatever versions of the contexts, all that is
 * read of it (`report.credential`, `explain`, `renderBadge`, `assessStack`, `competenciesOf`) stays the same, or it is not valid. Same
 * means up to an array around one value, the order of what nobody ordered, `@context`, and what is about the writing and not about what was said.
 */
import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assessStack, competenciesOf } from '../../../src/entries/competency.js'
import { type Achievement, createVerifier, explain, type ValidReport } from '../../../src/entries/index.js'
import { renderBadge } from '../../../src/entries/render.js'
import { nobodyEndorses } from '../../../src/verify/checks/not-asked.js'
import { shared } from '../../shared.js'
import { NOW, newIssuer, signRaw, TEACHER, web } from '../kit.js'
import { Choice, HARMLESS, REWRITINGS } from './rewritings.js'

const issuer = await newIssuer()
const V1 = 'https://www.w3.org/2018/credentials/v1'
const V2 = 'https://www.w3.org/ns/credentials/v2'
const PROOFS = 'https://w3id.org/security/data-integrity/v2'
const OB = 'https://purl.imsglobal.org/spec/ob/v3p0/context'
const CLR = 'https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json'
const FRAMEWORK = 'https://f.example'

/** The context of learner records is not bundled: it counts by its digest. */
const file = shared('corpus/web/contexts/purl.imsglobal.org_spec_clr_v2p0_context-2.0.1.json')
const clr = file !== undefined && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
const loader = () => web(clr === undefined ? {} : { [CLR]: clr })
const verifier = createVerifier({
  trustedIssuers: [issuer.id],
  trustedEndorsers: [issuer.id],
  loader: loader(),
  accept: 'any-credential',
  policy: { refresh: 'report-only', endorsements: 'report-only' },
})

/** Everything that is read, in several ways that could be taken for one another. */
function badgeUnder(contexts: readonly unknown[], version: '1.1' | '2.0'): Record<string, unknown> {
  const at = 'https://school.example/achievements/1'
  const aligned = (name: string) => ({ type: ['Alignment'], targetName: name, targetUrl: `${FRAMEWORK}/${name}` })
  const level = (name: string) => ({
    id: `urn:level:${name}`,
    type: ['RubricCriterionLevel'],
    name,
    level: name === 'Novice' ? '1' : '2',
    alignment: [aligned(name)],
  })
  const scale = (id: string, levels: readonly object[]) => ({
    id,
    type: ['ResultDescription'],
    name: id,
    resultType: 'RubricCriterionLevel',
    requiredLevel: 'urn:level:Expert',
    rubricCriterionLevel: levels,
  })
  const dates = version === '1.1' ? { issuanceDate: '2026-01-01T00:00:00Z' } : { validFrom: '2026-01-01T00:00:00Z' }
  return {
    '@context': contexts,
    id: 'urn:uuid:00000000-0000-4000-8000-000000000001',
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: 'Surgery',
    ...dates,
    issuer: {
      id: issuer.id,
      type: ['Profile'],
      name: 'Uni (sandbox)',
      description: 'A test system',
      url: 'https://uni.example/',
      image: { id: 'https://uni.example/logo.png', type: 'Image', caption: 'Logo' },
    },
    credentialSubject: {
      id: TEACHER,
      type: ['AchievementSubject'],
      source: { id: issuer.id, type: ['Profile'], email: 'a@uni.example' },
      achievement: {
        id: at,
        type: ['Achievement'],
        name: 'Open day visitor',
        description: 'Licensed surgeon',
        criteria: { id: `${at}/criteria`, narrative: 'Came by.' },
        image: { id: 'https://uni.example/logo.png', type: 'Image' },
        creator: { id: issuer.id, type: ['Profile'], name: 'Uni', phone: '1' },
        alignment: [aligned('surgery'), aligned('visits')],
        tag: ['a', 'b'],
        resultDescription: [
          scale('urn:scale:1', [level('Novice'), level('Expert')]),
          scale('urn:scale:2', [{ ...level('Expert'), description: 'Does it.' }]),
        ],
      },
      result: [
        { type: ['Result'], resultDescription: 'urn:scale:1', achievedLevel: 'urn:level:Novice', status: 'Completed' },
        { type: ['Result'], resultDescription: 'urn:scale:2', value: '12', status: 'Failed' },
      ],
    },
    evidence: [
      { id: 'urn:evidence:1', type: ['Evidence'], name: 'One', narrative: 'First.' },
      { id: 'urn:evidence:2', type: ['Evidence'], name: 'Two', description: 'Second.' },
    ],
    endorsement: [
      {
        '@context': contexts,
        id: 'urn:uuid:00000000-0000-4000-8000-0000000000e1',
        type: ['VerifiableCredential', 'EndorsementCredential'],
        name: 'Good',
        issuer: { id: issuer.id, type: ['Profile'], name: 'Uni', official: 'Uni of X' },
        ...dates,
        credentialSubject: { id: at, type: ['EndorsementSubject'], endorsementComment: 'Hard.' },
      },
    ],
  }
}
const TERMS = {
  grade: 'https://e.example/grade',
  room: 'https://e.example/room',
  Passed: 'https://e.example/passed',
  Failed: 'https://e.example/failed',
  about: { '@id': 'https://e.example/about', '@type': '@id' },
}
function extended(document: Record<string, unknown>): Record<string, unknown> {
  const subject = document.credentialSubject as Record<string, unknown>
  const tagged = (text: string, language: string) => ({ '@value': text, '@language': language })
  return {
    ...document,
    issuer: { ...(document.issuer as object), name: [tagged('Uni (sandbox)', 'en'), tagged('Université', 'fr')] },
    '@context': [...(document['@context'] as unknown[]), TERMS],
    grade: 'F',
    room: ['A', 'B'],
    about: { id: 'urn:about:1', type: ['Failed'], grade: 'C', room: { grade: 1, about: 'urn:about:1' } },
    credentialSubject: { ...subject, type: ['AchievementSubject', 'Failed'], grade: { about: 'urn:about:1' } },
  }
}
function record(): Record<string, unknown> {
  const badge = badgeUnder([V2, `${OB}-3.0.3.json`], '2.0')
  return {
    '@context': [V2, CLR, `${OB}-3.0.3.json`],
    id: 'urn:uuid:00000000-0000-4000-8000-0000000000c1',
    type: ['VerifiableCredential', 'ClrCredential'],
    name: 'Record',
    validFrom: '2026-01-01T00:00:00Z',
    issuer: { id: issuer.id, type: ['Profile'], name: 'Uni' },
    credentialSubject: { id: TEACHER, type: ['ClrSubject'], verifiableCredential: [badge] },
  }
}

const FAMILIES: Readonly<Record<string, () => Record<string, unknown>>> = {
  'VCDM 2.0 and Open Badges 3.0.3': () => badgeUnder([V2, `${OB}-3.0.3.json`], '2.0'),
  'VCDM 2.0 and Open Badges 3.0.3, with terms of its own': () => extended(badgeUnder([V2, `${OB}-3.0.3.json`], '2.0')),
  'VCDM 2.0 and Open Badges 3.0.2': () => badgeUnder([V2, `${OB}-3.0.2.json`], '2.0'),
  'VCDM 1.1 and Open Badges 3.0.1': () => badgeUnder([V1, `${OB}-3.0.1.json`, PROOFS], '1.1'),
  'VCDM 1.1 and Open Badges 3.0.1, with terms of its own': () =>
    extended(badgeUnder([V1, `${OB}-3.0.1.json`, PROOFS], '1.1')),
  'VCDM 1.1 and Open Badges 3.0.0': () => badgeUnder([V1, `${OB}.json`, PROOFS], '1.1'),
  ...(clr === undefined ? {} : { 'a learner record': record }),
}

const STACK = {
  id: 'urn:stack',
  name: 'Surgeon',
  requirements: [
    { id: 'surgery', competency: `${FRAMEWORK}/surgery`, evidence: true },
    { id: 'expert', competency: `${FRAMEWORK}/skill`, level: `${FRAMEWORK}/Expert` },
    { id: 'endorsed', competency: `${FRAMEWORK}/visits`, endorsedBy: [issuer.id] },
  ],
}
const FRAMEWORKS = [
  {
    id: FRAMEWORK,
    name: 'Framework',
    competencies: [
      { id: `${FRAMEWORK}/surgery`, name: 'Surgery' },
      { id: `${FRAMEWORK}/visits`, name: 'Visits' },
      {
        id: `${FRAMEWORK}/skill`,
        name: 'Skill',
        levels: ['Novice', 'Expert'].map((name) => ({ id: `${FRAMEWORK}/${name}`, name })),
      },
    ],
  },
]
/** About how it is written: another version's contexts, one value for an array. */
const ABOUT_WRITING = /^schema\.(?:shorthand|older_context|outside_vocabulary)$/

/** All that is read of a report. What stands inside of the credential has its own, and counts where it is valid. */
function readingOf(report: ValidReport): unknown {
  const { schema } = report.checks
  const { nested: _, ...said } = {
    ...report,
    checks: {
      ...report.checks,
      schema: { ...schema, findings: schema.findings.filter(({ code }) => !ABOUT_WRITING.test(code)) },
      endorsements: nobodyEndorses(),
    },
    endorsements: (report.endorsements ?? []).filter(({ outcome }) => outcome === 'valid'),
  } as unknown as ValidReport
  const { achievement } = report.credential.credentialSubject as { achievement?: Achievement }
  return {
    credential: settled(report.credential),
    explain: explain(said),
    page: renderBadge(said),
    stack: assessStack([said as never], STACK as never, { now: NOW, frameworks: FRAMEWORKS, crosswalks: [] }),
    competencies: achievement === undefined ? [] : settled(withoutPlaces(competenciesOf(achievement, FRAMEWORKS))),
  }
}
/** Where in the document each was found is about how that document is written. */
function withoutPlaces({ matches, suggestions }: ReturnType<typeof competenciesOf>): object {
  return { matches: matches.map(({ pointer: _, ...found }) => found), suggestions }
}
const NESTED = new Set(['verifiableCredential', 'endorsement', '@context'])

/** Undefined for what was put into itself. */
function textOf(document: object): string | undefined {
  try {
    return JSON.stringify(document)
  } catch {
    return undefined
  }
}

function settled(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = new Map(value.flat().map((each) => [JSON.stringify(settled(each)), settled(each)]))
    const sorted = [...items].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item)
    return sorted.length === 1 ? sorted[0] : sorted
  }
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value)
    .filter(([name]) => !NESTED.has(name))
    .map(([name, inner]) => [name, settled(inner)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  // A reference, however it is written.
  const [only] = members
  if (members.length === 1 && ['id', '@id'].includes(only?.[0] as string)) return only?.[1]
  return Object.fromEntries(members)
}

describe.each(Object.entries(FAMILIES))('%s', async (_, make) => {
  const signed = await signRaw(issuer, make(), { loader: loader() })
  const verify = (document: object) => verifier.verify(structuredClone(document), { now: NOW })
  const original = await verify(signed)

  test('is valid as it was signed', () => {
    expect([original.outcome, original.outcome === 'valid' ? [] : original.because]).toEqual(['valid', []])
  })

  test('any rewriting of it is read alike, or not valid', async () => {
    const reading = readingOf(original as ValidReport)
    const kept = new Map<string, number>()
    const step = fc.tuple(
      fc.oneof({ weight: 2, arbitrary: fc.constantFrom(...HARMLESS) }, fc.constantFrom(...Object.keys(REWRITINGS))),
      fc.array(fc.nat(999), { minLength: 4, maxLength: 10 }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async (steps) => {
        let copy = structuredClone(signed)
        for (const [name, numbers] of steps) {
          REWRITINGS[name]?.(copy, new Choice(numbers))
          const written = textOf(copy)
          fc.pre(written !== undefined)
          copy = JSON.parse(written as string)
        }
        const report = await verify(copy)
        if (report.outcome !== 'valid') return
        for (const [name] of steps) kept.set(name, (kept.get(name) ?? 0) + 1)
        expect(readingOf(report as ValidReport)).toEqual(reading)
      }),
      { numRuns: 60 },
    )
    // What is not valid proves nothing.
    expect(kept.size).toBeGreaterThan(4)
    expect([...kept.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(10)
  })
})
