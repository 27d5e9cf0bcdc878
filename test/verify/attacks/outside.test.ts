/** What a badge leads to outside: documents that are too large, lead elsewhere, were replayed or never end. None is taken for an answer. */
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import {
  anyIssuer,
  createLoader,
  createVerifier,
  type DocumentLoader,
  didDocument,
  type VerifyOptions,
  verifyCredential,
} from '../../../src/entries/index.js'
import { encodeBitstring } from '../../../src/status/bitstring.js'
import { HOST, loaderIn, names, PRIVATE, serveHttp, serveHttps } from '../../resolve/loopback.js'
import { badgeOf, codesOf, NOW, newIssuer, signed, signRaw, type Web, web } from '../kit.js'

const issuer = await newIssuer()
const LIST = 'https://issuer.example/status/1'
const entry = {
  id: `${LIST}#7`,
  type: 'BitstringStatusListEntry',
  statusPurpose: 'revocation',
  statusListIndex: '7',
  statusListCredential: LIST,
}
const base: VerifyOptions = { trustedIssuers: anyIssuer, now: NOW }
const badge = await signed(issuer, { credentialStatus: entry })

async function list(more: object = {}, subject: object = {}, by = issuer) {
  return signRaw(by, {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    id: LIST,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer: by.id,
    validFrom: '2026-01-01T00:00:00Z',
    credentialSubject: {
      id: `${LIST}#list`,
      type: 'BitstringStatusList',
      statusPurpose: 'revocation',
      encodedList: await encodeBitstring(new Uint8Array(16_384)),
      ...subject,
    },
    ...more,
  })
}
const statusOf = async (document: unknown, options: Partial<VerifyOptions> = {}) => {
  const report = await verifyCredential(badge, { ...base, loader: web({ [LIST]: document }), ...options })
  return { outcome: report.outcome, codes: codesOf(report).filter((code) => code.startsWith('status.')) }
}

describe('status lists', () => {
  test('the right one, for comparison', async () => {
    expect(await statusOf(await list())).toEqual({ outcome: 'valid', codes: ['status.active'] })
  })
  test.each<[string, () => Promise<unknown>, string]>([
    ['an old one, replayed after its end', () => list({ validUntil: '2026-05-01T00:00:00Z' }), 'status.list_stale'],
    ['one of a time to come', () => list({ validFrom: '2027-01-01T00:00:00Z' }), 'status.list_stale'],
    [
      'one with its end moved',
      async () => ({ ...(await list({ validUntil: '2026-05-01T00:00:00Z' })), validUntil: '2027-01-01T00:00:00Z' }),
      'status.list_untrusted',
    ],
    [
      'one with its bits exchanged',
      async () => {
        const one = await list()
        const subject = one.credentialSubject as object
        const encodedList = await encodeBitstring(new Uint8Array(16_385))
        return { ...one, credentialSubject: { ...subject, encodedList } }
      },
      'status.list_untrusted',
    ],
    [
      'one for suspension in place of revocation',
      () => list({}, { statusPurpose: 'suspension' }),
      'status.purpose_mismatch',
    ],
    ['one that is not signed', async () => ({ ...(await list()), proof: undefined }), 'status.list_untrusted'],
    ['a badge', async () => signed(issuer), 'status.list_malformed'],
    ['the badge itself', async () => badge, 'status.limit'],
    ['a page', async () => '<!DOCTYPE html><title>Not found</title>', 'status.list_malformed'],
    [
      'a bomb',
      () => list({}, { encodedList: `u${gzipSync(new Uint8Array(64 * 1024 * 1024)).toString('base64url')}` }),
      'status.limit',
    ],
    [
      'a bomb that is a little over the limit',
      () => list({}, { encodedList: `u${gzipSync(new Uint8Array(16 * 1024 * 1024 + 1)).toString('base64url')}` }),
      'status.limit',
    ],
    ['bits that are no gzip', () => list({}, { encodedList: 'uAAAA' }), 'status.list_malformed'],
    [
      'bits that are cut off',
      async () => list({}, { encodedList: (await encodeBitstring(new Uint8Array(16_384))).slice(0, -8) }),
      'status.list_malformed',
    ],
    ['one whose own status is in itself', () => list({ credentialStatus: entry }), 'status.limit'],
  ])('%s', async (_, make, code) => {
    const { outcome, codes } = await statusOf(await make())
    expect(outcome).toBe('indeterminate')
    expect(codes).toContain(code)
    expect(codes).not.toContain('status.active')
  })
  test('one by a stranger, where the caller has a list of issuers', async () => {
    const stranger = await newIssuer()
    const trusted = { trustedIssuers: [issuer.id] }
    expect((await statusOf(await list({}, {}, stranger), trusted)).codes).toEqual(['status.list_untrusted'])
    expect((await statusOf(await list(), trusted)).outcome).toBe('valid')
  })
  test('a good list that was seen does not make a bad one good', async () => {
    const documents: Record<string, unknown> = { [LIST]: await list({ validUntil: '2026-06-01T13:00:00Z' }) }
    const verifier = createVerifier({ ...base, loader: web(documents) })
    expect((await verifier.verify(badge, { now: NOW })).outcome).toBe('valid')
    documents[LIST] = 'gone'
    const later = new Date('2026-06-01T14:00:00Z')
    expect((await verifier.verify(badge, { now: later })).outcome).toBe('indeterminate')
  })
})

