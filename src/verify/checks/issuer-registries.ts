/**
 * Step 6, where the caller's list does not have the issuer and registries may.
 *
 * @module
 */
import { ResolutionError } from '../../errors.js'
import { type Check, check, type Finding, finding } from '../../report/check.js'
import type { Context } from '../../resolve/context.js'
import type { IssuerRegistry } from '../issuer-registry.js'

/** One registry that knows the issuer is enough. Where none does but one could not be read, nothing is settled. */
export async function askRegistries(
  issuerId: string,
  trust: readonly (string | IssuerRegistry)[],
  context: Context,
): Promise<Check<'issuer'>> {
  const unreachable: Finding<'issuer'>[] = []
  for (const registry of trust) {
    if (typeof registry === 'string') continue
    try {
      const entry = await registry.lookup(issuerId, context)
      if (entry === undefined) continue
      const message = `the issuer is in the registry ${registry.name}${entry.name === undefined ? '' : ` as ${entry.name}`}`
      return check([
        finding('issuer.trusted', message, {
          evidence: { issuer: issuerId, registry: registry.name, ...entry.evidence },
        }),
      ])
    } catch (error) {
      if (!(error instanceof ResolutionError)) throw error
      const code = error.code === 'resolve.limit' ? 'issuer.limit' : 'issuer.registry_unreachable'
      unreachable.push(
        finding(code, `the registry ${registry.name} could not be read: ${error.message}`, {
          evidence: { registry: registry.name, url: error.url },
        }),
      )
    }
  }
  if (unreachable.length > 0) return check(unreachable)
  return check([
    finding('issuer.untrusted', 'the issuer is neither on the list of trusted issuers nor in a registry', {
      evidence: { issuer: issuerId },
    }),
  ])
}
