// Counts that a school shares: in none of them can one person be found again, and none can be subtracted from another.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type OpenBadgeCredential,
  signCredential,
  type VerificationReport,
  verifyCredential,
} from '../../src/entries/index.js'
import {
  type SchoolOutcome,
  type SharedOutcomes,
  sharedOutcomesCredential,
  shareOutcomes,
  trackRecord,
  wilson,
} from '../../src/entries/predictability.js'
import { ACHIEVEMENT, badgeOf, newParty, now, verified, verifiedBadge } from './parties.js'

const [issuer, school] = await Promise.all([newParty(), newParty()])
/** Of one version each: [badges, of which held up]. */
type Counts = readonly (readonly [number, number])[]
const template = await verifiedBadge(badgeOf(issuer, 'template'), issuer)
/** As a verifier would say: one verified badge, with other ids and versions. */
function reportOf(id: string, version: string): VerificationReport {
  if (template.outcome !== 'valid') throw new Error('the template is valid')
  const { credential } = template
  const achievement = { ...credential.credentialSubject.achievement, version }
  return {
    ...template,
    credential: { ...credential, id, credentialSubject: { ...credential.credentialSubject, achievement } },
  }
}
const YEAR = { from: '2030-01-01', until: '2030-12-31' }
function made(counts: Counts) {
  const reports: VerificationReport[] = []
  const outcomes: SchoolOutcome[] = []
  for (const [version, [badges, heldUp]] of counts.entries())
    for (let index = 0; index < badges; index++) {
      const badge = `urn:badge:${version}:${index}`
      reports.push(reportOf(badge, String(version)))
      outcomes.push({ badge, school: school.id, outcome: index < heldUp ? 'held-up' : 'not-held-up', on: '2030-05-01' })
    }
  return { reports, outcomes }
}
async function share(counts: Counts, more: Partial<Parameters<typeof shareOutcomes>[2]> = {}): Promise<SharedOutcomes> {
  const { reports, outcomes } = made(counts)
  return shareOutcomes(reports, outcomes, { ...YEAR, ...more })
}
const brief = ({ rows, withheld }: SharedOutcomes) => [
  rows.map(({ version, pooled, badges, heldUpAtLeast, heldUpAtMost }) => [
    pooled ? 'pooled' : version,
    badges,
    heldUpAtLeast,
    heldUpAtMost,
  ]),
  withheld,
]

describe('small cells', () => {
  test('are told exactly where both sides reach the threshold', async () => {
    expect(brief(await share([[40, 30]]))).toEqual([[['0', 40, 30, 30]], 0])
  })
  test('fewer than the threshold on one side: from none to one less are told alike', async () => {
    const alike = await Promise.all([36, 38, 40].map((heldUp) => share([[40, heldUp]])))
    for (const one of alike) expect(brief(one)).toEqual([[['0', 40, 36, 40]], 0])
    expect(brief(await share([[40, 2]]))).toEqual([[['0', 40, 0, 4]], 0])
  })
  test('too few badges are not told of at all', async () => {
    expect(brief(await share([[9, 5]]))).toEqual([[], 1])
  })
  test('versions that are too few are pooled', async () => {
    expect(
      brief(
        await share([
          [40, 30],
          [6, 1],
          [7, 6],
        ]),
      ),
    ).toEqual([
      [
        ['0', 40, 30, 30],
        ['pooled', 13, 7, 7],
      ],
      0,
    ])
  })
  test('complementary: one that is too small alone takes the next smallest with it, or it could be subtracted', async () => {
    expect(
      brief(
        await share([
          [40, 30],
          [20, 12],
          [3, 0],
        ]),
      ),
    ).toEqual([
      [
        ['0', 40, 30, 30],
        ['pooled', 23, 12, 12],
      ],
      0,
    ])
    expect(
      brief(
        await share([
          [40, 30],
          [3, 0],
        ]),
      ),
    ).toEqual([[['pooled', 43, 30, 30]], 0])
  })
  test('the threshold is at least 3', async () => {
    await expect(share([[40, 30]], { threshold: 2 })).rejects.toMatchObject({ option: 'threshold' })
    expect(brief(await share([[40, 37]], { threshold: 3 }))).toEqual([[['0', 40, 37, 37]], 0])
  })
})

test('laws: each outcome in one row or none; no row small, no told cell below the threshold, no pool of one', async () => {
  const versions = fc.array(
    fc.tuple(fc.nat(30), fc.nat(30)).map(([badges, heldUp]) => [badges, Math.min(badges, heldUp)] as const),
    { minLength: 1, maxLength: 6 },
  )
  await fc.assert(
    fc.asyncProperty(versions, fc.integer({ min: 3, max: 8 }), async (counts, threshold) => {
      const { rows } = await share(counts, { threshold })
      const told = new Set(rows.filter(({ pooled }) => !pooled).map(({ version }) => Number(version)))
      const pooled = counts.filter(([badges], version) => badges > 0 && !told.has(version))
      for (const { badges, heldUpAtLeast: least, heldUpAtMost: most, version, pooled: isPooled } of rows) {
        expect(badges).toBeGreaterThanOrEqual(2 * threshold)
        const sides = least === most ? [least, badges - least] : [threshold, most - least + 1]
        expect(Math.min(...sides)).toBeGreaterThanOrEqual(threshold)
        const members = isPooled ? pooled : [counts[Number(version)] as readonly [number, number]]
        expect(badges).toBe(members.reduce((sum, [count]) => sum + count, 0))
        const held = members.reduce((sum, [, count]) => sum + count, 0)
        expect(held).toBeGreaterThanOrEqual(least)
        expect(held).toBeLessThanOrEqual(most)
        if (isPooled) expect(members.length).toBeGreaterThan(1)
      }
      // What is not told of cannot be had as the total less the rest.
      if (rows.length > 0 && rows.every((row) => !row.pooled)) expect(pooled).toEqual([])
    }),
    { numRuns: 60 },
  )
})

