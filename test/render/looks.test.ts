// "It takes the report: an unverified credential can never look verified."
import { describe, expect, test } from 'vitest'
import { englishMessages, renderBadge, renderBadgeSvg, renderCertificate } from '../../src/entries/render.js'
import { MARKS } from '../../src/render/marks.js'
import { CHECK_IDS } from '../../src/report/decide.js'
import { FINDINGS, type FindingCode } from '../../src/report/findings.js'
import type { CheckId } from '../../src/report/report.js'
import { parse } from './markup.js'
import { endorsementOf, fullBadge, type Report, reportOn } from './reports.js'
import { IMAGE } from './samples.js'

const claims = fullBadge((place) => `claim:${place}`)
const badge = { ...claims, image: { ...claims.image, id: IMAGE } }
const LOOKS = ['verified', 'signed', 'reserved', 'invalid', 'indeterminate'] as const

/** The look that the article has, and its picture. */
function lookOf(report: Report): string {
  const [article] = parse(renderBadge(report)).elements
  const look = LOOKS.filter((each) => article?.attributes.class?.split(' ').includes(`bw-${each}`))
  expect(look).toHaveLength(1)
  expect(parse(renderBadgeSvg(report), 'svg').elements[0]?.attributes.class).toBe(`bw-svg bw-${look[0]}`)
  return look[0] ?? ''
}

/** Nothing that says "verified" by class, picture or word; no image either that is not stamped. */
function looksLikeNothing(report: Report): void {
  const outputs = [
    parse(renderBadge(report)),
    parse(renderBadgeSvg(report), 'svg'),
    parse(renderCertificate(report), 'document'),
  ]
  for (const { elements, text } of outputs) {
    expect(text).not.toContain(englishMessages.verdict.verified)
    expect(text).not.toContain(englishMessages.verdict.signed)
    expect(text).not.toContain(englishMessages.meaning.verified)
    expect(text).not.toContain(englishMessages.certificate.awardedTo)
    expect(elements.filter(({ attributes }) => attributes.d === MARKS.verified)).toEqual([])
    expect(
      elements.filter(({ attributes }) => /bw-(verified|signed|passed|mark-passed)\b/.test(attributes.class ?? '')),
    ).toEqual([])
    const stamps: readonly string[] = Object.values(englishMessages.stamps)
    for (const { name, inside, attributes } of elements) {
      if (name === 'img') {
        expect(inside).toContain('figure')
        expect(attributes.alt).toMatch(
          /^(Expired|Not valid yet|Revoked|Suspended|Not valid|Could not be decided): claim:/,
        )
      }
      if (name === 'image') expect(attributes.opacity).toBe('0.4')
    }
    const pictures = elements.filter(({ name }) => name === 'img' || name === 'image')
    const marks = elements.filter(
      ({ name, attributes, text: words }) =>
        (name === 'figcaption' && attributes.class === 'bw-stamp') ||
        (name === 'text' && attributes['font-size'] === '17' && (stamps.includes(words) || VERDICT_WORDS.test(words))),
    )
    expect(marks.length).toBeGreaterThanOrEqual(pictures.length)
  }
}

const VERDICT_WORDS = /^(Not valid|Could not be)/

