// "Texts by a message table": every word of the output that is not the badge's or Intl's comes from there.
import { describe, expect, test } from 'vitest'
import type { RequirementReport } from '../../src/competency/types.js'
import {
  englishMessages,
  type RenderMessages,
  renderAssessment,
  renderBadge,
  renderBadgeSvg,
  renderCertificate,
  renderMarkdown,
} from '../../src/entries/render.js'
import { FINDINGS, type FindingCode } from '../../src/report/findings.js'
import type { CheckId } from '../../src/report/report.js'
import { parse } from './markup.js'
import { endorsementOf, fullBadge, type Report, reportOn } from './reports.js'

/** Each text in brackets, with the place it has in the table; placeholders stay. */
function pseudo<T>(value: T, place = ''): T {
  if (typeof value === 'string') {
    const holes = value.match(/\{\w+\}/g) ?? []
    return (
      place === '/language' ? 'x-pseudo' : place === '/direction' ? 'ltr' : `\u27e6${place}${holes.join('')}\u27e7`
    ) as T
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, pseudo(inner, `${place}/${key}`)])) as T
}
const messages: RenderMessages = pseudo(englishMessages)
const options = { messages, locale: 'en' }

// The badge's own words are digits.
const badge = fullBadge(() => '7')
const bare = { id: '7', issuer: '7', credentialSubject: { result: [{ achievedLevel: '7' }] } }
const created = { ...bare, credentialSubject: { achievement: { creator: { id: '8', name: '8' } } } }
const named = { ...bare, name: '8', credentialSubject: { name: '8', achievement: { name: '7' } } }
const endorsements = [
  reportOn(endorsementOf(() => '7')),
  reportOn(
    endorsementOf(() => '7'),
    { issuerTrusted: false },
  ),
  reportOn(
    endorsementOf(() => '7'),
    { outcome: 'invalid' },
  ),
  reportOn(
    endorsementOf(() => '7'),
    { outcome: 'indeterminate' },
  ),
]
const dated = {
  ...badge,
  validFrom: '2026-01-01T00:00:00Z',
  validUntil: '2027-01-01T00:00:00Z',
  awardedDate: '2026-01-01T00:00:00Z',
}
const long = fullBadge(() => '7 '.repeat(60_000))
const many = { ...bare, evidence: Array.from({ length: 60 }, () => ({ id: '7' })) }
const withGrade = (grade: string) => {
  const { credentialSubject } = badge
  const [, , grades] = credentialSubject.achievement.resultDescription
  const achievement = { resultDescription: [{ ...grades, allowedValue: ['1', 'A'], valueMin: '1', valueMax: '2' }] }
  return { ...bare, credentialSubject: { achievement, result: [{ resultDescription: 'urn:x:grades', value: grade }] } }
}

const reports: Report[] = [
  reportOn(badge, { more: { endorsements, nested: [reportOn(bare)] } }),
  ...[badge, bare, created, named, dated, long, many].map((each) => reportOn(each)),
  ...['1', 'A'].map((grade) => reportOn(withGrade(grade), { more: { signedOrder: ['allowedValue'] } })),
  reportOn({
    ...bare,
    credentialSubject: {
      identifier: [{ hashed: true, identityType: '7' }],
      achievement: { criteria: {}, image: 'data:image/gif;base64,R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs=' },
    },
  }),
  reportOn(badge, { issuerTrusted: false }),
  reportOn(badge, { codes: { status: 'status.revoked' } }),
  reportOn(badge, { outcome: 'invalid', codes: { proof: 'proof.mismatch' } }),
  reportOn(undefined, { outcome: 'invalid', codes: { format: 'format.malformed' } }),
  reportOn(dated, { outcome: 'invalid', codes: { validity: 'validity.expired' } }),
  reportOn(dated, { outcome: 'invalid', codes: { validity: 'validity.not_yet' } }),
  ...(['validity.expired', 'validity.not_yet', 'status.revoked', 'status.suspended'] as const).map((code) =>
    reportOn(
      { ...badge, image: { id: 'data:image/gif;base64,R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs=' } },
      { outcome: 'invalid', codes: { [code.split('.')[0] as CheckId]: code } },
    ),
  ),
  reportOn(badge, { more: { refreshed: reportOn(badge) } }),
  ...(Object.keys(FINDINGS) as FindingCode[])
    .filter((code) => !code.startsWith('holder.'))
    .map((code) => reportOn(bare, { outcome: 'indeterminate', codes: { [code.split('.')[0] as CheckId]: code } })),
]

