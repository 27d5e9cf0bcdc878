/**
 * Has the issuer revoked or suspended it? Every entry counts, and one of an unknown kind is never "fine". Nor is a status that is
 * claimed in another place than `credentialStatus`.
 *
 * @module
 */

import { isObject } from '../../internal/json-object.js'
import type { Json, JsonObject } from '../../internal/types.js'
import { statusEntries } from '../../model/credential.js'
import type { VerifiableCredential } from '../../model/types.js'
import { type Check, check, type Finding, finding } from '../../report/check.js'
import type { StatusMethod } from '../../status/status-method.js'
import type { Reading } from '../reading.js'
import type { Work } from '../settings.js'

export async function checkStatus(
  credential: VerifiableCredential,
  claimed: readonly ClaimedStatus[],
  { settings, context, level }: Work,
): Promise<Check<'status'>> {
  const entries = statusEntries(credential)
  const findings = claimed.map((claim) => unread(claim, settings.statusMethods))
  if (entries.length + findings.length === 0)
    return check([finding('status.absent', 'the issuer publishes no status for it')])
  // A list may have a status of its own, in another list or in itself.
  if (entries.length > 0 && level >= settings.limits.nesting) {
    const message = 'verifications are nested too deeply to ask for its status'
    return check([finding('status.limit', message, { pointer: '/credentialStatus' })])
  }
  for (const [index, entry] of entries.entries()) {
    const pointer = Array.isArray(credential.credentialStatus) ? `/credentialStatus/${index}` : '/credentialStatus'
    const types = [entry.type].flat()
    const method = settings.statusMethods.find((candidate) => types.some((type) => candidate.types.includes(type)))
    if (method === undefined) {
      findings.push(
        finding(
          'status.type_unsupported',
          `status entries of type "${types.join(', ').slice(0, 80)}" cannot be read here`,
          { pointer },
        ),
      )
      continue
    }
    const found = await method.check(entry as unknown as JsonObject, credential, context)
    for (const one of found) findings.push(Object.assign({}, one, { pointer: pointer + (one.pointer ?? '') }))
  }
  return check(findings)
}

/** A status that stands where it is not read, and how it is called. */
export interface ClaimedStatus {
  readonly name: string
  readonly pointer: string
}

/**
 * What claims a status beside `credentialStatus`: the claim `status` of a JWT (the IETF's Token Status List defines it for every JWT, and its
 * members name mechanisms), and `credentialStatus` beside the claim `vc`. In the credential itself `status` may be a word of somebody's
 * vocabulary, unless that list is in it.
 */
export function claimedStatus({ document, jwt }: Reading): readonly ClaimedStatus[] {
  const inClaims = jwt?.shape === 'claim' ? jwt.jws.payload : undefined
  const isClaim = jwt?.shape === 'direct' || (isObject(document.status) && document.status.status_list !== undefined)
  return [
    ...named('status', isClaim ? document.status : undefined),
    ...named('status', inClaims?.status),
    ...named('credentialStatus', inClaims?.credentialStatus),
  ]
}

function named(name: string, value: Json | undefined): ClaimedStatus[] {
  if (value === undefined || value === null) return []
  const [mechanism] = isObject(value) ? Object.keys(value) : []
  return [{ name: mechanism === undefined ? name : `${name}.${mechanism.slice(0, 60)}`, pointer: `/${name}` }]
}

function unread({ name, pointer }: ClaimedStatus, methods: readonly StatusMethod[]): Finding<'status'> {
  const types = methods.flatMap((method) => method.types)
  const wayOut = `ask its issuer${types.length === 0 ? '' : `, or for a badge with a "credentialStatus" of type ${types.join(' or ')}`}`
  return finding('status.type_unsupported', `it claims a status as "${name}", which is not read here: ${wayOut}`, {
    pointer,
  })
}
