/**
 * A badge that breaks the model, as far as it can be read: who looks for what is wrong with it wants to see it.
 *
 * @module
 */
import { readContainer } from '../bake/read-container.js'
import { type DecodedCredential, defaultLimits, ParseError } from '../entries/index.js'
import type { Bytes, JsonObject } from '../internal/types.js'
import { decodeJws, isJwsFault } from '../proof/jws.js'
import { readVcJwt } from '../proof/vc-jwt.js'

/** Undefined where it is no credential at all. Its members are whatever stands there. */
export async function brokenBadge(bytes: Bytes): Promise<DecodedCredential | undefined> {
  try {
    const { container, document, jws } = await readContainer(bytes, defaultLimits)
    const credential = jws === undefined ? document : claimed(jws)
    if (credential === undefined || ![credential.type].flat().includes('VerifiableCredential')) return undefined
    const isOlder = [credential['@context']].flat().includes('https://www.w3.org/2018/credentials/v1')
    return {
      container,
      version: isOlder ? '1.1' : '2.0',
      unverified: credential as unknown as DecodedCredential['unverified'],
      signed: jws !== undefined || credential.proof !== undefined,
      secured: (jws ?? credential) as DecodedCredential['secured'],
    }
  } catch (error) {
    if (error instanceof ParseError) return undefined
    throw error
  }
}

function claimed(text: string): JsonObject | undefined {
  const jws = decodeJws(text, { maxDepth: defaultLimits.depth })
  if (isJwsFault(jws)) return undefined
  const jwt = readVcJwt(jws, 'vc')
  return 'fault' in jwt ? undefined : jwt.document
}
