/**
 * Envelopes: VCDM 2.0 sections 4.13.1 and 4.13.2. An object that holds a credential or a presentation, secured as a whole, in a
 * data: URL. The envelope itself is signed by nobody: it counts for nothing but what is in it.
 *
 * @module
 */

import { ParseError } from '../errors.js'
import { decodeUtf8 } from '../internal/bytes.js'
import { dataUrlType, readDataUrl } from '../internal/data-url.js'
import { listOf } from '../internal/json-object.js'
import { shown } from '../internal/shown.js'
import type { JsonObject } from '../internal/types.js'
import { VC_V2 } from '../model/contexts.js'
import type { ContainerCode } from './codes.js'

/** What is in an envelope, and what it is called. */
export type EnvelopeKind = 'vc' | 'vp'

const TYPES = { vc: 'EnvelopedVerifiableCredential', vp: 'EnvelopedVerifiablePresentation' } as const
const NAMES = { vc: 'a credential', vp: 'a presentation' } as const
const READERS = { vc: 'verifyCredential', vp: 'verifyPresentation' } as const

/** VC-JOSE-COSE section 6.1, with the names that its drafts had. `application/jwt` says less and is right too. */
const JWT = /^application\/(?:(v[cp])(?:\+ld)?(?:\+json)?\+jwt|jwt)$/

/** What else there is to secure a credential as a whole, by the end of its media type. */
const UNREAD: readonly (readonly [RegExp, string])[] = [
  [/[/+]sd-jwt$/, 'an SD-JWT'],
  [/[/+](?:cose|cwt)$/, 'COSE'],
  [/mso[_+]mdoc|mdl/, 'a document of ISO/IEC 18013-5'],
  [/^application\/(?:v[cp]|v[cp]\+ld\+json|ld\+json|json)$/, 'JSON that is not secured as a whole'],
]

/**
 * The JWT in the envelope. Throws ParseError `parse.malformed` for what is no envelope by the specification, `parse.unsupported` for one in
 * which something else is than a JWT of this kind.
 */
export function openEnvelope(document: JsonObject, kind: EnvelopeKind, maxBytes: number): string {
  const types = listOf(document.type)
  const other = kind === 'vc' ? 'vp' : 'vc'
  if (types.includes(TYPES[other]))
    throw refuse(
      'parse.unsupported',
      '/type',
      `an envelope with ${NAMES[other]}, and not ${NAMES[kind]}: give it to ${READERS[other]}`,
    )
  if (types.length > 1)
    throw refuse('parse.malformed', '/type', `an envelope has the type "${TYPES[kind]}" and no other beside it`)
  if (!listOf(document['@context']).includes(VC_V2))
    throw refuse(
      'parse.malformed',
      '/@context',
      `an envelope has a context that defines what it is: "@context": "${VC_V2}"`,
    )
  const { id } = document
  if (typeof id !== 'string')
    throw refuse('parse.malformed', '/id', `an envelope has ${NAMES[kind]} as a data: URL in its id`)
  demandJwt(id, kind)
  const bytes = readDataUrl(id, maxBytes)
  const text = typeof bytes === 'string' ? undefined : decodeUtf8(bytes)
  if (text === undefined)
    throw refuse('parse.malformed', '/id', typeof bytes === 'string' ? bytes : 'the data of this data: URL is no text')
  return text
}

/** Throws ParseError where the data: URL in an envelope does not have the media type of a JWT of the kind. Without one: of either. */
export function demandJwt(url: string, kind?: EnvelopeKind): void {
  const type = dataUrlType(url)
  if (type === undefined)
    throw refuse('parse.malformed', '/id', 'an envelope has what it holds as a data: URL in its id')
  const jwt = JWT.exec(type)
  if (jwt !== null && (jwt[1] === undefined || kind === undefined || jwt[1] === kind)) return
  const what =
    jwt === null
      ? (UNREAD.find(([end]) => end.test(type))?.[1] ?? 'something else than a JWT')
      : NAMES[jwt[1] as EnvelopeKind]
  const name = kind ?? 'vc'
  throw refuse(
    'parse.unsupported',
    '/id',
    `this envelope holds ${what} ("${shown(type, 80)}"), which is not read: ask for ${NAMES[name]} with an embedded proof, or as "application/${name}+jwt"`,
  )
}

function refuse(code: ContainerCode, pointer: string, message: string): ParseError {
  return new ParseError(code, message, [{ code, pointer, message }])
}
