/**
 * Is the issuer one whom the caller trusts?
 *
 * @module
 */
import { onDemand } from '../../internal/on-demand.js'
import type { MaybePromise } from '../../internal/types.js'
import { type Check, check, finding } from '../../report/check.js'
import { anyIssuer } from '../../report/symbols.js'
import type { Context } from '../../resolve/context.js'
import type { IssuerRegistry } from '../issuer-registry.js'
import type { Trust } from '../settings.js'
import { issuerNotAsked } from './not-asked.js'

/** Loaded for callers who have one. */
const registries = onDemand(() => import('./issuer-registries.js'))

/** What the caller's own list says, without asking anybody. `ask`: only a registry can tell. */
export type ListAnswer = 'yes' | 'no' | 'ask' | 'not-asked'

/** Did the caller ask whether issuers are to be trusted? */
export function isAsked(trust: Trust | undefined): trust is Exclude<Trust, typeof anyIssuer> {
  return trust !== undefined && trust !== anyIssuer
}

export function trustByList(issuerId: string, trust: Trust | undefined): ListAnswer {
  if (!isAsked(trust)) return 'not-asked'
  if (trust.includes(issuerId)) return 'yes'
  return trust.some((entry) => typeof entry !== 'string') ? 'ask' : 'no'
}

/**
 * `isAuthenticated` is false where the signature does not prove who the issuer is: the badge brought its key along, or the
 * key is somebody else's. Then a name on a list means nothing.
 */
export function checkIssuer(
  issuerId: string,
  trust: Trust | undefined,
  isAuthenticated: boolean,
  context: Context,
): MaybePromise<Check<'issuer'>> {
  const answer = trustByList(issuerId, trust)
  const evidence = { issuer: issuerId }
  if (answer === 'not-asked') return issuerNotAsked(issuerId)
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
  return registries().then(({ askRegistries }) =>
    askRegistries(issuerId, trust as readonly (string | IssuerRegistry)[], context),
  )
}
