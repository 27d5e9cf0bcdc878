/**
 * One person against the requirements of a stack, from the leaves up.
 *
 * @module
 */
import { formatDateTime } from '../model/date-time.js'
import type { Claim } from './claims.js'
import { type Gate, type Leaf, type Node, type Way, writtenOf } from './compile.js'
import { type Assignment, assign, assignMost, type Formula } from './distinct.js'
import { type Candidate, candidatesOf, type Judging } from './judge.js'
import { accepts, choicesOf, eitherOf, manyOf, noOffers, type Offers, offerOf } from './offers.js'
import type { Records } from './predictable.js'
import type { StackReason } from './reasons.js'
import { type CompetencyIndex, stepsOf } from './routes.js'
import type { RequirementReport } from './types.js'
import { aboutBadge, WhyNothing } from './why-nothing.js'

type Outcome = RequirementReport['outcome']

export interface Evaluation {
  readonly report: RequirementReport
  /** Milliseconds until which it stays met; Infinity where nothing ends. */
  readonly until: number
  /** One badge for any of them would make it met. Empty where it is met, or where it takes more. */
  readonly offers: Offers
}

/** One way of several badges, as it turned out. */
interface Tried {
  readonly way: Way
  readonly evaluation: Evaluation
  readonly outcome: Outcome
}

/** Badges that are tried out, one after the other, where credentials count once. */
const MAX_TRIALS = 128

export class Evaluator {
  private readonly claims: readonly Claim[]
  private readonly index: CompetencyIndex
  private readonly judging: Judging
  private readonly byName = new Map<string, Claim[]>()
  private readonly why: WhyNothing

  constructor(claims: readonly Claim[], index: CompetencyIndex, now: Date, records: Records) {
    this.claims = claims
    this.index = index
    this.judging = { now, records, index }
    for (const claim of claims)
      for (const name of claim.names.keys()) {
        const named = this.byName.get(name)
        if (named === undefined) this.byName.set(name, [claim])
        else named.push(claim)
      }
    this.why = new WhyNothing(claims, this.byName, index)
  }

  evaluate(node: Node): Evaluation {
    if (node.kind === 'leaf') return this.leaf(node, candidatesOf(node, this.byName, this.judging))
    return node.distinct ? this.distinct(node) : this.gate(node, (child) => this.evaluate(child))
  }

  private leaf(leaf: Leaf, candidates: readonly Candidate[]): Evaluation {
    const [best] = candidates
    if (best === undefined && leaf.ways.length === 0) return this.nothing(leaf)
    const isForGood = best?.verdict === 'yes' && best.until === Number.POSITIVE_INFINITY
    const tried = isForGood ? [] : leaf.ways.map((way) => tryOut(way, this.evaluate(way.gate)))
    return this.leafWith(leaf, best, tried)
  }

  /** From the best single credential, and the ways of several; of those that meet it what lasts longest. */
  private leafWith(leaf: Leaf, best: Candidate | undefined, tried: readonly Tried[], spent?: StackReason): Evaluation {
    const [way] = [...tried].sort(bestWay)
    const isSingle = best?.verdict === 'yes' && !(way?.outcome === 'met' && way.evaluation.until > best.until)
    const outcomes: readonly (Outcome | undefined)[] = [best && OUTCOME_OF[best.verdict], way?.outcome]
    const outcome = OUTCOMES.find((each) => outcomes.includes(each)) ?? 'not-met'
    const isByWay = outcome === 'met' && !isSingle && way !== undefined
    const because = isByWay
      ? reasonsOfWay(way)
      : best === undefined
        ? spent === undefined
          ? this.why.reasons(leaf)
          : [spent]
        : reasonsOf(best)
    const until = outcome !== 'met' ? 0 : isByWay ? way.evaluation.until : (best?.until ?? 0)
    const offers =
      outcome === 'met'
        ? noOffers()
        : eitherOf([
            leaf.offers,
            ...tried.flatMap(({ way: { route }, evaluation }) => (route.disputed ? [] : [evaluation.offers])),
          ])
    const { id, ...asked } = leaf.asked
    const parts = way?.evaluation.report.parts ?? []
    return {
      until,
      offers,
      report: {
        id,
        outcome,
        because,
        asked,
        ...(best === undefined || isByWay ? {} : { by: byOf(leaf, best) }),
        ...(outcome === 'met' ? expiry(until) : { missing: missingOf(leaf, best) }),
        ...(isSingle || way === undefined || parts.every(isEmpty) ? {} : { ...setOf(leaf, way), parts }),
        ...(outcome === 'met' ? {} : { suggestions: writtenOf(offers, this.index) }),
      },
    }
  }

