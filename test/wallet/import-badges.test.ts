/** importBadges: from anything to the badges in it. */
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { bakeImage, createPresentation, signCredential, signPresentation, UsageError } from '../../src/entries/index.js'
import { importBadges } from '../../src/entries/wallet.js'

import { drawPng } from '../bake/make-png.js'
import { shared } from '../shared.js'
import { badgeOf, newIssuer, signed, web } from '../verify/kit.js'
import { newHolder } from './kit.js'

let json: Awaited<ReturnType<typeof signed>>
let jwt: string
let png: Uint8Array
let presentation: object
beforeAll(async () => {
  const issuer = await newIssuer()
  json = await signed(issuer)
  jwt = await signCredential(badgeOf(issuer, { id: 'urn:uuid:aaaaaaaa-8d55-4c6a-9a57-0d5f1c1f4f10' }), {
    signer: issuer.signer,
    format: 'jwt',
  })
  png = await bakeImage(
    drawPng(2, 2, () => [1, 2, 3]),
    json,
  )
  const { id, signer } = await newHolder()
  presentation = await signPresentation(createPresentation({ holder: id, credentials: [json, jwt] }), { signer })
})

const utf8 = (text: string) => new TextEncoder().encode(text)
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect width="1" height="1"/></svg>'
const codes = async (input: unknown, options = {}) =>
  (await importBadges(input, options)).problems.map(({ place, code }) => `${place} ${code}`)

describe('one badge comes', () => {
  const rows: [string, () => unknown | Promise<unknown>, string][] = [
    ['as an object', () => json, ''],
    ['as JSON text', () => JSON.stringify(json), ''],
    ['as JSON text with white space and a byte order mark', () => `\ufeff\n ${JSON.stringify(json)} `, ''],
    ['as bytes of JSON', () => utf8(JSON.stringify(json)), ''],
    ['as an ArrayBuffer', () => utf8(JSON.stringify(json)).buffer, ''],
    ['as a JWT', () => jwt, ''],
    ['as bytes of a JWT', () => utf8(jwt), ''],
    ['as PNG', () => png, ''],
    ['as SVG', async () => bakeImage(utf8(svg), json), ''],
    ['as text of an SVG', async () => new TextDecoder().decode(await bakeImage(utf8(svg), json)), ''],
    ['as data: URL of JSON', () => `data:application/json,${encodeURIComponent(JSON.stringify(json))}`, ''],
    ['as data: URL of a PNG', () => `data:image/png;base64,${base64(png)}`, ''],
    ['as bytes of a data: URL', () => utf8(`data:image/png;base64,${base64(png)}`), ''],
    [
      'in an envelope',
      () => ({
        '@context': 'https://www.w3.org/ns/credentials/v2',
        type: 'EnvelopedVerifiableCredential',
        id: `data:application/vc+jwt,${jwt}`,
      }),
      '',
    ],
    ['in a list', () => [json], '/0'],
    ['in a list as text', () => JSON.stringify([json]), '/0'],
    ['in an answer of the VC API', () => ({ verifiableCredential: json }), '/verifiableCredential'],
    ['as a JSON string of a JWT', () => JSON.stringify(jwt), ''],
    ['as bytes of a JSON string', () => utf8(JSON.stringify(jwt)), ''],
    // OpenID4VCI 1.0 section 8.3, and what its drafts answered.
    [
      'in an answer of OpenID4VCI 1.0',
      () => ({ credentials: [{ credential: jwt }], notification_id: 'n-1' }),
      '/credentials/0/credential',
    ],
    ['in one with an embedded proof', () => ({ credentials: [{ credential: json }] }), '/credentials/0/credential'],
    ['in one of draft 14', () => ({ credentials: [jwt], c_nonce: 'x' }), '/credentials/0'],
    [
      'in one of draft 13',
      () => ({ format: 'jwt_vc_json', credential: jwt, c_nonce: 'x', c_nonce_expires_in: 86400 }),
      '/credential',
    ],
    [
      'in an answer to a batch',
      () => ({ credential_responses: [{ format: 'ldp_vc', credential: json }] }),
      '/credential_responses/0/credential',
    ],
    ['in an answer of OpenID4VP', () => ({ vp_token: [json], presentation_submission: {} }), '/vp_token/0'],
    [
      'in an export of a Universal Wallet',
      () => ({
        '@context': ['https://www.w3.org/2018/credentials/v1', 'https://w3id.org/wallet/v1'],
        id: 'http://example.gov/wallet/3732',
        type: 'UniversalWallet2020',
        status: 'UNLOCKED',
        contents: [json],
      }),
      '/contents/0',
    ],
    ['as { jwt }', () => ({ jwt }), '/jwt'],
    ['as { credential }', () => ({ credential: json }), '/credential'],
    ['as the claims of a JWT', () => ({ iss: 'did:example:x', vc: json }), '/vc'],
    ['as a JWT under a name of its own', () => ({ status: 'ok', badge_token: jwt }), '/badge_token'],
    ['in a WebCredential of CHAPI', () => ({ type: 'web', dataType: 'VerifiableCredential', data: json }), '/data'],
    [
      'in a link, as an offer',
      () =>
        `https://lcw.app/request?request=${encodeURIComponent(JSON.stringify({ verifiablePresentation: { type: 'VerifiablePresentation', verifiableCredential: json } }))}`,
      '/request/verifiablePresentation/verifiableCredential',
    ],
  ]
  test.each(rows)('%s', async (_, input, place) => {
    const { badges, messages, problems } = await importBadges(await input())
    expect(problems).toEqual([])
    expect(messages).toEqual([])
    expect(badges.map((badge) => badge.place)).toEqual([place])
    expect(badges[0]?.unverified.credentialSubject).toHaveProperty('achievement.name', 'Giving Feedback')
  })

  test('exactly as it was signed', async () => {
    expect((await importBadges(JSON.stringify(json))).badges[0]?.secured).toEqual(json)
    expect((await importBadges(jwt)).badges[0]).toMatchObject({ secured: jwt, container: 'jwt', version: '2.0' })
    expect((await importBadges(png)).badges[0]).toMatchObject({ secured: json, container: 'png' })
  })
})

