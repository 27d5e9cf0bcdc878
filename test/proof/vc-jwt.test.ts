/** Open Badges 3.0 section 8.2, VCDM 1.1 section 6.3.1, VC-JOSE-COSE section 3, RFC 7519, RFC 8725. */
import { createHmac, createPublicKey } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ParseError } from '../../src/errors.js'
import type { JsonObject } from '../../src/internal/types.js'
import { publicJwk } from '../../src/keys/jwk.js'
import type { PrivateJwk } from '../../src/model/jwk.js'
import { decodeJws, isJwsFault } from '../../src/proof/jws.js'
import { type JwtShape, shapeJwt } from '../../src/proof/jwt-shapes.js'
import { compareClaims, judgeHeader, jwtAlgorithm, readVcJwt, verifyVcJwt } from '../../src/proof/vc-jwt.js'
import { resolvedKey } from '../../src/resolve/resolved-key.js'
import { badge, VC_V2 } from '../issue/badge.js'
import { ALGORITHMS, KEYS } from '../keys/vectors.js'
import { encodePart, makeJws } from './make-jws.js'

const VC_V1 = 'https://www.w3.org/2018/credentials/v1'
const decode = (text: string) => {
  const jws = decodeJws(text, { maxDepth: 64 })
  if (isJwsFault(jws)) throw new Error(jws.message)
  return jws
}
const jwt = (payload: object, header: object = { typ: 'JWT' }) =>
  decode(makeJws({ alg: 'EdDSA', ...header }, payload, KEYS.EdDSA))
const read = (payload: object, header?: object, kind: 'vc' | 'vp' = 'vc') => {
  const reading = readVcJwt(jwt(payload, header), kind)
  if ('fault' in reading) throw new Error(reading.fault)
  return reading
}
const faultOf = (payload: object, header?: object, kind: 'vc' | 'vp' = 'vc') => {
  const reading = readVcJwt(jwt(payload, header), kind)
  return 'fault' in reading ? reading.fault : undefined
}
const keyOf = (key: PrivateJwk) =>
  resolvedKey({
    id: 'did:example:a#1',
    controller: 'did:example:a',
    purposes: [],
    publicJwk: publicJwk(key),
    evidence: {},
  })
const credential = badge() as unknown as JsonObject
const payloadOf = (document: JsonObject, shape: JwtShape = 'open-badges') => shapeJwt(document, shape).payload