describe('documents without end', () => {
  const DID = 'did:web:issuer.example'
  const DOCUMENT = 'https://issuer.example/.well-known/did.json'

  test('a did:web document of 50 MB is not read to its end', async () => {
    const owner = await newIssuer('EdDSA', `${DID}#key-1`)
    const by = await signed(owner)
    let sent = 0
    const site = await serveHttps((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      const chunk = Buffer.alloc(64 * 1024, 0x20)
      const push = () => {
        while (sent < 50 * 1024 * 1024 && !response.destroyed) {
          sent += chunk.length
          if (!response.write(chunk)) return void response.once('drain', push)
        }
        response.end()
      }
      push()
    })
    const report = await verifyCredential(by, { ...base, loader: onPort(loaderIn(), site.port) })
    expect(codesOf(report)).toContain('key.unreachable')
    expect(report.outcome).toBe('indeterminate')
    expect(sent).toBeLessThan(16 * 1024 * 1024)
    await site.idle()
  })
  test('one of exactly the right size is read', async () => {
    const owner = await newIssuer('EdDSA', `${DID}#key-1`)
    const by = await signed(owner)
    const keys = [{ id: `${DID}#key-1`, publicKey: owner.signer.publicKey }] as never
    const text = JSON.stringify(didDocument({ id: DID, keys }))
    expect((await verifyCredential(by, { ...base, loader: web({ [DOCUMENT]: text }) })).outcome).toBe('valid')
    expect((await verifyCredential(by, { ...base, loader: web({ [DOCUMENT]: text.slice(1) }) })).outcome).toBe(
      'indeterminate',
    )
  })

  /** The test's servers have ports of their own; the badge names none. */
  function onPort(loader: DocumentLoader, port: number): DocumentLoader {
    return {
      load: (request, context) =>
        loader.load({ ...request, url: request.url.replace(HOST, `${HOST}:${port}`) }, context),
    }
  }

  test.each([
    ['127.0.0.1', 'https://127.0.0.1/'],
    ['169.254.169.254', 'http://169.254.169.254/latest/meta-data/'],
    ['169.254.169.254 over https', 'https://169.254.169.254/latest/meta-data/'],
    ['::1', 'https://[::1]/'],
    ['a number', 'https://2130706433/'],
    ['plain http', `http://${HOST}/`],
    ['a file', 'file:///etc/passwd'],
    ['data', 'data:application/json,{}'],
  ])('a redirect to %s is not followed', async (_, location) => {
    const owner = await newIssuer('EdDSA', `${DID}#key-1`)
    const inside = await serveHttp((_request, response) => void response.end('{}'))
    const site = await serveHttps((_request, response) => {
      response.writeHead(302, { location: location.replace('127.0.0.1/', `127.0.0.1:${inside.port}/`) }).end()
    })
    const report = await verifyCredential(await signed(owner), { ...base, loader: onPort(loaderIn(), site.port) })
    expect(codesOf(report)).toContain('key.unreachable')
    expect(report.outcome).toBe('indeterminate')
    expect(inside.connections).toBe(0)
    await site.idle()
  })
  test.each([
    'did:web:127.0.0.1',
    'did:web:169.254.169.254',
    'did:web:localhost',
    'did:web:localhost%3A8080',
    'did:web:2130706433',
    'did:web:0x7f000001',
    'did:web:intranet',
    'did:web:metadata.google.internal',
  ])('%s is not asked', async (id) => {
    const owner = await newIssuer('EdDSA', `${id}#key-1`)
    const asked: string[] = []
    const fetching = createLoader({
      fetch: async (input) => {
        asked.push(String(input))
        return new Response('{}')
      },
    })
    const report = await verifyCredential(await signed(owner), { ...base, loader: fetching })
    expect(report.outcome).not.toBe('valid')
    expect(asked).toEqual([])
  })
  test('names that resolve to private addresses are not connected to', async () => {
    const owner = await newIssuer('EdDSA', `${DID}#key-1`)
    const inside = await serveHttps((_, response) => void response.end('{}'), { address: PRIVATE })
    const loader = onPort(loaderIn({ lookup: names({ [HOST]: [[PRIVATE]] }).lookup }), inside.port)
    const report = await verifyCredential(await signed(owner), { ...base, loader })
    expect(codesOf(report)).toContain('key.unreachable')
    expect(inside.connections).toBe(0)
  })
})

