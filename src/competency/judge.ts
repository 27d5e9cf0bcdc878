/**
 * One credential against one requirement: does it meet it, at which level, until when, and what is in the way?
 *
 * @module
 */

import type { Claim } from './claims.js'
import { compare } from './claims.js'
import type { Leaf } from './compile.js'
import { canonicalUri } from './identifiers.js'
import type { Route } from './routes.js'

export interface Candidate {
  readonly claim: Claim
  readonly route: Route
  /** Canonical id of the competency that the badge names. */
  readonly named: string
  readonly verdict: 'yes' | 'maybe' | 'no'
  /** What is in the way, hard or soft; remarks where nothing is. */
  readonly codes: readonly string[]
  /** The id of the level reached, on the scale of what is required. */
  readonly level: string | undefined
  readonly rank: number
  /** Milliseconds; Infinity: it never ends. */
  readonly until: number
}

/** All that lead to the competency: those that meet it first, of these the one that lasts longest. */
export function candidatesOf(leaf: Leaf, claimsByName: ReadonlyMap<string, readonly Claim[]>, now: Date): Candidate[] {
  const candidates: Candidate[] = []
  // From whichever is smaller: a person has few badges, a competency few names.
  if (claimsByName.size < leaf.routes.size) {
    for (const [name, claims] of claimsByName) push(leaf.routes.get(name), name, claims)
  } else for (const [name, routes] of leaf.routes) push(routes, name, claimsByName.get(name))
  function push(routes: readonly Route[] | undefined, name: string, claims: readonly Claim[] | undefined) {
    if (routes === undefined || claims === undefined) return
    for (const claim of claims) {
      let best: Candidate | undefined
      for (const route of routes) {
        const candidate = judge(leaf, claim, route, name, now)
        if (best === undefined || order(candidate, best) < 0) best = candidate
      }
      if (best !== undefined) candidates.push(best)
    }
  }
  return candidates.length < 2 ? candidates : onePerClaim(candidates.sort(order))
}

/** A badge that names the competency twice is one badge. */
function onePerClaim(candidates: readonly Candidate[]): Candidate[] {
  const seen = new Set<Claim>()
  return candidates.filter(({ claim }) => !seen.has(claim) && seen.add(claim))
}

const WEIGHT = { yes: 0, maybe: 1, no: 2 } as const

function order(a: Candidate, b: Candidate): number {
  return (
    WEIGHT[a.verdict] - WEIGHT[b.verdict] ||
    (a.verdict === 'yes' ? 0 : a.codes.length - b.codes.length) ||
    (a.until === b.until ? 0 : b.until - a.until) ||
    b.rank - a.rank ||
    a.route.cost - b.route.cost ||
    compare(a.claim.credential, b.claim.credential) ||
    compare(a.claim.issuer, b.claim.issuer)
  )
}

function judge(leaf: Leaf, claim: Claim, route: Route, named: string, now: Date): Candidate {
  const { asked } = leaf
  const hard: string[] = claim.counts === 'no' ? [...claim.reasons] : []
  const soft: string[] = claim.counts === 'maybe' ? [...claim.reasons] : []
  if (route.conflict) soft.push('crosswalk.conflict')
  const reached = levelOf(leaf, claim, route, named)
  if (leaf.wanted !== undefined) {
    if (reached.rank < 0) hard.push(reached.code)
    else if (reached.rank < leaf.wanted) hard.push('level.below')
  }
  if (asked.evidence === true && !claim.evidence) hard.push('evidence.absent')
  if (leaf.issuers !== undefined && !leaf.issuers.has(canonicalUri(claim.issuer))) hard.push('issuer.not_accepted')
  let until = claim.until
  if (asked.maxAgeMonths !== undefined) {
    const end = plusMonths(claim.awarded, asked.maxAgeMonths)
    if (!(end > now.getTime())) hard.push('award.too_old')
    until = Math.min(until, end)
  }
  if (leaf.endorsers !== undefined) {
    const fitting = claim.endorsers.filter(({ id, isIndependent }) =>
      leaf.endorsers === 'independent' ? isIndependent : leaf.endorsers?.has(id),
    )
    if (fitting.length === 0) hard.push('endorsement.absent')
    else if (!fitting.some(({ counts }) => counts === 'yes')) soft.push('endorsement.unverified')
  }
  const verdict = hard.length > 0 ? 'no' : soft.length > 0 ? 'maybe' : 'yes'
  const codes = verdict === 'yes' ? (route.narrow ? ['match.narrow'] : []) : [...hard, ...soft]
  return { claim, route, named, verdict, codes, level: reached.id, rank: reached.rank, until }
}

interface Reached {
  readonly rank: number
  readonly id: string | undefined
  /** Where there is none: why. */
  readonly code: string
}

/**
 * The level on the required competency's own scale, by alignment, or by alignment and the level crosswalks of the route. Of several
 * results that speak of it the lowest counts: two that disagree prove no more.
 */
function levelOf(leaf: Leaf, claim: Claim, route: Route, named: string): Reached {
  if (leaf.levels.size === 0 || claim.levels.length === 0) return { rank: -1, id: undefined, code: 'level.not_stated' }
  let lowest: { id: string; rank: number } | undefined
  let code = 'level.not_stated'
  for (const { about, levels, notInRubric } of claim.levels) {
    // A scale that is aligned to other competencies of the badge speaks of those.
    const isOther = about.some((id) => claim.names.has(id) && id !== named) && !about.includes(named)
    if (isOther) continue
    if (notInRubric) code = 'level.not_in_rubric'
    else if (levels.length > 0 && code === 'level.not_stated') code = 'level.not_comparable'
    for (const stated of levels) {
      const translated = route.levels === 'same' ? stated : (route.levels?.get(stated) ?? stated)
      const level = leaf.levels.get(translated)
      if (level !== undefined && (lowest === undefined || level.rank < lowest.rank)) lowest = level
    }
  }
  return lowest === undefined ? { rank: -1, id: undefined, code } : { rank: lowest.rank, id: lowest.id, code: '' }
}

/** The same day of the month, else its last; UTC. */
export function plusMonths(time: number, months: number): number {
  const date = new Date(time)
  const day = date.getUTCDate()
  date.setUTCDate(1)
  date.setUTCMonth(date.getUTCMonth() + months)
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
  return date.setUTCDate(Math.min(day, last))
}
