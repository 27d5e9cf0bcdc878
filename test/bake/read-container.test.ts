import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { bakeImage, unbakeImage } from '../../src/bake/bake.js'
import { readContainer } from '../../src/bake/read-container.js'
import { ParseError } from '../../src/errors.js'
import { codeOf, credential, jws, limits, NAME, png, svg, utf8 } from './samples.js'

const json = JSON.stringify(credential)
const read = (input: Uint8Array | string | object): ReturnType<typeof readContainer> => readContainer(input, limits)

describe('Open Badges 3.0 sections 5.1 to 5.3: what is in it?', () => {
  test.each<[string, string | object]>([
    ['text', json],
    ['text, indented', JSON.stringify(credential, null, 2)],
    ['text with space and a byte order mark around', `\ufeff\n ${json}\n`],
    ['bytes', utf8(json)],
    ['bytes with a byte order mark', utf8(`\ufeff${json}`)],
    ['a Buffer', Buffer.from(json)],
    ['an ArrayBuffer', utf8(json).buffer],
    ['an object', credential as object],
    ['an object of another realm', runInNewContext(`(${json})`)],
    ['bytes of another realm', runInNewContext('Uint8Array.from(bytes)', { bytes: utf8(json) })],
  ])('JSON: %s', async (_, input) => {
    expect(await read(input)).toEqual({ container: 'json', document: credential })
  })

  const unsigned = jws.replace(/[^.]+$/, '')
  test.each<[string, string | Uint8Array, string]>([
    ['text', jws, jws],
    ['with a line end', `${jws}\r\n`, jws],
    ['bytes', utf8(`\ufeff${jws}\n`), jws],
    ['without a signature, which is for the proof to refuse', unsigned, unsigned],
  ])('JWT: %s', async (_, input, expected) => {
    expect(await read(input)).toEqual({ container: 'jwt', jws: expected })
  })

  test('PNG and SVG, told by their content', async () => {
    expect(await read(await bakeImage(png, credential, {}, limits))).toEqual({ container: 'png', document: credential })
    expect(await read(await bakeImage(png, jws, {}, limits))).toEqual({ container: 'png', jws })
    const baked = await bakeImage(utf8(svg), credential, {}, limits)
    expect(await read(baked)).toEqual({ container: 'svg', document: credential })
    expect(await read(new TextDecoder().decode(baked))).toEqual({ container: 'svg', document: credential })
    expect(await read(await bakeImage(utf8(svg), jws, {}, limits))).toEqual({ container: 'svg', jws })
  })

  test('of an object a copy is read: it cannot change afterwards', async () => {
    const input = structuredClone(credential) as { name: string }
    const { document } = await read(input)
    input.name = 'another'
    expect(document?.name).toBe(NAME)
  })

  test.each<[string, string | Uint8Array | object, string]>([
    ['nothing', '', 'parse.malformed'],
    ['space', ' \n', 'parse.malformed'],
    ['no bytes', new Uint8Array(0), 'parse.malformed'],
    ['bytes that are no text', new Uint8Array([0xd2, 0x84, 0x43, 0xa1]), 'parse.malformed'],
    ['prose', 'Dear school, here is my badge.', 'parse.malformed'],
    ['a URL', 'https://badges.example/1.json', 'parse.is_url'],
    ['a URL in capitals and space', ' HTTP://badges.example/1 ', 'parse.is_url'],
    ['a data: URL', 'data:image/png;base64,iVBORw0KGgo=', 'parse.is_url'],
    ['a deep link', 'openid-credential-offer://?credential_offer_uri=x', 'parse.is_url'],
    ['a wallet request', 'dccrequest://request?vc_request_url=x', 'parse.is_url'],
    ['a DID', 'did:key:z6Mk', 'parse.is_url'],
    ['an array', '[{}]', 'parse.malformed'],
    ['an array object', [credential], 'parse.malformed'],
    ['a JSON string', JSON.stringify(jws), 'parse.malformed'],
    ['two parts', 'eyJhbGciOiJub25lIn0.e30', 'parse.malformed'],
    ['four parts', `${jws}.x`, 'parse.malformed'],
    ['five parts: JWE', 'a.b.c.d.e', 'parse.unsupported'],
    ['SD-JWT', `${jws}~WyJh~`, 'parse.unsupported'],
    ['a detached payload', 'eyJh..c2ln', 'parse.malformed'],
    ['padding', `${jws}==`, 'parse.malformed'],
    ['the other alphabet', `${jws}+/`, 'parse.malformed'],
    ['a wrapped JWS', `${jws.slice(0, 30)}\n${jws.slice(30)}`, 'parse.malformed'],
    ['broken JSON', '{"a":1', 'parse.malformed'],
    ['duplicate members', '{"a":{"b":1,"b":1}}', 'parse.duplicate_member'],
    ['too deep', `{"a":${'['.repeat(64)}${']'.repeat(64)}}`, 'parse.too_deep'],
    ['10 000 levels', `{"a":${'['.repeat(10_000)}`, 'parse.too_deep'],
    ['__proto__', '{"__proto__":{"type":"x"}}', 'parse.forbidden_member'],
    ['too long', `{"a":"${'x'.repeat(limits.documentBytes)}"}`, 'parse.too_large'],
    ['too long in bytes only', `{"a":"${'é'.repeat(limits.documentBytes / 2)}"}`, 'parse.too_large'],
    ['too many bytes for anything', new Uint8Array(limits.imageBytes + 1), 'parse.too_large'],
    ['an SVG too long', `<svg>${' '.repeat(limits.imageBytes)}</svg>`, 'parse.too_large'],
    ['an object with a Date', { validFrom: new Date(0) }, 'parse.not_json'],
    ['an object that contains itself', cyclic(), 'parse.not_json'],
    ['an object too large', { a: 'x'.repeat(limits.documentBytes) }, 'parse.too_large'],
    ['a promise somebody forgot to await', Promise.resolve(credential), 'parse.not_json'],
    ['JPEG', new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 16]), 'parse.unsupported'],
    ['GIF', utf8('GIF89a'), 'parse.unsupported'],
    ['WebP', utf8('RIFF1234WEBPVP8 '), 'parse.unsupported'],
    ['AVIF', utf8('\0\0\0\u001cftypavif'), 'parse.unsupported'],
    ['PDF', utf8('%PDF-1.7'), 'parse.unsupported'],
    ['ZIP', utf8('PK\u0003\u0004'), 'parse.unsupported'],
    ['gzip', new Uint8Array([0x1f, 0x8b, 8, 0]), 'parse.unsupported'],
    ['JSON in UTF-16', new Uint8Array(Buffer.from('{}', 'utf16le')), 'parse.unsupported'],
    ['a PNG read as text', Buffer.from(png).toString('utf8'), 'parse.unsupported'],
    ['a PNG read as text and written again', Buffer.from(Buffer.from(png).toString('utf8')), 'parse.unsupported'],
    ['a PNG as a binary string', Buffer.from(png).toString('latin1'), 'parse.unsupported'],
    ['a web page', '\n<!doctype html><html></html>', 'parse.unsupported'],
    ['an unbaked image', png, 'parse.no_badge_in_image'],
  ])('%s', async (_, input, code) => {
    expect(await codeOf(() => read(input))).toBe(code)
  })

  test.each([undefined, null, 7, true, () => credential])('%s is no input at all', async (input) => {
    expect(await codeOf(() => read(input as never))).toBe('usage.invalid_input')
  })

  test('the issue carries the place in the JSON', async () => {
    const error = await read('{"credentialSubject":{"achievement":{"name":"a","name":"b"}}}').catch((thrown) => thrown)
    expect(error).toBeInstanceOf(ParseError)
    expect(error.issues).toEqual([
      {
        code: 'parse.duplicate_member',
        pointer: '/credentialSubject/achievement/name',
        message: 'the member stands twice in its object',
      },
    ])
    expect(error.message).toContain('/credentialSubject/achievement/name')
  })

  test('a smaller limit is honored', async () => {
    const small = { documentBytes: 100, imageBytes: 200, depth: 2 }
    expect(await codeOf(() => readContainer(json, small))).toBe('parse.too_large')
    expect(await codeOf(() => readContainer('{"a":{"b":{}}}', small))).toBe('parse.too_deep')
    expect(await codeOf(() => readContainer(png, small))).toBe('parse.too_large')
    expect(await codeOf(() => readContainer({ a: { b: {} } }, small))).toBe('parse.too_deep')
  })
})