  private gate(gate: Gate, evaluate: (child: Node) => Evaluation): Evaluation {
    const children = gate.children.map(evaluate)
    const count = (outcome: Outcome) => children.filter(({ report }) => report.outcome === outcome).length
    const met = count('met')
    const outcome: Outcome =
      met >= gate.atLeast ? 'met' : met + count('uncertain') >= gate.atLeast ? 'uncertain' : 'not-met'
    // The best of them hold longest: it ends when the last one that is needed ends.
    const untils = children.filter(({ report }) => report.outcome === 'met').map(({ until }) => until)
    const until = untils.sort((a, b) => b - a)[gate.atLeast - 1] ?? 0
    const lacking = gate.atLeast - met
    const offers =
      outcome === 'met'
        ? noOffers()
        : manyOf(
            children.map((child) => child.offers),
            lacking,
          )
    return { until, offers, report: this.gateReport(gate, outcome, met, children, { until, offers }) }
  }

  private gateReport(
    gate: Gate,
    outcome: Outcome,
    met: number,
    children: readonly Evaluation[],
    { until, offers }: Pick<Evaluation, 'until' | 'offers'>,
    further: readonly StackReason[] = [],
  ): RequirementReport {
    const missing = children.flatMap(({ report }) => (report.outcome === 'met' ? [] : (report.missing ?? [])))
    return {
      id: gate.id,
      outcome,
      because: [{ code: 'parts.met', met, of: gate.children.length, asked: gate.atLeast }, ...further],
      ...(outcome === 'met' ? expiry(until) : { missing: [...new Set(missing)] }),
      parts: children.map(({ report }) => report),
      ...(outcome === 'met' ? {} : { suggestions: writtenOf(offers, this.index) }),
    }
  }

  /** One award counts once in all that is below. */
  private distinct(gate: Gate): Evaluation {
    const leaves: NumberedLeaf[] = []
    const formula = this.formula(gate, leaves, true)
    const allowed = (use: (candidate: Candidate) => boolean, certainly = true) =>
      leaves.map(({ candidates, isSure }) =>
        isSure || !certainly ? [...new Set(candidates.filter(use).map(({ claim }) => claim.award))] : [],
      )
    const certain = ({ verdict }: Candidate) => verdict === 'yes'
    const sure = assign(formula, allowed(certain))
    if (sure instanceof Map) {
      const lasting = (time: number) =>
        assign(
          formula,
          allowed((each) => certain(each) && each.until >= time),
        )
      const until = this.longest(leaves, (time) => lasting(time) instanceof Map)
      const best = lasting(until)
      return this.spent(gate, best instanceof Map ? best : sure, leaves, { outcome: 'met', until })
    }
    const possible = assign(
      formula,
      allowed(({ verdict }) => verdict !== 'no', false),
    )
    const isComplex = [sure, possible].includes('too-complex')
    const outcome = possible instanceof Map || isComplex ? 'uncertain' : 'not-met'
    const most = possible instanceof Map ? possible : assignMost([...leaves.keys()], allowed(certain))
    const further = isComplex ? [{ code: 'distinct.too_complex' } as const] : []
    return this.spent(gate, most, leaves, { outcome, until: 0, formula, further })
  }

  /** Leaves get their numbers in the order in which `spent` meets them again. A set is itself, or all of its parts. */
  private formula(node: Node, leaves: NumberedLeaf[], isSure: boolean): Formula {
    if (node.kind === 'gate')
      return { atLeast: node.atLeast, of: node.children.map((child) => this.formula(child, leaves, isSure)) }
    const leaf = leaves.push({ leaf: node, candidates: candidatesOf(node, this.byName, this.judging), isSure }) - 1
    if (node.ways.length === 0) return { leaf }
    const ways = node.ways.map(({ gate, route }) => this.formula(gate, leaves, isSure && !route.disputed))
    return { atLeast: 1, of: [{ leaf }, ...ways] }
  }

