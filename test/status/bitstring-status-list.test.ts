/** Bitstring Status List 1.0 sections 2.1, 2.2 and 3.2. */
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { ResolutionError } from '../../src/errors.js'
import type { FindingCode } from '../../src/report/findings.js'
import { createBitstring } from '../../src/status/bitstring.js'
import { bitstringStatusList } from '../../src/status/bitstring-status-list.js'
import { badge, codes, encodeAny, entry, fake, ISSUER, LIST_URL, listCredential } from './fakes.js'

const method = bitstringStatusList()
const judge = async (of: object, list: object, options: Parameters<typeof fake>[0] = {}) =>
  codes(method, fake({ web: { [LIST_URL]: list }, ...options }), of)
const find = async (of: object, list: object) => method.check(of, badge(), fake({ web: { [LIST_URL]: list } }).context)

describe('section 2.1, statusPurpose', () => {
  const set = (purpose: string | string[]) => listCredential({ values: { 5: 1 }, subject: { statusPurpose: purpose } })

  test.each([
    ['revocation', ['status.revoked']],
    ['suspension', ['status.suspended']],
    ['refresh', ['status.active', 'status.message']],
    ['message', ['status.active', 'status.message']],
    // What it means is not known, and it may be bad.
    ['https://school.example/purposes#withheld', ['status.type_unsupported']],
  ])('%s, set', async (statusPurpose, expected) => {
    expect(await judge(entry({ statusPurpose }), await set(statusPurpose))).toEqual(expected)
  })

  test.each(['revocation', 'suspension', 'refresh', 'https://school.example/purposes#withheld'])(
    '%s, not set',
    async (statusPurpose) => {
      const of = entry({ statusPurpose, statusListIndex: '6' })
      expect(await judge(of, await set(statusPurpose))).toEqual(['status.active'])
    },
  )

  test('a list may be for several', async () => {
    const list = await set(['suspension', 'revocation'])
    expect(await judge(entry(), list)).toEqual(['status.revoked'])
    expect(await judge(entry({ statusPurpose: 'message' }), list)).toEqual(['status.purpose_mismatch'])
  })

  test('is compared as it is written', async () => {
    expect(await judge(entry({ statusPurpose: 'Revocation' }), await set('revocation'))).toEqual([
      'status.purpose_mismatch',
    ])
  })

  test('of the entry and the list must be the same, whatever the bit', async () => {
    const [found] = await find(entry({ statusListIndex: '6', statusPurpose: 'suspension' }), await set('revocation'))
    expect(found).toMatchObject({
      code: 'status.purpose_mismatch',
      pointer: '/statusPurpose',
      evidence: { url: LIST_URL, index: 6, purpose: 'suspension' },
    })
  })
})

describe('section 2.1, statusListIndex', () => {
  test.each([
    ['5', 'status.revoked'],
    [5, 'status.revoked'],
    ['0005', 'status.revoked'],
    [5.0, 'status.revoked'],
    ['4', 'status.active'],
    ['0', 'status.active'],
    [-0, 'status.active'],
    ['131071', 'status.active'],
    ['131072', 'status.index_out_of_range'],
    [131_072, 'status.index_out_of_range'],
    ['-1', 'status.index_out_of_range'],
    [-1, 'status.index_out_of_range'],
    [1e99, 'status.index_out_of_range'],
    ['9'.repeat(99), 'status.index_out_of_range'],
    [2 ** 53, 'status.index_out_of_range'],
    [1.5, 'status.list_malformed'],
    ['1.5', 'status.list_malformed'],
    ['-0', 'status.list_malformed'],
    ['1e3', 'status.list_malformed'],
    ['0x5', 'status.list_malformed'],
    [' 5', 'status.list_malformed'],
    ['+5', 'status.list_malformed'],
    ['٥', 'status.list_malformed'],
    ['9'.repeat(500), 'status.list_malformed'],
    ['', 'status.list_malformed'],
    [true, 'status.list_malformed'],
    [null, 'status.list_malformed'],
    [['5'], 'status.list_malformed'],
    [undefined, 'status.list_malformed'],
  ])('%j: %s', async (statusListIndex, expected) => {
    const list = await listCredential({ values: { 5: 1 } })
    expect(await judge(entry({ statusListIndex }), list)).toEqual([expected])
  })

  test('one more than a list has names how many it has', async () => {
    const [found] = await find(entry({ statusListIndex: '131072' }), await listCredential())
    expect(found).toMatchObject({ pointer: '/statusListIndex', message: expect.stringContaining('131072') })
  })
})