describe('bakeImage: what is refused', () => {
  const bake = (image: unknown, badge: unknown): Promise<Uint8Array> =>
    bakeImage(image as never, badge as never, {}, limits)
  const { proof, ...unsigned } = credential as unknown as { proof: object }

  test.each<[string, unknown, string]>([
    ['no proof', unsigned, 'usage.unsigned_credential'],
    ['an empty list of proofs', { ...unsigned, proof: [] }, 'usage.unsigned_credential'],
    ['a proof that is a text', { ...unsigned, proof: 'z58' }, 'usage.unsigned_credential'],
    ['a JWS without signature', jws.replace(/[^.]+$/, ''), 'usage.unsigned_credential'],
    ['JSON as text', json, 'usage.unsigned_credential'],
    ['a list', [credential], 'usage.unsigned_credential'],
    ['null', null, 'usage.unsigned_credential'],
    ['a Date inside', { proof, validFrom: new Date(0) }, 'usage.not_json'],
    ['a cycle', { proof, name: cyclic() }, 'usage.not_json'],
    ['longer than anybody would read', { proof, name: 'x'.repeat(limits.documentBytes) }, 'usage.credential_too_large'],
    ['a JWS longer than anybody would read', `a.${'b'.repeat(limits.documentBytes)}.c`, 'usage.credential_too_large'],
  ])('%s', async (_, badge, code) => {
    expect(await codeOf(() => bake(png, badge))).toBe(code)
    expect(await codeOf(() => bake(utf8(svg), badge))).toBe(code)
  })

  test('an option that does not exist', async () => {
    expect(await codeOf(() => bakeImage(png, credential, { existing: 'keep' as never }, limits))).toBe(
      'usage.invalid_option',
    )
  })

  test.each<[string, unknown, string]>([
    ['a text', utf8('hello'), 'parse.not_an_image'],
    ['JSON', utf8(json), 'parse.not_an_image'],
    ['JPEG', new Uint8Array([0xff, 0xd8, 0xff]), 'parse.unsupported'],
    ['nothing', new Uint8Array(0), 'parse.not_an_image'],
    ['a path', './badge.png', 'usage.invalid_input'],
    ['more than the limit', new Uint8Array(limits.imageBytes + 1), 'parse.too_large'],
  ])('the image is %s', async (_, image, code) => {
    expect(await codeOf(() => bake(image, credential))).toBe(code)
    expect(await codeOf(() => unbakeImage(image as never, limits))).toBe(code)
  })
})

function cyclic(): object {
  const value: { self?: object } = {}
  value.self = value
  return value
}
