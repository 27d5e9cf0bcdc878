/** What becomes of a badge after it was issued. */
import { readFileSync } from 'node:fs'
import { Ajv2019 } from 'ajv/dist/2019.js'
import formats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import {
  type Award,
  createAchievement,
  createIssuer,
  createVerifier,
  type DocumentLoader,
  type Issuer,
  type IssuerOptions,
  newerCredential,
  type Profile,
  parseCredential,
  ResolutionError,
  type SecuredCredential,
  StoreError,
  type VerificationReport,
} from '../../src/entries/index.js'
import { memoryStores } from '../../src/entries/store/memory.js'
import { encodeUtf8 } from '../../src/internal/bytes.js'
import { shared } from '../shared.js'
import { singleCredentials, singleStatus } from '../store/single.js'
import { newIssuer } from '../verify/kit.js'

const { id, signer } = await newIssuer()
const profile: Profile = { id, type: ['Profile'], name: 'Example School' }
const achievement = createAchievement({
  name: 'Giving Feedback',
  description: 'Feedback that helps.',
  criteria: { narrative: 'Three pieces.' },
})
const award = (n: number, more: Partial<Award> = {}): Award => ({
  id: `award-${n}`,
  achievement,
  recipient: { id: `did:example:teacher-${n}` },
  ...more,
})
const LISTS = 'https://school.example/status/'

interface Setting {
  readonly issuer: Issuer
  readonly stores: ReturnType<typeof memoryStores>
  /** Moves the clock on. */
  later(seconds: number): void
  now(): Date
  /** As a reader does, over the published list. */
  verify(badge: SecuredCredential): Promise<VerificationReport>
}

function setting(
  status: Partial<NonNullable<IssuerOptions['status']>> = {},
  more: Partial<IssuerOptions> = {},
  storeOptions: Parameters<typeof memoryStores>[0] = {},
): Setting {
  let time = Date.parse('2030-01-02T03:04:05Z')
  const now = () => new Date(time)
  const stores = memoryStores({ now, ...storeOptions })
  const issuer = createIssuer({
    profile,
    signer,
    now,
    status: { store: stores.status, listUrl: (list) => LISTS + list, ...status },
    credentials: stores.credentials,
    ...more,
  })
  const loader: DocumentLoader = {
    load: async ({ url }) => {
      if (url === 'https://school.example/revoked.json')
        return answer(url, JSON.stringify(await issuer.revocationList()))
      if (!url.startsWith(LISTS)) throw new ResolutionError('resolve.unreachable', url, `${url}: not here`)
      const list = await issuer.statusListCredential(url.slice(LISTS.length))
      return answer(url, typeof list === 'string' ? list : JSON.stringify(list))
    },
  }
  return {
    issuer,
    stores,
    now,
    later: (seconds) => {
      time += seconds * 1000
    },
    verify: (badge) => createVerifier({ trustedIssuers: [id], loader }).verify(badge, { now: now() }),
  }
}
const answer = (url: string, text: string) => ({ url, bytes: encodeUtf8(text), mediaType: 'application/json' })
const documentOf = (badge: SecuredCredential) => badge as Exclude<SecuredCredential, string>
const idOf = (badge: SecuredCredential) => documentOf(badge).id ?? ''

describe.each(['embedded', 'jwt'] as const)('lists and badges as %s', (format) => {
  test('a badge is good, revoked, and says so', async () => {
    const { issuer, verify, stores } = setting({}, { format })
    const badge = await issuer.issue(award(1))
    const before = await verify(badge)
    expect(before.outcome).toBe('valid')
    expect(before.checks.status.findings.map(({ code }) => code)).toEqual(['status.active'])
    const record = await singleCredentials(stores.credentials).get({ awardId: 'award-1' })
    await issuer.revoke(record?.credentialId ?? '', { reason: 'issued by mistake', by: 'clerk 7' })
    const after = await verify(badge)
    expect(after.outcome === 'invalid' && after.because).toEqual(['status.revoked'])
  })
})

