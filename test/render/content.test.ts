// What stands there: in which language, at which time, on which scale; and what is missing says so.
import { describe, expect, test } from 'vitest'
import { verifyCredential } from '../../src/entries/index.js'
import { englishMessages, renderBadge, renderBadgeSvg, renderCertificate } from '../../src/entries/render.js'
import { badgeOf, NOW, newIssuer, signed, web, withMember } from '../verify/kit.js'
import { parse } from './markup.js'
import { fullBadge, reportOn } from './reports.js'

const bare = { id: 'urn:x:1', issuer: 'did:web:school.example', validFrom: '2026-01-01T00:30:00+01:00' }
const shown = (credential: object, options?: Parameters<typeof renderBadge>[1]) =>
  parse(renderBadge(reportOn(credential), options))
const withAchievement = (achievement: object, result: object[] = []) => ({
  ...bare,
  credentialSubject: { achievement, result },
})

describe('languages', () => {
  const name = [
    { '@value': 'Feedback', '@language': 'en' },
    { '@value': 'R\u00fcckmeldung', '@language': 'de' },
    { '@value': 'R\u00fcckmeldig', '@language': 'de-CH' },
    { '@value': '\u05de\u05e9\u05d5\u05d1', '@language': 'he', '@direction': 'rtl' },
  ]
  const title = (locale?: string, value: unknown = name) => {
    const { elements } = shown({ ...bare, name: value }, locale === undefined ? {} : { locale })
    const bdi = elements.find(({ name, inside }) => name === 'bdi' && inside.at(-1) === 'h2')
    return [bdi?.text, bdi?.attributes.lang, bdi?.attributes.dir]
  }
  test('the one of the locale, else a near one, else English', () => {
    expect(title()).toEqual(['Feedback', 'en', undefined])
    expect(title('de')).toEqual(['R\u00fcckmeldung', 'de', undefined])
    expect(title('de-CH')).toEqual(['R\u00fcckmeldig', 'de-CH', undefined])
    expect(title('de-AT')).toEqual(['R\u00fcckmeldung', 'de', undefined])
    expect(title('fr')).toEqual(['Feedback', 'en', undefined])
    expect(title('he')).toEqual(['\u05de\u05e9\u05d5\u05d1', 'he', 'rtl'])
  })
  test('language maps too', () => {
    expect(title('fr', { en: 'Badge', fr: 'Insigne' })).toEqual(['Insigne', 'fr', undefined])
  })
  test('an achievement says which it is in', () => {
    const { elements } = shown(withAchievement({ name: 'Insigne', inLanguage: 'fr' }))
    expect(elements.find(({ text, name }) => name === 'bdi' && text === 'Insigne')?.attributes.lang).toBe('fr')
    const hostile = shown(withAchievement({ name: 'Insigne', inLanguage: '"><script>' }))
    expect(
      hostile.elements.find(({ text, name }) => name === 'bdi' && text === 'Insigne')?.attributes.lang,
    ).toBeUndefined()
  })
})

describe('dates', () => {
  test('in the locale and the time zone that were asked for, exact for machines', () => {
    const date = (options: object) =>
      shown(bare, options).elements.find(({ name, inside }) => name === 'time' && inside.includes('dd'))
    expect(date({})?.text).toBe('December 31, 2025')
    expect(date({ timeZone: 'Europe/Vienna' })?.text).toBe('January 1, 2026')
    expect(date({ locale: 'de-AT', timeZone: 'Europe/Vienna' })?.text).toMatch(/^1\. J\S+ 2026$/)
    expect(date({})?.attributes.datetime).toBe('2025-12-31T23:30:00Z')
  })
  test('what is none stands as it is', () => {
    expect(shown({ ...bare, validUntil: 'soon' }).text).toContain('soon')
  })
})

