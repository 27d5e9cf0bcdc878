// Awards that are offered, claimed, closed and erased.
import { afterAll, describe, expect, test } from 'vitest'
import { createVerifier, type Issuer, type IssuerOptions } from '../../src/entries/index.js'
import type { Stores } from '../../src/store/stores.js'
import { SKIP_PREFIX } from '../skip-reporter.js'
import { awardFor, backends, idOf, issuerId, issuerOn, PERSONS, standingOf } from './award-kit.js'

const { all, server } = backends()
if ('missing' in server) console.log(`${SKIP_PREFIX}${server.missing}`)
afterAll(async () => {
  for (const backend of all) await backend.end()
})
const ADA = 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK'
const EVE = 'did:key:z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH'

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error) => error.code ?? String(error),
  )
const collect = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const found: T[] = []
  for await (const item of items) found.push(item)
  return found
}

describe.each(all)('$name', ({ open, isHere }) => {
  const setting = async (more: Partial<IssuerOptions> = {}): Promise<{ issuer: Issuer; stores: Stores }> => {
    const stores = await open()
    return { issuer: issuerOn(stores, more), stores }
  }
  const whenHere = test.skipIf(!isHere)

  whenHere('offered, claimed with and without a key, each once', async () => {
    const { issuer, stores } = await setting()
    const { awardId, secret = '' } = await issuer.offer(awardFor('a', { by: 'clerk 7' }), {
      address: 'ada@example.org',
    })
    expect(secret).toMatch(/^[\w-]{22}$/)
    const [offered] = await stores.awards.get(['a'])
    expect(offered).toMatchObject({ state: 'offered', by: 'clerk 7', address: 'ada@example.org' })
    expect(JSON.stringify(offered)).not.toContain(secret)
    const plain = await issuer.claim({ awardId, secret })
    const bound = await issuer.claim({ awardId, secret, holder: ADA })
    expect(await issuer.claim({ awardId, secret })).toEqual(plain)
    expect(await issuer.claim({ awardId, secret, holder: ADA })).toEqual(bound)
    expect([plain.copy, bound.copy]).toEqual([0, 1])
    expect(plain.credential).not.toMatchObject({ credentialSubject: { id: ADA } })
    expect(bound.credential).toMatchObject({
      issuer: { id: issuerId },
      credentialSubject: { id: ADA, identifier: [{ hashed: true }] },
    })
    const standing = await standingOf(stores, 'a')
    expect(standing).toHaveLength(2)
    expect(new Set(standing.flatMap(({ entry }) => entry.split(','))).size).toBe(4)
    const [issued] = await stores.awards.get(['a'])
    expect(issued?.state).toBe('issued')
    expect(issued?.events.map(({ kind, copy }) => [kind, copy])).toEqual([
      ['claimed', 0],
      ['issued', 0],
      ['claimed', 1],
      ['issued', 1],
    ])
    const exported = await collect(issuer.export())
    expect(exported.flatMap((line) => ((line as { kind: string }).kind === 'credential' ? [line] : []))).toMatchObject([
      { awardId: 'a', credentialId: idOf(plain.credential) },
      { awardId: 'a', copy: 1, credentialId: idOf(bound.credential) },
    ])
    expect(exported.at(-1)).toMatchObject({
      kind: 'award',
      awardId: 'a',
      state: 'issued',
      events: issued?.events.map(({ kind }) => ({ kind })),
    })
    await issuer.sent('a')
    await issuer.sent('a')
    const [sent] = await stores.awards.get(['a'])
    expect(sent?.address).toBeUndefined()
    expect(sent?.events.filter(({ kind }) => kind === 'sent')).toHaveLength(1)
    const loader = {
      load: async ({ url }: { readonly url: string }) => {
        const list = JSON.stringify(await issuer.statusListCredential(url.slice(url.lastIndexOf('/') + 1)))
        return { url, bytes: new TextEncoder().encode(list), mediaType: 'application/json' }
      },
    }
    const verifier = createVerifier({ trustedIssuers: [issuerId], loader })
    for (const { credential } of [plain, bound]) {
      const report = await verifier.verify(credential, { recipient: { email: 'a@example.org' } })
      expect(report.outcome).toBe('valid')
    }
  })

  whenHere('offered again: no secret is told twice, and the earlier one ends', async () => {
    const { issuer } = await setting()
    const { secret: first = '' } = await issuer.offer(awardFor('a'), { address: 'x@example.org' })
    expect(await issuer.offer(awardFor('a'))).toEqual({ awardId: 'a' })
    expect(await codeOf(issuer.offer(awardFor('a', { narrative: 'other' })))).toBe('usage.award_conflict')
    const again = await issuer.offerAgain('a')
    expect(again.address).toBe('x@example.org')
    expect(await codeOf(issuer.claim({ awardId: 'a', secret: first }))).toBe('usage.wrong_secret')
    expect(await codeOf(issuer.claim({ awardId: 'a', secret: again.secret }))).toBe('done')
    expect(await codeOf(issuer.offerAgain('none'))).toBe('usage.unknown_award')
    // Without an id it gets one.
    const { awardId } = await issuer.offer(awardFor('x', { id: undefined }))
    expect(awardId).toMatch(/^[0-9a-f-]{36}$/)
  })

  whenHere('20 wrong secrets tell nothing, change nothing, and bar nobody', async () => {
    const { issuer, stores } = await setting()
    const { secret = '' } = await issuer.offer(awardFor('a'))
    const told = new Set<string>()
    for (let n = 0; n < 20; n++)
      for (const awardId of ['a', 'none'])
        await issuer
          .claim({
            awardId,
            secret: n === 0 ? '' : secret.slice(0, -1) + String.fromCharCode(65 + n) + (n > 10 ? 'x' : ''),
          })
          .then(
            () => told.add('claimed'),
            (error) => told.add(`${error.code} ${error.message}`),
          )
    expect([...told]).toEqual([expect.stringMatching(/^usage\.wrong_secret /)])
    expect((await stores.awards.get(['a']))[0]).toMatchObject({ revision: 0, state: 'offered' })
    expect(await codeOf(issuer.claim({ awardId: 'a', secret }))).toBe('done')
  })

  whenHere('a second holder is refused, or takes the place of the first, which is revoked', async () => {
    const { issuer, stores } = await setting()
    const { secret = '' } = await issuer.offer(awardFor('a'))
    const first = await issuer.claim({ awardId: 'a', secret, holder: ADA })
    expect(await codeOf(issuer.claim({ awardId: 'a', secret, holder: EVE }))).toBe('usage.already_claimed')
    const second = await issuer.claim({ awardId: 'a', secret, holder: EVE, onSecondClaim: 'replace' })
    expect(second.copy).toBe(2)
    expect(await codeOf(issuer.claim({ awardId: 'a', secret, holder: ADA }))).toBe('usage.already_claimed')
    const standing = await standingOf(stores, 'a')
    expect(standing.map(({ id, isRevoked }) => [id, isRevoked])).toEqual([
      [idOf(first.credential), true],
      [idOf(second.credential), false],
    ])
    // The one bound to no key is nobody's rival.
    expect((await issuer.claim({ awardId: 'a', secret })).copy).toBe(0)
  })

  whenHere('one who claims it again and again is stopped', async () => {
    const { issuer } = await setting()
    const { secret = '' } = await issuer.offer(awardFor('a'))
    const claim = (n: number) =>
      issuer.claim({ awardId: 'a', secret, holder: `did:example:${n}`, onSecondClaim: 'replace' })
    for (let n = 0; n < 100; n++) await claim(n)
    expect(await codeOf(claim(100))).toBe('usage.too_many_claims')
    expect(await codeOf(claim(99))).toBe('done')
  })

  whenHere('what keeps a claim from being made says so, and the way out', async () => {
    let time = Date.parse('2030-01-01T00:00:00Z')
    const { issuer } = await setting({ now: () => new Date(time) })
    const offered = async (id: string) =>
      (await issuer.offer(awardFor(id), { expires: new Date(time + 1000) })).secret ?? ''
    const [late, begun, gone, held] = [
      await offered('late'),
      await offered('begun'),
      await offered('gone'),
      await offered('held'),
    ]
    await issuer.claim({ awardId: 'begun', secret: begun, holder: ADA })
    await issuer.withdraw('gone', { reason: 'a mistake' })
    await issuer.withdraw('gone')
    await issuer.suspendAward('held')
    expect(await codeOf(issuer.claim({ awardId: 'gone', secret: gone }))).toBe('usage.award_withdrawn')
    expect(await codeOf(issuer.claim({ awardId: 'held', secret: held }))).toBe('usage.award_suspended')
    expect(await codeOf(issuer.withdraw('begun'))).toBe('usage.award_issued')
    time += 1000
    expect(await codeOf(issuer.claim({ awardId: 'late', secret: late }))).toBe('usage.claim_expired')
    // Claimed in time, asked for again later.
    expect(await codeOf(issuer.claim({ awardId: 'begun', secret: begun, holder: ADA }))).toBe('done')
    expect(await codeOf(issuer.offer(awardFor('x'), { expires: new Date(time) }))).toBe('usage.invalid_option')
    const { secret } = await issuer.offerAgain('gone')
    expect(await codeOf(issuer.claim({ awardId: 'gone', secret, holder: 'no URI' }))).toMatch(/^parse\./)
    expect(await codeOf(issuer.claim({ awardId: 'gone', secret }))).toBe('done')
    const named = await issuer.offer(awardFor('named', { recipient: { id: ADA } }))
    const claim = { awardId: 'named', secret: named.secret ?? '' }
    expect(await codeOf(issuer.claim({ ...claim, holder: EVE }))).toBe('usage.other_holder')
    expect(await codeOf(issuer.claim({ ...claim, holder: ADA }))).toBe('done')
    expect(await codeOf(issuer.claim({ ...claim, holdr: ADA } as never))).toBe('usage.invalid_option')
    expect(await codeOf(issuer.claim({ ...claim, holder: `urn:${'x'.repeat(2048)}` }))).toBe('usage.invalid_option')
    expect(await codeOf(issuer.claim({ awardId: 'named' } as never))).toBe('usage.missing_option')
  })

  whenHere('revoked, suspended and reinstated with all of its credentials', async () => {
    const { issuer, stores } = await setting()
    const { secret = '' } = await issuer.offer(awardFor('a'))
    await issuer.claim({ awardId: 'a', secret })
    await issuer.claim({ awardId: 'a', secret, holder: ADA })
    await issuer.suspendAward('a', { reason: 'a complaint', by: 'the head' })
    expect((await standingOf(stores, 'a')).map(({ isSuspended }) => isSuspended)).toEqual([true, true])
    expect(await codeOf(issuer.claim({ awardId: 'a', secret }))).toBe('usage.award_suspended')
    await issuer.reinstateAward('a')
    expect((await standingOf(stores, 'a')).map(({ isSuspended }) => isSuspended)).toEqual([false, false])
    expect(await codeOf(issuer.claim({ awardId: 'a', secret }))).toBe('done')
    await issuer.revokeAward('a', { reason: 'plagiarism' })
    await issuer.revokeAward('a')
    const standing = await standingOf(stores, 'a')
    expect(standing.map(({ isRevoked, trail }) => [isRevoked, trail.join()])).toEqual([
      [true, 'suspended,reinstated,revoked'],
      [true, 'suspended,reinstated,revoked'],
    ])
    for (const work of [
      () => issuer.claim({ awardId: 'a', secret }),
      () => issuer.reinstateAward('a'),
      () => issuer.suspendAward('a'),
      () => issuer.offerAgain('a'),
      () => issuer.offer(awardFor('a')),
    ])
      expect(await codeOf(work())).toBe('usage.revoked')
    expect(await codeOf(issuer.withdraw('a'))).toBe('usage.award_issued')
    const [award] = await stores.awards.get(['a'])
    expect(award?.content).toBeUndefined()
    expect(award?.events.filter(({ kind }) => kind === 'revoked')).toMatchObject([{ reason: 'plagiarism' }])
    expect(await codeOf(issuer.revokeAward('none'))).toBe('usage.unknown_award')
  })

  whenHere('a copy that was revoked by itself stays so, whatever becomes of the award', async () => {
    const { issuer, stores } = await setting()
    const { secret = '' } = await issuer.offer(awardFor('a'))
    await issuer.claim({ awardId: 'a', secret })
    const { credential } = await issuer.claim({ awardId: 'a', secret, holder: ADA })
    await issuer.revoke(idOf(credential))
    await issuer.suspendAward('a')
    await issuer.reinstateAward('a')
    expect((await standingOf(stores, 'a')).map(({ isRevoked, trail }) => [isRevoked, trail.join()])).toEqual([
      [false, 'suspended,reinstated'],
      [true, 'revoked'],
    ])
    expect(await codeOf(issuer.claim({ awardId: 'a', secret, holder: ADA }))).toBe('usage.revoked')
    // Whoever lost that key may claim it with another.
    expect((await issuer.claim({ awardId: 'a', secret, holder: EVE, onSecondClaim: 'replace' })).copy).toBe(2)
  })

  whenHere('an award that was issued at once: revoked as an award, offered to a wallet, erased', async () => {
    const { issuer, stores } = await setting()
    for (const id of ['a', 'b', 'c']) await issuer.issue(awardFor(id))
    await issuer.revokeAward('a')
    expect((await standingOf(stores, 'a')).map(({ isRevoked }) => isRevoked)).toEqual([true])
    expect(await codeOf(issuer.offer(awardFor('a')))).toBe('usage.revoked')
    expect(await codeOf(issuer.offer(awardFor('b', { narrative: 'other' })))).toBe('usage.award_conflict')
    const { secret = '' } = await issuer.offer(awardFor('b'))
    expect((await issuer.claim({ awardId: 'b', secret, holder: ADA })).copy).toBe(1)
    const plain = await issuer.claim({ awardId: 'b', secret })
    expect(plain.credential).toEqual(await issuer.issue(awardFor('b')))
    await issuer.revokeAward('b')
    expect((await standingOf(stores, 'b')).map(({ isRevoked }) => isRevoked)).toEqual([true, true])
    expect(await issuer.erase('c')).toEqual({ erased: 1 })
    expect(await codeOf(issuer.issue(awardFor('c')))).toBe('usage.award_erased')
    expect(await codeOf(issuer.offer(awardFor('c')))).toBe('usage.award_erased')
    // What was never offered has no content to be signed again, until the whole award is given.
    await issuer.issue(awardFor('d'))
    await issuer.suspendAward('d')
    await issuer.reinstateAward('d')
    expect(await codeOf(issuer.offerAgain('d'))).toBe('usage.invalid_option')
    const offered = await issuer.offer(awardFor('d'), { address: 'd@example.org' })
    expect((await issuer.claim({ awardId: 'd', secret: offered.secret ?? '', holder: ADA })).copy).toBe(1)
  })

  whenHere('a person is found by a keyed index, over a rotation of its secret, and erased', async () => {
    const { issuer, stores } = await setting()
    await issuer.issue(awardFor('now', { recipient: { email: 'Ada@Example.org' } }))
    await issuer.offer(awardFor('offer', { recipient: { email: 'ada@example.org' } }), { address: 'ada@example.org' })
    for await (const each of issuer.issueBatch([awardFor('batch', { recipient: { email: 'ada@example.org' } })]))
      expect(each.error).toBeUndefined()
    await issuer.issue(awardFor('other'))
    await issuer.issue(awardFor('phone', { recipient: { phone: '+44 20 7946-0018' } }))
    const newer = issuerOn(stores, { persons: { secret: new Uint8Array(32).fill(7), keyId: 'x', former: [PERSONS] } })
    await newer.issue(awardFor('newer', { recipient: { email: 'ada@example.org' } }))
    const idsOf = async (person: Parameters<Issuer['find']>[0], by = newer) =>
      (await collect(by.find(person))).map(({ awardId }) => awardId).sort()
    expect(await idsOf({ email: 'ADA@example.org' })).toEqual(['batch', 'newer', 'now', 'offer'])
    expect(await idsOf({ email: 'ada@example.org' }, issuer)).toEqual(['batch', 'now', 'offer'])
    expect(await idsOf({ phone: '+442079460018' })).toEqual(['phone'])
    expect(await idsOf({ email: 'nobody@example.org' })).toEqual([])
    const [offer, now] = await collect(issuer.find({ email: 'ada@example.org' })).then((found) => [
      found.find(({ awardId }) => awardId === 'offer'),
      found.find(({ awardId }) => awardId === 'now'),
    ])
    expect([offer?.award?.state, offer?.credentials.length]).toEqual(['offered', 0])
    expect([now?.award, now?.credentials.length]).toEqual([undefined, 1])
    expect(await newer.erase({ email: 'ada@example.org' })).toEqual({ erased: 4 })
    expect(await newer.erase({ email: 'ada@example.org' })).toEqual({ erased: 0 })
    expect(await idsOf({ email: 'ada@example.org' })).toEqual([])
    expect(await idsOf({ email: 'other@example.org' })).toEqual(['other'])
    const [record] = await stores.credentials.get([{ awardId: 'now' }])
    expect(record).toMatchObject({ isErased: true, status: [{ purpose: 'revocation' }, { purpose: 'suspension' }] })
    // The door stays shut, and the status can still be changed.
    await issuer.revokeAward('now')
    expect((await standingOf(stores, 'now')).map(({ isRevoked }) => isRevoked)).toEqual([true])
    expect(await codeOf(issuer.erase('none'))).toBe('usage.unknown_award')
    expect(await codeOf(issuerOn(stores, { persons: undefined }).erase({ email: 'a@b' }))).toBe('usage.missing_option')
    expect(await codeOf(issuer.erase({ mail: 'a@b' } as never))).toBe('usage.invalid_option')
  })

  whenHere('an award id as long as they may be is offered, claimed and renewed', async () => {
    const stores = await open()
    const issuer = issuerOn(stores, {
      status: {
        store: stores.status,
        listUrl: (list) => `https://school.example/status/${list}`,
        purposes: ['revocation', 'refresh'],
      },
    })
    const id = 'ä"'.repeat(256)
    const badge = await issuer.issue(awardFor(id, { recipient: { id: ADA } }))
    await issuer.renew(idOf(badge), { validUntil: new Date('2100-01-01T00:00:00Z') })
    const { secret = '' } = await issuer.offer(awardFor(id, { recipient: { id: ADA } }))
    const bound = await issuer.claim({ awardId: id, secret, holder: ADA })
    await issuer.renew(idOf(bound.credential), { validUntil: new Date('2100-01-01T00:00:00Z') })
    const entries = (await standingOf(stores, id)).flatMap(({ entry }) => entry.split(','))
    expect([entries.length, new Set(entries).size]).toEqual([4, 4])
    expect(await codeOf(issuer.issue(awardFor('urn:badgewright:place:x')))).toBe('usage.invalid_award')
  })
})

