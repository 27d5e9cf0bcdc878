/** What people give in the place of a badge file: URLs, answers of servers, exports of wallets. */
import { beforeAll, describe, expect, test } from 'vitest'
import { createPresentation, createSigner, generateKey, signPresentation } from '../../src/entries/index.js'
import { web } from '../verify/kit.js'
import { ISSUE, ISSUER, workshop } from './harness.js'

const shop = workshop()
const trusted = ['verify', '--trust', ISSUER]
let badge: object
let jwt: string

beforeAll(async () => {
  badge = JSON.parse((await shop.cli(ISSUE)).out)
  jwt = (await shop.cli([...ISSUE, '--format', 'jwt'])).out.trim()
  await shop.cli([...ISSUE, '--image', 'badge.png', '--out', 'ada.png'])
  shop.write('answer.json', { credentials: [{ credential: jwt }], notification_id: 'n' })
  shop.write('two.json', { credentials: [{ credential: jwt }, { credential: { ...badge, name: 'Other' } }] })
})

describe('a file that holds badges', () => {
  test.each<[string, () => unknown, string]>([
    ['an answer of OpenID4VCI 1.0', () => ({ credentials: [{ credential: jwt }] }), '#/credentials/0/credential'],
    ['of a draft', () => ({ format: 'ldp_vc', credential: badge, c_nonce: 'x' }), '#/credential'],
    ['{ jwt }', () => ({ jwt }), '#/jwt'],
    ['{ verifiableCredential }', () => ({ verifiableCredential: badge }), '#/verifiableCredential'],
    ['a Universal Wallet', () => ({ type: 'UniversalWallet2020', contents: [badge] }), '#/contents/0'],
    ['a list', () => [badge], '#/0'],
    ['a JSON string', () => JSON.stringify(jwt), ''],
    [
      'a data: URL',
      () => `data:application/json;base64,${btoa(unescape(encodeURIComponent(JSON.stringify(badge))))}`,
      '',
    ],
  ])('%s', async (_what, content, place) => {
    shop.write('it.json', content() as object)
    const { code, out } = await shop.cli([...trusted, 'it.json'])
    expect([code, out.split('\n')[0]]).toEqual([0, `it.json${place}: VALID`])
    const inspected = await shop.cli(['inspect', 'it.json'])
    expect(inspected.code).toBe(0)
    expect(inspected.out).toContain('Giving Feedback')
  })

  test('several: one line each, the worst counts', async () => {
    const { code, out } = await shop.cli([...trusted, '--summary', 'two.json'])
    expect(code).toBe(1)
    expect(out).toMatch(
      /valid +two\.json#\/credentials\/0\/credential\ninvalid +two\.json#\/credentials\/1\/credential/,
    )
    expect(out).toContain('2 badges: 1 valid, 1 invalid')
    const json = await shop.cli([...trusted, '--json', 'two.json'])
    expect(
      json.out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).outcome),
    ).toEqual(['valid', 'invalid'])
    const inspected = await shop.cli(['inspect', '--json', 'two.json'])
    expect(
      inspected.out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).name),
    ).toHaveLength(2)
  })

  test('one, as JSON for a program: as if it had been the file', async () => {
    expect(JSON.parse((await shop.cli([...trusted, '--json', 'answer.json'])).out).outcome).toBe('valid')
  })

  test('a presentation inside is verified as one', async () => {
    const signer = await createSigner({ key: await generateKey() })
    const presentation = createPresentation({ holder: signer.controller, credentials: [badge as never] })
    shop.write('vp.json', { verifiablePresentation: await signPresentation(presentation, { signer }) })
    const { out, code } = await shop.cli([...trusted, '--no-challenge', '--any-holder', '--summary', 'vp.json'])
    expect([code, out]).toEqual([0, expect.stringContaining('vp.json#/verifiablePresentation')])
  })

  test('holders in holders end somewhere', async () => {
    let nested: object = badge
    for (let depth = 0; depth < 40; depth++) nested = [nested]
    shop.write('deep.json', nested)
    const { code, out } = await shop.cli([...trusted, 'deep.json'])
    expect(code).toBe(65)
    expect(out).toContain('a JSON array')
  })
})

describe('a URL', () => {
  test('is fetched: JSON, an image, an answer with badges inside', async () => {
    const loader = web({
      'https://school.example/ada.json': badge,
      'https://school.example/ada.png': shop.read('ada.png'),
      'https://school.example/answer': { credential: jwt },
    })
    for (const [url, name] of [
      ['https://school.example/ada.json', 'https://school.example/ada.json'],
      ['HTTPS://school.example/ada.json#part', 'HTTPS://school.example/ada.json#part'],
      ['https://school.example/ada.png', 'https://school.example/ada.png'],
      ['https://school.example/answer', 'https://school.example/answer#/credential'],
    ] as const) {
      const asked = url.replace('HTTPS:', 'https:')
      const { code, out, err } = await shop.cli([...trusted, url], {
        loader: {
          load: (request, how) => loader.load({ ...request, url: request.url.replace('HTTPS:', 'https:') }, how),
        },
      })
      expect([asked, code, err, out.split('\n')[0]]).toEqual([asked, 0, '', `${name}: VALID`])
    }
    expect((await shop.cli(['inspect', 'https://school.example/ada.json'], { loader })).code).toBe(0)
  })

  test.each<[string, number, RegExp]>([
    ['https://school.example/gone.json', 69, /was not found/],
    [
      'https://school.example/my badge.png',
      64,
      /a space in the URL: write it as https:\/\/school\.example\/my%20badge\.png/,
    ],
    ['https://', 64, /is no URL that can be fetched/],
    ['openid-credential-offer://?credential_offer=x', 64, /for a wallet/],
    ['dccrequest://request?issuer=x', 64, /for a wallet/],
    ['file:///home/ada/ada.png', 64, /by its path/],
  ])('%s', async (url, exit, says) => {
    const { code, err } = await shop.cli([...trusted, url], { loader: web({}) })
    expect(code).toBe(exit)
    expect(err).toMatch(says)
  })

  test('what is no badge is said in words of the command line', async () => {
    shop.write('id.json', { ...badge, type: ['VerifiableCredential'] })
    const { out } = await shop.cli([...trusted, 'id.json'])
    expect(out).toContain('--accept any-credential')
  })

  test('is not fetched --offline, nor over http or from a private host by the loader of the library', async () => {
    const offline = await shop.cli([...trusted, '--offline', 'https://school.example/ada.json'])
    expect([offline.code, offline.err]).toEqual([69, expect.stringContaining('--offline')])
    for (const url of [
      'http://school.example/ada.json',
      'https://127.0.0.1/ada.json',
      'https://[::1]/',
      'https://10.0.0.1/',
    ]) {
      const { code, err } = await shop.cli([...trusted, url], { loader: undefined as never })
      expect([url, code]).toEqual([url, 69])
      expect(err).toMatch(/--insecure-network/)
      expect(err).not.toContain('allowPrivateAddresses')
    }
  })

  test('a page instead of the badge is named', async () => {
    const loader = web({ 'https://school.example/ada': '<!doctype html><title>Ada</title>' })
    const { code, out } = await shop.cli([...trusted, 'https://school.example/ada'], { loader })
    expect(code).toBe(65)
    expect(out).toContain('a web page, not a badge')
  })

  test('beside files: one that cannot be fetched does not stop the others', async () => {
    const { code, out, err } = await shop.cli([...trusted, '--summary', 'https://school.example/x', 'ada.png'])
    expect(code).toBe(69)
    expect(err).toContain('https://school.example/x')
    expect(out).toContain('1 valid')
  })
})
