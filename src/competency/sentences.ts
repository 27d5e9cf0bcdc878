/**
 * What is to be said of a requirement, before it is put into a language: which sentence, and what stands in its gaps. For people on the command
 * line and for pages alike.
 *
 * @module
 */
import { FINDINGS } from '../report/findings.js'
import {
  type PathCode,
  REASONS,
  type ReasonCode,
  type ReasonWord,
  type RemedyCode,
  type StackReason,
  WORDS,
} from './reasons.js'
import type { RequirementReport } from './types.js'

/** What stands in a gap. */
export type Slot =
  | { readonly name: string }
  | { readonly names: readonly string[] }
  | { readonly day: string }
  /** An end: the last day before it, or the time on its day. */
  | { readonly end: string }
  | { readonly count: number }
  | { readonly word: ReasonWord }
  /** A code that has no sentence. */
  | { readonly code: string }

/** A sentence's key in its table, and what stands in its gaps. */
export interface Said<Key extends string> {
  readonly key: Key
  readonly slots: Readonly<Record<string, Slot>>
}

/** `notVerified`: a credential whose report has a finding of which a stack has no sentence. */
export type SaidReason = Said<ReasonCode | 'notVerified' | 'otherReason'>

const named = (id: string | undefined, word: ReasonWord): Slot => (id === undefined ? { word } : { name: id })

/** `report`: of the requirement that the reason is about; without it less is said of what was asked and what was there. */
export function reasonSaid(reason: StackReason, report?: RequirementReport): SaidReason {
  const { code, credential, competency, met, of, asked, dimension, stated, wanted } = reason
  const about = credential ?? competency
  const by = report?.by?.credential === credential ? report?.by : undefined
  const { level, issuers, endorsedBy, maxAgeMonths, predictable } = report?.asked ?? {}
  const count = (number: number | undefined): Slot => (number === undefined ? { word: 'several' } : { count: number })
  const known = Object.hasOwn(REASONS, code)
  const key = known ? (code as ReasonCode) : Object.hasOwn(FINDINGS, code) ? 'notVerified' : 'otherReason'
  const start = by?.renewal?.from
  return {
    key,
    slots: {
      0: named(about, 'badge'),
      code: { code },
      met: count(met),
      of: count(of),
      asked: count(asked),
      level: named(level, 'level'),
      reached: named(by?.level, 'reached'),
      issuer: named(by?.issuer, 'issuer'),
      issuers: issuers === undefined ? { word: 'issuers' } : { names: issuers },
      endorsers:
        typeof endorsedBy === 'object'
          ? { names: endorsedBy }
          : { word: endorsedBy === 'independent' ? 'independent' : 'endorsers' },
      months: count(maxAgeMonths),
      dimension: { word: dimension !== undefined && Object.hasOwn(WORDS, dimension) ? dimension : 'context' },
      stated: stated === undefined ? { word: 'another' } : { names: stated },
      wanted: wanted === undefined ? { word: 'another' } : { names: wanted },
      share: count(predictable && Number((predictable.confirmed * 100).toFixed(2))),
      confirmed: count(by?.record?.confirmed),
      judged: count(by?.record?.badges),
      awarded: by?.awarded === undefined ? { word: 'unknownDay' } : { day: by.awarded },
      until: by?.until === undefined ? { word: 'earlierDay' } : { end: by.until },
      from: start === undefined ? { word: 'laterDay' } : { day: start },
    },
  }
}

/** By whose crosswalk, or which set, it counts. What took the place of something is a reason of its own. */
export function pathSaid({ by, set }: RequirementReport): Said<PathCode>[] {
  // A report that was kept may have lost it.
  const steps = [...(by?.path ?? []).slice(1), ...(set?.path ?? [])]
  return steps.flatMap(({ via, from, to, source }): Said<PathCode>[] =>
    via === 'crosswalk' || via === 'set'
      ? [{ key: via, slots: { from: { name: from }, to: { name: to }, source: named(source, 'crosswalk') } }]
      : [],
  )
}

/** Codes of what time alone has undone: who had it gets it again. */
const RENEWABLE: readonly StackReason['code'][] = ['validity.expired', 'award.too_old']
/** Codes of what the badge that is there lacks: it is no new badge that helps. */
const LACKING: readonly StackReason['code'][] = [
  'endorsement.absent',
  'endorsement.expired',
  'validity.not_yet',
  'issuer.not_asked',
  'record.below',
]

/**
 * What would close the gap, if a badge would. Where something must only be settled first (a list that could not be reached, a report that is too
 * old), the reasons say what; no new badge is needed.
 */
export function remedySaid(report: RequirementReport): Said<RemedyCode> | undefined {
  const { outcome, because, by, suggestions = [], asked } = report
  if (outcome !== 'not-met') return undefined
  const isAll = (codes: typeof RENEWABLE) => because.length > 0 && because.every(({ code }) => codes.includes(code))
  if (by !== undefined && isAll(RENEWABLE)) return { key: 'renewal', slots: { 0: { name: by.credential } } }
  if (by !== undefined && isAll(LACKING)) return undefined
  if (suggestions.length === 0) return undefined
  const { level, issuers } = asked ?? {}
  return {
    key:
      level === undefined
        ? issuers === undefined
          ? 'badge'
          : 'badgeFrom'
        : issuers === undefined
          ? 'badgeAt'
          : 'badgeAtFrom',
    slots: {
      badges: { names: suggestions.slice(0, MAX_SUGGESTIONS) },
      level: named(level, 'level'),
      issuers: { names: issuers ?? [] },
    },
  }
}

const MAX_SUGGESTIONS = 3
