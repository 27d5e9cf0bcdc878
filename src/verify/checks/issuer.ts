/**
 * Step 6: is the issuer one whom the caller trusts?
 *
 * @module
 */
import { ResolutionError } from '../../errors.js'
import { type Check, check, type Finding, finding } from '../../report/check.js'
import { anyIssuer } from '../../report/symbols.js'
import type { Context } from '../../resolve/context.js'
import type { IssuerRegistry } from '../issuer-registry.js'
import type { Trust } from '../settings.js'

/** What the caller's own list says, without asking anybody. `ask`: only a registry can tell. */
export type ListAnswer = 'yes' | 'no' | 'ask' | 'not-asked'

export function trustByList(issuerId: string, trust: Trust | undefined): ListAnswer {
  if (trust === undefined || trust === anyIssuer) return 'not-asked'
  if (trust.includes(issuerId)) return 'yes'
  return trust.some((entry) => typeof entry !== 'string') ? 'ask' : 'no'
}

/**
 * `isAuthenticated` is false where the signature does not prove who the issuer is: the badge brought its key along, or the
 * key is somebody else's. Then a name on a list means nothing.
 */
export async function checkIssuer(
  issuerId: string,
  trust: Trust | undefined,
  isAuthenticated: boolean,
  context: Context,
): Promise<Check<'issuer'>> {
  const answer = trustByList(issuerId, trust)
  const evidence = { issuer: issuerId }
  if (answer === 'not-asked')
    return check([finding('issuer.not_asked', 'whether the issuer is trusted was not asked', { evidence })])
  if (!isAuthenticated) {
    return check([
      finding(
        'issuer.unauthenticated',
        'the signature does not prove that it is by this issuer, so no list of issuers can be held against it',
        { evidence },
      ),
    ])
  }
  if (answer === 'yes')
    return check([finding('issuer.trusted', 'the issuer is on the list of trusted issuers', { evidence })])
  if (answer === 'no')
    return check([finding('issuer.untrusted', 'the issuer is not on the list of trusted issuers', { evidence })])
  return askRegistries(issuerId, trust as readonly (string | IssuerRegistry)[], context)
}

/** One registry that knows the issuer is enough. Where none does but one could not be read, nothing is settled. */
async function askRegistries(
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
