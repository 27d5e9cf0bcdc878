/**
 * Outcomes as a school can show them to others: counts in which nobody can be found again, signed by the school.
 *
 * Each outcome stands in one row or in none, and no totals are given: there is nothing to subtract a row from. A row has at least twice the
 * threshold of badges. Where fewer than the threshold fall on one side, the row says no more than that. Versions that are too few are pooled,
 * and never one alone: where only one is too small, the next smallest is pooled with it, so that whoever knows the total of an achievement
 * from elsewhere learns nothing of that one (complementary suppression).
 *
 * What it does not do: where all other holders of a row tell each other, they know the last one; and whoever compares shares of
 * overlapping periods learns of the days between. So a period is shared once, and `shareOutcomes` refuses one that overlaps with an earlier one.
 *
 * @module
 */
import { invalidOption } from '../errors.js'
import { isObject } from '../internal/json-object.js'
import {
  arrayOf,
  date,
  either,
  flag,
  type Kind,
  type Members,
  oneOf,
  open,
  stream,
  text,
  whole,
} from '../internal/members.js'
import type { Json, JsonObject } from '../internal/types.js'
import { VC_V2 } from '../model/contexts.js'
import { formatDateTime } from '../model/date-time.js'
import type { Profile, VerifiableCredential } from '../model/types.js'
import { demandArgument, demandOptions } from '../report/demand-options.js'
import type { VerificationReport } from '../report/report.js'
import { type AwardedKind, AwardReader } from './award-reader.js'
import { evaluationReport } from './judgements.js'
import { day, type SchoolOutcome, schoolOutcome } from './outcomes.js'

/** What counts are made with. */
export interface ShareOutcomesOptions {
  /** The first and the last day that is shared: `YYYY-MM-DD`. */
  readonly from: string
  readonly until: string
  /** No smaller count is told. Default 5, at least 3. */
  readonly threshold?: number | undefined
  /** What was shared before: a period that overlaps with one of them is refused. */
  readonly earlier?: readonly SharedOutcomes[] | undefined
}

/** Holders of one kind of badge, or of several versions of one. */
export interface SharedOutcomeRow {
  readonly issuer: string
  /** The id of the achievement. */
  readonly achievement: string
  readonly version?: string
  /** These are two or more versions that had too few each. */
  readonly pooled?: true
  readonly badges: number
  /** How many of them could do it: exactly where both are the same. */
  readonly heldUpAtLeast: number
  readonly heldUpAtMost: number
}

/** Counts of a school's outcomes. Plain JSON. */
export interface SharedOutcomes {
  readonly type: 'SharedOutcomes'
  readonly from: string
  readonly until: string
  readonly threshold: number
  readonly rows: readonly SharedOutcomeRow[]
  /** Achievements of which nothing is told: too few. */
  readonly withheld: number
}

/** What a credential of counts is made with. */
export interface SharedOutcomesCredentialOptions {
  /** The school, as the issuer of the credential. */
  readonly school: string | Profile
  readonly validFrom: Date
  readonly id?: string | undefined
}

const SHARE: Members<ShareOutcomesOptions> = {
  from: day,
  until: day,
  threshold: whole(3, 1000),
  earlier: (value, path) => arrayOf(sharedOutcomes)(value, path),
}
const MOST = 1_000_000_000
const ROW: Readonly<Record<keyof SharedOutcomeRow, Kind>> = {
  issuer: text,
  achievement: text,
  version: text,
  pooled: flag,
  badges: whole(1, MOST),
  heldUpAtLeast: whole(0, MOST),
  heldUpAtMost: whole(0, MOST),
}
const rowShape = open(ROW, ['issuer', 'achievement', 'badges', 'heldUpAtLeast', 'heldUpAtMost'])
const row: Kind = (value, path) => {
  const problem = rowShape(value, path)
  if (problem !== undefined) return problem
  const { badges, heldUpAtLeast, heldUpAtMost } = value as SharedOutcomeRow
  const isRight = heldUpAtLeast <= heldUpAtMost && heldUpAtMost <= badges
  return isRight ? undefined : { path, says: 'has counts that contradict each other' }
}
/** What somebody else may have written. */
export const sharedOutcomes: Kind = open(
  { type: oneOf('SharedOutcomes'), from: day, until: day, threshold: whole(1, MOST), rows: arrayOf(row) },
  ['type', 'from', 'until', 'rows'],
)

