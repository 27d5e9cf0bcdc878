/**
 * What a client wants: RFC 9110 section 12.5. One document has several media types, because clients name different ones for it
 * and some parse only a type that they asked for.
 *
 * @module
 */

/** What a credential in JSON may be called, ours first: VCDM 2.0 section 6.2, JSON-LD, and what every client of JSON asks for. */
export const CREDENTIAL_TYPES: readonly string[] = [
  'application/vc',
  'application/vc+ld+json',
  'application/ld+json',
  'application/json',
  'text/json',
]
/** A credential as JWT: VC-JOSE-COSE section 6.1.1, RFC 7519 section 10.3.1. */
export const JWT_TYPES: readonly string[] = [
  'application/vc+jwt',
  'application/vc+ld+json+jwt',
  'application/jwt',
  'text/plain',
]
/** JSON-LD that is no credential. */
export const LINKED_DATA_TYPES: readonly string[] = ['application/ld+json', 'application/json', 'text/json']
/** JSON whose readers need not know JSON-LD: 1EdTech's revocation list. */
export const LINKED_JSON_TYPES: readonly string[] = ['application/json', 'application/ld+json', 'text/json']
/** RFC 7517 section 8.5.2. Not ours first: clients of JSON Web Keys look for JSON. */
export const KEY_SET_TYPES: readonly string[] = ['application/json', 'application/jwk-set+json', 'text/json']
/** What an https issuer has at its own address: a profile, which is JSON-LD, and a controlled identifier document. */
export const PROFILE_TYPES: readonly string[] = [
  'application/json',
  'application/ld+json',
  'application/did+json',
  'application/cid',
  'text/json',
]
/** DID Core section 6. */
export const DID_TYPES: readonly string[] = [
  'application/did+json',
  'application/did+ld+json',
  'application/ld+json',
  'application/json',
  'text/json',
]

/** Which of the names of a document to answer with, and how much the client wants it, from 0 (not at all) to 1. */
export interface Preference {
  readonly type: string
  readonly quality: number
}

/**
 * The name that the client wants most. Of equal ones that which it names itself, before one that only a range of its (all, or all
 * of `application`) covers: it is what it can read for sure. Of those the first of `types`, which is also the answer where the
 * client wants none.
 */
export function preferred(request: Request, types: readonly string[]): Preference {
  const accept = request.headers.get('accept') ?? '*/*'
  let best = { type: types[0] as string, quality: 0, isNamed: false }
  for (const type of types) {
    const named = qualityOf(accept, [type])
    const quality = qualityOf(accept, [type, `${type.split('/')[0]}/*`, '*/*'])
    const isNamed = named > 0
    if (quality > best.quality || (quality > 0 && quality === best.quality && isNamed && !best.isNamed))
      best = { type, quality, isNamed }
  }
  return best
}

/**
 * How much a client wants one of these names, the most specific first: what the header says of the first that it has, 0 where it
 * has none of them.
 */
export function qualityOf(header: string, names: readonly string[]): number {
  // Longer than any honest one: a client that says so much gets the default.
  const ranges = header
    .slice(0, 4096)
    .split(',')
    .map((range) => {
      const [name = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
      const weight = parameters.find((parameter) => parameter.startsWith('q='))
      const quality = weight === undefined ? 1 : Number(weight.slice(2))
      return { name, quality: Number.isNaN(quality) ? 0 : quality }
    })
  for (const name of names) {
    const range = ranges.find((each) => each.name === name)
    if (range !== undefined) return range.quality
  }
  return 0
}
