/** Open Badges 3.0, "Credential equality and comparison algorithm"; and that nobody's forgery pushes a badge out. */
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { signCredential, UsageError, verifyCredential } from '../../src/entries/index.js'
import { discloseBadge, type HeldBadge, importBadges, mergeBadges } from '../../src/entries/wallet.js'
import { badgeOf, type Issuer, NOW, newIssuer, signed, web, withMember } from '../verify/kit.js'
import { held, selective } from './kit.js'

let issuer: Issuer
beforeAll(async () => {
  issuer = await newIssuer()
})

const verified = async (secured: HeldBadge['secured']): Promise<HeldBadge> => {
  const report = await verifyCredential(secured, { trustedIssuers: [issuer.id], loader: web({}), now: NOW })
  const [badge] = (await importBadges(secured)).badges
  return { ...(badge as HeldBadge), report }
}
const idsOf = (badges: readonly HeldBadge[]) =>
  badges.map(({ unverified }) => `${unverified.id?.slice(-1)} ${unverified.validFrom}`)

describe('the newer one', () => {
  test('replaces the older where its issuer signed it, whichever comes first', async () => {
    const older = await verified(await signed(issuer))
    const newer = await verified(await signed(issuer, { validFrom: '2026-02-01T00:00:00Z' }))
    for (const lists of [[[older], [newer]], [[newer], [older]], [[older, newer]]]) {
      const merged = mergeBadges(...lists)
      expect(merged.badges).toEqual([newer])
      expect(merged.replaced).toEqual([{ badge: older, by: newer }])
      expect(merged.undecided).toEqual([])
    }
  })
  test('also an expired one: what counts is who signed it', async () => {
    const older = await verified(await signed(issuer))
    const newer = await verified(
      await signed(issuer, { validFrom: '2026-02-01T00:00:00Z', validUntil: '2026-03-01T00:00:00Z' }),
    )
    expect(newer.report?.outcome).toBe('invalid')
    expect(mergeBadges([older, newer]).badges).toEqual([newer])
  })
  test('of two that are equally new the same one is named, whichever came first', async () => {
    const older = await verified(await signed(issuer))
    const [a, b] = [
      await verified(await signed(issuer, { validFrom: '2026-02-01T00:00:00Z', name: 'A' })),
      await verified(await signed(issuer, { validFrom: '2026-02-01T00:00:00Z', name: 'B' })),
    ]
    expect(mergeBadges([older, a, b]).replaced).toEqual(mergeBadges([b, a, older]).replaced)
  })
  test('replaces nothing unverified: both are kept', async () => {
    const genuine = await verified(await signed(issuer))
    const thief = await newIssuer()
    const forged = held(await signed(thief, { validFrom: '2026-05-01T00:00:00Z', issuer: { id: thief.id } }))
    const posing = held(withMember(forged.secured as object, ['issuer', 'id'], issuer.id) as never)
    const merged = mergeBadges([genuine], [posing])
    expect(merged.badges).toEqual([genuine, posing])
    expect(merged.undecided).toEqual([{ badges: [genuine, posing], because: 'not_verified' }])
  })
  test('nor one whose proof did not verify', async () => {
    const genuine = await verified(await signed(issuer))
    const broken = await verified(withMember(await signed(issuer), ['validFrom'], '2026-05-01T00:00:00Z') as never)
    expect(broken.report?.checks.proof.status).toBe('invalid')
    expect(mergeBadges([genuine], [broken]).badges).toEqual([genuine, broken])
  })
  test('nor one whose key only it vouches for', async () => {
    const genuine = await verified(await signed(issuer))
    const forged = await verified(await signed(issuer, { validFrom: '2026-05-01T00:00:00Z' }))
    const report = structuredClone(forged.report) as unknown as { checks: { key: { findings: object[] } } }
    report.checks.key.findings.push({ code: 'key.self_asserted', message: '', note: true })
    const merged = mergeBadges([genuine], [{ ...forged, report: report as never }])
    expect(merged.badges).toHaveLength(2)
  })
  test('with a report of another badge is a mistake', async () => {
    const [one, other] = [
      await verified(await signed(issuer)),
      await verified(await signed(issuer, { id: 'urn:uuid:00000000-8d55-4c6a-9a57-0d5f1c1f4f10' })),
    ]
    expect(() => mergeBadges([{ ...one, report: other.report as never }])).toThrow(UsageError)
  })
})