describe('section 2.1, the entry', () => {
  test.each([
    ['statusListCredential', undefined],
    ['statusListCredential', ''],
    ['statusListCredential', 'status/1'],
    ['statusListCredential', { id: LIST_URL }],
    ['statusListCredential', [LIST_URL]],
    ['statusPurpose', undefined],
    ['statusPurpose', ['revocation']],
    ['statusSize', 0],
    ['statusSize', -2],
    ['statusSize', 1.5],
    ['statusSize', 'two'],
    ['statusSize', 33],
  ])('nothing is fetched for one whose %s is %j', async (member, value) => {
    const context = fake({ web: { [LIST_URL]: await listCredential() } })
    const [found] = await method.check(entry({ [member]: value }), badge(), context.context)
    expect(found).toMatchObject({ code: 'status.list_malformed', pointer: `/${member}` })
    expect(context.asked).toEqual([])
  })

  test('its id is not looked at', async () => {
    expect(await judge(entry({ id: 'urn:uuid:anything' }), await listCredential())).toEqual(['status.active'])
    expect(await judge(entry({ id: undefined }), await listCredential())).toEqual(['status.active'])
  })
})

describe('section 2.1, statusSize and statusMessage', () => {
  const statusMessage = [
    { status: '0x0', message: 'pending_review' },
    { status: '0x1', message: 'accepted' },
    { status: '0x2', message: 'rejected' },
    { status: '0x3', message: 'undefined' },
  ]
  const of = { statusPurpose: 'message', statusSize: 2, statusMessage, statusReference: 'https://school.example/words' }
  const list = () => listCredential({ statusSize: 2, values: { 5: 2, 6: 1 }, subject: { statusPurpose: 'message' } })

  test.each([
    ['5', 'rejected', '0x2'],
    ['6', 'accepted', '0x1'],
    ['7', 'pending_review', '0x0'],
  ])('entry %s says "%s"', async (statusListIndex, text, status) => {
    const found = await find(entry({ ...of, statusListIndex }), await list())
    expect(found.map(({ code }) => code)).toEqual(['status.active', 'status.message'])
    expect(found[1]).toMatchObject({
      note: true,
      message: expect.stringContaining(`"${text}"`),
      evidence: { status, reference: 'https://school.example/words' },
    })
  })

  test('of one bit without messages, the words are "set" and "unset"', async () => {
    const one = await listCredential({ values: { 5: 1 }, subject: { statusPurpose: 'message' } })
    for (const [statusListIndex, word] of [
      ['5', 'set'],
      ['6', 'unset'],
    ]) {
      const found = await find(entry({ statusPurpose: 'message', statusListIndex }), one)
      expect(found[1]?.message).toContain(`"${word}"`)
    }
  })

  test('of a revocation, any value but 0 is one, and its message is the reason', async () => {
    const revocation = await listCredential({ statusSize: 2, values: { 5: 2 } })
    const found = await find(entry({ ...of, statusPurpose: 'revocation' }), revocation)
    expect(found.map(({ code }) => code)).toEqual(['status.revoked', 'status.message'])
    expect(await judge(entry({ ...of, statusPurpose: 'revocation', statusListIndex: 6 }), revocation)).toEqual([
      'status.active',
    ])
  })

  test('several bits need messages, and a revocation is one without', async () => {
    const { statusMessage: _, ...without } = of
    expect(await judge(entry(without), await list())).toContain('status.list_malformed')
    const revocation = await listCredential({ statusSize: 2, values: { 5: 2 } })
    expect(await judge(entry({ ...without, statusPurpose: 'revocation' }), revocation)).toEqual([
      'status.list_malformed',
      'status.revoked',
    ])
  })

  test('messages may stand in the list, as section 2.2 says', async () => {
    const { statusMessage: _, ...without } = of
    const subject = { statusPurpose: 'message', statusSize: 2, statusMessages: statusMessage }
    const found = await find(entry(without), await listCredential({ statusSize: 2, values: { 5: 2 }, subject }))
    expect(found.map(({ code }) => code)).toEqual(['status.active', 'status.message'])
    expect(found[1]?.message).toContain('"rejected"')
  })

  test('a list of other bits than the entry is not read', async () => {
    const revocation = await listCredential({ statusSize: 2, values: { 5: 2 }, subject: { statusSize: 2 } })
    expect(await judge(entry(), revocation)).toEqual(['status.list_malformed'])
  })

  test.each([
    ['too few', statusMessage.slice(1)],
    ['too many', [...statusMessage, { status: '0x4', message: 'x' }]],
    ['one value twice', [...statusMessage.slice(1), { status: '0x01', message: 'x' }]],
    ['a value out of range', [...statusMessage.slice(1), { status: '0x4', message: 'x' }]],
    ['a value that is no text', [...statusMessage.slice(1), { status: 0, message: 'x' }]],
    ['a value without 0x', [...statusMessage.slice(1), { status: '0', message: 'x' }]],
    ['no message', [...statusMessage.slice(1), { status: '0x0' }]],
    ['null', [...statusMessage.slice(1), null]],
    ['no list', statusMessage[0]],
  ])('messages with %s: the status is read, and not believed', async (_, wrong) => {
    const found = await find(entry({ ...of, statusMessage: wrong }), await list())
    expect(found.map(({ code }) => code)).toEqual(['status.active', 'status.list_malformed'])
    expect(found[1]?.pointer).toBe('/statusMessage')
    const revoked = await listCredential({ statusSize: 2, values: { 5: 2 } })
    expect(await judge(entry({ ...of, statusPurpose: 'revocation', statusMessage: wrong }), revoked)).toContain(
      'status.revoked',
    )
  })

  test.each([[['https://a.example/', 'https://b.example/']], ['https://a.example/']])(
    'references may be %j',
    async (statusReference) => {
      const [, said] = await find(entry({ ...of, statusReference }), await list())
      expect(said?.evidence).toMatchObject({ reference: 'https://a.example/' })
    },
  )

  test.each([['no url'], [5], [['https://a.example/', 'b']], [{}]])(
    'references may not be %j',
    async (statusReference) => {
      expect(await judge(entry({ ...of, statusReference }), await list())).toContain('status.list_malformed')
    },
  )

  test('words of others come in one line and in bounds', async () => {
    const message = `line\n\u202eone\u0007 ${'x'.repeat(5000)}`
    const [, said] = await find(
      entry({ ...of, statusMessage: statusMessage.map((each) => ({ ...each, message })) }),
      await list(),
    )
    expect(said?.message).toContain('"line one xxx')
    expect(said?.message.length).toBeLessThan(300)
  })
})