describe('several badges come', () => {
  test('in a presentation, each with its place', async () => {
    for (const input of [
      presentation,
      JSON.stringify(presentation),
      utf8(JSON.stringify(presentation)),
      { verifiablePresentation: presentation },
    ]) {
      const { badges, problems } = await importBadges(input)
      expect(problems).toEqual([])
      expect(badges.map(({ container }) => container)).toEqual(['json', 'jwt'])
      expect(badges[1]?.place).toMatch(/\/verifiableCredential\/1$/)
      expect(badges[1]?.secured).toBe(jwt)
    }
  })
  test('in a presentation as JWT', async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const vp = `${part({ alg: 'EdDSA', typ: 'JWT' })}.${part({ iss: 'did:example:a', vp: { '@context': ['https://www.w3.org/2018/credentials/v1'], type: ['VerifiablePresentation'], verifiableCredential: [jwt] } })}.AAAA`
    expect((await importBadges(vp)).badges.map(({ place }) => place)).toEqual(['/verifiableCredential/0'])
  })
  test('in a GetOpenBadgeCredentialsResponse of the Open Badges API', async () => {
    const { badges } = await importBadges({ credential: [json], compactJwsString: [jwt] })
    expect(badges.map(({ place }) => place)).toEqual(['/credential/0', '/compactJwsString/0'])
  })
  test('in a list of everything, the bad ones named', async () => {
    const { badges, problems } = await importBadges([json, png, 'nonsense', jwt, null, 7, [json, { type: 'Nothing' }]])
    expect(badges.map(({ place }) => place)).toEqual(['/0', '/1', '/3', '/6/0'])
    expect(problems.map(({ place, code }) => [place, code])).toEqual([
      ['/2', 'parse.malformed'],
      ['/4', 'parse.unsupported'],
      ['/5', 'parse.unsupported'],
      ['/6/1', 'parse.invalid'],
    ])
  })
})