describe('what stays', () => {
  test('ids are compared unescaped, issuers too', async () => {
    const older = await verified(await signed(issuer, { id: 'https://x.example/a%62c' }))
    const newer = await verified(
      await signed(issuer, { id: 'https://x.example/abc', validFrom: '2026-02-01T00:00:00Z' }),
    )
    expect(mergeBadges([older, newer]).badges).toEqual([newer])
    const elsewhere = await newIssuer()
    const same = held(await signed(elsewhere, { id: 'https://x.example/abc' }))
    expect(mergeBadges([newer, same]).badges).toEqual([newer, same])
  })
  test('one content signed in two ways, and JSON beside a JWT', async () => {
    const badge = badgeOf(issuer)
    const embedded = held(await signCredential(badge, { signer: issuer.signer }), badge)
    const again = held(await signCredential(badge, { signer: issuer.signer, suite: 'eddsa-jcs-2022' }), badge)
    const jwt = held(await signCredential(badge, { signer: issuer.signer, format: 'jwt' }), badge)
    const merged = mergeBadges([embedded, again, jwt])
    expect(merged.badges).toEqual([embedded, again, jwt])
    expect(merged.undecided).toEqual([{ badges: [embedded, again, jwt], because: 'other_proof' }])
  })
  test('another content of the same moment', async () => {
    const [one, other] = [
      await verified(await signed(issuer)),
      await verified(await signed(issuer, { name: 'Another' })),
    ]
    expect(mergeBadges([one, other])).toMatchObject({ badges: [one, other], undecided: [{ because: 'other_content' }] })
  })
  test('exact copies go, the one with a report stays', async () => {
    const plain = held(await signed(issuer))
    const proven = await verified(structuredClone(plain.secured))
    expect(mergeBadges([plain, plain], [proven])).toMatchObject({
      badges: [proven],
      copies: [plain, plain],
      undecided: [],
    })
  })
  test('without id nothing is the same but its copy', () => {
    const nameless = (validFrom: string) => held({ issuer: 'did:example:a', validFrom, proof: {} } as never)
    const merged = mergeBadges([
      nameless('2026-01-01T00:00:00Z'),
      nameless('2026-02-01T00:00:00Z'),
      nameless('2026-01-01T00:00:00Z'),
    ])
    expect(merged.badges).toHaveLength(2)
    expect(merged.copies).toHaveLength(1)
  })
  test('a base proof is proven by the disclosure of all of it', async () => {
    const { secured, issuer: school } = await selective()
    const { credential } = await discloseBadge(secured as never, { reveal: [''] })
    const report = await verifyCredential(credential, { trustedIssuers: [school.id], loader: web({}), now: NOW })
    expect(report.outcome).toBe('valid')
    const newer = { ...held(secured), report }
    const older = held(withMember(secured, ['validFrom'], '2025-01-01T00:00:00Z'))
    expect(mergeBadges([older, newer])).toMatchObject({ badges: [newer], replaced: [{ badge: older }] })
  })
  test('what is no badge is a mistake', () => {
    for (const wrong of [undefined, {}, { unverified: {} }, { secured: 'a' }])
      expect(() => mergeBadges([wrong as never])).toThrow(UsageError)
  })
})

describe('laws', () => {
  /** Few ids and dates, so that they meet; `report` as a verifier would say it. */
  const badge = fc
    .record({
      id: fc.option(fc.constantFrom('urn:a', 'urn:b', 'urn:%62'), { nil: undefined }),
      issuer: fc.constantFrom('did:example:x', 'did:example:y'),
      validFrom: fc.option(
        fc.constantFrom('2026-01-01T00:00:00Z', '2026-01-01T01:00:00+01:00', '2026-02-01T00:00:00Z', 'no date'),
        { nil: undefined },
      ),
      proof: fc.constantFrom({ proofValue: 'a' }, { proofValue: 'b' }),
      proven: fc.boolean(),
    })
    .map(({ proven, id, validFrom, ...rest }): HeldBadge => {
      const secured = {
        ...rest,
        ...(id === undefined ? {} : { id }),
        ...(validFrom === undefined ? {} : { validFrom }),
      } as never
      if (!proven) return held(secured)
      const valid = { status: 'valid', findings: [] }
      return { ...held(secured), report: { checks: { format: valid, key: valid, proof: valid }, secured } as never }
    })
  const list = fc.array(badge, { maxLength: 12 })
  const asSet = (badges: readonly HeldBadge[]) =>
    badges.map((each) => JSON.stringify([each.secured, each.report !== undefined])).sort()
  const merge = (...lists: (readonly HeldBadge[])[]) => mergeBadges(...lists).badges

  test('idempotent', () => {
    fc.assert(
      fc.property(list, (a) => {
        expect(asSet(merge(merge(a), merge(a)))).toEqual(asSet(merge(a)))
      }),
    )
  })
  test('commutative', () => {
    fc.assert(
      fc.property(list, list, (a, b) => {
        expect(asSet(merge(a, b))).toEqual(asSet(merge(b, a)))
      }),
    )
  })
  test('associative', () => {
    fc.assert(
      fc.property(list, list, list, (a, b, c) => {
        expect(asSet(merge(merge(a, b), c))).toEqual(asSet(merge(a, merge(b, c))))
      }),
    )
  })
  test('nothing is lost: each badge is kept, replaced or a copy', () =>
    fc.assert(
      fc.property(list, (a) => {
        const { badges, replaced, copies } = mergeBadges(a)
        expect(badges.length + replaced.length + copies.length).toBe(a.length)
      }),
    ))
})

test('ten thousand versions of one badge', () => {
  const many = Array.from({ length: 10_000 }, (_, index) =>
    held({ id: 'urn:a', issuer: 'did:example:x', name: `${index}`, proof: {} } as never),
  )
  expect(mergeBadges(many).undecided[0]?.badges).toHaveLength(10_000)
})

test('order of the lists is kept', async () => {
  const [a, b] = [
    held(await signed(issuer)),
    held(await signed(issuer, { id: 'urn:uuid:00000000-8d55-4c6a-9a57-0d5f1c1f4f1b' })),
  ]
  expect(idsOf(mergeBadges([b], [a], [b]).badges)).toEqual(idsOf([b, a]))
})