test('what was not given is named', async () => {
  const { open } = all[0] as (typeof all)[number]
  const stores = await open()
  expect(await codeOf(issuerOn(stores, { awards: undefined }).offer(awardFor('a')))).toBe('usage.missing_option')
  expect(await codeOf(issuerOn(stores, { credentials: undefined }).offer(awardFor('a')))).toBe('usage.missing_option')
  for (const persons of [
    { secret: 'short', keyId: '1' },
    { secret: new Uint8Array(31), keyId: '1' },
    { ...PERSONS, keyId: 'a b' },
    { ...PERSONS, former: [PERSONS] },
    { ...PERSONS, formr: [] },
    { keyId: '1' },
  ])
    expect(() => issuerOn(stores, { persons: persons as never })).toThrow(/persons/)
})

test('without anything to revoke by, nothing is closed and nothing replaced', async () => {
  const { open } = all[0] as (typeof all)[number]
  const stores = await open()
  const issuer = issuerOn(stores, { status: undefined })
  const { secret = '' } = await issuer.offer(awardFor('a'))
  await issuer.claim({ awardId: 'a', secret, holder: ADA })
  expect(await codeOf(issuer.claim({ awardId: 'a', secret, holder: EVE, onSecondClaim: 'replace' }))).toBe(
    'usage.no_such_status',
  )
  expect(await codeOf(issuer.revokeAward('a'))).toBe('usage.no_such_status')
  expect((await stores.awards.get(['a']))[0]?.state).toBe('issued')
  expect(await codeOf(issuer.claim({ awardId: 'a', secret, holder: ADA }))).toBe('done')
})
