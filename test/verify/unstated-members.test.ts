// VC Data Integrity section 2.1: a proof of the graph secures statements. What none carries is not shown as if it had been signed.
import { expect, test } from 'vitest'
import { anyIssuer, verifyCredential } from '../../src/entries/index.js'
import { badgeOf, NOW, newIssuer, signed, signRaw, web } from './kit.js'

const issuer = await newIssuer()
const badge = await signed(issuer)
const verify = (document: object | string, now = NOW) =>
  verifyCredential(document as object, { trustedIssuers: anyIssuer, now, loader: web({}) })

/** As anybody who holds the badge can write it. */
const rewritten = (of: object) => {
  const copy = structuredClone(of) as Record<string, Record<string, unknown>>
  return {
    ...copy,
    '@index': 'PAID',
    evidence: [],
    credentialSubject: { ...copy.credentialSubject, '@index': 'Dr. of Everything, with distinction' },
  }
}

test('report.credential has what was signed, report.secured what was given', async () => {
  const [before, after] = [await verify(badge), await verify(rewritten(badge))]
  expect([before.outcome, after.outcome]).toEqual(['valid', 'valid'])
  if (before.outcome !== 'valid' || after.outcome !== 'valid') return
  expect(after.credential).toEqual(before.credential)
  expect(after.secured).toEqual(rewritten(badge))
})

test('the same where the badge has expired and its proof holds', async () => {
  const expired = await signed(issuer, { validUntil: '2026-02-01T00:00:00Z' })
  const [before, after] = [await verify(expired), await verify(rewritten(expired))]
  expect([before.outcome, after.outcome]).toEqual(['invalid', 'invalid'])
  if (before.outcome === 'valid' || after.outcome === 'valid') return
  expect(after.unverified).toEqual(before.unverified)
})

test('a proof of the JSON signs them: there they stay', async () => {
  const report = await verify(await signRaw(issuer, rewritten(badgeOf(issuer)), { suite: 'eddsa-jcs-2022' }))
  expect(report.outcome).toBe('valid')
  if (report.outcome !== 'valid') return
  expect(report.credential).toMatchObject({ '@index': 'PAID', evidence: [] })
})

test('two terms of a context from elsewhere change places: both readings are the IRIs', async () => {
  const [GRADE, ROOM, PASSED, FAILED] = ['grade', 'room', 'Passed', 'Failed'].map(
    (name) => `https://terms.example/${name}`,
  )
  const terms = { grade: GRADE, room: ROOM, Passed: PASSED, Failed: FAILED }
  const plain = structuredClone(badgeOf(issuer)) as unknown as Record<string, Record<string, unknown>>
  const original = (await signRaw(issuer, {
    ...plain,
    '@context': [...(plain['@context'] as unknown as unknown[]), terms],
    grade: 'F',
    room: 'A',
    credentialSubject: { ...plain.credentialSubject, type: ['AchievementSubject', 'Failed'] },
  })) as Record<string, Record<string, unknown>>
  const swapped = {
    ...original,
    '@context': [
      ...(original['@context'] as unknown as unknown[]),
      { grade: ROOM, room: GRADE, Passed: FAILED, Failed: PASSED },
    ],
    grade: 'A',
    room: 'F',
    credentialSubject: { ...original.credentialSubject, type: ['AchievementSubject', 'Passed'] },
  }
  for (const document of [original, swapped]) {
    const report = await verify(document)
    expect(report.outcome).toBe('valid')
    if (report.outcome !== 'valid') continue
    expect(report.credential).toMatchObject({
      [GRADE as string]: 'F',
      [ROOM as string]: 'A',
      credentialSubject: { type: ['AchievementSubject', FAILED] },
    })
    expect(report.credential).not.toHaveProperty('grade')
  }
})