describe('a list made to be slow, asked by a credential with 2 000 entries', () => {
  const words = Array.from({ length: 2 ** 13 }, (_, value) => ({ status: `0x${value.toString(16)}`, message: 'so' }))
  const long = 'long '.repeat(100_000)
  test.each<[string, object, object, FindingCode]>([
    ['of 8 192 messages', { statusSize: 13 }, { statusMessages: words }, 'status.active'],
    ['of a statusSize that is a document', {}, { statusSize: { words } }, 'status.list_malformed'],
    ['of a statusSize that is a long text', {}, { statusSize: long }, 'status.list_malformed'],
    ['for 100 000 purposes', {}, { statusPurpose: Array.from({ length: 100_000 }, String) }, 'status.purpose_mismatch'],
    ['for a purpose that is a long text', {}, { statusPurpose: long }, 'status.purpose_mismatch'],
  ])('%s: is read once', async (_, of, subject, code) => {
    const { context } = fake({ web: { [LIST_URL]: await listCredential({ statusSize: 13, subject }) } })
    const start = process.cpuUsage()
    for (let index = 0; index < 2000; index++) {
      const [found] = await method.check(entry({ ...of, statusListIndex: index }), badge(), context)
      expect(found?.code).toBe(code)
      expect(found?.message.length).toBeLessThan(2000)
    }
    // Each of them took from one second to ten when it was read for each entry.
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(800)
  })
})