describe('a refresh service', () => {
  const REFRESH = 'https://issuer.example/refresh/1'
  const contexts = ['https://purl.imsglobal.org/spec/ob/v3p0/extensions.json']
  const refreshing = {
    refreshService: { id: REFRESH, type: '1EdTechCredentialRefresh' },
    extensions: { contexts, properties: {} },
  }
  const refreshed = async (document: unknown): Promise<{ asked: Web['asked']; outcome: string; codes: string[] }> => {
    const loader = web({ [REFRESH]: document })
    const report = await verifyCredential(await signed(issuer, refreshing), { ...base, loader })
    return { asked: loader.asked, outcome: report.outcome, codes: codesOf(report) }
  }
  test.each<[string, () => Promise<unknown>]>([
    ['somebody else’s badge', async () => signed(await newIssuer(), { validFrom: '2026-02-01T00:00:00Z' })],
    [
      'another badge of the issuer’s',
      () => signed(issuer, { id: 'urn:uuid:00000000-0000-4000-8000-000000000002', validFrom: '2026-02-01T00:00:00Z' }),
    ],
    ['a badge that is not signed', async () => badgeOf(issuer, { validFrom: '2026-02-01T00:00:00Z' })],
    ['the badge, changed', async () => ({ ...(await signed(issuer)), validFrom: '2026-02-01T00:00:00Z' })],
    ['a page', async () => '<html>'],
  ])('that answers %s is not believed, and the badge stays what it is', async (_, make) => {
    const { outcome, codes } = await refreshed(await make())
    expect(outcome).toBe('valid')
    expect(codes).toContain('refresh.failed')
    expect(codes).not.toContain('refresh.refreshed')
  })
  test('that answers an older version is not believed', async () => {
    const { codes } = await refreshed(await signed(issuer, { ...refreshing, validFrom: '2020-01-01T00:00:00Z' }))
    expect(codes).toContain('refresh.current')
  })
  test('that leads to a further one is asked once', async () => {
    const next = await signed(issuer, { ...refreshing, validFrom: '2026-02-01T00:00:00Z' })
    const { asked, outcome } = await refreshed(next)
    expect(asked).toEqual([REFRESH])
    expect(outcome).toBe('valid')
  })
})
