/**
 * A status list that was signed before, by this process or another: whether it may stay, and how long readers may keep it.
 *
 * @module
 */
import { ParseError } from '../errors.js'
import { equalBytes } from '../internal/bytes.js'
import { isSameJson } from '../internal/json-equal.js'
import { isObject, MAX_DEPTH } from '../internal/json-object.js'
import type { Bytes, Json, JsonObject } from '../internal/types.js'
import type { SecuredCredential, VerifiableCredential } from '../model/types.js'
import { decodeJws, isJwsFault } from '../proof/jws.js'
import { decodeBitstring } from '../status/bitstring.js'
import { createStatusListCredential, type StatusListInput } from '../status/write-list.js'

/** What the list would be now. */
export type CurrentList = Omit<StatusListInput, 'validFrom' | 'validUntil'> & {
  /** The key that would sign it. */
  readonly verificationMethod: string
  readonly isJwt: boolean
  /** Milliseconds since 1970. */
  readonly time: number
}

/**
 * Does it say the same, in the same form, by the key that signs now, and is not half of its validity over? Whether the signature is good is not
 * looked at: who could change what was published could take it away too.
 */
export async function isStillGood(last: SecuredCredential<VerifiableCredential>, now: CurrentList): Promise<boolean> {
  const { verificationMethod, isJwt, time, ...input } = now
  if ((typeof last === 'string') !== isJwt) return false
  const found = readList(last)
  if (found === undefined || found.verificationMethod !== verificationMethod) return false
  const { validFrom, validUntil } = found.document
  const [from, until] = [validFrom, validUntil].map((text) => Date.parse(String(text)))
  if (from === undefined || until === undefined || !(time >= from && time < (from + until) / 2)) return false
  const wanted = await createStatusListCredential({ ...input, validFrom: new Date(from), validUntil: new Date(until) })
  return isSameList(found.document, wanted as unknown as JsonObject, now.bits)
}

/** Bitstring Status List 1.0 section 2.2: 300 000 milliseconds where the list does not say. */
const DEFAULT_TTL = 300

/** Seconds for which readers may keep it. */
export function ttlOf(list: SecuredCredential<VerifiableCredential>): number {
  const { ttl } = (readList(list)?.document.credentialSubject ?? {}) as JsonObject
  return typeof ttl === 'number' ? ttl / 1000 : DEFAULT_TTL
}

interface FoundList {
  readonly document: JsonObject
  readonly verificationMethod: Json | undefined
}

function readList(list: SecuredCredential<VerifiableCredential>): FoundList | undefined {
  if (typeof list !== 'string') {
    const document = list as unknown as JsonObject
    const [proof, another] = [document.proof].flat()
    const isOne = isObject(proof) && another === undefined
    return { document, verificationMethod: isOne ? proof.verificationMethod : undefined }
  }
  const jws = decodeJws(list, { maxDepth: MAX_DEPTH })
  if (isJwsFault(jws)) return undefined
  const { header, payload } = jws
  return { document: isObject(payload.vc) ? payload.vc : payload, verificationMethod: header.kid }
}

/** By the bits and not by their compressed form: runtimes compress differently. */
async function isSameList(found: JsonObject, wanted: JsonObject, bits: Bytes): Promise<boolean> {
  const { credentialSubject, ...members } = wanted
  const { encodedList: _, ...subject } = credentialSubject as JsonObject
  if (!isObject(found.credentialSubject)) return false
  const { encodedList, ...foundSubject } = found.credentialSubject
  return (
    typeof encodedList === 'string' &&
    isSameJson(subject, foundSubject) &&
    Object.entries(members).every(([name, value]) => isSameJson(value, found[name])) &&
    equalBytes(await bitsOf(encodedList, bits.length), bits)
  )
}

async function bitsOf(encodedList: string, maxBytes: number): Promise<Bytes> {
  try {
    return await decodeBitstring(encodedList, {
      maxBytes,
      encoding: encodedList.startsWith('u') ? 'multibase' : 'base64',
    })
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    return new Uint8Array()
  }
}