describe('three shapes', () => {
  test('the credential itself as payload: claims are no members of it', () => {
    const payload = { ...payloadOf(credential), aud: 'x', iat: 1, nonce: 'n' }
    const { document, shape } = read(payload)
    expect(shape).toBe('direct')
    expect(document).toEqual(credential)
  })

  test('a vc claim: VCDM 1.1, claims stand for what was left out', () => {
    const vc = {
      '@context': [VC_V1],
      type: ['VerifiableCredential'],
      issuer: { name: 'School' },
      credentialSubject: { achievement: {} },
    }
    const { document, shape } = read({
      vc,
      iss: 'did:example:a',
      jti: 'urn:uuid:1',
      nbf: 1_893_456_000,
      exp: 1_924_992_000,
      sub: 'did:example:b',
    })
    expect(shape).toBe('claim')
    expect(document).toEqual({
      ...vc,
      id: 'urn:uuid:1',
      issuer: { id: 'did:example:a', name: 'School' },
      issuanceDate: '2030-01-01T00:00:00Z',
      expirationDate: '2031-01-01T00:00:00Z',
      credentialSubject: { id: 'did:example:b', achievement: {} },
    })
  })

  test('a vc claim: what it says itself is not overwritten', () => {
    const vc = {
      '@context': [VC_V2],
      id: 'urn:a',
      issuer: 'did:example:a',
      validFrom: '2030-01-01T00:00:00Z',
      validUntil: '2031-01-01T00:00:00Z',
      credentialSubject: { id: 'did:example:b' },
    }
    expect(read({ vc, iss: 'did:evil:a', jti: 'urn:b', nbf: 1, exp: 2, sub: 'did:evil:b' }).document).toEqual(vc)
  })

  test('a vc claim: one subject in a list is one subject; of several none gets the id', () => {
    const one = { '@context': [VC_V1], credentialSubject: [{ name: 'x' }] }
    expect(read({ vc: one, sub: 'did:example:b' }).document.credentialSubject).toEqual({
      id: 'did:example:b',
      name: 'x',
    })
    const two = { '@context': [VC_V1], credentialSubject: [{ name: 'x' }, { name: 'y' }] }
    expect(read({ vc: two, sub: 'did:example:b' }).document.credentialSubject).toEqual(two.credentialSubject)
  })

  test('vc+jwt: the payload is the credential', () => {
    for (const typ of ['vc+jwt', 'VC+JWT', 'application/vc+jwt', 'vc+ld+jwt']) {
      expect(read(payloadOf(credential), { typ }).document).toEqual(credential)
    }
  })

  test('an exp without validUntil is the validUntil, for VCDM 1.1 the expirationDate', () => {
    const { validUntil, ...open } = credential
    expect(read({ ...open, exp: 1_924_992_000 }).document.validUntil).toBe('2031-01-01T00:00:00Z')
    expect(read({ '@context': [VC_V1], exp: 1_924_992_000 }).document).toEqual({
      '@context': [VC_V1],
      expirationDate: '2031-01-01T00:00:00Z',
    })
    // A number that is no date leaves it open; the claims disagree then, since nothing is there to agree with.
    const reading = read({ ...open, exp: 1e300 })
    expect(reading.document.validUntil).toBeUndefined()
    expect(compareClaims(reading)).toContainEqual(
      expect.objectContaining({ code: 'proof.claims_mismatch', pointer: '/validUntil' }),
    )
  })

  test('presentations', () => {
    const vp = { '@context': [VC_V2], type: ['VerifiablePresentation'], verifiableCredential: [] }
    expect(read({ vp, iss: 'did:example:b', jti: 'urn:uuid:2' }, { typ: 'JWT' }, 'vp').document).toEqual({
      ...vp,
      holder: 'did:example:b',
      id: 'urn:uuid:2',
    })
    expect(read({ ...vp, nonce: 'n', aud: 'a' }, { typ: 'vp+jwt' }, 'vp').document).toEqual(vp)
  })
})

describe('typ and cty (RFC 7515 sections 4.1.9 and 4.1.10)', () => {
  test.each([
    [{}, undefined],
    [{ typ: 'JWT' }, undefined],
    [{ typ: 'jwt' }, undefined],
    [{ typ: 'vc+jwt', cty: 'vc' }, undefined],
    [{ typ: 'at+jwt' }, 'at+jwt'],
    [{ typ: 'vp+jwt' }, 'vp+jwt'],
    [{ typ: 'vc+sd-jwt' }, 'vc+sd-jwt'],
    [{ typ: 'JOSE' }, 'JOSE'],
    [{ typ: '' }, 'typ'],
    [{ typ: null }, 'typ'],
    [{ typ: ['JWT', 'x'] }, 'typ'],
    [{ cty: 'JWT' }, 'cty'],
    [{ cty: 'vp' }, 'cty'],
    [{ cty: 7 }, 'cty'],
  ])('%o', (header, fault) => {
    if (fault === undefined) expect(faultOf(credential, header)).toBeUndefined()
    else expect(faultOf(credential, header)).toContain(fault)
  })

  test('vc+jwt with a vc or vp claim is malformed (VC-JOSE-COSE section 3.1.1)', () => {
    for (const claim of ['vc', 'vp'])
      expect(faultOf({ ...credential, [claim]: {} }, { typ: 'vc+jwt' })).toContain('"vc" or "vp"')
    expect(faultOf({ vc: {} }, { typ: 'vp+jwt' }, 'vp')).toBeDefined()
  })

  test.each([null, 'text', 7, [{}]])('a vc claim that is no object: %s', (vc) => {
    expect(faultOf({ vc })).toContain('not an object')
  })
})