interface Cell {
  readonly kind: AwardedKind
  heldUp: number
  badges: number
}

/**
 * Counts the outcomes of one school, for others to see. `badges`: reports of the badges that the outcomes are of; others among them do no
 * harm. Each badge once, by the first day on which it was reported. Outcomes of badges that are not among `badges` are left out.
 *
 * Throws UsageError `usage.invalid_option` where outcomes are of several schools, where the period is none, or overlaps with one of `earlier`.
 */
export async function shareOutcomes(
  badges: Iterable<VerificationReport> | AsyncIterable<VerificationReport>,
  outcomes: Iterable<SchoolOutcome>,
  options: ShareOutcomesOptions,
): Promise<SharedOutcomes> {
  demandArgument(badges, stream, 'badges')
  demandArgument(outcomes, stream, 'outcomes')
  demandOptions(options, SHARE, { required: ['from', 'until'] })
  const { from, until, threshold = 5, earlier = [] } = options
  demandPeriod(from, until, earlier)
  const first = firstOutcomes(outcomes, from, until)
  const reader = new AwardReader()
  const wanted = new Set(first.keys())
  for await (const report of badges) {
    demandArgument(report, evaluationReport, 'badges[]')
    const one = reader.read(report)
    if (one !== undefined && wanted.has(one.badge.id)) reader.keep(one)
  }
  const cells = new Map<AwardedKind, Cell>()
  for (const [id, { outcome }] of first) {
    const found = reader.find(id)
    if (found === undefined || found === 'several') continue
    const cell = cells.get(found.kind) ?? { kind: found.kind, heldUp: 0, badges: 0 }
    cell.badges++
    if (outcome === 'held-up') cell.heldUp++
    cells.set(found.kind, cell)
  }
  const shared = [...byAchievement([...cells.values()]).values()].map((versions) => rowsOf(versions, threshold))
  return {
    type: 'SharedOutcomes',
    from,
    until,
    threshold,
    rows: shared.flat(),
    withheld: shared.filter((rows) => rows.length === 0).length,
  }
}

function demandPeriod(from: string, until: string, earlier: readonly SharedOutcomes[]): void {
  if (until < from) throw invalidOption('until', `is before "from", which is ${from}`)
  const other = earlier.find((one) => one.from <= until && from <= one.until)
  if (other !== undefined)
    throw invalidOption(
      'earlier',
      `has days from ${other.from} to ${other.until}, which overlap: whoever subtracts one from the other learns of the days between`,
    )
}

function firstOutcomes(outcomes: Iterable<SchoolOutcome>, from: string, until: string): Map<string, SchoolOutcome> {
  const first = new Map<string, SchoolOutcome>()
  let school: string | undefined
  let index = 0
  for (const one of outcomes) {
    demandArgument(one, schoolOutcome, `outcomes[${index}]`)
    school ??= one.school
    if (one.school !== school)
      throw invalidOption(`outcomes[${index}].school`, `is another than ${school}: each school shares its own`)
    index++
    const known = first.get(one.badge)
    if (known === undefined || one.on < known.on) first.set(one.badge, one)
  }
  // A badge is told of in the period of its first outcome, and in no later one.
  for (const [badge, { on }] of first) if (on < from || on > until) first.delete(badge)
  return first
}

function byAchievement(cells: readonly Cell[]): Map<string, Cell[]> {
  const groups = new Map<string, Cell[]>()
  for (const cell of cells) {
    const key = JSON.stringify([cell.kind.issuer.id, cell.kind.achievement])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [cell])
    else group.push(cell)
  }
  return groups
}