describe('links', () => {
  const url = 'https://school.example/badges/1'
  test('are not fetched without permission', async () => {
    const { problems } = await importBadges(url)
    expect(problems).toEqual([{ place: '', code: 'parse.is_url', message: expect.stringContaining('give a loader') }])
  })
  test('are fetched with a loader, and the place names the URL', async () => {
    const loader = web({ [url]: { type: 'VerifiablePresentation', verifiableCredential: [json] } })
    const { badges } = await importBadges(url, { loader })
    expect(badges.map(({ place }) => place)).toEqual([`${url}#/verifiableCredential/0`])
  })
  test('may lead to an image, and each is fetched once', async () => {
    const loader = web({ [url]: png })
    const { badges } = await importBadges([url, `${url}#again`], { loader })
    expect(badges).toHaveLength(1)
    expect(loader.asked).toEqual([url])
  })
  test('in what was loaded are not followed', async () => {
    const loader = web({ [url]: [json, 'https://tracker.example/'] })
    const { badges, problems } = await importBadges(url, { loader })
    expect(badges).toHaveLength(1)
    expect(problems.map(({ place, code }) => [place, code])).toEqual([[`${url}#/1`, 'parse.is_url']])
    expect(loader.asked).toEqual([url])
  })
  test('that lead nowhere are problems of their own', async () => {
    expect(await codes([url, json], { loader: web({}) })).toEqual(['/0 resolve.not_found'])
  })
  test('count as fetches', async () => {
    const urls = [1, 2, 3].map((number) => `https://school.example/${number}`)
    const loader = web(Object.fromEntries(urls.map((each) => [each, json])))
    expect(await codes(urls, { loader, limits: { fetches: 2 } })).toEqual(['/2 resolve.limit'])
  })
  test('of interactions are asked for their protocols', async () => {
    const interaction = 'https://school.example/interactions/7?iuv=1'
    const loader = web({
      [interaction]: { protocols: { vcapi: 'https://school.example/exchanges/7', other: 'javascript:alert(1)' } },
    })
    expect((await importBadges(interaction)).messages).toEqual([
      { place: '', message: { kind: 'interaction-url', url: interaction } },
    ])
    expect((await importBadges(`interaction:${interaction}`, { loader })).messages).toEqual([
      {
        place: `${interaction}#`,
        message: { kind: 'interaction', protocols: { vcapi: 'https://school.example/exchanges/7' } },
      },
    ])
  })
  test('to the wallet are messages', async () => {
    const { messages, problems } = await importBadges(
      'dccrequest://request?issuer=jff&vc_request_url=https%3A%2F%2Fschool.example%2Fx&challenge=c&auth_type=bearer',
    )
    expect(problems).toEqual([])
    expect(messages[0]?.message).toEqual({
      kind: 'credential-request',
      issuer: 'jff',
      requestUrl: 'https://school.example/x',
      challenge: 'c',
      authType: 'bearer',
    })
  })
})

describe('what is known and not read is named', () => {
  test.each([
    ['a VP in a QR code', 'VP1-B3ECQDIYACEMHIGDODB4KQDARSWIDC', 'parse.unsupported', /CBOR-LD/],
    ['bytes of CBOR-LD', Uint8Array.of(0xd9, 0x05, 0x01, 0xa4), 'parse.unsupported', /CBOR-LD/],
    ['bytes of CBOR-LD as registered', Uint8Array.of(0xd9, 0xcb, 0x1d, 0x82), 'parse.unsupported', /CBOR-LD/],
    [
      'Open Badges 2.0',
      { '@context': 'https://w3id.org/openbadges/v2', type: 'Assertion', id: 'https://x.example/1' },
      'parse.open_badges_2',
      /upgradeAssertion/,
    ],
    ['OpenID4VP', 'openid4vp://?client_id=x', 'parse.unsupported', /OpenID4VP/],
    ['a JPEG', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0), 'parse.unsupported', /JPEG/],
    ['an SD-JWT', 'eyJhbGciOiJFUzI1NiJ9.e30.c2ln~x~', 'parse.unsupported', /SD-JWT/],
    ['a request to issue', { issueRequest: { credential: {} } }, 'parse.unsupported', /issue/],
    ['an empty presentation', { type: 'VerifiablePresentation' }, 'parse.malformed', /no credential/],
  ])('%s', async (_, input, code, message) => {
    const { badges, problems } = await importBadges(input)
    expect(badges).toEqual([])
    expect(problems).toEqual([{ place: '', code, message: expect.stringMatching(message) }])
  })
  test('OpenID4VCI is a message', async () => {
    const offer = encodeURIComponent(
      JSON.stringify({ credential_issuer: 'https://school.example', credential_configuration_ids: ['Badge'] }),
    )
    expect((await importBadges(`openid-credential-offer://?credential_offer=${offer}`)).messages[0]?.message).toEqual({
      kind: 'openid4vci-offer',
      credentialIssuer: 'https://school.example',
    })
  })
})