  /** The latest time up to which it can be met: the largest of all ends with which it still goes. */
  private longest(leaves: readonly NumberedLeaf[], goes: (time: number) => boolean): number {
    const ends = [...new Set(leaves.flatMap(({ candidates }) => candidates.map(({ until }) => until)))].sort(
      (a, b) => a - b,
    )
    let [low, high] = [0, ends.length - 1]
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if (goes(ends[middle] ?? 0)) low = middle
      else high = middle - 1
    }
    return ends[low] ?? 0
  }

  /** The report, with each leaf as the assignment has it. */
  private spent(gate: Gate, assignment: Assignment, leaves: readonly NumberedLeaf[], found: Found): Evaluation {
    const { outcome, until, formula, further } = found
    let next = 0
    const taken = new Map<number, string>()
    for (const [number, award] of assignment)
      for (const { claim } of leaves[number]?.candidates ?? [])
        if (claim.award === award && !taken.has(award)) taken.set(award, claim.credential)
    const visit = (node: Node): Evaluation => {
      if (node.kind === 'gate') return this.gate(node, visit)
      const number = next++
      const { candidates } = leaves[number] as NumberedLeaf
      const award = assignment.get(number)
      // What was not needed, and nobody else has, is shown as what it is.
      const isFree = ({ verdict, claim }: Candidate) => verdict === 'yes' && !taken.has(claim.award)
      const mine = candidates.find((each) => (award === undefined ? isFree(each) : each.claim.award === award))
      if (mine !== undefined) taken.set(mine.claim.award, mine.claim.credential)
      const tried = node.ways.map((way) => tryOut(way, visit(way.gate)))
      if (mine !== undefined) return this.leafWith(node, mine, [])
      const given = candidates.filter(({ claim, verdict }) => verdict !== 'no' && taken.has(claim.award))
      // Another credential for the same award is what somebody would ask about.
      const spent = given.find(({ claim }) => taken.get(claim.award) !== claim.credential) ?? given[0]
      const failed = candidates.find(({ verdict }) => verdict === 'no')
      return spent === undefined
        ? this.leafWith(node, failed, tried)
        : this.leafWith(node, undefined, tried, spentReason(spent.claim, taken))
    }
    const children = gate.children.map(visit)
    const met = children.filter(({ report }) => report.outcome === 'met').length
    const offers = formula === undefined ? noOffers() : this.trials(gate, formula, leaves, met)
    return { until, offers, report: this.gateReport(gate, outcome, met, children, { until, offers }, further) }
  }

  /** Which single further badge would do: each is tried. */
  private trials(gate: Gate, formula: Formula, leaves: readonly NumberedLeaf[], met: number): Offers {
    // A badge counts once here: of plain requirements it closes one.
    const isPlain = gate.children.every((child) => child.kind === 'leaf' && child.ways.length === 0)
    if (
      isPlain &&
      gate.atLeast - met > 1 &&
      leaves.every(({ candidates }) => candidates.every(({ verdict }) => verdict !== 'maybe'))
    )
      return noOffers()
    const all = eitherOf(leaves.flatMap(({ leaf, isSure }) => (isSure ? [leaf.offers] : [])))
    const own = leaves.map(({ candidates, isSure }) =>
      isSure ? [...new Set(candidates.flatMap(({ verdict, claim }) => (verdict === 'yes' ? [claim.award] : [])))] : [],
    )
    let trials = 0
    const doing = [...all].flatMap(([key, some]) => {
      const choices = choicesOf(some).filter((choice) => {
        if (++trials > MAX_TRIALS) return false
        const candidates = leaves.map(({ leaf, isSure }, number) => {
          const isMet = isSure && leaf.offers.get(key)?.some((offer) => accepts(offer, choice)) === true
          return [...(own[number] ?? []), ...(isMet ? [this.claims.length] : [])]
        })
        return assign(formula, candidates) instanceof Map
      })
      return choices.length === 0 ? [] : [[key, choices.map(offerOf)] as const]
    })
    return new Map(doing)
  }

  private nothing(leaf: Leaf): Evaluation {
    const because = this.why.reasons(leaf)
    const report = because.length === 1 ? leaf.nothing : { ...leaf.nothing, because }
    return { until: 0, offers: leaf.offers, report }
  }
}

interface NumberedLeaf {
  readonly leaf: Leaf
  readonly candidates: readonly Candidate[]
  /** False below a set that only a disputed statement makes the competency. */
  readonly isSure: boolean
}