describe('outcomes and looks', () => {
  const table: readonly [string, Report, string][] = [
    ['valid, issuer trusted', reportOn(badge), 'verified'],
    [
      'valid, issuer not asked',
      reportOn(badge, { issuerTrusted: false, codes: { issuer: 'issuer.not_asked' } }),
      'signed',
    ],
    ['valid, a refresh service out of reach', reportOn(badge, { codes: { refresh: 'refresh.failed' } }), 'verified'],
    [
      'valid, an endorsement forged',
      reportOn(badge, { codes: { endorsements: 'endorsements.some_invalid' } }),
      'verified',
    ],
    [
      'valid under a policy that overlooks expiry',
      reportOn(badge, { codes: { validity: 'validity.expired' } }),
      'reserved',
    ],
    [
      'valid under a policy that overlooks revocation',
      reportOn(badge, { codes: { status: 'status.revoked' } }),
      'reserved',
    ],
    [
      'valid under a policy that tolerates an open status',
      reportOn(badge, { codes: { status: 'status.unreachable' } }),
      'reserved',
    ],
    [
      'valid under a policy that overlooks the issuer',
      reportOn(badge, { codes: { issuer: 'issuer.untrusted' } }),
      'reserved',
    ],
    ['valid with the key of another', reportOn(badge, { codes: { key: 'key.other_controller' } }), 'reserved'],
    ['expired', reportOn(badge, { outcome: 'invalid', codes: { validity: 'validity.expired' } }), 'invalid'],
    ['forged', reportOn(badge, { outcome: 'invalid', codes: { proof: 'proof.mismatch' } }), 'invalid'],
    ['open', reportOn(badge, { outcome: 'indeterminate', codes: { status: 'status.unreachable' } }), 'indeterminate'],
    // What no verifier of ours says, but a report that came over a wire may.
    ['says valid, its proof failed', reportOn(badge, { codes: { proof: 'proof.mismatch' } }), 'indeterminate'],
    [
      'says valid, its proof was not checked',
      reportOn(badge, { codes: { proof: 'proof.not_asked' } }),
      'indeterminate',
    ],
    ['says valid, its key is open', reportOn(badge, { codes: { key: 'key.unreachable' } }), 'indeterminate'],
    ['says valid, without a credential', reportOn(undefined), 'indeterminate'],
    ['says VALID', reportOn(badge, { outcome: 'VALID' as never }), 'indeterminate'],
    ['says valid, without checks', { ...reportOn(badge), checks: {} } as never, 'indeterminate'],
    [
      'invalid, with the newer one valid',
      reportOn(badge, { outcome: 'invalid', codes: { proof: 'proof.mismatch' }, more: { refreshed: reportOn(badge) } }),
      'invalid',
    ],
    [
      'valid, with the newer one revoked',
      reportOn(badge, {
        more: { refreshed: reportOn(badge, { outcome: 'invalid', codes: { status: 'status.revoked' } }) },
      }),
      'invalid',
    ],
    ['a trusted issuer that is not true', reportOn(badge, { issuerTrusted: 'yes' as never }), 'signed'],
  ]
  test.each(table)('%s: %s looks %s', (_, report, look) => {
    expect(lookOf(report)).toBe(look)
    if (look === 'invalid' || look === 'indeterminate') looksLikeNothing(report)
    const certificate = renderCertificate(report)
    expect(certificate.includes(englishMessages.certificate.awardedTo)).toBe(look === 'verified' || look === 'signed')
    if (look !== 'verified') {
      expect(renderBadge(report)).not.toContain(
        MARKS.verified.concat(
          '" fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/></svg><strong>Verified',
        ),
      )
      expect(parse(renderBadge(report)).text).not.toContain(englishMessages.meaning.verified)
      expect(parse(certificate, 'document').text).not.toContain(englishMessages.meaning.verified)
    }
  })
})

test.each(
  Object.entries(FINDINGS)
    .filter(
      ([code, { status }]) =>
        (status === 'invalid' || status === 'indeterminate') && !/^(holder|endorsements|refresh)\./.test(code),
    )
    .map(([code]) => [code as FindingCode] as const),
)('%s never looks verified, whatever the outcome says', (code) => {
  const codes = { [code.split('.')[0] as CheckId]: code }
  for (const outcome of ['valid', 'invalid', 'indeterminate'] as const) {
    const report = reportOn(badge, { outcome, codes })
    expect(lookOf(report)).not.toBe('verified')
    if (outcome !== 'valid') looksLikeNothing(report)
  }
})