/** One achievement's versions: those that are many enough, and the others pooled, or nothing. */
function rowsOf(versions: readonly Cell[], threshold: number): SharedOutcomeRow[] {
  const least = 2 * threshold
  const bySize = [...versions].sort((a, b) => a.badges - b.badges)
  let count = bySize.filter(({ badges }) => badges < least).length
  if (count === 0) return versions.map((cell) => rowOf(cell, threshold))
  const sizeOf = (cells: readonly Cell[]) => cells.reduce((sum, { badges }) => sum + badges, 0)
  while (count < bySize.length && (count < 2 || sizeOf(bySize.slice(0, count)) < least)) count++
  const pool = bySize.slice(0, count)
  if (pool.length < 2 || sizeOf(pool) < least) return []
  const { kind } = pool[0] as Cell
  const pooled = { kind, badges: sizeOf(pool), heldUp: pool.reduce((sum, { heldUp }) => sum + heldUp, 0) }
  const { version: _, ...row } = rowOf(pooled, threshold)
  return [
    ...versions.filter((cell) => !pool.includes(cell)).map((cell) => rowOf(cell, threshold)),
    { ...row, pooled: true },
  ]
}

/** Fewer than the threshold on one side: from none to one less are told alike. */
function rowOf({ kind, badges, heldUp }: Cell, threshold: number): SharedOutcomeRow {
  const [atLeast, atMost] =
    badges - heldUp < threshold
      ? [badges - threshold + 1, badges]
      : heldUp < threshold
        ? [0, threshold - 1]
        : [heldUp, heldUp]
  return {
    issuer: kind.issuer.id,
    achievement: kind.achievement,
    ...(kind.version === undefined ? {} : { version: kind.version }),
    badges,
    heldUpAtLeast: atLeast,
    heldUpAtMost: atMost,
  }
}

/** The member of the credential's subject that has the counts: a JSON literal (JSON-LD 1.1 section 4.2.2), by a name of our own. */
const OUTCOMES = 'urn:uuid:5a5e2b0f-7f0c-4c39-9d0a-6f1f3e3c1d27#outcomes'
const CONTEXT = { outcomes: { '@id': OUTCOMES, '@type': '@json' } } as const

const CREDENTIAL: Members<SharedOutcomesCredentialOptions> = {
  school: either(text, open({ id: text }, ['id'])),
  validFrom: date,
  id: text,
}

/**
 * Counts as a credential of the school's, to be signed by it (`signCredential`) and verified with `accept: 'any-credential'`. Its subject is
 * the school, with the counts as a JSON literal, which a proof of the graph secures as a whole.
 */
export function sharedOutcomesCredential(
  shared: SharedOutcomes,
  options: SharedOutcomesCredentialOptions,
): VerifiableCredential {
  demandArgument(shared, sharedOutcomes, 'shared')
  demandOptions(options, CREDENTIAL, { required: ['school', 'validFrom'] })
  const { school, validFrom, id } = options
  return {
    '@context': [VC_V2, CONTEXT],
    ...(id === undefined ? {} : { id }),
    type: ['VerifiableCredential'],
    issuer: school,
    validFrom: formatDateTime(validFrom),
    credentialSubject: { id: typeof school === 'string' ? school : school.id, outcomes: { ...shared } },
  } as VerifiableCredential
}

/** The counts that a credential shares, by the name or by the IRI that a proof of the graph secures. */
export function sharedIn({ credentialSubject }: VerifiableCredential): SharedOutcomes | undefined {
  const subject: unknown = credentialSubject
  if (!isObject(subject as Json)) return undefined
  const { outcomes, [OUTCOMES]: byIri } = subject as JsonObject
  const literal = byIri !== undefined && isObject(byIri) && '@value' in byIri ? byIri['@value'] : byIri
  const given: unknown = outcomes ?? literal
  return sharedOutcomes(given, '') === undefined ? (given as SharedOutcomes) : undefined
}