describe('what is missing', () => {
  test('says so', () => {
    const { text } = shown({})
    for (const message of ['noName', 'recipientAbsent', 'noEnd', 'notStated', 'noEvidence'] as const)
      expect(text).toContain(englishMessages[message])
    expect(shown(withAchievement({ name: 'x' })).text).toContain(
      `${englishMessages.criteria}${englishMessages.notStated}`,
    )
    expect(parse(renderBadgeSvg(reportOn({})), 'svg').text).toContain(englishMessages.noName)
  })
  test('a hashed recipient is not shown', () => {
    const identifier = [{ hashed: true, identityHash: 'sha256$abc', identityType: 'emailAddress', salt: 's' }]
    const { text } = shown({ ...bare, credentialSubject: { identifier } })
    expect(text).toContain(`email address, ${englishMessages.recipientHashed}`)
    expect(text).not.toContain('abc')
  })
})

describe('the names of recipient and credential', () => {
  const DEGREE = 'Sam Salmon - Mock Bachelor of Science Degree in Computer Science'
  const outputs = (report: Parameters<typeof renderBadge>[0]) => [
    parse(renderBadge(report)),
    parse(renderBadgeSvg(report), 'svg'),
    parse(renderCertificate(report), 'document'),
  ]
  const plain = (text: string | undefined) => text?.replace(/[\u2068\u2069]/g, '')
  const fact = (credential: object, label: string) => {
    const { elements } = shown(credential)
    const row = elements.find(
      ({ name, text, inside }) => name === 'div' && inside.at(-1) === 'dl' && text.startsWith(label),
    )
    return row?.text.slice(label.length)
  }
  test('are shown as facts where the proof secures them', async () => {
    const issuer = await newIssuer()
    const { credentialSubject } = badgeOf(issuer)
    const { id: _, ...nameless } = credentialSubject as { id?: string }
    const subject = { ...nameless, name: 'Sam Salmon' }
    const badge = await signed(issuer, { name: DEGREE, credentialSubject: subject as never })
    const base = { trustedIssuers: [issuer.id], loader: web({}), now: NOW }
    const report = await verifyCredential(badge, base)
    expect(report.outcome).toBe('valid')
    for (const { text } of outputs(report)) {
      expect(text).toContain('Sam Salmon')
      expect(text).not.toContain(englishMessages.recipientAbsent)
    }
    const [html, , certificate] = outputs(report)
    for (const output of [html, certificate]) expect(output?.text).toContain(DEGREE)
    expect(certificate?.elements.find(({ attributes }) => attributes.class === 'bw-name')?.text).toMatch(
      /^.?Sam Salmon.?$/u,
    )

    const forged = await verifyCredential(withMember(badge, ['credentialSubject', 'name'], 'Eve Eel'), base)
    expect(forged.outcome).toBe('invalid')
    const [folded, card, refused] = outputs(forged)
    expect(folded?.elements.filter(({ text, inside }) => text === 'Eve Eel' && !inside.includes('details'))).toEqual([])
    expect(folded?.elements.find(({ attributes }) => attributes.class === 'bw-claims bw-unproven')?.text).toContain(
      'Eve Eel',
    )
    for (const output of [card, refused]) expect(output?.text).not.toContain('Eve Eel')
  })
  test('a name stands before what identifies its person, and once', () => {
    const to = (subject: object) =>
      fact({ ...bare, credentialSubject: subject }, englishMessages.recipient)?.replace(
        englishMessages.recipientMatched,
        '',
      )
    const identifier = [{ hashed: false, identityHash: 'Sam Salmon', identityType: 'name' }]
    expect(to({ id: 'did:example:sam', name: 'Sam Salmon' })).toBe('Sam Salmondid:example:sam')
    expect(to({ name: 'Sam Salmon', identifier })).toBe('Sam Salmon (name)')
    expect(to({ name: 'x', identifier: [{ hashed: true, identityHash: 'x' }] })).toBe(
      `x${englishMessages.recipientHashed}`,
    )
    expect(
      to({
        name: [
          { '@value': 'Sam', '@language': 'de' },
          { '@value': 'Sammy', '@language': 'en' },
        ],
      }),
    ).toBe('Sammy')
    expect(to({ name: { first: 7 } })).toBe(englishMessages.recipientAbsent)
  })
  test('paper names the person: by a secured name, else by another identifier', () => {
    const on = (subject: object) => {
      const { elements } = parse(renderCertificate(reportOn({ ...bare, credentialSubject: subject })), 'document')
      return plain(elements.find(({ attributes }) => attributes.class === 'bw-name')?.text)
    }
    const email = { hashed: false, identityHash: 'sam@school.example', identityType: 'emailAddress' }
    const hashed = { hashed: true, identityHash: 'sha256$abc', identityType: 'emailAddress' }
    expect(on({ name: 'Sam Salmon', identifier: [email] })).toBe('Sam Salmon')
    expect(
      on({ name: 'Sam', identifier: [email, { ...email, identityHash: 'Sam Salmon', identityType: 'name' }] }),
    ).toBe('Sam Salmon')
    expect(on({ identifier: [email], id: 'did:example:sam' })).toBe('sam@school.example')
    expect(on({ name: 'Sam Salmon', identifier: [hashed] })).toBe('Sam Salmon')
    expect(on({ identifier: [hashed] })).toBe(englishMessages.recipientHashed)
  })
  test('a credential called like its achievement, or without one, has its name once', () => {
    const label = englishMessages.credentialName
    const achievement = { name: 'Feedback' }
    expect(fact({ ...bare, name: DEGREE, credentialSubject: { achievement } }, label)).toBe(DEGREE)
    expect(fact({ ...bare, name: ' Feedback ', credentialSubject: { achievement } }, label)).toBeUndefined()
    expect(fact({ ...bare, credentialSubject: { achievement } }, label)).toBeUndefined()
    expect(fact({ ...bare, name: DEGREE }, label)).toBeUndefined()
  })
})

