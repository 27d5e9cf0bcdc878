/**
 * RDF 1.1 Concepts section 3.1: an IRI is one node, wherever a document writes it. Which of the objects with one id a member stands in was
 * signed by nobody, so all of them are read as one.
 */
import { describe, expect, test } from 'vitest'
import { assessStack } from '../../src/entries/competency.js'
import { explain, type VerificationReport, verifyCredential } from '../../src/entries/index.js'
import { renderBadge } from '../../src/entries/render.js'
import { badgeOf, NOW, newIssuer, signRaw, web } from './kit.js'

const issuer = await newIssuer()
const verify = (document: object) =>
  verifyCredential(document, {
    trustedIssuers: [issuer.id],
    now: NOW,
    loader: web({}),
    policy: { refresh: 'report-only' },
  })

// biome-ignore lint/suspicious/noExplicitAny: documents that are turned inside out
type Loose = any
const plain = (): Loose => structuredClone(badgeOf(issuer))
/** Signed, and rewritten as its holder can. */
async function bothOf(document: object, rewrite: (copy: Loose) => void, suite?: string) {
  const signed = await signRaw(issuer, document, suite === undefined ? {} : { suite: suite as never })
  const copy = structuredClone(signed)
  rewrite(copy)
  expect(copy).not.toEqual(signed)
  return [await verify(signed), await verify(copy)] as const
}

const credentialOf = (report: VerificationReport): Loose => {
  expect(report.outcome).toBe('valid')
  return report.outcome === 'valid' ? report.credential : undefined
}
const readingOf = (report: VerificationReport) => {
  const { '@context': _, ...credential } = credentialOf(report)
  return credential
}
function expectOneReading([before, after]: readonly [VerificationReport, VerificationReport]) {
  expect(sorted(readingOf(after))).toEqual(sorted(readingOf(before)))
  expect(explain(after)).toEqual(explain(before))
  expect(renderBadge(after)).toBe(renderBadge(before))
}
/** The order of arrays that no context makes lists, and of members, is nobody's. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => [name, sorted(inner)]),
  )
}
const swap = (copy: Loose) => {
  const { achievement } = copy.credentialSubject
  ;[copy.issuer, achievement.creator] = [achievement.creator, copy.issuer]
}

/** Public report: the name of a test system, and the name that it has in one other place. */
function sandbox(): Loose {
  const document = plain()
  document.issuer = {
    id: issuer.id,
    type: ['Profile'],
    name: 'Uni (sandbox, no real awards)',
    description: 'Test system',
  }
  document.credentialSubject.achievement.creator = { id: issuer.id, type: ['Profile'], name: 'University' }
  return document
}

describe('an issuer who is the creator too', () => {
  test('changing places changes no reading, and no name is chosen', async () => {
    const reports = await bothOf(sandbox(), swap)
    expectOneReading(reports)
    const { issuer: shown, credentialSubject } = credentialOf(reports[1])
    expect(shown.name).toBe('Uni (sandbox, no real awards) / University')
    expect(shown.description).toBe('Test system')
    expect(sorted(credentialSubject.achievement.creator)).toEqual(sorted(shown))
    expect(explain(reports[1])[1]).toContain('Uni (sandbox, no real awards) / University')
  })

  test('the description in the one place and only the id in the other', async () => {
    const document = sandbox()
    delete document.credentialSubject.achievement.creator
    document.credentialSubject.source = { id: issuer.id, type: ['Profile'] }
    const reports = await bothOf(document, (copy) => {
      copy.credentialSubject.source = copy.issuer
      copy.issuer = issuer.id
    })
    expectOneReading(reports)
    expect(credentialOf(reports[1]).issuer.name).toBe('Uni (sandbox, no real awards)')
  })

  test('members moved one by one, types among them', async () => {
    const document = sandbox()
    document.issuer.address = { type: ['Address'], addressCountry: 'AT' }
    document.issuer.type = ['Profile', 'https://terms.example/Sandbox']
    expectOneReading(
      await bothOf(document, (copy) => {
        const { creator } = copy.credentialSubject.achievement
        creator.address = copy.issuer.address
        creator.type = copy.issuer.type
        copy.issuer.type = ['Profile']
        delete copy.issuer.address
        delete copy.issuer.description
        creator.description = 'Test system'
      }),
    )
  })

  test('who says the same in both places is shown as written', async () => {
    const document = sandbox()
    document.credentialSubject.achievement.creator = structuredClone(document.issuer)
    const report = await verify(await signRaw(issuer, document))
    expect(readingOf(report)).toEqual((({ '@context': _, ...rest }) => rest)(document))
  })

  test.each(['eddsa-jcs-2022'])('a proof of the JSON signs where a member stands: %s', async (suite) => {
    const [before, after] = await bothOf(sandbox(), swap, suite)
    expect(credentialOf(before).issuer.name).toBe('Uni (sandbox, no real awards)')
    expect(after.outcome).toBe('invalid')
  })
})

