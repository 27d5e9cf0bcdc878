/** Learner Credential Wallet deep links, VCALM "Interaction URL Format", OpenID4VCI offers; and what must not pass for one. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ParseError, UsageError } from '../../src/entries/index.js'
import { createWalletLink, readWalletLink } from '../../src/entries/wallet.js'

const refusal = (text: string): { code: string; pointer: string; message: string } => {
  try {
    return { code: 'none', pointer: '', message: JSON.stringify(readWalletLink(text)) }
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    return { code: error.code, pointer: error.issues[0]?.pointer ?? '?', message: error.message }
  }
}

const REQUEST = {
  kind: 'credential-request',
  issuer: 'jff',
  requestUrl: 'https://issuer.example/exchange/8989844',
  challenge: '90u09j04',
  authType: 'bearer',
}
const query = 'auth_type=bearer&issuer=jff&challenge=90u09j04&vc_request_url=https://issuer.example/exchange/8989844'
const protocols = { vcapi: 'https://exchanger.example/exchanges/1' }
const encoded = encodeURIComponent(JSON.stringify({ credentialRequestOrigin: 'https://school.example', protocols }))

describe('reads', () => {
  test.each([
    ['dccrequest:// (its own integration guide)', `dccrequest://request?${query}`, REQUEST],
    ['org.dcconsortium://', `org.dcconsortium://request?${query}`, REQUEST],
    ['https://lcw.app/request', `https://lcw.app/request?${query}`, REQUEST],
    ['its path alone', `request?${query}`, REQUEST],
    ['upper case', `DCCREQUEST://request?${query}`, REQUEST],
    [
      'without auth_type, which then is "code"',
      'dccrequest://request?issuer=https%3A%2F%2Fidp.example&vc_request_url=https%3A%2F%2Fi.example%2Fr%3Fa%3D1',
      {
        kind: 'credential-request',
        issuer: 'https://idp.example',
        requestUrl: 'https://i.example/r?a=1',
        authType: 'code',
      },
    ],
    [
      'a JSON message',
      `https://lcw.app/request?request=${encoded}`,
      { kind: 'interaction', protocols, origin: 'https://school.example' },
    ],
    [
      'a JSON message encoded twice',
      `https://lcw.app/request?request=${encodeURIComponent(encoded)}`,
      { kind: 'interaction', protocols, origin: 'https://school.example' },
    ],
    [
      'a JSON message to the universal link',
      `https://lcw.app/mobile?request=${encoded}`,
      { kind: 'interaction', protocols, origin: 'https://school.example' },
    ],
    [
      'an interaction URL',
      'https://app.example/interactions/z8n38Dp7a?iuv=1',
      { kind: 'interaction-url', url: 'https://app.example/interactions/z8n38Dp7a?iuv=1' },
    ],
    [
      'the interaction scheme',
      'interaction:https://app.example/interactions/z8n38Dp7a?iuv=1',
      { kind: 'interaction-url', url: 'https://app.example/interactions/z8n38Dp7a?iuv=1' },
    ],
    [
      'the interaction scheme, encoded',
      'interaction:https%3A%2F%2Fapp.example%2Fi%3Fiuv%3D1',
      { kind: 'interaction-url', url: 'https://app.example/i?iuv=1' },
    ],
    [
      'an OpenID4VCI offer by URL',
      'openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fi.example%2Foffer',
      { kind: 'openid4vci-offer', offerUrl: 'https://i.example/offer' },
    ],
  ])('%s', (_, text, message) => expect(readWalletLink(text)).toEqual(message))

  test('a request for a presentation', () => {
    const request = { query: [{ type: 'DIDAuthentication' }], challenge: 'c', domain: 'https://school.example' }
    const link = `https://lcw.app/request?request=${encodeURI(JSON.stringify({ verifiablePresentationRequest: request }))}`
    expect(readWalletLink(link)).toEqual({ kind: 'presentation-request', request })
  })
})

describe('refuses, with the place', () => {
  test.each([
    [
      'http to send to',
      'dccrequest://request?issuer=a&vc_request_url=http://i.example/',
      'parse.link',
      '/vc_request_url',
      /https/,
    ],
    [
      'javascript to send to',
      'dccrequest://request?issuer=a&vc_request_url=javascript:alert(1)',
      'parse.link',
      '/vc_request_url',
      /not opened/,
    ],
    [
      'a user name in the URL',
      'dccrequest://request?issuer=a&vc_request_url=https://school.example@evil.example/',
      'parse.link',
      '/vc_request_url',
      /user name/,
    ],
    ['a relative URL', 'dccrequest://request?issuer=a&vc_request_url=/x', 'parse.link', '/vc_request_url', /absolute/],
    ['no issuer', 'dccrequest://request?vc_request_url=https://i.example/', 'parse.link', '/issuer', /whole link/],
    ['no URL', 'dccrequest://request?issuer=a', 'parse.link', '/vc_request_url', /whole link/],
    ['a parameter twice', `dccrequest://request?${query}&issuer=other`, 'parse.link', '/issuer', /twice/],
    [
      'another auth_type',
      'dccrequest://request?issuer=a&vc_request_url=https://i.example/&auth_type=x',
      'parse.link',
      '/auth_type',
      /bearer/,
    ],
    ['another deep link', 'dccrequest://oauth?code=1', 'parse.unsupported', '', /"oauth"/],
    [
      'another page of the wallet',
      'https://lcw.app/import?url=https://x.example',
      'parse.unsupported',
      '',
      /"\/import"/,
    ],
    ['JSON that is none', 'https://lcw.app/request?request=%7Bno', 'parse.link', '/request', /cannot be read/],
    [
      'JSON with two members of one name',
      `https://lcw.app/request?request=${encodeURIComponent('{"protocols":{},"protocols":{}}')}`,
      'parse.link',
      '/request',
      /cannot be read/,
    ],
    ['an interaction over http', 'interaction:http://app.example/?iuv=1', 'parse.link', '', /https/],
    ['an interaction of another version', 'https://app.example/?iuv=2', 'parse.link', '/iuv', /value is 1/],
    ['an interaction without version', 'interaction:https://app.example/', 'parse.link', '/iuv', /value is 1/],
    ['javascript:', 'javascript:alert(document.cookie)', 'parse.unsupported', '', /"javascript:"/],
    ['file:', 'file:///etc/passwd', 'parse.unsupported', '', /"file:"/],
    ['a scheme named like a member of all objects', 'constructor:x', 'parse.unsupported', '', /"constructor:"/],
    ['an ordinary link', 'https://school.example/badge.json', 'parse.unsupported', '', /importBadges/],
    ['a link with a user name', 'https://a:b@school.example/badge.json', 'parse.link', '', /user name/],
    ['no link', 'hello', 'parse.unsupported', '', /no link/],
    ['an offer that names nobody', 'openid-credential-offer://?x=1', 'parse.link', '/credential_offer', /whole link/],
    ['an endless link', `dccrequest://request?issuer=${'a'.repeat(100_000)}`, 'parse.too_large', '', /65536/],
  ])('%s', (_, text, code, pointer, message) => {
    expect(refusal(text)).toEqual({ code, pointer, message: expect.stringMatching(message) })
  })

  test('and quotes nothing that could turn the sentence around it', () => {
    const { message } = refusal('dccrequest://request?issuer=a&vc_request_url=%E2%80%AEhttps%0A%0Dmoc.live')
    expect(message).not.toMatch(/[\u202e\n\r]/)
  })

  test('anything else with an error of ours', () => {
    const scheme = fc.constantFrom(
      '',
      'dccrequest://request?',
      'https://lcw.app/request?request=',
      'interaction:',
      'openid-credential-offer://?credential_offer=',
      'data:',
      'https://',
    )
    fc.assert(
      fc.property(scheme, fc.string({ unit: 'binary' }), (start, rest) => {
        expect(refusal(start + rest).code).toMatch(/^(none|parse\.\w+)$/)
      }),
    )
  })
})

describe('createWalletLink', () => {
  const text = fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' })
  test('is read back, whatever its parts are', () => {
    fc.assert(
      fc.property(
        text,
        text,
        fc.webUrl({ validSchemes: ['https'] }),
        fc.constantFrom('https' as const, 'app' as const),
        (issuer, challenge, requestUrl, scheme) => {
          const link = createWalletLink({ issuer, challenge, requestUrl }, { scheme })
          expect(readWalletLink(link)).toEqual({
            kind: 'credential-request',
            issuer,
            challenge,
            requestUrl,
            authType: 'bearer',
          })
        },
      ),
    )
  })
  test('carries messages', () => {
    expect(readWalletLink(createWalletLink({ protocols }))).toEqual({ kind: 'interaction', protocols })
    const request = { query: [{ type: 'DIDAuthentication' }], challenge: 'ö&=#%', domain: 'school.example' }
    expect(readWalletLink(createWalletLink({ verifiablePresentationRequest: request }))).toEqual({
      kind: 'presentation-request',
      request,
    })
    const interactionUrl = 'https://app.example/i/1?iuv=1'
    expect(readWalletLink(createWalletLink({ interactionUrl }))).toEqual({
      kind: 'interaction-url',
      url: interactionUrl,
    })
  })
  test.each([
    ['http', { issuer: 'a', challenge: 'c', requestUrl: 'http://x.example/' }],
    ['no challenge', { issuer: 'a', requestUrl: 'https://x.example/' }],
    ['javascript: among the protocols', { protocols: { vcapi: 'javascript:alert(1)' } }],
    ['no iuv', { interactionUrl: 'https://app.example/' }],
    ['nothing', {}],
    ['what is no JSON', { verifiablePresentationRequest: { query: [{ type: 'x' }], challenge: 1n } }],
    [
      'too long for a QR code',
      { verifiablePresentationRequest: { query: [{ type: 'x' }], challenge: 'c'.repeat(3000) } },
    ],
  ])('refuses %s', (_, message) => expect(() => createWalletLink(message as never)).toThrow(UsageError))
  test('refuses another scheme', () =>
    expect(() => createWalletLink({ protocols }, { scheme: 'toString' as never })).toThrow(UsageError))
})