test('an answer that needs nothing loaded is no promise', async () => {
  const { context } = fake({ web: { [LIST_URL]: await listCredential() } })
  const first = method.check(entry(), badge(), context)
  expect(first).toBeInstanceOf(Promise)
  await first
  expect(method.check(entry(), badge(), context)).toEqual(await first)
  expect(method.check(entry({ statusListIndex: '6' }), badge(), context)).toMatchObject([{ code: 'status.active' }])
})

const { encodedList } = ((await listCredential()) as { credentialSubject: { encodedList: string } }).credentialSubject

describe('section 2.2, the list credential', () => {
  test.each<[string, object, object]>([
    ['another type', {}, { type: ['VerifiableCredential'] }],
    ['the type of another generation', {}, { type: ['VerifiableCredential', 'StatusList2021Credential'] }],
    ['a subject of another type', { type: 'StatusList2021' }, {}],
    ['a subject without type', { type: undefined }, {}],
    ['no list', { encodedList: undefined }, {}],
    ['a list that is no text', { encodedList: [encodedList] }, {}],
    ['a list without prefix', { encodedList: encodedList.slice(1) }, {}],
    ['a list that is no gzip', { encodedList: 'uAAAA' }, {}],
    ['no purpose', { statusPurpose: undefined }, {}],
    ['an empty list of purposes', { statusPurpose: [] }, {}],
    ['a purpose that is no text', { statusPurpose: ['revocation', 1] }, {}],
    [
      'two lists',
      {},
      {
        credentialSubject: [1, 2].map(() => ({
          type: 'BitstringStatusList',
          statusPurpose: 'revocation',
          encodedList,
        })),
      },
    ],
  ])('with %s is malformed', async (_, subject, credential) => {
    const list = await listCredential({ subject, credential })
    expect(await judge(entry(), list)).toEqual(['status.list_malformed'])
  })

  test('may have any id, or none', async () => {
    for (const id of ['https://elsewhere.example/list', undefined])
      expect(await judge(entry(), await listCredential({ credential: { id } }))).toEqual(['status.active'])
  })

  test('may have its types and purposes in arrays, and subjects beside the list', async () => {
    const subject = { type: ['BitstringStatusList'], statusPurpose: ['revocation'], encodedList }
    const list = await listCredential({ credential: { credentialSubject: [{ id: 'urn:x:y' }, subject] } })
    expect(await judge(entry(), list)).toEqual(['status.active'])
  })

  test('shorter than 131 072 entries is read, with a note', async () => {
    const list = await listCredential({
      subject: { encodedList: await encodeAny(new Uint8Array(12_500).fill(0x04, 0, 1)) },
    })
    expect(await judge(entry(), list)).toEqual(['status.revoked', 'status.list_short'])
    expect(await judge(entry({ statusListIndex: 99_999 }), list)).toEqual(['status.active', 'status.list_short'])
    expect(await judge(entry({ statusListIndex: 100_000 }), list)).toEqual([
      'status.index_out_of_range',
      'status.list_short',
    ])
  })

  test('is counted in entries, not in bits', async () => {
    const statusMessage = [0, 1, 2, 3].map((value) => ({ status: `0x${value}`, message: '' }))
    const list = await listCredential({ subject: { encodedList: await encodeAny(createBitstring()) } })
    expect(await judge(entry({ statusSize: 2, statusMessage }), list)).toEqual(['status.active', 'status.list_short'])
  })

  test('that is a bomb is a limit', async () => {
    const list = await listCredential({ subject: { encodedList: await encodeAny(new Uint8Array(100_000)) } })
    expect(await judge(entry(), list, { limits: { statusListBytes: 99_999 } })).toEqual(['status.limit'])
  })
})

