/**
 * Is this a presentation? Looked at closely only where the bytes speak of one: most files are badges, and are read once.
 *
 * @module
 */
import { readContainer } from '../bake/read-container.js'
import { defaultLimits, ParseError } from '../entries/index.js'
import type { Bytes, JsonObject } from '../internal/types.js'
import { isPresentation } from '../model/kinds.js'
import { decodeJws, isJwsFault } from '../proof/jws.js'

const TYPE = 'VerifiablePresentation'
/** A JWT: base64url of `{"`, after white space. */
const JWT_START = /^\s*eyJ/

/** False also for what cannot be read: the verifier says why. */
export async function isPresented(bytes: Bytes): Promise<boolean> {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const isJwt = JWT_START.test(view.toString('latin1', 0, 64))
  // A JWT, and a type that is written with escapes (which nobody does), aside: what never says the word is not one.
  if (!isJwt && !view.includes(TYPE)) return false
  try {
    const { document, jws } = await readContainer(bytes, defaultLimits)
    if (jws !== undefined) return isPresentedJwt(jws)
    return isPresentation(document) || [document.type].flat().includes(`Enveloped${TYPE}`)
  } catch (error) {
    if (error instanceof ParseError) return false
    throw error
  }
}

function isPresentedJwt(text: string): boolean {
  const jws = decodeJws(text, { maxDepth: defaultLimits.depth })
  if (isJwsFault(jws)) return false
  const { header, payload } = jws
  if (typeof header.typ === 'string' && /^(?:application\/)?vp\+/i.test(header.typ)) return true
  return payload.vc === undefined && (payload.vp !== undefined || isPresentation(payload as JsonObject))
}