const REASONS = Object.keys(englishMessages.assessment.reasons).map((code) => ({ code, credential: '7' }))
const LEAF = { outcome: 'not-met', because: [{ code: 'competency.not_found' }], suggestions: ['7'] } as const
const BY = { credential: '7', issuer: '7', path: [] }
const ASKED = { competency: '7', level: '7', issuers: ['7'] }
const assessment = {
  stack: '7',
  outcome: 'uncertain',
  at: '2026-01-01T00:00:00Z',
  expires: '2026-01-01T00:00:00Z',
  requirements: [
    { id: '1', ...LEAF, because: [...LEAF.because, ...REASONS.slice(38), { code: '7' }] },
    { id: '1a', ...LEAF, asked: ASKED },
    {
      id: '1f',
      ...LEAF,
      because: ['educationLevel', 'subject', 'language', 'schoolModel'].map((dimension) => ({
        code: 'context.other',
        credential: '7',
        dimension,
      })),
    },
    { id: '1b', ...LEAF, asked: { competency: '7', level: '7' } },
    { id: '1c', ...LEAF, asked: { competency: '7', issuers: ['7'] } },
    {
      id: '1d',
      outcome: 'not-met',
      because: [{ code: 'validity.expired', credential: '7' }],
      by: { ...BY, until: '2026-01-01T10:30:00Z' },
    },
    {
      id: '1e',
      outcome: 'not-met',
      because: [
        { code: 'level.below', credential: '7' },
        { code: 'endorsement.absent', credential: '7' },
      ],
      asked: { competency: '7', endorsedBy: 'independent' },
      by: {
        ...BY,
        path: [
          { via: 'alignment', from: '7', to: '7' },
          { via: 'crosswalk', from: '7', to: '7' },
          { via: 'set', from: '7', to: '7' },
        ],
      },
    },
    {
      id: '2',
      outcome: 'uncertain',
      because: REASONS.slice(0, 20),
      by: { credential: '7', issuer: '7', path: [], level: '7', until: '2026-01-01T00:00:00Z' },
    },
    {
      id: '3',
      outcome: 'met',
      because: [{ code: 'parts.met', met: 1, of: 2, asked: 1 }],
      parts: [{ id: '3/1', ...LEAF }],
    },
    {
      id: '4',
      outcome: 'met',
      because: [
        { code: 'proof.mismatch', credential: '7' },
        { code: '7.7', credential: '7' },
        ...REASONS.slice(20, 38),
      ],
    },
    {
      id: '5',
      outcome: 'not-met',
      because: [{ code: 'parts.met', met: 1, of: 2, asked: 2 }],
      parts: [{ id: '1', ...LEAF }],
    },
  ] as RequirementReport[],
} as const
const stack = {
  id: '7',
  name: '7',
  requirements: [
    { id: '1', competency: '7' },
    { id: '2', competency: '7', level: '7' },
    {
      id: '3',
      anyOf: [
        { id: '3/1', competency: '7' },
        { id: '3/2', competency: '7' },
      ],
      atLeast: 1,
    },
    { id: '5', allOf: [{ id: '6', competency: '7' }] },
  ],
}

const outputs = [
  ...reports.flatMap((report) => [
    ...[parse(renderBadge(report, options))],
    parse(renderBadgeSvg(report, options), 'svg'),
    parse(renderCertificate(report, { ...options, url: 'https://7.example/' }), 'document'),
  ]),
  ...(['met', 'not-met', 'uncertain'] as const).flatMap((outcome) => [
    parse(renderAssessment({ ...assessment, outcome }, { ...options, stack })),
    parse(renderAssessment({ ...assessment, outcome, requirements: [] }, options)),
  ]),
  parse(renderMarkdown('7\n\n'.repeat(10_000), { messages })),
]

/** What Intl wrote, what the verifier noted, and what belongs to no language. */
const FOREIGN = /January|June|\b(urn:x:\w+|at|AM|PM|UTC|7\.example|format\.malformed|proof\.mismatch|https?)\b/g

describe('in another language', () => {
  test('every word comes from the table', () => {
    const left = new Set<string>()
    for (const { elements, text } of outputs) {
      let shown = text
      for (const { attributes, text: inside } of elements)
        if (attributes.class === 'bw-technical') shown = shown.replace(inside, '')
      for (const { attributes } of elements) shown += ` ${attributes.alt ?? ''} ${attributes['aria-label'] ?? ''}`
      // Lines of an SVG are broken wherever they are full.
      const own =
        elements[0]?.name === 'svg'
          ? shown.replace(/\u27e6[^\u27e6]*(\u27e7|\u2026)/g, '')
          : shown.replace(/\u27e6[^\u27e6\u27e7]*|\u27e7/g, '')
      for (const word of own.replace(FOREIGN, '').match(/\p{L}{2,}/gu) ?? []) left.add(word)
    }
    expect([...left]).toEqual([])
  })
  test('and every text of the table is used', () => {
    const all: string[] = []
    const collect = (value: unknown, place: string) => {
      if (typeof value === 'string') all.push(place)
      else for (const [key, inner] of Object.entries(value ?? {})) collect(inner, `${place}/${key}`)
    }
    collect(englishMessages, '')
    const said = outputs
      .map(
        ({ elements, text }) =>
          text + elements.map(({ attributes }) => `${attributes.alt} ${attributes['aria-label']}`).join(' '),
      )
      .join('\n')
    const unused = all.filter(
      (place) => !said.includes(`\u27e6${place}`) && !/^\/(language|direction|terms\/|findings\/holder)/.test(place),
    )
    expect(unused).toEqual([])
  })
  test('the language and the direction of the table are those of the page', () => {
    const arabic = { ...messages, language: 'ar', direction: 'rtl' as const }
    const report = reportOn(badge)
    for (const html of [
      renderBadge(report, { messages: arabic }),
      renderCertificate(report, { messages: arabic }),
      renderAssessment(assessment, { messages: arabic }),
    ])
      expect(html).toMatch(/lang="ar" dir="rtl"/)
    expect(renderBadgeSvg(report, { messages: arabic })).toMatch(/xml:lang="ar" direction="rtl"/)
  })
})

test('names in braces are filled in once: what a badge says is no template', () => {
  const { text } = parse(renderBadge(reportOn(fullBadge(() => '{issuer} {date} $& $1'))))
  expect(text).toContain('Issued by {issuer} {date} $& $1')
  expect(renderBadgeSvg(reportOn(fullBadge(() => '{date} $&')))).toContain('{date} $&amp;')
})
