/**
 * Has the issuer revoked or suspended it? Every entry counts, and one of an unknown kind is never "fine".
 *
 * @module
 */
import type { JsonObject } from '../../internal/types.js'
import { statusEntries } from '../../model/credential.js'
import type { VerifiableCredential } from '../../model/types.js'
import { type Check, check, type Finding, finding } from '../../report/check.js'
import type { Work } from '../settings.js'

export async function checkStatus(
  credential: VerifiableCredential,
  { settings, context, level }: Work,
): Promise<Check<'status'>> {
  const entries = statusEntries(credential)
  if (entries.length === 0) return check([finding('status.absent', 'the issuer publishes no status for it')])
  // A list may have a status of its own, in another list or in itself.
  if (level >= settings.limits.nesting) {
    const message = 'verifications are nested too deeply to ask for its status'
    return check([finding('status.limit', message, { pointer: '/credentialStatus' })])
  }
  const findings: Finding<'status'>[] = []
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
