/**
 * One person against the requirements of a stack, from the leaves up.
 *
 * @module
 */
import { formatDateTime } from '../model/date-time.js'
import type { Claim } from './claims.js'
import { type Gate, type Leaf, type Node, writtenOf } from './compile.js'
import { type Assignment, assign, assignMost, type Formula } from './distinct.js'
import { shapeOf } from './identifiers.js'
import { type Candidate, candidatesOf } from './judge.js'
import type { CompetencyIndex } from './routes.js'
import type { RequirementReport } from './types.js'

type Outcome = RequirementReport['outcome']

export interface Evaluation {
  readonly report: RequirementReport
  /** Milliseconds until which it stays met; Infinity where nothing ends. */
  readonly until: number
  /** Canonical ids: one badge for any of them would make it met. Empty where it is met, or where it takes more. */
  readonly closers: readonly string[]
}

/** Badges that are tried out, one after the other, where credentials count once. */
const MAX_TRIALS = 64

export class Evaluator {
  private readonly claims: readonly Claim[]
  private readonly index: CompetencyIndex
  private readonly now: Date
  private readonly byName = new Map<string, Claim[]>()
  private shapes: ReadonlyMap<string, Claim> | undefined
  private titles: ReadonlyMap<string, Claim> | undefined

  constructor(claims: readonly Claim[], index: CompetencyIndex, now: Date) {
    this.claims = claims
    this.index = index
    this.now = now
    for (const claim of claims)
      for (const name of claim.names.keys()) {
        const named = this.byName.get(name)
        if (named === undefined) this.byName.set(name, [claim])
        else named.push(claim)
      }
  }

  evaluate(node: Node): Evaluation {
    if (node.kind === 'leaf') return this.leaf(node, candidatesOf(node, this.byName, this.now))
    return node.distinct ? this.distinct(node) : this.gate(node, (child) => this.evaluate(child))
  }

  private leaf(leaf: Leaf, candidates: readonly Candidate[]): Evaluation {
    const [best] = candidates
    if (best === undefined && leaf.parts === undefined) return this.nothing(leaf)
    const whole = best?.verdict === 'yes' || leaf.parts === undefined ? undefined : this.evaluate(leaf.parts)
    return this.leafWith(leaf, best, whole)
  }