describe('what is of two classes has the members of each where it is that', () => {
  test('an achievement that is its own criteria, as in 1EdTech’s example', async () => {
    const document = plain()
    const { achievement } = document.credentialSubject
    achievement.criteria = { id: achievement.id, narrative: 'Three pieces of feedback.' }
    const { credentialSubject } = credentialOf(await verify(await signRaw(issuer, document)))
    expect(credentialSubject.achievement.criteria).toEqual(achievement.criteria)
    expect(credentialSubject.achievement.name).toBe(achievement.name)
    expect(credentialSubject.achievement.narrative).toBeUndefined()
  })

  test('a refresh service with the id of the credential, as in 1EdTech’s example', async () => {
    const document = plain()
    document['@context'].push('https://purl.imsglobal.org/spec/ob/v3p0/extensions.json')
    document.refreshService = { id: document.id, type: '1EdTechCredentialRefresh' }
    const report = await verify(await signRaw(issuer, document))
    const { refreshService, credentialSubject } = credentialOf(report)
    expect(refreshService).toEqual(document.refreshService)
    expect(credentialSubject).toEqual(document.credentialSubject)
  })

  test('an issuer who is the recipient', async () => {
    const document = plain()
    document.issuer = { id: issuer.id, type: ['Profile'], name: 'Ada' }
    document.credentialSubject.id = issuer.id
    const reports = await bothOf(document, (copy) => {
      copy.issuer = { id: issuer.id, type: ['Profile'] }
      copy.credentialSubject.name = 'Ada'
    })
    expectOneReading(reports)
    expect(credentialOf(reports[1]).issuer).toEqual({ id: issuer.id, type: ['Profile'], name: 'Ada' })
  })

  test('an organization that is its own parent', async () => {
    const document = sandbox()
    document.issuer.parentOrg = { id: issuer.id, type: ['Profile'], name: 'University' }
    const { issuer: shown } = credentialOf(await verify(await signRaw(issuer, document)))
    expect(shown.parentOrg).toEqual({ id: issuer.id, type: ['Profile'] })
  })
})

test('levels of a rubric that two results share', async () => {
  const document = plain()
  const level = (name: string, targetUrl: string) => ({
    id: 'urn:level:1',
    type: ['RubricCriterionLevel'],
    name,
    alignment: [{ type: ['Alignment'], targetName: name, targetUrl }],
  })
  const results = ['a', 'b'].map((id) => ({
    id: `urn:result:${id}`,
    type: ['ResultDescription'],
    name: id,
    resultType: 'RubricCriterionLevel',
    rubricCriterionLevel: [
      id === 'a' ? level('Novice', 'https://f.example/novice') : level('Expert', 'https://f.example/expert'),
    ],
  }))
  document.credentialSubject.achievement.resultDescription = results
  document.credentialSubject.result = [
    { type: ['Result'], resultDescription: 'urn:result:a', achievedLevel: 'urn:level:1' },
  ]
  const reports = await bothOf(document, (copy) => {
    const [a, b] = copy.credentialSubject.achievement.resultDescription
    ;[a.rubricCriterionLevel, b.rubricCriterionLevel] = [b.rubricCriterionLevel, a.rubricCriterionLevel]
  })
  expectOneReading(reports)
})