describe('a period is shared once', () => {
  test('one that overlaps with an earlier one is refused', async () => {
    const earlier = [await share([[40, 30]])]
    await expect(share([[41, 30]], { from: '2030-12-31', until: '2031-06-30', earlier })).rejects.toMatchObject({
      code: 'usage.invalid_option',
      option: 'earlier',
    })
    await expect(share([[40, 30]], { until: '2029-01-01' })).rejects.toMatchObject({ option: 'until' })
  })
  test('a badge is told of by its first outcome, and in no later period', async () => {
    const { reports, outcomes } = made([[40, 30]])
    const later = outcomes.map((one) => ({ ...one, on: '2031-02-01', outcome: 'held-up' as const }))
    const next = await shareOutcomes(reports, [...later, ...outcomes], { from: '2031-01-01', until: '2031-12-31' })
    expect(brief(next)).toEqual([[], 0])
  })
  test('outcomes of two schools are not one share', async () => {
    const { reports, outcomes } = made([[40, 30]])
    const mixed = [...outcomes, { ...outcomes[0], school: 'did:example:other' } as SchoolOutcome]
    await expect(shareOutcomes(reports, mixed, YEAR)).rejects.toMatchObject({ option: 'outcomes[40].school' })
  })
})

describe('signed, and read into a record', () => {
  const counts = [
    [40, 38],
    [30, 20],
  ] as const
  const sharedBy = async (party = school, more: object = {}) =>
    verified(
      sharedOutcomesCredential({ ...(await share(counts)), ...more }, { school: party.id, validFrom: now }),
      party,
    )
  const { reports } = made(counts)
  test('by each proof; a range stays a range, and the interval is as wide', async () => {
    const report = await sharedBy()
    expect(report).toMatchObject({ outcome: 'valid' })
    const credential = sharedOutcomesCredential(await share(counts), { school: school.id, validFrom: now })
    const jwt = await signCredential(credential, { signer: school.signer, format: 'jwt' })
    const asJwt = await verifyCredential(jwt, { trustedIssuers: [school.id], now, accept: 'any-credential' })
    for (const one of [report, asJwt]) {
      const record = await trackRecord(reports, [], [one])
      expect(record.setAside.outcomes).toEqual({})
      expect(record.rows.map(({ version, atWork }) => [version, atWork])).toEqual([
        [
          '0',
          {
            badges: 40,
            heldUpAtLeast: 36,
            heldUpAtMost: 40,
            schools: 1,
            interval: { ...wilson(40, 40), low: wilson(36, 40).low },
          },
        ],
        ['1', { badges: 30, heldUpAtLeast: 20, heldUpAtMost: 20, schools: 1, interval: wilson(20, 30) }],
      ])
    }
  })
  test('counts that were changed on the way are not valid', async () => {
    const credential = sharedOutcomesCredential(await share(counts), { school: school.id, validFrom: now })
    const signed = JSON.stringify(await signCredential(credential, { signer: school.signer }))
    const changed = JSON.parse(
      signed.replace('"heldUpAtLeast":20', '"heldUpAtLeast":30').replace('"heldUpAtMost":20', '"heldUpAtMost":30'),
    )
    const report = await verifyCredential(changed, { trustedIssuers: [school.id], now, accept: 'any-credential' })
    expect((await trackRecord(reports, [], [report])).setAside.outcomes).toEqual({ not_valid: 1 })
  })
  test('set aside: of the issuer, of days that were shared before, of a school whose outcomes are there, of nobody', async () => {
    const asideOf = async (...outcomes: Parameters<typeof trackRecord>[2][]) =>
      (
        await trackRecord(
          reports,
          [],
          outcomes.flatMap((one) => [...(one as Iterable<never>)]),
        )
      ).setAside.outcomes
    expect(await asideOf([await sharedBy(issuer)])).toEqual({ by_issuer: 2 })
    expect(
      await asideOf([await sharedBy(), await sharedBy(school, { from: '2030-06-01', until: '2031-06-01' })]),
    ).toEqual({
      overlapping_period: 1,
    })
    const one: SchoolOutcome = { badge: 'urn:badge:0:1', school: school.id, outcome: 'held-up', on: '2030-05-01' }
    expect(await asideOf([one, await sharedBy()])).toEqual({ also_reported: 1 })
    expect(await asideOf([await verified(badgeOf(school, 'x') as OpenBadgeCredential, school)])).toEqual({
      no_outcomes: 1,
    })
    expect(
      await asideOf([
        await sharedBy(school, {
          rows: [{ issuer: issuer.id, achievement: ACHIEVEMENT, badges: 5, heldUpAtLeast: 4, heldUpAtMost: 5 }],
        }),
      ]),
    ).toEqual({ no_badge: 1 })
  })
})