describe('section 3.2, dereferencing', () => {
  test('asks for the URL without its fragment, within limits.documentBytes', async () => {
    const context = fake({ web: { [LIST_URL]: await listCredential() }, limits: { documentBytes: 54_321 } })
    expect(await codes(method, context, entry({ statusListCredential: `${LIST_URL}#list` }))).toEqual(['status.active'])
    expect(context.asked).toMatchObject([{ url: LIST_URL, kind: 'status', maxBytes: 54_321 }])
    expect(context.verified).toHaveLength(1)
  })

  test.each<[`resolve.${string}`, FindingCode]>([
    ['resolve.not_found', 'status.unreachable'],
    ['resolve.unreachable', 'status.unreachable'],
    ['resolve.timeout', 'status.unreachable'],
    ['resolve.forbidden_address', 'status.unreachable'],
    ['resolve.forbidden_url', 'status.unreachable'],
    ['resolve.limit', 'status.limit'],
    ['resolve.too_large', 'status.limit'],
  ])('%s is %s', async (code, expected) => {
    const [found] = await method.check(
      entry(),
      badge(),
      fake({ web: { [LIST_URL]: new ResolutionError(code, LIST_URL, 'because') } }).context,
    )
    expect(found).toMatchObject({ code: expected, evidence: { url: LIST_URL, reason: code } })
  })

  test('what is no ResolutionError is a bug, and not a status', async () => {
    const { context } = fake()
    const broken = { ...context, loader: { load: () => Promise.reject(new TypeError('a bug')) } }
    await expect(method.check(entry(), badge(), broken)).rejects.toThrow(TypeError)
  })

  test('an abort is passed on', async () => {
    const { context } = fake()
    const seen: unknown[] = []
    const signal = AbortSignal.abort('enough')
    const loader = {
      load: async (_: unknown, given: { readonly signal?: AbortSignal }) => {
        seen.push(given.signal)
        throw given.signal?.reason
      },
    }
    await expect(method.check(entry(), badge(), { ...context, loader, signal })).rejects.toBe('enough')
    expect(seen).toEqual([signal])
  })
})