// OB 3.0 certification, Displayer tests 1 and 3: image, name, issuer, dates and status of valid, expired and revoked badges alike.
describe('the picture of a genuine badge that does not count', () => {
  const pictures = (report: Report) => ({
    html: parse(renderBadge(report)).elements.filter(({ name }) => name === 'img'),
    svg: parse(renderBadgeSvg(report), 'svg').elements.filter(({ name }) => name === 'image'),
  })
  test.each([
    ['invalid', { validity: 'validity.expired' }, 'Expired'],
    ['invalid', { validity: 'validity.not_yet' }, 'Not valid yet'],
    ['invalid', { status: 'status.revoked' }, 'Revoked'],
    ['invalid', { status: 'status.suspended' }, 'Suspended'],
    ['invalid', { validity: 'validity.expired', status: 'status.revoked' }, 'Revoked'],
    ['invalid', { validity: 'validity.expired', status: 'status.suspended' }, 'Expired'],
    ['invalid', { validity: 'validity.expired', status: 'status.unreachable' }, 'Expired'],
    ['invalid', { validity: 'validity.expired', endorsements: 'endorsements.some_invalid' }, 'Expired'],
    ['indeterminate', { status: 'status.unreachable' }, 'Could not be decided'],
  ] as const)('%s, %o is stamped "%s"', (outcome, codes, stamp) => {
    const report = reportOn(badge, { outcome, codes })
    const { html, svg } = pictures(report)
    expect(html.map(({ attributes }) => attributes.src)).toEqual([IMAGE])
    expect(html[0]?.attributes.alt).toBe(`${stamp}: claim:caption`)
    expect(html[0]?.inside.slice(-1)).toEqual(['figure'])
    const words = parse(renderBadge(report)).elements.find(({ attributes }) => attributes.class === 'bw-stamp')
    expect(words?.text).toBe(stamp)
    expect(svg.map(({ attributes }) => [attributes.href, attributes.opacity])).toEqual([[IMAGE, '0.4']])
    expect(renderBadgeSvg(report)).toContain('font-weight="700"')
    expect(renderCertificate(report)).not.toContain(IMAGE)
  })
  test.each([
    ['invalid', { proof: 'proof.mismatch', validity: 'validity.expired' }],
    ['indeterminate', { key: 'key.unreachable', proof: 'proof.blocked' }],
    ['invalid', { schema: 'schema.mismatch', validity: 'validity.expired' }],
    ['invalid', { issuer: 'issuer.untrusted', status: 'status.revoked' }],
    ['invalid', { issuer: 'issuer.untrusted' }],
    ['invalid', { recipient: 'recipient.mismatch', validity: 'validity.expired' }],
    // What no verifier of ours says: nothing against it.
    ['invalid', {}],
  ] as const)('%s, %o has none', (outcome, codes) => {
    const { html, svg } = pictures(reportOn(badge, { outcome, codes }))
    expect([...html, ...svg]).toEqual([])
  })
  test('of one that counts has no stamp', () => {
    const { html, svg } = pictures(reportOn(badge))
    expect(html[0]?.inside).not.toContain('figure')
    expect(html[0]?.attributes.alt).toBe('claim:caption')
    expect(svg[0]?.attributes.opacity).toBeUndefined()
  })
  test('a long word for it is broken into lines in the card', () => {
    const messages = {
      ...englishMessages,
      stamps: { ...englishMessages.stamps, 'validity.expired': 'Nicht mehr gültig, weil abgelaufen' },
    }
    const report = reportOn(badge, { outcome: 'invalid', codes: { validity: 'validity.expired' } })
    const lines = parse(renderBadgeSvg(report, { messages }), 'svg').elements.filter(
      ({ name, attributes }) => name === 'text' && attributes['font-size'] === '17',
    )
    expect(lines.map(({ text }) => text).join(' ')).toBe('Nicht mehr gültig, weil abgelaufen')
    expect(lines.length).toBeGreaterThan(1)
  })
})