describe('headers that are refused (RFC 8725 section 3)', () => {
  test.each([
    [{ alg: 'none' }, 'proof.suite_forbidden'],
    [{ alg: 'None' }, 'proof.suite_forbidden'],
    [{ alg: 'NONE' }, 'proof.suite_forbidden'],
    [{ alg: 'HS256' }, 'proof.suite_forbidden'],
    [{ alg: 'hs512' }, 'proof.suite_forbidden'],
    [{ alg: 'EdDSA', crit: ['exp'] }, 'proof.suite_forbidden'],
    [{ alg: 'EdDSA', crit: [] }, 'proof.suite_forbidden'],
    [{ alg: 'EdDSA', crit: null }, 'proof.suite_forbidden'],
    [{ alg: 'EdDSA', b64: false }, 'proof.suite_forbidden'],
    [{ alg: 'EdDSA', b64: true }, 'proof.suite_forbidden'],
    [{}, 'proof.malformed'],
    [{ alg: ['EdDSA'] }, 'proof.malformed'],
    [{ alg: null }, 'proof.malformed'],
  ])('%o', (header, code) => {
    expect(judgeHeader(header as JsonObject)?.code).toBe(code)
  })

  test.each(['EdDSA', 'Ed25519', 'ES256', 'ES384', 'RS256', 'ES256K', 'PS256'])('%s is for the key to judge', (alg) => {
    expect(judgeHeader({ alg, jku: 'https://evil.example', x5u: 'https://evil.example' })).toBeUndefined()
  })

  test('names of Object.prototype are no algorithms', () => {
    for (const alg of ['constructor', 'toString', '__proto__', 'ES256 ', 'es256', '', null, 7])
      expect(jwtAlgorithm(alg)).toBeUndefined()
    expect(jwtAlgorithm('Ed25519')).toBe('EdDSA')
  })
})

describe('signatures', () => {
  test.each(ALGORITHMS)('%s: good, altered, by another key', async (algorithm) => {
    const text = makeJws({ alg: algorithm }, credential, KEYS[algorithm])
    const key = await keyOf(KEYS[algorithm])
    expect(await verifyVcJwt(decode(text), key)).toMatchObject({
      code: 'proof.verified',
      evidence: { key: key.id, suite: `vc-jwt ${algorithm}` },
    })
    const [head, , tail] = text.split('.')
    expect((await verifyVcJwt(decode(`${head}.${encodePart({ ...credential, name: 'x' })}.${tail}`), key)).code).toBe(
      'proof.mismatch',
    )
    expect(
      (await verifyVcJwt(decode(`${encodePart({ alg: algorithm, kid: 'x' })}.${text.split('.')[1]}.${tail}`), key))
        .code,
    ).toBe('proof.mismatch')
    expect((await verifyVcJwt(decode(`${head}.${text.split('.')[1]}.`), key)).code).toBe('proof.mismatch')
  })

  test('the algorithm comes from the key: every other header is refused', async () => {
    for (const signed of ALGORITHMS) {
      for (const alg of [...ALGORITHMS, 'ES256K', 'PS256', 'RS384', 'ES512', 'HS256', 'none', undefined]) {
        const found = await verifyVcJwt(decode(makeJws({ alg }, credential, KEYS[signed])), await keyOf(KEYS[signed]))
        expect(found.code).toBe(alg === signed ? 'proof.verified' : 'proof.mismatch')
      }
    }
    const named = decode(makeJws({ alg: 'Ed25519' }, credential, KEYS.EdDSA))
    expect((await verifyVcJwt(named, await keyOf(KEYS.EdDSA))).code).toBe('proof.verified')
  })

  test('HS256 with the public RSA key as secret, in every writing of it', async () => {
    const key = await keyOf(KEYS.RS256)
    const publicKey = createPublicKey({ key: { ...publicJwk(KEYS.RS256) }, format: 'jwk' } as never)
    const secrets = [
      publicKey.export({ type: 'spki', format: 'pem' }),
      publicKey.export({ type: 'spki', format: 'der' }),
      publicKey.export({ type: 'pkcs1', format: 'pem' }),
      JSON.stringify(publicJwk(KEYS.RS256)),
      KEYS.RS256.n,
    ]
    for (const alg of ['HS256', 'hs256', 'RS256']) {
      for (const secret of secrets) {
        const input = `${encodePart({ alg })}.${encodePart(credential)}`
        const forged = decode(`${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`)
        expect((await verifyVcJwt(forged, key)).code).toBe('proof.mismatch')
        expect(judgeHeader(forged.header)?.code).toBe(alg === 'RS256' ? undefined : 'proof.suite_forbidden')
      }
    }
  })

  test('an ECDSA signature in DER, or with r = s = 0, does not pass', async () => {
    const input = `${encodePart({ alg: 'ES256' })}.${encodePart(credential)}`
    for (const signature of [new Uint8Array(64), new Uint8Array(0), new Uint8Array(71).fill(0x30)]) {
      const text = `${input}.${Buffer.from(signature).toString('base64url')}`
      expect((await verifyVcJwt(decode(text), await keyOf(KEYS.ES256))).code).toBe('proof.mismatch')
    }
  })
})

