/**
 * Files that are no badge, and look like one to people: each is named as what it is, with the way out. Public reports; OpenID4VCI 1.0, Universal
 * Wallet 2020, CASE 1.1, Credential Registry, RFC 7517, RFC 9457, PNG (third edition) section 5.2.
 */
import { describe, expect, test } from 'vitest'
import { notABadge } from '../../src/bake/not-a-badge.js'
import { anyIssuer, bakeImage, verifyCredential } from '../../src/entries/index.js'
import type { JsonObject } from '../../src/internal/types.js'
import { credential, jws, png } from './samples.js'

const ask = async (input: object | string | Uint8Array, accept: 'open-badge' | 'any-credential' = 'open-badge') => {
  const { outcome, checks } = await verifyCredential(input, {
    trustedIssuers: anyIssuer,
    accept: accept as 'open-badge',
  })
  return { outcome, code: checks.format.findings[0].code, message: checks.format.findings[0].message }
}

describe('what holds badges says where they are', () => {
  test.each<[string, object, string]>([
    ['an answer of OpenID4VCI', { credentials: [{ credential: jws }] }, '/credentials/0'],
    ['an answer of OpenID4VCI', { credential_responses: [{ credential: jws }] }, '/credential_responses/0'],
    ['an answer of OpenID4VCI or', { format: 'jwt_vc_json', credential: jws, c_nonce: 'n' }, '/credential'],
    ['an answer of the VC API', { verifiableCredential: credential }, '/verifiableCredential'],
    ['an export of a wallet', { type: 'UniversalWallet2020', contents: [credential] }, '/contents/0'],
    ['an export of a wallet', { type: ['UniversalWallet2020'], contents: [{ keys: [] }, credential] }, '/contents/0'],
    ['a message of CHAPI', { dataType: 'VerifiableCredential', data: credential }, '/data'],
    ['a JSON object with a JWT', { jwt: jws }, '/jwt'],
    ['the claims of a JWT', { iss: 'did:example:a', vc: credential }, '/vc'],
  ])('%s', async (what, document, place) => {
    for (const accept of ['open-badge', 'any-credential'] as const) {
      const said = await ask(document, accept)
      expect(said).toMatchObject({ outcome: 'invalid', code: 'format.unsupported' })
      expect(said.message).toContain(`this is ${what}`)
      expect(said.message).toContain(place)
    }
  })
  test('empty ones, and long ones', async () => {
    expect((await ask({ credentials: [] })).message).toContain('there is no credential in it')
    const many = { credentials: Array.from({ length: 5000 }, () => jws) }
    expect((await ask(many)).message).toMatch(/\/credentials\/2, and 4997 more/)
  })
})

describe('what is something else', () => {
  test.each<[RegExp, object]>([
    [/an offer of OpenID4VCI/, { credential_issuer: 'https://x.example', credentials: ['OpenBadge'] }],
    [/an offer of OpenID4VCI/, { credential_configuration_ids: ['a'], grants: {} }],
    [/not ready/, { transaction_id: 't-1', interval: 5 }],
    [/not ready/, { acceptance_token: 'eyJhbGciOiJFUzI1NiJ9.e30.AAAA' }],
    [/envelope of the Credential Registry.*decoded_resource/, { envelope_type: 'resource_data', resource: jws }],
    [/Token Status List/, { sub: 'https://x.example/1', status_list: { bits: 1, lst: 'eNrb' } }],
    [/a framework in CASE.*readCase/, { CFPackage: { CFDocument: {} } }],
    [/a framework in CASE/, { CFDocument: {}, CFItems: [] }],
    [/DID document/, { id: 'did:web:x.example', verificationMethod: [] }],
    [/JWK set/, { keys: [] }],
    [/a key \(a JWK\)/, { kty: 'OKP', crv: 'Ed25519', x: 'a' }],
    [/access token/, { access_token: jws, token_type: 'Bearer' }],
    [/a revocation list/, { id: 'https://x.example', issuer: 'https://x.example', revokedCredential: [] }],
    [/an achievement, which says/, { type: ['Achievement'], id: 'urn:x', name: 'n' }],
    [/the profile of an issuer/, { type: 'Profile', id: 'did:example:x' }],
    [/a badge class of Open Badges 2.0/, { type: 'BadgeClass', name: 'x' }],
    [/error message of a server \(No such badge\)/, { type: 'about:blank', title: 'No such badge', status: 404 }],
    [/error message of a server \(expired\)/, { error: 'invalid_token', error_description: 'expired' }],
  ])('%s', async (says, document) => {
    for (const accept of ['open-badge', 'any-credential'] as const) {
      const said = await ask(document, accept)
      expect(said).toMatchObject({ outcome: 'invalid', code: 'format.not_open_badge' })
      expect(said.message).toMatch(says)
    }
  })
  test('a credential is judged as one, whatever else it has', () => {
    const members = { credential: jws, keys: [], jwt: jws, status: 404, title: 'x' }
    expect(notABadge({ ...(credential as unknown as JsonObject), ...members })).toBeUndefined()
    expect(notABadge({ type: ['OpenBadgeCredential'], credentialSubject: {}, ...members })).toBeUndefined()
    expect(notABadge({ anything: 1 })).toBeUndefined()
  })
})

describe('a damaged PNG', async () => {
  const baked = Buffer.from(await bakeImage(png, credential))
  const latin1 = baked.toString('latin1')
  const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))
  test.each<[RegExp, Uint8Array]>([
    [/line ends were changed/, bytes(latin1.replaceAll('\r\n', '\n'))],
    [/line ends were changed/, bytes(latin1.replaceAll(/\r?\n/g, '\r\n'))],
    [/line ends were changed/, bytes(latin1.replaceAll('\n', '\r\n'))],
    [/line ends were changed/, bytes(latin1.replaceAll(/\r\n?|\n/g, '\n'))],
    [/line ends were changed/, bytes(latin1.replaceAll(/\r\n?|\n/g, '\r'))],
    [/line ends were changed/, bytes(latin1.replaceAll('\n', '\r'))],
    [/1 byte before its beginning \(white space\): take it away/, bytes(`\n${latin1}`)],
    [/4 bytes before its beginning \(white space\)/, bytes(`\r\n\r\n${latin1}`)],
    [/3 bytes before its beginning \(a byte order mark/, bytes(`\xef\xbb\xbf${latin1}`)],
    [/before its beginning \(the head of an answer of HTTP\)/, bytes(`HTTP/1.1 200 OK\r\n\r\n${latin1}`)],
    [/before its beginning \(the head of a form/, bytes(`--x\r\nContent-Type: image/png\r\n\r\n${latin1}`)],
    [/2 bytes before its beginning: take them/, bytes(`\0\0${latin1}`)],
    [/written as text \(Latin-1 as UTF-8\)/, new Uint8Array(Buffer.from(latin1, 'utf8'))],
    [/was read as text/, new Uint8Array(Buffer.from(baked.toString('utf8'), 'utf8'))],
    [/lost the eighth bit/, new Uint8Array(baked.map((byte) => byte & 127))],
    [/first bytes are damaged/, bytes(`\x89PNG\0\0\0\0${latin1.slice(8)}`)],
    [/a PNG image in base64/, bytes(baked.toString('base64'))],
  ])('%s', async (says, damaged) => {
    const said = await ask(damaged)
    expect(said).toMatchObject({ outcome: 'invalid', code: 'format.unsupported' })
    expect(said.message).toMatch(says)
    expect(said.message).toMatch(/binary|get the file again|keep its bytes|decode it/)
  })
})