describe('what a badge says that does not count', () => {
  const inside = (report: Report, word: string) => {
    const found = parse(renderBadge(report)).elements.filter(({ text, name }) => text.includes(word) && name !== 'root')
    return found.at(-1)?.inside ?? []
  }
  test('of an expired one stands folded away under the verdict, but for its name', () => {
    const report = reportOn(badge, { outcome: 'invalid', codes: { validity: 'validity.expired' } })
    expect(inside(report, 'claim:criteria.narrative')).toContain('details')
    const [title] = parse(renderBadge(report)).elements.filter(({ name }) => name === 'h2')
    expect(title?.text).toBe('claim:achievement.name')
    expect(renderBadgeSvg(report)).not.toContain('claim:issuer.name')
  })
  test('of a forged one not even its name stands outside, and all of it is marked as unproven', () => {
    const report = reportOn(badge, { outcome: 'invalid', codes: { proof: 'proof.mismatch' } })
    const { elements } = parse(renderBadge(report))
    const [claims] = elements.filter(({ attributes }) => attributes.class?.includes('bw-unproven'))
    expect(claims?.attributes.open).toBeUndefined()
    expect(claims?.text).toContain(englishMessages.unprovenWarning)
    const outside = parse(renderBadge(report)).text.replace(claims?.text ?? '', '')
    expect(outside).not.toContain('claim:')
    expect(renderBadgeSvg(report)).not.toContain('claim:')
    expect(renderCertificate(report)).not.toContain('claim:')
  })
  test('"issued by" is said of an issuer that is trusted, and of no other', () => {
    expect(parse(renderBadge(reportOn(badge))).text).toContain('Issued by claim:issuer.name')
    for (const told of [
      { issuerTrusted: false },
      { codes: { key: 'key.self_asserted' } },
      { outcome: 'invalid' },
    ] as const)
      expect(parse(renderBadge(reportOn(badge, told))).text).toContain('Says it was issued by claim:issuer.name')
  })
  test('"the person you asked about" is said only where the proof verified', () => {
    const said = (report: Report) => parse(renderBadge(report)).text.includes(englishMessages.recipientMatched)
    expect(said(reportOn(badge))).toBe(true)
    expect(said(reportOn(badge, { outcome: 'invalid', codes: { proof: 'proof.mismatch' } }))).toBe(false)
    expect(said(reportOn(badge, { codes: { recipient: 'recipient.not_asked' } }))).toBe(false)
  })
  test('of an indeterminate one it is said what could not be checked', () => {
    const { text } = parse(
      renderBadge(reportOn(badge, { outcome: 'indeterminate', codes: { status: 'status.unreachable' } })),
    )
    expect(text).toContain("The issuer's list of revoked badges could not be fetched, so it may or may not be revoked.")
  })
})

test('the ten checks are there, in the order of the report', () => {
  expect(Object.keys(englishMessages.checks)).toEqual(CHECK_IDS)
})

describe('endorsements and badges inside', () => {
  const words = (place: string) => `claim:${place}`
  test('only the words of those that verified are shown', () => {
    const endorsements = [
      reportOn(endorsementOf((place) => `good ${place}`)),
      reportOn(
        endorsementOf((place) => `forged ${place}`),
        { outcome: 'invalid', codes: { proof: 'proof.mismatch' } },
      ),
      reportOn(
        endorsementOf((place) => `open ${place}`),
        { outcome: 'indeterminate', codes: { key: 'key.unreachable' } },
      ),
      reportOn(
        endorsementOf((place) => `overlooked ${place}`),
        { codes: { status: 'status.revoked' } },
      ),
    ]
    const { text } = parse(renderBadge(reportOn(badge, { more: { endorsements } })))
    expect(text).toContain('good comment')
    for (const word of ['forged', 'open comment', 'overlooked']) expect(text).not.toContain(word)
    expect(text).toContain(englishMessages.endorsementFailed)
    expect(text).toContain(englishMessages.endorsementOpen)
  })
  test('one that is about something else does not stand there', () => {
    const report = reportOn(badge, {
      more: { endorsements: [{ ...reportOn(endorsementOf(words)), name: '/endorsement/0' }] },
    })
    const checks = {
      ...report.checks,
      endorsements: {
        status: 'valid',
        findings: [{ code: 'endorsements.unrelated', note: true, message: '', pointer: '/endorsement/0' }],
      },
    }
    expect(parse(renderBadge({ ...report, checks } as never)).text).not.toContain('claim:comment')
  })
  test('a badge inside one that does not count is folded away with it', () => {
    const nested = [reportOn(fullBadge((place) => `inner ${place}`))]
    const outer = parse(
      renderBadge(reportOn(badge, { outcome: 'invalid', codes: { proof: 'proof.mismatch' }, more: { nested } })),
    )
    const inner = outer.elements.filter(({ attributes }) => attributes.class?.includes('bw-verified'))
    expect(inner).toHaveLength(1)
    expect(inner.every(({ inside }) => inside.includes('details'))).toBe(true)
  })
  test('badges inside badges end somewhere', () => {
    let report = reportOn(badge)
    for (let depth = 0; depth < 30; depth++) report = reportOn(badge, { more: { nested: [report, report] } })
    expect(parse(renderBadge(report)).elements.filter(({ name }) => name === 'article')).toHaveLength(7)
  })
})