  /** From the best single credential, and what its parts come to where it is a set. */
  private leafWith(
    leaf: Leaf,
    best: Candidate | undefined,
    whole: Evaluation | undefined,
    spent?: Candidate,
  ): Evaluation {
    const outcome: Outcome =
      best?.verdict === 'yes' || whole?.report.outcome === 'met'
        ? 'met'
        : best?.verdict === 'maybe' || whole?.report.outcome === 'uncertain'
          ? 'uncertain'
          : 'not-met'
    const isBySet = outcome === 'met' && best?.verdict !== 'yes'
    const because = isBySet
      ? ['match.set']
      : best === undefined
        ? spent === undefined
          ? this.whyNothing(leaf)
          : [`distinct.spent ${spent.claim.credential}`]
        : (best.codes.length > 0 ? best.codes : ['requirement.met']).map((code) => `${code} ${best.claim.credential}`)
    if (best?.verdict === 'yes' && best.codes.length > 0)
      (because as string[]).unshift(`requirement.met ${best.claim.credential}`)
    const closers = outcome === 'met' ? [] : union(leaf.closers, whole?.closers ?? [])
    return {
      until: isBySet ? (whole?.until ?? 0) : (best?.until ?? 0),
      closers,
      report: {
        id: leaf.id,
        outcome,
        because,
        ...(best === undefined || isBySet ? {} : { by: byOf(leaf, best) }),
        ...(outcome === 'met' ? {} : { missing: missingOf(leaf, best) }),
        ...(whole === undefined || (whole.report.parts ?? []).every(isEmpty)
          ? {}
          : { parts: whole.report.parts ?? [] }),
        ...(outcome === 'met' ? {} : { suggestions: writtenOf(closers, this.index) }),
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
    const closers = outcome === 'met' ? [] : closersOf(children, gate.atLeast - met)
    return { until, closers, report: this.gateReport(gate, outcome, met, children, closers) }
  }

  private gateReport(
    gate: Gate,
    outcome: Outcome,
    met: number,
    children: readonly Evaluation[],
    closers: readonly string[],
    further: readonly string[] = [],
  ): RequirementReport {
    const missing = children.flatMap(({ report }) => (report.outcome === 'met' ? [] : (report.missing ?? [])))
    return {
      id: gate.id,
      outcome,
      because: [`parts.met ${met} of ${gate.children.length}, ${gate.atLeast} asked`, ...further],
      ...(outcome === 'met' ? {} : { missing: [...new Set(missing)] }),
      parts: children.map(({ report }) => report),
      ...(outcome === 'met' ? {} : { suggestions: writtenOf(closers, this.index) }),
    }
  }

  /** One credential counts once in all that is below. */
  private distinct(gate: Gate): Evaluation {
    const leaves: { leaf: Leaf; candidates: readonly Candidate[] }[] = []
    const formula = this.formula(gate, leaves)
    const numbers = new Map(this.claims.map((claim, number) => [claim, number]))
    const allowed = (use: (candidate: Candidate) => boolean) =>
      leaves.map(({ candidates }) => candidates.flatMap((each) => (use(each) ? [numbers.get(each.claim) ?? -1] : [])))
    const solve = (use: (candidate: Candidate) => boolean) => assign(formula, allowed(use))
    const certain = ({ verdict }: Candidate) => verdict === 'yes'
    const sure = solve(certain)
    if (sure instanceof Map) {
      const until = this.longest(leaves, (time) => solve((each) => certain(each) && each.until >= time) instanceof Map)
      const best = solve((each) => certain(each) && each.until >= until)
      return { ...this.spent(gate, best instanceof Map ? best : sure, leaves, 'met', []), until }
    }
    const possible = solve(({ verdict }) => verdict !== 'no')
    const complex = [sure, possible].includes('too-complex')
    const outcome = possible instanceof Map || complex ? 'uncertain' : 'not-met'
    const most = possible instanceof Map ? possible : assignMost([...leaves.keys()], allowed(certain))
    return this.spent(gate, most, leaves, outcome, complex ? ['distinct.too_complex'] : [], formula)
  }

  /** Leaves get their numbers in the order in which `spent` meets them again. A set is itself, or all of its parts. */
  private formula(node: Node, leaves: { leaf: Leaf; candidates: readonly Candidate[] }[]): Formula {
    if (node.kind === 'gate')
      return { atLeast: node.atLeast, of: node.children.map((child) => this.formula(child, leaves)) }
    const leaf = leaves.push({ leaf: node, candidates: candidatesOf(node, this.byName, this.now) }) - 1
    return node.parts === undefined ? { leaf } : { atLeast: 1, of: [{ leaf }, this.formula(node.parts, leaves)] }
  }

  /** The latest time up to which it can be met: the largest of all ends with which it still goes. */
  private longest(leaves: readonly { candidates: readonly Candidate[] }[], goes: (time: number) => boolean): number {
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
  private spent(
    gate: Gate,
    assignment: Assignment,
    leaves: readonly { leaf: Leaf; candidates: readonly Candidate[] }[],
    outcome: Outcome,
    further: readonly string[],
    unmet?: Formula,
  ): Evaluation {
    let next = 0
    const taken = new Set(assignment.values())
    const visit = (node: Node): Evaluation => {
      if (node.kind === 'gate') return this.gate(node, visit)
      const number = next++
      const { candidates } = leaves[number] as { candidates: readonly Candidate[] }
      const claim = this.claims[assignment.get(number) ?? -1]
      // What was not needed, and nobody else has, is shown as what it is.
      const isFree = (each: Candidate) => each.verdict === 'yes' && !taken.has(this.claims.indexOf(each.claim))
      const mine = candidates.find((each) => (claim === undefined ? isFree(each) : each.claim === claim))
      if (mine !== undefined) taken.add(this.claims.indexOf(mine.claim))
      const whole = node.parts === undefined ? undefined : visit(node.parts)
      if (mine !== undefined) return this.leafWith(node, mine, undefined)
      const spent = candidates.find(({ claim, verdict }) => verdict !== 'no' && taken.has(this.claims.indexOf(claim)))
      const failed = candidates.find(({ verdict }) => verdict === 'no')
      return this.leafWith(node, spent === undefined ? failed : undefined, whole, spent)
    }
    const children = gate.children.map(visit)
    const met = children.filter(({ report }) => report.outcome === 'met').length
    const closers = outcome === 'met' || unmet === undefined ? [] : this.trials(gate, unmet, leaves, met)
    return { until: 0, closers, report: this.gateReport(gate, outcome, met, children, closers, further) }
  }

  /** Which single further badge would do: each is tried. */
  private trials(
    gate: Gate,
    formula: Formula,
    leaves: readonly { leaf: Leaf; candidates: readonly Candidate[] }[],
    met: number,
  ): string[] {
    // A badge counts once here: of plain requirements it closes one.
    const isPlain = gate.children.every((child) => child.kind === 'leaf' && child.parts === undefined)
    if (
      isPlain &&
      gate.atLeast - met > 1 &&
      leaves.every(({ candidates }) => candidates.every(({ verdict }) => verdict !== 'maybe'))
    )
      return []
    const numbers = new Map(this.claims.map((claim, number) => [claim, number]))
    const badges = [...new Set(leaves.flatMap(({ leaf }) => leaf.closers))].slice(0, MAX_TRIALS)
    return badges.filter((badge) => {
      const candidates = leaves.map(({ leaf, candidates: own }) => [
        ...own.flatMap(({ verdict, claim }) => (verdict === 'yes' ? [numbers.get(claim) ?? -1] : [])),
        ...(leaf.closers.includes(badge) ? [this.claims.length] : []),
      ])
      return assign(formula, candidates) instanceof Map
    })
  }

  private nothing(leaf: Leaf): Evaluation {
    const because = this.whyNothing(leaf)
    const report = because.length === 1 ? leaf.nothing : { ...leaf.nothing, because }
    return { until: 0, closers: leaf.closers, report }
  }

  /** No credential leads to it: is there one that was meant to? Equal names and similar addresses suggest, and meet nothing. */
  private whyNothing(leaf: Leaf): readonly string[] {
    this.shapes ??= new Map(
      this.claims.flatMap((claim) => [...claim.names.values()].map(({ id }) => [shapeOf(id), claim])),
    )
    this.titles ??= new Map(this.claims.flatMap((claim) => claim.titles.map((title) => [title, claim])))
    const lookAlike = this.shapes.get(leaf.shape)
    const namesake = leaf.title === undefined ? undefined : this.titles.get(leaf.title)
    if (lookAlike === undefined && namesake === undefined) return leaf.nothing.because
    return [
      ...leaf.nothing.because,
      ...(lookAlike === undefined ? [] : [`alignment.look_alike ${lookAlike.credential}`]),
      ...(namesake === undefined || namesake === lookAlike ? [] : [`alignment.name_only ${namesake.credential}`]),
    ]
  }
}

/** A part of a set of which nothing is there. */
function isEmpty({ by, parts }: RequirementReport): boolean {
  return by === undefined && (parts ?? []).every(isEmpty)
}

function union(a: readonly string[], b: readonly string[]): readonly string[] {
  return b.length === 0 ? a : [...new Set([...a, ...b])]
}

/** One badge that closes as many of the open children as are lacking. */
function closersOf(children: readonly Evaluation[], lacking: number): string[] {
  if (lacking === 1) return [...new Set(children.flatMap(({ closers }) => closers))]
  const counts = new Map<string, number>()
  for (const { closers } of children) for (const key of closers) counts.set(key, (counts.get(key) ?? 0) + 1)
  return [...counts].flatMap(([key, count]) => (count >= lacking ? [key] : []))
}

function missingOf({ asked, wanted, competency }: Leaf, best: Candidate | undefined): string[] {
  const isLevelOnly =
    best !== undefined && best.verdict === 'no' && best.codes.every((code) => code.startsWith('level.'))
  return isLevelOnly && wanted !== undefined && asked.level !== undefined
    ? [asked.level]
    : [competency?.id ?? asked.competency]
}

function byOf({ asked }: Leaf, { claim, route, named, level, until }: Candidate): NonNullable<RequirementReport['by']> {
  const naming = claim.names.get(named)
  const to = route.steps.length === 0 ? asked.competency : (route.steps[0]?.from ?? asked.competency)
  return {
    credential: claim.credential,
    issuer: claim.issuer,
    ...(level === undefined ? {} : { level }),
    path: [{ via: naming?.via ?? 'alignment', from: claim.achievement, to }, ...route.steps],
    ...(Number.isFinite(until) ? { until: formatDateTime(new Date(until)) } : {}),
  }
}
