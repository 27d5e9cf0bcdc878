/**
 * The sample of an audit: drawn by a seed that nobody could choose, so that anybody can draw it again, on any machine, and gets the same.
 *
 * @module
 */
import { invalidOption } from '../errors.js'
import { canonicalJson } from '../internal/jcs.js'
import { iterable, kindOf, type Members, shape, text } from '../internal/members.js'
import { shown } from '../internal/shown.js'
import { isWellFormed } from '../internal/well-formed.js'
import { textHash } from '../platform/hash.js'
import { demandArgument } from '../report/demand-options.js'
import { type AuditPlan, auditPlanKind } from './audit-plan.js'
import { MOST_COUNTED } from './operating-curve.js'

/** A badge that may be drawn. */
export interface AuditBadge {
  /** The id of the credential. */
  readonly id: string
  /** The id of its issuer: each issuer gets its share of the sample. */
  readonly issuer?: string | undefined
  /** The id of its achievement: each achievement gets its share of the sample. */
  readonly achievement?: string | undefined
}

/** All badges of one achievement by one issuer. */
export interface AuditStratum {
  readonly issuer?: string
  readonly achievement?: string
  readonly badges: number
}

/** From what is drawn: to be published with the plan, before there is a seed. */
export interface AuditPopulation {
  readonly badges: number
  /** Of all badges with their issuers and achievements, in no order: SHA-256, hexadecimal. */
  readonly digest: string
  /** The largest first; at most 1000, and the others by their number alone. */
  readonly strata: readonly AuditStratum[]
  readonly furtherStrata: number
}

/** A sample. Plain JSON. */
export interface AuditSample {
  readonly type: 'AuditSample'
  readonly plan: AuditPlan
  readonly seed: string
  readonly population: AuditPopulation
  /** In the order to look at them: of a sequential plan, in this order only. */
  readonly sample: readonly AuditBadge[]
  /**
   * SHA-256 of plan, population and seed. Publish it before the first badge is looked at: `judgeAudit` asks for it, and another plan, seed
   * or list of badges has another.
   */
  readonly commitment: string
}

const BADGE: Members<AuditBadge> = { id: text, issuer: text, achievement: text }
const badgeKind = shape(BADGE, { required: ['id'] })
/** As long as a seed may be: a sentence, not a book. */
const seedKind = kindOf(
  'a text of 8 to 1000 characters, best one that nobody could choose: drawn numbers of a lottery to come, with their date',
  (value) => typeof value === 'string' && value.trim().length >= 8 && value.length <= 1000 && isWellFormed(value),
)
const MOST_STRATA = 1000

/** A badge by its hash. */
interface Entry {
  readonly badge: AuditBadge
  readonly stratum: string
  readonly hash: string
}

/** Reads badges once, and refuses the same twice: it would be drawn twice as often. */
function entriesOf(badges: Iterable<AuditBadge>): Entry[] {
  demandArgument(badges, iterable, 'badges')
  const hashOf = textHash('SHA-256')
  const seen = new Set<string>()
  const entries: Entry[] = []
  for (const given of badges) {
    const path = `badges[${entries.length}]`
    demandArgument(given, badgeKind, path)
    const { id, issuer, achievement } = given
    if (seen.has(id)) throw invalidOption(`${path}.id`, `is there twice: ${shown(id)}`)
    if (entries.length === MOST_COUNTED)
      throw invalidOption('badges', `are more than ${MOST_COUNTED}: draw from parts of them`)
    seen.add(id)
    const stratum = JSON.stringify([issuer ?? null, achievement ?? null])
    const badge = {
      id,
      ...(issuer === undefined ? {} : { issuer }),
      ...(achievement === undefined ? {} : { achievement }),
    }
    entries.push({ badge, stratum, hash: hashOf(JSON.stringify([id, issuer ?? null, achievement ?? null])) })
  }
  return entries
}

/** By hash: hashes are spread evenly, so that the first four digits leave few in each place. Linear. */
function inOrder<Item>(items: readonly Item[], hash: (item: Item) => string): Item[] {
  const places: Item[][] = []
  const digits = items.length > 4096 ? 4 : 2
  for (const item of items) {
    const place = Number.parseInt(hash(item).slice(0, digits), 16)
    places[place] ??= []
    places[place].push(item)
  }
  return places.flatMap((place) => place.sort((a, b) => (hash(a) < hash(b) ? -1 : 1)))
}

/** All badges of each stratum, the largest stratum first. */
function strataOf(entries: readonly Entry[]): readonly (readonly Entry[])[] {
  const strata = new Map<string, Entry[]>()
  for (const entry of entries) {
    const own = strata.get(entry.stratum)
    if (own === undefined) strata.set(entry.stratum, [entry])
    else own.push(entry)
  }
  return [...strata.values()]
}