describe('claims: a present one must agree, an absent one is a note', () => {
  const full = payloadOf({ ...credential, validUntil: '2031-01-01T00:00:00.999Z' })
  const codes = (payload: object, header?: object) =>
    compareClaims(read(payload, header)).map(({ code, pointer }) => `${code} ${pointer}`)

  test('what we write has them all, and they agree', () => {
    expect(full).toMatchObject({
      iss: (credential.issuer as JsonObject).id,
      jti: credential.id,
      sub: 'did:example:learner',
      nbf: 1_893_456_000,
      exp: 1_924_992_000,
    })
    expect(codes(full)).toEqual([])
  })

  test.each([
    ['iss', '/issuer'],
    ['jti', '/id'],
    ['sub', '/credentialSubject/id'],
    ['nbf', '/validFrom'],
    ['exp', '/validUntil'],
  ])('%s', (name, pointer) => {
    const { [name]: _, ...without } = full
    expect(codes(without)).toEqual([`proof.claim_absent ${pointer}`])
    for (const wrong of [
      'did:evil:x',
      1,
      1_893_456_001,
      -1,
      null,
      true,
      [full[name]],
      { id: full[name] },
      String(full[name]),
    ]) {
      if (wrong === full[name]) continue
      expect(codes({ ...full, [name]: wrong })).toEqual([`proof.claims_mismatch ${pointer}`])
    }
  })

  test('dates agree in whole seconds', () => {
    expect(codes({ ...full, nbf: 1_893_456_000.9 })).toEqual([])
    expect(codes({ ...full, nbf: 1_893_455_999.9 })).toEqual(['proof.claims_mismatch /validFrom'])
    expect(codes({ ...payloadOf({ ...credential, validFrom: '1969-12-31T23:59:58.500Z' }) })).toEqual([])
    expect(codes({ ...payloadOf({ ...credential, validFrom: '1969-12-31T23:59:58.500Z' }), nbf: -1.5 })).toEqual([])
    expect(codes({ ...payloadOf({ ...credential, validFrom: '2030-01-01T02:00:00+02:00' }) })).toEqual([])
    expect(codes({ ...payloadOf({ ...credential, validFrom: '2030-01-01T00:00:00' }) })).toEqual([])
  })

  test('a claim that repeats what the credential does not say disagrees', () => {
    const { id, ...nameless } = credential
    expect(codes({ ...payloadOf(nameless), jti: 'urn:uuid:9' })).toEqual(['proof.claims_mismatch /id'])
    const anonymous = { ...credential, credentialSubject: { achievement: {} } }
    expect(codes({ ...payloadOf(anonymous), sub: 'did:example:x' })).toEqual([
      'proof.claims_mismatch /credentialSubject/id',
    ])
  })

  test('the one subject may stand in a list', () => {
    const listed = { ...credential, credentialSubject: [credential.credentialSubject as JsonObject] }
    expect(payloadOf(listed).sub).toBe('did:example:learner')
    expect(codes(payloadOf(listed))).toEqual([])
    expect(codes({ ...payloadOf(listed), sub: 'did:example:other' })).toEqual([
      'proof.claims_mismatch /credentialSubject/id',
    ])
  })

  test('of VCDM 1.1 names too', () => {
    const vc = {
      '@context': [VC_V1],
      id: 'urn:a',
      issuer: 'did:example:a',
      issuanceDate: '2030-01-01T00:00:00Z',
      expirationDate: '2031-01-01T00:00:00Z',
      credentialSubject: { id: 'did:example:b' },
    }
    const claims = { iss: 'did:example:a', jti: 'urn:a', sub: 'did:example:b', nbf: 1_893_456_000, exp: 1_924_992_000 }
    expect(codes({ vc, ...claims })).toEqual([])
    expect(codes({ vc, ...claims, exp: 1_924_992_001 })).toEqual(['proof.claims_mismatch /expirationDate'])
  })

  test('for any dates: written by us they agree, a second off they do not', () => {
    const date = fc.date({
      min: new Date('1900-01-01T00:00:00Z'),
      max: new Date('2200-01-01T00:00:00Z'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(date, fc.constantFrom(-1, 1), (validFrom, off) => {
        const payload = payloadOf({ ...credential, validFrom: validFrom.toISOString() })
        expect(codes(payload)).toEqual([])
        expect(codes({ ...payload, nbf: (payload.nbf as number) + off })).toEqual(['proof.claims_mismatch /validFrom'])
      }),
    )
  })
})

test.each(['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti', 'nonce', 'vc', 'vp'])(
  'a credential with a member "%s" of its own is not put into a JWT, where a reader would lose it',
  (name) => {
    expect(() => payloadOf({ ...credential, [name]: 'x' })).toThrow(ParseError)
    expect(() => payloadOf({ ...credential, [name]: 'x' })).toThrow(
      expect.objectContaining({ code: 'parse.reserved_member' }),
    )
  },
)

describe('the shapes that we write', () => {
  test.each([
    ['open-badges', { typ: 'JWT' }, 'direct'],
    ['vc+jwt', { typ: 'vc+jwt', cty: 'vc' }, 'direct'],
    ['vc-claim', { typ: 'JWT' }, 'claim'],
  ] as const)('%s: read as what it is, with all claims, and nothing is lost', (shape, header, kind) => {
    const written = shapeJwt({ ...credential, validUntil: '2031-01-01T00:00:00Z' }, shape)
    expect(written.header).toEqual(header)
    const reading = read(written.payload, written.header)
    expect(reading.shape).toBe(kind)
    expect(reading.document).toEqual({ ...credential, validUntil: '2031-01-01T00:00:00Z' })
    expect(compareClaims(reading)).toEqual([])
  })

  test('in the claim "vc" no member is reserved, in the others all claims are', () => {
    const own = { ...credential, aud: 'did:example:verifier', vc: 'x' }
    expect(read(payloadOf(own, 'vc-claim')).document).toEqual(own)
    for (const shape of ['open-badges', 'vc+jwt'] as const) expect(() => payloadOf(own, shape)).toThrow(ParseError)
  })

  test.each(['JWT', 'vc', 'toString', '', undefined, null, {}])('%j is none of them', (shape) => {
    expect(() => shapeJwt(credential, shape as never)).toThrow(
      expect.objectContaining({ code: 'usage.invalid_option', message: expect.stringContaining('vc+jwt') }),
    )
  })
})
