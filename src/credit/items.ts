/**
 * What may count: badges and activities alike, with all that a policy may ask of them. Made once for each person, whatever the policies.
 *
 * @module
 */
import { compare, issuerOf, passedResults, type Standing } from '../competency/claims.js'
import { canonicalUri } from '../competency/identifiers.js'
import type { OpenBadgeCredential } from '../model/types.js'
import { dayIn } from './days.js'
import type { Activity } from './facts.js'
import { compared, rationalOf } from './rational.js'

/** One badge, or one activity. */
export interface Item {
  readonly id: string
  readonly is: 'badge' | 'activity'
  /** `maybe`: nothing is wrong with it, but something must be settled first. */
  readonly counts: 'yes' | 'maybe' | 'no'
  /** Why it does not count, or not yet: codes of findings. */
  readonly reasons: readonly string[]
  /** Its own id, then that of its achievement. */
  readonly about: readonly string[]
  /** The day by `awardedDate`, else `validFrom`; of an activity when it was completed. */
  readonly awarded: string | undefined
  readonly validFrom: string | undefined
  /** What is the same learning again: the achievement, or the course. */
  readonly work: string | undefined
  readonly own: ReadonlyMap<string, string>
  readonly traits: Traits
  /** What a badge shows: addresses and digests, or its story. Sorted. */
  readonly evidence: readonly string[]
}

/** By what patterns know an item. Ids are canonical. */
export interface Traits {
  readonly achievement?: string
  readonly issuer?: string
  readonly competencies: ReadonlySet<string>
  readonly types: readonly string[]
  readonly tags: readonly string[]
  readonly activity?: string
  /** Kinds that the statement names itself. */
  readonly kinds: readonly string[]
}

const NONE: ReadonlySet<string> = new Set()

/** In the order of days, then ids: what comes first is counted first. */
export function itemsOf(standings: readonly Standing[], activities: readonly Activity[]): Item[] {
  return [...standings.map(badgeItem), ...activities.map(activityItem)].sort(
    (a, b) =>
      compare(a.awarded ?? '', b.awarded ?? '') ||
      compare(a.id, b.id) ||
      compare(a.traits.issuer ?? '', b.traits.issuer ?? ''),
  )
}

function badgeItem({ version: { credential }, counts, reasons }: Standing): Item {
  const { achievement } = credential.credentialSubject
  const [id, work] = [credential.id ?? '', canonicalUri(achievement.id)]
  const type: unknown = achievement.achievementType
  return {
    id,
    is: 'badge',
    counts,
    reasons,
    about: [id, achievement.id],
    awarded: dayIn(credential.awardedDate ?? credential.validFrom),
    validFrom: dayIn(credential.validFrom),
    work,
    own: ownOf(credential),
    evidence: evidenceOf(credential),
    traits: {
      achievement: work,
      issuer: canonicalUri(issuerOf(credential)),
      competencies: new Set([achievement.alignment ?? []].flat().map(({ targetUrl }) => canonicalUri(targetUrl))),
      types: typeof type === 'string' ? [type] : [],
      tags: textsIn(achievement.tag),
      kinds: [],
    },
  }
}

const textsIn = (value: unknown): string[] => [value].flat().filter((one) => typeof one === 'string')

function activityItem({ activity, id, course, amount = 1, on, kinds = [] }: Activity): Item {
  return {
    id,
    is: 'activity',
    counts: 'yes',
    reasons: [],
    about: course === undefined ? [id] : [id, course],
    awarded: on,
    validFrom: on,
    work: course,
    own: new Map([['amount', String(amount)]]),
    evidence: [],
    traits: { competencies: NONE, types: [], tags: [], activity, kinds },
  }
}

/** What the issuer signed: how much it is worth, when it began, what came out. */
function ownOf({ credentialSubject }: OpenBadgeCredential): ReadonlyMap<string, string> {
  const { achievement, creditsEarned, activityStartDate } = credentialSubject
  const own = new Map<string, string>([['amount', '1']])
  const credits: unknown = creditsEarned ?? achievement.creditsAvailable
  if (rationalOf(credits) !== undefined) own.set('credits', String(credits))
  const started = typeof activityStartDate === 'string' ? dayIn(activityStartDate) : undefined
  if (started !== undefined) own.set('started', started)
  for (const [type, value] of lowestResults(credentialSubject.result === undefined ? undefined : { credentialSubject }))
    own.set(`result.${type}`, value)
  return own
}

/** By the type of result. Of several numbers the lowest; of texts that differ none, since nobody says which is better. */
function lowestResults(credential: Pick<OpenBadgeCredential, 'credentialSubject'> | undefined): Map<string, string> {
  const lowest = new Map<string, string>()
  const unclear = new Set<string>()
  if (credential === undefined) return lowest
  const descriptions = [credential.credentialSubject.achievement.resultDescription ?? []].flat()
  for (const { resultDescription, value } of passedResults(credential as OpenBadgeCredential)) {
    const type: unknown = descriptions.find(({ id }) => id === resultDescription)?.resultType
    if (typeof type !== 'string' || typeof value !== 'string') continue
    const said = value.trim().replace(/\s*%$/, '')
    const before = lowest.get(type)
    const [a, b] = [rationalOf(said), rationalOf(before)]
    if (before === undefined || (a !== undefined && b !== undefined && compared(a, b) < 0)) lowest.set(type, said)
    else if ((a === undefined || b === undefined) && said !== before) unclear.add(type)
  }
  for (const type of unclear) lowest.delete(type)
  return lowest
}

/** Addresses and digests name a work; a story alone is only told apart by its words. */
function evidenceOf({ evidence = [] }: OpenBadgeCredential): string[] {
  const shown = [evidence].flat().flatMap((one) => {
    const { id, narrative, digestSRI, digestMultibase } = one as object as Readonly<Record<string, unknown>>
    const names = [digestSRI, digestMultibase].filter((digest) => typeof digest === 'string')
    if (names.length > 0) return names
    return typeof id === 'string' ? [canonicalUri(id)] : typeof narrative === 'string' ? [narrative] : []
  })
  return [...new Set(shown)].sort()
}