function populationOf(entries: readonly Entry[]): AuditPopulation {
  const hashes = inOrder(entries, ({ hash }) => hash).map(({ hash }) => hash)
  const strata = strataOf(entries).map((own): AuditStratum => {
    const { issuer, achievement } = (own[0] as Entry).badge
    return {
      ...(issuer === undefined ? {} : { issuer }),
      ...(achievement === undefined ? {} : { achievement }),
      badges: own.length,
    }
  })
  const name = ({ issuer = '', achievement = '' }: AuditStratum) => `${issuer} ${achievement}`
  strata.sort((a, b) => b.badges - a.badges || (name(a) < name(b) ? -1 : 1))
  return {
    badges: entries.length,
    digest: textHash('SHA-256')(hashes.join('')),
    strata: strata.slice(0, MOST_STRATA),
    furtherStrata: Math.max(0, strata.length - MOST_STRATA),
  }
}

/**
 * What an audit draws from, by a digest that does not depend on the order. Publish it with the plan; then let chance make the seed. Throws
 * UsageError `usage.invalid_option` where a badge is there twice, or there are more than a million.
 */
export function auditPopulation(badges: Iterable<AuditBadge>): AuditPopulation {
  return populationOf(entriesOf(badges))
}

/** The digest of plan, population and seed (RFC 8785, SHA-256): of what decides, and not of what somebody may have written beside it. */
export function commitmentOf(plan: AuditPlan, population: Pick<AuditPopulation, 'digest'>, seed: string): string {
  const { badges, tolerate, confidence, expect, distribution, sample, accept, stops } = plan
  const decides = {
    plan: {
      ...{ badges, tolerate, confidence, distribution, sample, accept },
      ...(expect === undefined ? {} : { expect }),
      ...(stops === undefined ? {} : { stops: [stops.acceptFrom, stops.rejectUpTo] }),
    },
    population: population.digest,
    seed,
  }
  return textHash('SHA-256')(canonicalJson(decides))
}

/**
 * Draws the sample of a plan. Every badge has the same chance, and each issuer and achievement gets its share of the sample, rounded up or
 * down: badges stand one stratum after the other, in an order by hash within each, and every N/n-th of them is taken, from a start that
 * the seed decides (systematic sampling from a stratified list, Cochran, Sampling Techniques, 1977, chapter 8). What a stratified sample
 * misses is at most what a simple one would, as long as `accept` is at most `sample * tolerate - 1` (Hoeffding, Ann. Math. Stat. 27, 1956):
 * the plan's confidence stands, but for what rounding does to strata of a few badges.
 *
 * The same badges, plan and seed give the same sample, in whatever order badges come: SHA-256 over UTF-8 and whole numbers. Linear. Throws
 * UsageError `usage.invalid_option` where a badge is there twice, or the plan is for another number of them.
 */
export function drawSample(badges: Iterable<AuditBadge>, plan: AuditPlan, seed: string): AuditSample {
  demandArgument(plan, auditPlanKind, 'plan')
  demandArgument(seed, seedKind, 'seed')
  const entries = entriesOf(badges)
  if (entries.length !== plan.badges)
    throw invalidOption('badges', `are ${entries.length}, and the plan is for ${plan.badges}: plan again`)
  const population = populationOf(entries)
  const hashOf = textHash('SHA-256')
  const ticketOf = (purpose: string, of: string) => hashOf(JSON.stringify([seed, purpose, of]))
  const strata = inOrder(
    strataOf(entries).map((own) => ({ own, ticket: ticketOf('stratum', (own[0] as Entry).stratum) })),
    ({ ticket }) => ticket,
  )
  const taken: Entry[] = []
  const start = startOf(ticketOf('start', population.digest), entries.length)
  let before = 0
  for (const { own } of strata) {
    const [from, to] = [before, before + own.length].map((place) =>
      picksBefore(place, start, entries.length, plan.sample),
    )
    before += own.length
    const count = (to as number) - (from as number)
    if (count === 0) continue
    const tickets = own.map((entry) => ({ entry, ticket: ticketOf('badge', entry.hash) }))
    taken.push(
      ...inOrder(tickets, ({ ticket }) => ticket)
        .slice(0, count)
        .map(({ entry }) => entry),
    )
  }
  const sample = inOrder(
    taken.map(({ badge, hash }) => ({ badge, ticket: ticketOf('order', hash) })),
    ({ ticket }) => ticket,
  ).map(({ badge }) => badge)
  return {
    type: 'AuditSample',
    plan,
    seed,
    population,
    sample,
    commitment: commitmentOf(plan, population, seed),
  }
}

/** A number from 0 to below `badges`: of 256 bits, so that no remainder is more likely than another by more than 2^-236. */
const startOf = (ticket: string, badges: number) => Number(BigInt(`0x${ticket}`) % BigInt(badges))

/** How many places floor((start + j badges) / sample), for j from 0, lie before this one. All numbers are exact: they are below 2^53. */
function picksBefore(place: number, start: number, badges: number, sample: number): number {
  return Math.min(sample, Math.max(0, Math.ceil((place * sample - start) / badges)))
}