describe('section 3.2, verifying the list', () => {
  test.each<[FindingCode[], FindingCode]>([
    [['validity.expired'], 'status.list_stale'],
    [['validity.not_yet'], 'status.list_stale'],
    [['proof.mismatch'], 'status.list_untrusted'],
    [['proof.missing', 'key.blocked'], 'status.list_untrusted'],
    [['proof.expired'], 'status.list_untrusted'],
    [['proof.suite_unsupported'], 'status.list_untrusted'],
    [['proof.ambiguous_member'], 'status.list_untrusted'],
    [['key.not_issuer', 'proof.blocked'], 'status.list_untrusted'],
    [['key.revoked', 'proof.blocked', 'validity.expired'], 'status.list_untrusted'],
    [['proof.mismatch', 'validity.expired', 'schema.undefined_term'], 'status.list_untrusted'],
    [['key.unreachable', 'proof.blocked'], 'status.unreachable'],
    [['schema.unknown_context', 'proof.blocked'], 'status.unreachable'],
    [
      ['format.malformed', 'schema.blocked', 'key.blocked', 'proof.blocked', 'validity.blocked'],
      'status.list_malformed',
    ],
    [['format.too_large', 'schema.blocked', 'key.blocked', 'proof.blocked'], 'status.limit'],
    [['schema.mismatch', 'validity.blocked'], 'status.list_malformed'],
    [['schema.undefined_term'], 'status.list_malformed'],
    [['proof.too_complex'], 'status.limit'],
    [['key.limit', 'proof.blocked'], 'status.limit'],
    // The list has a status of its own, and so on.
    [['status.limit'], 'status.limit'],
    [['status.revoked'], 'status.list_untrusted'],
    [['status.unreachable'], 'status.unreachable'],
  ])('%j: %s', async (nested, expected) => {
    const list = await listCredential({ values: { 5: 1 } })
    expect(await judge(entry(), list, { nested })).toEqual([expected])
  })

  test('what callers demand of badges is no rule for lists', async () => {
    const nested: FindingCode[] = [
      'issuer.unauthenticated',
      'recipient.mismatch',
      'refresh.failed',
      'endorsements.some_invalid',
    ]
    const list = await listCredential({ values: { 5: 1 } })
    expect(await judge(entry(), list, { nested })).toEqual(['status.revoked'])
  })
})

describe('section 3.2, whose list it is', () => {
  const other = () => listCredential({ values: { 5: 1 }, credential: { issuer: { id: 'did:web:registry.example' } } })

  test('the issuer of the credential is not asked about', async () => {
    const context = fake({ web: { [LIST_URL]: await listCredential() }, trusts: 'no' })
    expect(await codes(method, context, entry())).toEqual(['status.active'])
    expect(context.trustAsked).toEqual([])
  })

  test.each([
    ['yes', ['status.revoked', 'status.list_other_issuer']],
    ['not-asked', ['status.revoked', 'status.list_other_issuer']],
    ['no', ['status.list_untrusted']],
  ] as const)('another one, trusted: %s', async (trusts, expected) => {
    const context = fake({ web: { [LIST_URL]: await other() }, trusts })
    expect(await codes(method, context, entry())).toEqual(expected)
    expect(context.trustAsked).toEqual(['did:web:registry.example'])
  })

  test.each([
    ['yes', 'key.self_asserted', ['status.list_untrusted']],
    ['yes', 'key.other_controller', ['status.list_untrusted']],
    ['not-asked', 'key.self_asserted', ['status.active']],
    ['not-asked', 'key.other_controller', ['status.active']],
  ] as const)(
    'where trust is asked (%s), a name that %s does not prove is no issuer',
    async (trusts, note, expected) => {
      expect(await judge(entry(), await listCredential(), { trusts, nested: [note] })).toEqual(expected)
    },
  )
})

test('the finding says where: list, index, purpose', async () => {
  const [found] = await find(entry(), await listCredential({ values: { 5: 1 } }))
  expect(found).toEqual({
    code: 'status.revoked',
    message: 'its issuer has revoked it',
    evidence: { url: LIST_URL, index: 5, purpose: 'revocation', status: '0x1' },
  })
})

test('an issuer that is a text is the same issuer', async () => {
  const context = fake({
    web: { [LIST_URL]: await listCredential({ credential: { issuer: { id: ISSUER, name: 'S' } } }) },
    trusts: 'no',
  })
  expect(await codes(method, context, entry(), badge({ issuer: ISSUER }))).toEqual(['status.active'])
})

test('gzip of another level is the same list', async () => {
  const bits = createBitstring()
  bits[0] = 0x04
  const encodedList = `u${gzipSync(bits, { level: 1 }).toString('base64url')}`
  expect(await judge(entry(), await listCredential({ subject: { encodedList } }))).toEqual(['status.revoked'])
})