describe('endorsements are read for themselves', () => {
  const endorsed = (): Loose => {
    const document = sandbox()
    const { achievement } = document.credentialSubject
    delete achievement.creator
    achievement.endorsement = [
      {
        '@context': document['@context'],
        id: 'urn:uuid:00000000-0000-4000-8000-0000000000e1',
        type: ['VerifiableCredential', 'EndorsementCredential'],
        name: 'Good',
        issuer: { id: issuer.id, type: ['Profile'], name: 'University' },
        validFrom: '2026-01-01T00:00:00Z',
        credentialSubject: { id: achievement.id, type: ['EndorsementSubject'], endorsementComment: 'Hard to get.' },
      },
    ]
    return document
  }
  test('and what stands around them is read with what they say', async () => {
    const reports = await bothOf(endorsed(), (copy) => {
      const [endorsement] = copy.credentialSubject.achievement.endorsement
      ;[copy.issuer, endorsement.issuer] = [endorsement.issuer, copy.issuer]
    })
    for (const report of reports) {
      const { issuer: shown, credentialSubject } = credentialOf(report)
      expect(shown.name).toBe('Uni (sandbox, no real awards) / University')
      expect(credentialSubject.achievement.type).toEqual(['Achievement'])
      expect(credentialSubject.achievement).not.toHaveProperty('endorsementComment')
    }
    expect(credentialOf(reports[0]).credentialSubject.achievement.endorsement[0].issuer.name).toBe('University')
  })
})

describe('what says two things is said so, and counts for neither', () => {
  const stack = { id: 'urn:s', name: 'Role', requirements: [{ id: 'r', competency: 'https://f.example/x' }] }
  const assess = (report: VerificationReport) =>
    assessStack([report as never], stack, { now: NOW, frameworks: [], crosswalks: [] })
  const aligned = (targetUrl: string) => ({ id: 'urn:a:1', type: ['Alignment'], targetName: 'X', targetUrl })

  test('evidence with the id of the achievement', async () => {
    const document = plain()
    const { achievement } = document.credentialSubject
    document.evidence = [{ id: achievement.id, type: ['Evidence'], name: 'Other' }]
    const reports = await bothOf(document, (copy) => {
      copy.credentialSubject.achievement.name = 'Other'
      copy.evidence[0].name = achievement.name
    })
    expectOneReading(reports)
    expect(credentialOf(reports[1]).credentialSubject.achievement.name).toBe('Giving Feedback / Other')
    expect(assess(reports[1])).toEqual(assess(reports[0]))
  })

  test('alignments with one id', async () => {
    const document = plain()
    document.credentialSubject.achievement.alignment = [aligned('https://f.example/x')]
    document.credentialSubject.result = [{ type: ['Result'], alignment: [aligned('https://f.example/y')] }]
    const reports = await bothOf(document, (copy) => {
      const { achievement, result } = copy.credentialSubject
      ;[achievement.alignment, result[0].alignment] = [result[0].alignment, achievement.alignment]
    })
    expectOneReading(reports)
    for (const report of reports) expect(assess(report).outcome).toBe('not-met')
  })
})

test('what a set has twice it has once', async () => {
  const document = plain()
  document.evidence = ['One', 'Two'].map((name) => ({ id: `urn:evidence:${name}`, type: ['Evidence'], name }))
  const reports = await bothOf(document, (copy) => void copy.evidence.push({ ...copy.evidence[0] }))
  expectOneReading(reports)
  expect(credentialOf(reports[1]).evidence).toHaveLength(2)
})

test('texts in several languages are put together before one is taken', async () => {
  const tagged = (text: string, language: string) => ({ '@value': text, '@language': language })
  const document = sandbox()
  document.issuer.name = [tagged('Uni (sandbox)', 'en'), tagged('Université', 'fr')]
  document.credentialSubject.achievement.creator.name = [tagged('Universit\u00e4t', 'de')]
  const reports = await bothOf(document, (copy) => {
    copy.issuer.name = [tagged('Université', 'fr')]
    copy.credentialSubject.achievement.creator.name = [tagged('Universit\u00e4t', 'de'), tagged('Uni (sandbox)', 'en')]
  })
  expectOneReading(reports)
  for (const report of reports) expect(credentialOf(report).issuer.name).toBe('Uni (sandbox)')
})