describe('results', () => {
  const levels = ['Beginning', 'Developing', 'Proficient'].map((name) => ({ id: `urn:x:${name}`, name }))
  const rubric = { id: 'urn:x:r', name: 'How well', rubricCriterionLevel: levels, requiredLevel: 'urn:x:Developing' }
  const steps = (achievedLevel: string) => {
    const badge = withAchievement({ resultDescription: [rubric] }, [{ resultDescription: 'urn:x:r', achievedLevel }])
    const { elements, text } = parse(renderBadge(reportOn(badge, { more: { signedOrder: 'all' } })))
    return [
      elements.filter(({ name, inside }) => name === 'li' && inside.at(-1) === 'ol').map((each) => each.text.trim()),
      text,
    ] as const
  }
  test('stand on their rubric, from low to high', () => {
    expect(steps('urn:x:Proficient')[0]).toEqual(['Beginning', 'Developing required to pass', 'Proficient reached'])
    expect(steps('urn:x:Proficient')[1]).toContain(englishMessages.passed)
    expect(steps('urn:x:Beginning')[1]).toContain(englishMessages.notPassed)
  })
  test('a level that the badge does not describe is no level', () => {
    const [list, text] = steps('urn:x:Master')
    expect(list.join()).not.toContain('reached')
    expect(text).toContain(englishMessages.unknownLevel)
    expect(text).not.toContain(englishMessages.passed)
  })
})

describe('several on one page', () => {
  test('have ids of their own', () => {
    const report = reportOn(
      fullBadge(() => 'x'),
      { more: { nested: [reportOn(bare), reportOn(bare)] } },
    )
    parse(renderBadge(report, { idPrefix: 'one' }) + renderBadge(report, { idPrefix: 'two' }))
    expect(() => parse(renderBadge(report) + renderBadge(report))).toThrow(/twice/)
  })
  test('have headings that follow on each other', () => {
    for (const headingLevel of [1, 2, 3, 4] as const) {
      const report = reportOn(
        fullBadge(() => 'x'),
        { more: { nested: [reportOn(bare)] } },
      )
      const found = parse(renderBadge(report, { headingLevel }))
        .elements.flatMap(({ name }) => /^h(\d)$/.exec(name)?.[1] ?? [])
        .map(Number)
      expect(found[0]).toBe(headingLevel)
      found.reduce((before, level) => {
        expect(level - before).toBeLessThanOrEqual(1)
        return level
      })
    }
  })
})