/** What giving the badges out came to. */
interface Found {
  readonly outcome: Outcome
  readonly until: number
  /** Where it is not met. */
  readonly formula?: Formula
  readonly further?: readonly StackReason[]
}

const OUTCOMES = ['met', 'uncertain', 'not-met'] as const
const OUTCOME_OF = { yes: 'met', maybe: 'uncertain', no: 'not-met' } as const

function tryOut(way: Way, evaluation: Evaluation): Tried {
  const { outcome } = evaluation.report
  return { way, evaluation, outcome: way.route.disputed && outcome === 'met' ? 'uncertain' : outcome }
}

/** Met before uncertain, what lasts before what ends, much before little. */
function bestWay(a: Tried, b: Tried): number {
  const met = ({ evaluation: { report } }: Tried) =>
    (report.parts ?? []).filter(({ outcome }) => outcome === 'met').length
  return (
    OUTCOMES.indexOf(a.outcome) - OUTCOMES.indexOf(b.outcome) ||
    (a.evaluation.until === b.evaluation.until ? 0 : b.evaluation.until - a.evaluation.until) ||
    met(b) - met(a) ||
    a.way.route.cost - b.way.route.cost
  )
}

/** That it is met, where it is, and what is to be said of the badge. */
function reasonsOf({ verdict, codes, claim, contextual }: Candidate): StackReason[] {
  const all = [
    ...(verdict === 'yes' ? (['requirement.met'] as const) : []),
    ...codes,
    ...(claim.next === undefined ? [] : (['renewal.coming'] as const)),
  ]
  return all.flatMap((code) => {
    const each = contextual.filter((reason) => reason.code === code)
    return each.length > 0 ? each : [aboutBadge(code, claim)]
  })
}

function reasonsOfWay({ way: { kind, route, of } }: Tried): StackReason[] {
  if (kind === 'replacements') return [{ code: 'match.replacements', competency: of }]
  return [route.step === undefined ? { code: 'match.set' } : { code: 'match.other_set', competency: of }]
}

/** It was given away, or another credential for the same award was. */
function spentReason(claim: Claim, taken: ReadonlyMap<number, string>): StackReason {
  return aboutBadge(taken.get(claim.award) === claim.credential ? 'distinct.spent' : 'distinct.same_award', claim)
}

/** The set that is not the one that is asked, with the way from it. */
function setOf({ asked }: Leaf, { way: { of, route } }: Tried): Pick<RequirementReport, 'set'> {
  return of === asked.competency && route.step === undefined ? {} : { set: { id: of, path: stepsOf(route) } }
}

function expiry(until: number): Pick<RequirementReport, 'expires'> {
  return Number.isFinite(until) ? { expires: formatDateTime(new Date(until)) } : {}
}

/** A part of a set of which nothing is there. */
function isEmpty({ by, parts }: RequirementReport): boolean {
  return by === undefined && (parts ?? []).every(isEmpty)
}

function missingOf({ asked, wanted, competency }: Leaf, best: Candidate | undefined): string[] {
  const isLevelOnly =
    best !== undefined && best.verdict === 'no' && best.codes.every((code) => code.startsWith('level.'))
  return isLevelOnly && wanted !== undefined && asked.level !== undefined
    ? [asked.level]
    : [competency?.id ?? asked.competency]
}

function byOf(
  { asked }: Leaf,
  { claim, route, named, level, until, predicted }: Candidate,
): NonNullable<RequirementReport['by']> {
  const naming = claim.names.get(named)
  const steps = stepsOf(route)
  const { next, awarded } = claim
  const at = (time: number) => formatDateTime(new Date(time))
  return {
    credential: claim.credential,
    issuer: claim.issuer,
    ...(level === undefined ? {} : { level }),
    path: [
      { via: naming?.via ?? 'alignment', from: claim.achievement, to: steps[0]?.from ?? asked.competency },
      ...steps,
    ],
    ...(Number.isNaN(awarded) ? {} : { awarded: at(awarded) }),
    ...(predicted?.record === undefined ? {} : { record: predicted.record }),
    ...(Number.isFinite(until) ? { until: at(until) } : {}),
    ...(next === undefined
      ? {}
      : { renewal: { from: at(next.from), ...(Number.isFinite(next.until) ? { until: at(next.until) } : {}) } }),
  }
}