describe('the status of a badge', () => {
  test("1EdTech's strict schema takes one status object: that is the default", async () => {
    const { issuer } = setting()
    const { credentialStatus } = documentOf(await issuer.issue(award(1)))
    expect(Array.isArray(credentialStatus)).toBe(false)
    expect(credentialStatus).toEqual({
      id: expect.stringMatching(/^https:\/\/school\.example\/status\/1#\d+$/),
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: expect.stringMatching(/^\d+$/),
      statusListCredential: `${LISTS}1`,
    })
  })
  const schemas = [
    shared('schemas/ob/ob_v3p0_achievementcredential_schema.json'),
    shared('schemas/ob-strict/ob_v3p0_achievementcredential_schema.json-ld-variant.json'),
  ]
  test.skipIf(schemas.includes(undefined))(
    'badges by the defaults satisfy both published schemas; with a second status object neither does',
    async () => {
      const refreshUrl = (id: string) => `https://school.example/refresh/${id}`
      const one = await setting({}, { refreshUrl }).issuer.issue(award(1))
      const two = await setting({ purposes: ['revocation', 'suspension'] }).issuer.issue(award(1))
      for (const path of schemas) {
        const ajv = new Ajv2019({ strict: false })
        formats.default(ajv)
        const validate = ajv.compile(JSON.parse(readFileSync(path as string, 'utf8')))
        expect(validate(documentOf(one)), JSON.stringify(validate.errors)).toBe(true)
        expect(validate(documentOf(two))).toBe(false)
        expect(validate.errors?.some(({ instancePath }) => instancePath === '/credentialStatus')).toBe(true)
      }
    },
  )
  test('suspended, reinstated, revoked: each once in the trail, in order', async () => {
    const { issuer, verify, stores } = setting({ purposes: ['revocation', 'suspension'] })
    const badge = await issuer.issue(award(1, { by: 'clerk 1' }))
    const codes = async () =>
      (await verify(badge)).checks.status.findings.map(({ code }) => code).filter((code) => code !== 'status.active')
    await issuer.suspend(idOf(badge), { reason: 'a complaint' })
    await issuer.suspend(idOf(badge))
    expect(await codes()).toEqual(['status.suspended'])
    await issuer.reinstate(idOf(badge))
    await issuer.reinstate(idOf(badge))
    expect(await codes()).toEqual([])
    await issuer.revoke(idOf(badge), { reason: 'fraud', by: 'clerk 2' })
    await issuer.revoke(idOf(badge))
    expect(await codes()).toEqual(['status.revoked'])
    const record = await singleCredentials(stores.credentials).get({ awardId: 'award-1' })
    expect(record?.issuedBy).toBe('clerk 1')
    expect(record?.events.map(({ kind, reason, by }) => [kind, reason, by])).toEqual([
      ['suspended', 'a complaint', undefined],
      ['reinstated', undefined, undefined],
      ['revoked', 'fraud', 'clerk 2'],
    ])
    await expect(issuer.reinstate(idOf(badge))).rejects.toMatchObject({ code: 'usage.revoked' })
  })
  test('messages have a text for each value', async () => {
    const messages = {
      messages: ['pending', 'checked', 'disputed', 'rejected'],
      reference: 'https://school.example/why',
    }
    const { issuer, verify } = setting({ purposes: ['message'], messages }, {}, { statusSizes: { message: 2 } })
    const badge = await issuer.issue(award(1))
    await issuer.setStatus(idOf(badge), { purpose: 'message', value: 2 })
    const report = await verify(badge)
    expect(report.outcome).toBe('valid')
    expect(JSON.stringify(report.checks.status)).toContain('disputed')
    await expect(issuer.setStatus(idOf(badge), { purpose: 'message', value: 4 })).rejects.toMatchObject({
      code: 'store.invalid_value',
    })
  })
  test('StatusList2021, for readers that need it', async () => {
    const { issuer, verify } = setting({ format: 'StatusList2021' })
    const badge = await issuer.issue(award(1))
    expect((await verify(badge)).outcome).toBe('valid')
    await issuer.revoke(idOf(badge))
    expect((await verify(badge)).checks.status.findings[0]?.code).toBe('status.revoked')
  })
  test("1EdTech's revocation list, without and with a bit of its own", async () => {
    for (const purposes of [[], ['revocation']] as const) {
      const { issuer, verify } = setting({ purposes, revocationListUrl: 'https://school.example/revoked.json' })
      const [badge, other] = [await issuer.issue(award(1)), await issuer.issue(award(2))]
      await issuer.revoke(idOf(badge), { reason: 'fraud' })
      expect((await verify(badge)).outcome).toBe('invalid')
      expect((await verify(other)).outcome).toBe('valid')
      expect(await issuer.revocationList()).toEqual({
        id: 'https://school.example/revoked.json',
        issuer: id,
        revokedCredential: [{ id: idOf(badge), revoked: true, revocationReason: 'fraud' }],
      })
    }
  })
})

describe('lists', () => {
  test('are signed once, and again after a change or half of their validity', async () => {
    let signatures = 0
    const counting = {
      ...signer,
      sign: (bytes: Uint8Array) => {
        signatures++
        return signer.sign(bytes)
      },
    }
    const { issuer, later } = setting({ validitySeconds: 1000 }, { signer: counting })
    const badge = await issuer.issue(award(1))
    signatures = 0
    const lists = await Promise.all([issuer.statusListCredential('1'), issuer.statusListCredential('1')])
    later(499)
    expect(await issuer.statusListCredential('1')).toEqual(lists[0])
    expect(signatures).toBe(1)
    later(2)
    expect(await issuer.statusListCredential('1')).not.toEqual(lists[0])
    expect(signatures).toBe(2)
    await issuer.revoke(idOf(badge))
    expect(await issuer.statusListCredential('1')).not.toEqual(lists[0])
    expect(signatures).toBe(3)
  })
  test('say how long they may be kept, and how long they are valid', async () => {
    const { issuer } = setting({ ttlSeconds: 60, validitySeconds: 3600 })
    await issuer.issue(award(1))
    expect(await issuer.statusListCredential('1')).toMatchObject({
      type: ['VerifiableCredential', 'BitstringStatusListCredential'],
      validFrom: '2030-01-02T03:04:05Z',
      validUntil: '2030-01-02T04:04:05Z',
      credentialSubject: { type: 'BitstringStatusList', statusPurpose: 'revocation', ttl: 60_000 },
    })
  })
  test('a list that is not there', async () => {
    const { issuer } = setting()
    await expect(issuer.statusListCredential('99')).rejects.toMatchObject({ code: 'store.unknown_list' })
  })
  test('a signer that fails once is asked again', async () => {
    let isDown = false
    const failing = {
      ...signer,
      sign: (bytes: Uint8Array) => {
        if (isDown) throw new Error('the KMS is down')
        return signer.sign(bytes)
      },
    }
    const { issuer } = setting({}, { signer: failing })
    await issuer.issue(award(1))
    isDown = true
    await expect(issuer.statusListCredential('1')).rejects.toMatchObject({ code: 'sign.failed' })
    isDown = false
    expect(await issuer.statusListCredential('1')).toHaveProperty('proof')
  })
})

describe('idempotency by award id', () => {
  test('the same award gives the same badge, one after the other and at once, from two issuers on one store', async () => {
    const { issuer, stores } = setting()
    const second = createIssuer({
      profile,
      signer,
      status: { store: stores.status, listUrl: (list) => LISTS + list },
      credentials: stores.credentials,
    })
    const badges = await Promise.all([issuer, second, issuer, second].map((each) => each.issue(award(1))))
    for (const badge of [...badges, await second.issue(award(1))]) expect(badge).toEqual(badges[0])
  })
  test('a crash at any step of issuing: the next attempt gives one badge with one status entry', async () => {
    for (const step of ['get', 'allocate', 'sign', 'put', 'after put']) {
      const { stores, now } = setting()
      let isBroken = true
      const breakAt = (name: string) => {
        if (isBroken && name === step) throw new StoreError('store.failed', `gone at ${name}`)
      }
      const then = <T>(name: string, work: () => T): T => {
        breakAt(name)
        return work()
      }
      const issuer = createIssuer({
        profile,
        now,
        signer: { ...signer, sign: (bytes) => then('sign', () => signer.sign(bytes)) },
        status: {
          listUrl: (list) => LISTS + list,
          store: {
            ...stores.status,
            allocate: async (request) => then('allocate', () => stores.status.allocate(request)),
          },
        },
        credentials: {
          ...stores.credentials,
          get: async (request) => then('get', () => stores.credentials.get(request)),
          put: async (record) => {
            breakAt('put')
            const there = await stores.credentials.put(record)
            breakAt('after put')
            return there
          },
        },
      })
      await expect(issuer.issue(award(1))).rejects.toMatchObject({ code: /^(store|sign)\./ })
      isBroken = false
      const badge = await issuer.issue(award(1))
      const record = await singleCredentials(stores.credentials).get({ awardId: 'award-1' })
      expect(record?.credential).toEqual(badge)
      const [place] = record?.status ?? []
      expect(await singleStatus(stores.status).allocate({ key: 'award-1', purpose: 'revocation' })).toEqual({
        listId: place?.listId,
        index: place?.index,
      })
    }
  })
  test('an id that was used for another award is refused', async () => {
    const { issuer } = setting()
    await issuer.issue(award(1))
    for (const change of [
      { recipient: { id: 'did:example:another' } },
      { recipient: { email: 'ada@example.org' } },
      { achievement: { ...achievement, id: 'urn:example:another' } },
    ])
      await expect(issuer.issue(award(1, change))).rejects.toMatchObject({ code: 'usage.award_conflict' })
  })
  test('a bad award takes no status entry', async () => {
    const { issuer, stores } = setting()
    await expect(issuer.issue(award(1, { recipient: { email: 'ada' } }))).rejects.toMatchObject({
      code: 'usage.invalid_award',
    })
    expect(await stores.status.lists()).toEqual([])
    for (const id of ['', 'a\0', '\uD800', 'x'.repeat(513)])
      await expect(issuer.issue(award(1, { id }))).rejects.toMatchObject({ code: 'usage.invalid_award' })
  })
  test('a batch that is run again gives the same badges', async () => {
    const { issuer } = setting()
    const run = async () => {
      const badges = []
      for await (const { credential } of issuer.issueBatch([award(1), award(2), award(3)])) badges.push(credential)
      return badges
    }
    expect(await run()).toEqual(await run())
  })
  test('the store keeps no recipient outside of the badge', async () => {
    const { issuer, stores } = setting()
    await issuer.issue(award(1, { recipient: { email: 'Ada@Example.org' } }))
    expect(JSON.stringify(await singleCredentials(stores.credentials).get({ awardId: 'award-1' }))).not.toMatch(
      /ada@example/i,
    )
  })
})

describe('renew', () => {
  test.each(['embedded', 'jwt'] as const)('the same credential, newer: %s', async (format) => {
    const { issuer, stores, later, verify, now } = setting({}, { format })
    const old = await issuer.issue(award(1, { validUntil: new Date('2030-02-01T00:00:00Z') }))
    const { credentialId = '' } = (await singleCredentials(stores.credentials).get({ awardId: 'award-1' })) ?? {}
    later(40 * 24 * 3600)
    expect((await verify(old)).checks.validity.findings[0]?.code).toBe('validity.expired')
    const renewed = await issuer.renew(credentialId, { validUntil: new Date('2031-02-01T00:00:00Z'), by: 'clerk 7' })
    const report = await verify(renewed)
    expect(report.outcome).toBe('valid')
    expect(await issuer.issue(award(1, { validUntil: new Date('2030-02-01T00:00:00Z') }))).toEqual(renewed)
    if (typeof old !== 'string' && typeof renewed !== 'string') {
      expect(newerCredential(parseCredential(old), parseCredential(renewed))).toMatchObject({
        validFrom: renewed.validFrom,
      })
      expect(renewed.credentialStatus).toEqual(old.credentialStatus)
      expect(renewed.credentialSubject).toEqual(old.credentialSubject)
    }
    await issuer.revoke(credentialId)
    expect((await verify(renewed)).outcome).toBe('invalid')
    const validUntil = new Date(now().getTime() + 1e9)
    await expect(issuer.renew(credentialId, { validUntil })).rejects.toMatchObject({ code: 'usage.revoked' })
  })
  test('from a process whose clock is behind: still newer', async () => {
    const { issuer, later } = setting()
    const old = documentOf(await issuer.issue(award(1)))
    later(-3600)
    const renewed = documentOf(await issuer.renew(idOf(old), { validUntil: new Date('2031-02-01T00:00:00Z') }))
    expect(Date.parse(renewed.validFrom)).toBeGreaterThan(Date.parse(old.validFrom))
  })
  test('the bit "refresh" of the old version is set, that of the new one is not', async () => {
    const { issuer, later, verify } = setting({ purposes: ['refresh'] })
    const old = await issuer.issue(award(1))
    later(60)
    const renewed = await issuer.renew(idOf(old), { validUntil: new Date('2031-02-01T00:00:00Z') })
    const says = async (badge: SecuredCredential) =>
      (await verify(badge)).checks.status.findings.map(({ code }) => code)
    expect(await says(old)).toContain('status.message')
    expect(await says(renewed)).not.toContain('status.message')
  })
  test('to a date that is over, or none', async () => {
    const { issuer } = setting()
    const badge = await issuer.issue(award(1))
    for (const validUntil of [new Date('2020-01-01'), new Date(Number.NaN), '2031-01-01' as never])
      await expect(issuer.renew(idOf(badge), { validUntil })).rejects.toMatchObject({ code: 'usage.invalid_option' })
  })
  test('two at once: one after the other, and the trail has both', async () => {
    const { issuer, stores } = setting()
    const badge = await issuer.issue(award(1))
    const until = (year: number) => ({ validUntil: new Date(`${year}-01-01T00:00:00Z`) })
    await Promise.all([issuer.renew(idOf(badge), until(2031)), issuer.renew(idOf(badge), until(2032))])
    const record = await singleCredentials(stores.credentials).get({ awardId: 'award-1' })
    expect(record?.revision).toBe(2)
    expect(record?.events).toHaveLength(2)
  })
})

describe('what an issuer cannot do', () => {
  test('an unknown id', async () => {
    const { issuer } = setting()
    for (const call of ['revoke', 'suspend', 'reinstate'] as const)
      await expect(issuer[call]('urn:uuid:none')).rejects.toMatchObject({
        code: 'usage.unknown_credential',
        message: expect.stringContaining('urn:uuid:none'),
      })
  })
  test('suspend without the purpose: the message says which option', async () => {
    const { issuer } = setting()
    const badge = await issuer.issue(award(1))
    await expect(issuer.suspend(idOf(badge))).rejects.toMatchObject({
      code: 'usage.no_such_status',
      message: expect.stringContaining('status.purposes'),
    })
  })
  test('without stores, only issue', async () => {
    const issuer = createIssuer({ profile, signer })
    await expect(issuer.revoke('x')).rejects.toMatchObject({ code: 'usage.missing_option' })
    await expect(issuer.statusListCredential('1')).rejects.toMatchObject({ code: 'usage.missing_option' })
    await expect(issuer.revocationList()).rejects.toMatchObject({ code: 'usage.missing_option' })
  })
  test.each<[string, Partial<NonNullable<IssuerOptions['status']>>]>([
    ['a purpose that there is not', { purposes: ['revoked' as never] }],
    ['a purpose twice', { purposes: ['revocation', 'revocation'] }],
    ['messages without texts', { purposes: ['message'] }],
    ['three messages', { messages: { messages: ['a', 'b', 'c'] } }],
    ['a list that readers keep longer than it is valid', { ttlSeconds: 3600, validitySeconds: 3600 }],
    ['messages in StatusList2021', { format: 'StatusList2021', purposes: ['refresh'] }],
    ['a format of its own', { format: 'bits' as never }],
    ['no store', { store: undefined as never }],
  ])('%s is a UsageError at once', (_, status) => {
    expect(() => setting(status)).toThrowError(expect.objectContaining({ name: 'UsageError' }))
  })
})

test('export: everything, as JSON', async () => {
  const { issuer } = setting()
  const badges = [await issuer.issue(award(1)), await issuer.issue(award(2))]
  await issuer.revoke(idOf(badges[0] as SecuredCredential), { reason: 'fraud' })
  const lines = []
  for await (const line of issuer.export()) lines.push(JSON.parse(JSON.stringify(line)))
  expect(lines.map(({ kind }) => kind)).toEqual(['profile', 'status-list', 'credential', 'credential'])
  expect(lines[2]).toMatchObject({
    awardId: 'award-1',
    credential: badges[0],
    events: [{ kind: 'revoked', reason: 'fraud' }],
  })
})
