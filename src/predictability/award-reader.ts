/**
 * Badges as they come by, however many: each is counted once, by issuer, achievement and version, and only those that somebody speaks of are
 * kept.
 *
 * @module
 */
import { canonicalUri } from '../competency/identifiers.js'
import { UsageError } from '../errors.js'
import { textHash } from '../platform/hash.js'
import type { VerificationReport } from '../report/report.js'
import { type JudgedBadge, judgedBadge } from './judgements.js'
import type { Party } from './parties.js'

/** All badges of one issuer, achievement and version. */
export interface AwardedKind {
  /** All that it was known by in any of them. */
  issuer: Party
  readonly achievement: string
  readonly version: string | undefined
  name: string
  awards: number
  /** Milliseconds; infinite where no badge says when. */
  from: number
  until: number
}

/** A badge that somebody speaks of. */
export interface KeptBadge {
  readonly badge: JudgedBadge
  readonly kind: AwardedKind
  /** It was revoked, suspended, or has expired. */
  readonly isWithdrawn: boolean
}

/** More kinds of badges than this are refused: each is a row. */
export const MOST_KINDS = 100_000
/** More badges than this are refused. */
export const MOST_AWARDS = 10_000_000

export class AwardReader {
  /** By the key of `kindKey`. */
  readonly kinds = new Map<string, AwardedKind>()
  private readonly numbers = new Map<AwardedKind, number>()
  private readonly known = new KnownIds()
  private readonly kept = new Map<string, KeptBadge | 'several'>()

  /** Counts the badge, where it was not read before. Undefined where it is none that its issuer awarded. */
  read(report: VerificationReport): KeptBadge | undefined {
    const standing = standingOf(report)
    const badge = standing === undefined ? undefined : judgedBadge(report)
    if (badge === undefined) return undefined
    const kind = this.kindOf(badge)
    const number = this.numbers.get(kind) ?? 0
    const before = this.known.add(badge.id, number)
    if (before === undefined) count(kind, badge)
    // An evaluation names a badge by its id alone: where two have it, nobody can say which one it is of.
    else if (before !== number) this.kept.set(badge.id, 'several')
    return { badge, kind, isWithdrawn: standing === 'withdrawn' }
  }

  /** Keeps a badge that somebody speaks of. One that is there as valid and as revoked is what was heard last: revoked. */
  keep(one: KeptBadge): void {
    const known = this.kept.get(one.badge.id)
    if (known === undefined || (known !== 'several' && one.isWithdrawn)) this.kept.set(one.badge.id, one)
  }

  find(id: string): KeptBadge | 'several' | undefined {
    return this.kept.get(id)
  }

  private kindOf({ issuer, achievement, version, name }: JudgedBadge): AwardedKind {
    const key = kindKey(issuer.id, achievement, version)
    const known = this.kinds.get(key)
    if (known !== undefined) {
      known.issuer = joined(known.issuer, issuer)
      if (name < known.name) known.name = name
      return known
    }
    if (this.kinds.size === MOST_KINDS)
      throw new UsageError(
        'usage.invalid_option',
        `"awards" are of more than ${MOST_KINDS} achievements and versions: give those of fewer issuers at a time`,
        { option: 'awards' },
      )
    const kind = {
      issuer: { ...issuer, id: canonicalUri(issuer.id) },
      achievement: canonicalUri(achievement),
      version,
      name,
      awards: 0,
      from: Infinity,
      until: -Infinity,
    }
    this.numbers.set(kind, this.kinds.size)
    this.kinds.set(key, kind)
    return kind
  }
}

export const kindKey = (issuer: string, achievement: string, version: string | undefined) =>
  JSON.stringify([canonicalUri(issuer), canonicalUri(achievement), version ?? null])

function count(kind: AwardedKind, { awarded }: JudgedBadge): void {
  kind.awards++
  if (Number.isNaN(awarded)) return
  kind.from = Math.min(kind.from, awarded)
  kind.until = Math.max(kind.until, awarded)
}

const MOST_MARKS = 100

/** Whoever changes the profile from badge to badge is still the same. */
function joined(known: Party, other: Party): Party {
  const marks = other.marks.filter((mark) => !known.marks.includes(mark))
  const keys = other.keys.filter((key) => !known.keys.includes(key))
  if (marks.length + keys.length === 0) return known
  return {
    id: known.id,
    marks: [...known.marks, ...marks].slice(0, MOST_MARKS),
    keys: [...known.keys, ...keys].slice(0, MOST_MARKS),
  }
}

/**
 * Did the issuer award it? What is revoked or has expired since was awarded all the same: if it did not count, an issuer could revoke
 * what was not confirmed, and keep the rest.
 */
function standingOf(report: VerificationReport): 'valid' | 'withdrawn' | undefined {
  if (report.outcome === 'valid') return 'valid'
  // A report that was kept may have lost its reasons.
  const { checks, because = [] as readonly string[] } = report
  const isOnlyOver =
    because.length > 0 && because.every((code) => code.startsWith('status.') || code.startsWith('validity.'))
  return isOnlyOver && checks.proof?.status === 'valid' && checks.key?.status === 'valid' ? 'withdrawn' : undefined
}

/**
 * Ids with a number each, in 12 bytes or 24: the first 52 bits of SHA-256 in a table with open addressing. Among ten million ids two have the
 * same in one of ninety cases, and nobody can choose which.
 */
class KnownIds {
  private readonly hashOf = textHash('SHA-256')
  private hashes = new Float64Array(1024)
  private numbers = new Uint32Array(1024)
  private size = 0

  /** Answers the number that the id has already. */
  add(id: string, number: number): number | undefined {
    // 0 is an empty place.
    const hash = Number.parseInt(this.hashOf(id).slice(0, 13), 16) + 1
    const place = this.placeOf(hash)
    if (this.hashes[place] === hash) return this.numbers[place]
    if (this.size === MOST_AWARDS)
      throw new UsageError('usage.invalid_option', `"awards" are more than ${MOST_AWARDS}: give a part at a time`, {
        option: 'awards',
      })
    this.hashes[place] = hash
    this.numbers[place] = number
    this.size++
    if (this.size * 2 > this.hashes.length) this.grow()
    return undefined
  }

  private placeOf(hash: number): number {
    const length = this.hashes.length
    let place = hash % length
    while (this.hashes[place] !== 0 && this.hashes[place] !== hash) place = (place + 1) % length
    return place
  }

  private grow(): void {
    const { hashes, numbers } = this
    this.hashes = new Float64Array(hashes.length * 2)
    this.numbers = new Uint32Array(hashes.length * 2)
    for (const [index, hash] of hashes.entries()) {
      if (hash === 0) continue
      const place = this.placeOf(hash)
      this.hashes[place] = hash
      this.numbers[place] = numbers[index] as number
    }
  }
}