describe('limits', () => {
  test('of items', async () => {
    const { badges, problems } = await importBadges(
      Array.from({ length: 20 }, () => json),
      { maxItems: 5 },
    )
    expect(badges).toHaveLength(5)
    expect(problems.map(({ code }) => code)).toEqual(['parse.too_many'])
  })
  test('of a list that never ends', async () => {
    const endless = new Proxy([], { get: (_, name) => (name === 'length' ? Number.POSITIVE_INFINITY : 'nonsense') })
    expect(await codes(endless, { maxItems: 3 })).toEqual([
      '/0 parse.malformed',
      '/1 parse.malformed',
      '/2 parse.malformed',
      ' parse.too_many',
    ])
  })
  test('of holders inside each other', async () => {
    const nested = Array.from({ length: 50 }).reduce<unknown>((inner) => [inner], json)
    expect((await codes(nested))[0]).toMatch(/ parse\.too_deep$/)
  })
  test('of JSON inside each other', async () => {
    expect(await codes(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)).toEqual([' parse.malformed'])
    expect((await codes(`{"a":${'['.repeat(100_000)}`))[0]).toMatch(/parse\.(malformed|too_deep)/)
  })
  test('of bytes, one and all together', async () => {
    const small = { limits: { documentBytes: 1000, imageBytes: 1000 } }
    expect(await codes(JSON.stringify(json).padEnd(2000), small)).toEqual([' parse.too_large'])
    expect(await codes(`data:,${'a'.repeat(5000)}`, small)).toEqual([' parse.too_large'])
    expect(
      await codes(
        Array.from({ length: 9 }, () => 'x'.repeat(900)),
        small,
      ),
    ).toContain('/8 parse.too_large')
  })
  test('an object that contains itself, one with getters that throw, one of a class', async () => {
    const cyclic: Record<string, unknown> = { type: 'VerifiablePresentation' }
    cyclic.verifiableCredential = cyclic
    const throwing = {
      get type() {
        throw new Error('no')
      },
    }
    expect(await codes([cyclic, throwing, new Date()])).toEqual([
      '/0 parse.not_json',
      '/1 parse.not_json',
      '/2 parse.not_json',
    ])
  })
  test('options are checked, and an abort ends it', async () => {
    await expect(importBadges(json, { maxItems: 0 })).rejects.toThrow(UsageError)
    await expect(importBadges(json, { loader: {} as never })).rejects.toThrow(UsageError)
    const reason = new Error('enough')
    await expect(importBadges([json], { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  })
})

const cases = shared('corpus/cases/dcc-verifier-core/')
test.skipIf(!cases)('presentations that others made give up their credentials', async () => {
  for (const name of ['vp-signed-one-vc', 'vp-unsigned-vc-not-in-array', 'vp-signed-v1-v2-simple-issuer']) {
    const { badges, problems } = await importBadges(readFileSync(`${cases}${name}.json`))
    expect([name, problems]).toEqual([name, []])
    expect(badges.length).toBeGreaterThan(0)
  }
})
