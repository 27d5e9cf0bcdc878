/**
 * Which of a wallet's badges a request asks for, and why the others do not fit.
 *
 * @module
 */

import { ParseError } from '../errors.js'
import { isObject } from '../internal/json-object.js'
import { arrayOf } from '../internal/members.js'
import type { JsonObject } from '../internal/types.js'
import { startOf } from '../model/compare.js'
import { demandArgument } from '../report/demand-options.js'
import { hasBaseProof } from './disclosure.js'
import { documentOf, type HeldBadge, heldBadge, issuerId } from './held-badge.js'
import { type Budget, likeness } from './match-example.js'
import { listOf } from './message.js'
import { type CredentialQuery, type PresentationRequest, presentationRequest } from './request.js'

/** A badge that answers a query. */
export interface Candidate<B extends HeldBadge = HeldBadge> {
  readonly badge: B
  /**
   * For a badge with an ecdsa-sd-2023 base proof: what the query asks for, as pointers into the badge. Less does not answer it,
   * more is the holder's gift.
   */
  readonly reveal?: readonly string[]
}

/** Why a badge does not answer a query. */
export interface Mismatch<B extends HeldBadge = HeldBadge> {
  readonly badge: B
  /**
   * - `example`: it lacks what the example has at `lacks`.
   * - `issuer`: its issuer is not among those accepted.
   * - `issuer_lists`: the accepted issuers stand in lists, which are not looked up.
   * - `proof`: it is secured in another way than those accepted.
   */
  readonly because: 'example' | 'issuer' | 'issuer_lists' | 'proof'
  /** A JSON Pointer into the example. */
  readonly lacks?: string
}

/** One query, and the badges that answer it. */
export interface QueryMatch<B extends HeldBadge = HeldBadge> {
  readonly query: CredentialQuery
  /** The newest first. */
  readonly candidates: readonly Candidate<B>[]
  readonly others: readonly Mismatch<B>[]
}

/** Which badges answer a request. */
export interface RequestMatch<B extends HeldBadge = HeldBadge> {
  /** In the order of the request. */
  readonly queries: readonly QueryMatch<B>[]
  /** Has each required query a candidate? */
  readonly isAnswerable: boolean
}

/** A request of this size is answered in some hundred milliseconds. */
const MAX_STEPS = 2_000_000

/**
 * Looks for each query through the badges. Of what they say nothing is verified, and nothing leaves: the holder chooses among the
 * candidates, and `answerRequest` shows what was chosen.
 *
 * Throws ParseError `parse.too_complex` for examples that take too many comparisons.
 */
export function matchRequest<B extends HeldBadge>(request: PresentationRequest, badges: readonly B[]): RequestMatch<B> {
  demandArgument(request, presentationRequest, 'request')
  demandArgument(badges, arrayOf(heldBadge), 'badges')
  const budget: Budget = { steps: MAX_STEPS }
  const queries = request.queries.map((query): QueryMatch<B> => {
    const candidates: Candidate<B>[] = []
    const others: Mismatch<B>[] = []
    for (const badge of badges) {
      const match = matchQuery(query, badge, budget)
      if ('because' in match) others.push(match)
      else candidates.push(match)
    }
    candidates.sort((a, b) => newerFirst(startOf(a.badge.unverified), startOf(b.badge.unverified)))
    return { query, candidates, others }
  })
  return { queries, isAnswerable: queries.every(({ query, candidates }) => !query.required || candidates.length > 0) }
}

/** Without subtracting: both may be minus infinity. */
const newerFirst = (a: number, b: number): number => (a === b ? 0 : a > b ? -1 : 1)

export function matchQuery<B extends HeldBadge>(
  query: CredentialQuery,
  badge: B,
  budget: Budget,
): Candidate<B> | Mismatch<B> {
  const { acceptedIssuers, hasIssuerLists, example } = query
  const issuer = issuerId(badge.unverified)
  if (acceptedIssuers !== undefined && (issuer === undefined || !acceptedIssuers.includes(issuer)))
    return { badge, because: hasIssuerLists ? 'issuer_lists' : 'issuer' }
  if (!isAccepted(badge, query)) return { badge, because: 'proof' }
  const document = documentOf(badge)
  const like = example === undefined ? ({ isLike: true, places: [] } as const) : likeness(example, document, budget)
  if (!like.isLike) {
    if (like.tooMuch)
      throw new ParseError(
        'parse.too_complex',
        `comparing the badges with the examples takes more than ${MAX_STEPS} steps: ask for fewer of them, or with smaller examples`,
        [
          {
            code: 'parse.too_complex',
            pointer: query.pointer,
            message: 'comparing with this example takes too many steps',
          },
        ],
      )
    return { badge, because: 'example', lacks: like.lacks }
  }
  const reveal = [...new Set(like.places)].filter((place) => !/^\/(?:@context|proof)(?:\/|$)/.test(place))
  return hasBaseProof(document) ? { badge, reveal } : { badge }
}

/** Media types of a JWT around a credential: VC-JOSE-COSE, and RFC 7519. */
const JWT_TYPES = ['application/vc+jwt', 'application/jwt', 'application/vc+ld+jwt']

function isAccepted({ secured }: HeldBadge, query: CredentialQuery): boolean {
  const { acceptedCryptosuites: suites, acceptedEnvelopes: envelopes } = query
  if (suites === undefined && envelopes === undefined) return true
  if (typeof secured === 'string') return envelopes?.some((type) => JWT_TYPES.includes(type.toLowerCase())) ?? false
  const names = listOf((secured as unknown as JsonObject).proof).map((proof) =>
    isObject(proof) ? (proof.cryptosuite ?? proof.type) : undefined,
  )
  return suites?.some((suite) => names.includes(suite)) ?? false
}
