/** RFC 7515 sections 2, 5.2 and 7.1: compact JWS, read strictly. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeJws, isJwsFault, signingInput } from '../../src/proof/jws.js'
import { KEYS } from '../keys/vectors.js'
import { encodePart, makeJws } from './make-jws.js'

const decode = (text: string) => decodeJws(text, { maxDepth: 8 })
const faultOf = (text: string) => {
  const read = decode(text)
  return isJwsFault(read) ? read : undefined
}
const SIGNATURE = 'c2lnbmF0dXJl'

test('RFC 7515 appendix A.1 has white space in its header and payload: the bytes are what is signed', () => {
  const head = 'eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9'
  const body = 'eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ'
  const read = decode(`${head}.${body}.${SIGNATURE}`)
  expect(read).toMatchObject({
    header: { typ: 'JWT', alg: 'HS256' },
    payload: { iss: 'joe', exp: 1300819380, 'http://example.com/is_root': true },
  })
  expect('signingInput' in read && new TextDecoder().decode(read.signingInput)).toBe(`${head}.${body}`)
})

test('what is made is read', () => {
  const object = fc.dictionary(
    fc.string({ unit: 'grapheme' }).filter((name) => name !== '__proto__'),
    fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.boolean(), fc.constant(null)),
  )
  fc.assert(
    fc.property(object, object, (header, payload) => {
      expect(decode(`${signingInput(header, payload)}.${SIGNATURE}`)).toMatchObject({ header, payload })
    }),
  )
})

describe('refused', () => {
  const good = makeJws({ alg: 'EdDSA' }, { iss: 'did:example:a' }, KEYS.EdDSA)
  const [head, body, tail] = good.split('.') as [string, string, string]
  test.each([
    ['empty', ''],
    ['one part', head],
    ['two parts', `${head}.${body}`],
    ['four parts', `${good}.`],
    ['five parts: a JWE', `${good}.a.b`],
    ['two dots too many', `${head}..${body}..${tail}`],
    ['an empty header', `.${body}.${tail}`],
    ['an empty payload', `${head}..${tail}`],
    ['a line break at the end', `${good}\n`],
    ['a blank in front', ` ${good}`],
    ['padding in the header', `${encodePart('{"alg":"EdDSA"} ')}=.${body}.${tail}`],
    ['padding in the signature', `${good}==`],
    ['base64 in place of base64url', `${head}.${body}.${tail.replace(/[-_]/, '+')}+/`],
    [
      'a trailing bit in the signature',
      `${head}.${body}.${tail.slice(0, -1)}${tail.endsWith('A') ? 'B' : String.fromCharCode(tail.charCodeAt(tail.length - 1) + 1)}`,
    ],
    ['a header that is no JSON', `${encodePart('{alg}')}.${body}.${tail}`],
    ['a header that is a text', `${encodePart('"EdDSA"')}.${body}.${tail}`],
    ['a header that is a list', `${encodePart('[]')}.${body}.${tail}`],
    ['a header that is null', `${encodePart('null')}.${body}.${tail}`],
    ['a payload that is a number', `${head}.${encodePart('7')}.${tail}`],
    ['a header that is not UTF-8', `${Buffer.from([0x7b, 0xff, 0x7d]).toString('base64url')}.${body}.${tail}`],
    ['a byte order mark', `${encodePart('\ufeff{"alg":"EdDSA"}')}.${body}.${tail}`],
    ['__proto__ in the header', `${encodePart('{"__proto__":{"alg":"EdDSA"}}')}.${body}.${tail}`],
    ['__proto__ in the payload', `${head}.${encodePart('{"__proto__":{}}')}.${tail}`],
  ])('%s', (_what, text) => {
    expect(faultOf(good)).toBeUndefined()
    expect(faultOf(text)).toMatchObject({ kind: 'malformed' })
  })

  test.each([
    ['in the header', encodePart('{"alg":"EdDSA","alg":"none"}'), body, undefined],
    ['in the header, escaped', encodePart('{"alg":"EdDSA","\\u0061lg":"none"}'), body, undefined],
    ['in the payload', head, encodePart('{"iss":"a","vc":{"issuer":"a","issuer":"b"}}'), '/vc/issuer'],
  ])('a member that stands twice %s', (_where, header, payload, pointer) => {
    const fault = faultOf(`${header}.${payload}.${tail}`)
    expect(fault?.kind).toBe('duplicate_member')
    expect(fault?.pointer).toBe(pointer)
  })

  test('too deep, with the place', () => {
    const deep = `{"vc":${'{"a":'.repeat(8)}1${'}'.repeat(8)}}`
    expect(faultOf(`${head}.${encodePart(deep)}.${tail}`)).toMatchObject({
      kind: 'too_deep',
      pointer: expect.stringMatching(/^\/vc\/a/),
    })
    expect(faultOf(`${encodePart(deep)}.${body}.${tail}`)).toMatchObject({ kind: 'too_deep' })
  })
})

test('one text for one JWS: whatever character is changed, other bytes come out, or none', () => {
  const good = makeJws({ alg: 'EdDSA', kid: 'key-1' }, { iss: 'did:example:a', n: 12345 }, KEYS.EdDSA)
  const original = decode(good)
  if (isJwsFault(original)) throw new Error('the test is wrong')
  const characters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/. \n'
  fc.assert(
    fc.property(fc.nat(good.length - 1), fc.constantFrom(...characters), (at, character) => {
      fc.pre(good[at] !== character)
      const read = decode(good.slice(0, at) + character + good.slice(at + 1))
      if (isJwsFault(read)) return
      const same =
        Buffer.from(read.signature).equals(Buffer.from(original.signature)) &&
        Buffer.from(read.signingInput).equals(Buffer.from(original.signingInput))
      expect(same).toBe(false)
    }),
    { numRuns: 500 },
  )
})

test('any text has an answer', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), (a, b, c) => {
      const read = decode(`${a}.${b}.${c}`)
      expect(isJwsFault(read) || typeof read.header === 'object').toBe(true)
    }),
  )
})
