/**
 * What the documentation of assessStack says, put into code as plainly as it can be: no routes, no flow, no caches. What a badge shows is
 * derived fact by fact until nothing new follows, and everything else is tried out. For small worlds only. It takes nothing from the
 * library but types.
 */

import type {
  AssessOptions,
  Competency,
  CompetencyStack,
  Crosswalk,
  Requirement,
} from '../../../src/competency/types.js'
import type { VerificationReport } from '../../../src/entries/index.js'
import type { ContextOfUse } from '../../../src/model/extension-context.js'
import { type Held, heldBy } from './held.js'

export interface Answer {
  readonly outcome: 'met' | 'not-met' | 'uncertain'
  /** Milliseconds; Infinity: never; 0 where it is not met. */
  readonly until: number
}

export interface Judgement extends Answer {
  readonly requirements: readonly (Answer & { readonly id: string; readonly closers: readonly string[] })[]
}

export type Leaf = Extract<Requirement, { competency: string }>
type Match = Crosswalk['matches'][number]

/** What of it may be counted on: what is certain, or what may turn out well too; and only what lasts so long. */
interface Question {
  readonly certain: boolean
  readonly until: number
}

/** What somebody has by one badge. */
interface Fact {
  readonly competency: string
  readonly level?: string | undefined
  /** It came of something narrower. */
  readonly narrow: boolean
}

/** A statement of a crosswalk, read from one of its ends. */
interface Statement {
  readonly from: string
  readonly to: string
  /** Whoever has `from` has `to`, or has something narrower than `to`. */
  readonly relation: 'exact' | 'narrower'
  readonly levels: readonly (readonly [string, string])[]
  readonly match: Match
}

/** What all frameworks together say of a competency. */
interface Known {
  /** From low to high, if anybody says so. */
  readonly levels: readonly string[]
  readonly isOrdered: boolean
  /** What any of them says, and what all of them say. */
  readonly parts: readonly string[]
  readonly sureParts: readonly string[]
  readonly replacedBy: readonly string[]
  /** Nobody awards what is retired, or not in use yet. */
  readonly isInUse: boolean
}

export class Oracle {
  private readonly now: number
  private readonly competencies: ReadonlyMap<string, Known>
  private readonly matches: readonly Match[]
  private readonly statements: readonly Statement[]
  private readonly options: AssessOptions
  /** For each context that a crosswalk names: what follows from what holds in it, and everywhere. */
  private readonly within: readonly { readonly context: ContextOfUse; readonly oracle: Oracle }[]

  constructor(options: AssessOptions) {
    this.options = options
    this.now = options.now.getTime()
    const all = options.frameworks.flatMap(({ competencies }) => competencies)
    this.competencies = new Map(
      all.map(({ id }) => [
        id,
        knownOf(
          all.filter((each) => each.id === id),
          this.now,
        ),
      ]),
    )
    const matches = (options.crosswalks ?? []).flatMap((crosswalk) => crosswalk.matches)
    this.matches = matches.filter(({ context }) => context === undefined)
    const contexts = new Map(matches.flatMap(({ context }) => (context ? [[JSON.stringify(context), context]] : [])))
    this.within = [...contexts].map(([key, context]) => {
      const holding = matches
        .filter((each) => each.context === undefined || JSON.stringify(each.context) === key)
        .map(({ context: _, ...rest }) => rest)
      return {
        context,
        oracle: new Oracle({ ...options, crosswalks: [{ source: 'https://x.example/', matches: holding }] }),
      }
    })
    this.statements = this.withoutContradictions(this.matches.flatMap(bothWays))
  }

  judge(reports: readonly VerificationReport[], stack: CompetencyStack): Judgement {
    const held = heldBy(reports, this.options)
    const requirements = this.askedBy(stack).map((requirement) => ({
      id: requirement.id,
      ...this.answer(requirement, held),
      closers: this.closers(requirement, held),
    }))
    const outcomes = requirements.map(({ outcome }) => outcome)
    const outcome = outcomes.includes('not-met') ? 'not-met' : outcomes.includes('uncertain') ? 'uncertain' : 'met'
    const until = outcome === 'met' ? Math.min(...requirements.map((each) => each.until)) : 0
    return { outcome, until, requirements }
  }

  /** What the stacks that it extends ask, and then what it asks itself; what two of them ask is asked once. */
  askedBy(stack: CompetencyStack): Requirement[] {
    const bases = (stack.extends ?? []).flatMap((id) => (this.options.stacks ?? []).filter((base) => base.id === id))
    const all = [...bases.flatMap((base) => this.askedBy(base)), ...stack.requirements]
    return all.filter(({ id }, index) => all.findIndex((other) => other.id === id) === index)
  }

  private answer(requirement: Requirement, held: readonly Held[]): Answer {
    if (!this.holds(requirement, held, { certain: true, until: this.now })) {
      const mayHold = this.holds(requirement, held, { certain: false, until: this.now })
      return { outcome: mayHold ? 'uncertain' : 'not-met', until: 0 }
    }
    // The latest end of anything up to which it still holds.
    const ends = [Number.POSITIVE_INFINITY, ...this.ends(requirement, held)].sort((a, b) => b - a)
    return {
      outcome: 'met',
      until: ends.find((until) => this.holds(requirement, held, { certain: true, until })) ?? this.now,
    }
  }

  private ends(requirement: Requirement, held: readonly Held[]): number[] {
    const months = leavesIn(requirement).flatMap(({ maxAgeMonths }) => maxAgeMonths ?? [])
    return held.flatMap(({ until, awarded, endorsements }) => [
      until,
      ...months.map((each) => monthsLater(awarded, each)),
      ...endorsements.map((endorsement) => endorsement.until),
    ])
  }

  private holds(requirement: Requirement, held: readonly Held[], question: Question): boolean {
    if ('competency' in requirement)
      return (
        held.some((badge) => this.isEnough(badge, requirement, question)) ||
        this.sets(requirement, question).some((set) => set.every((part) => this.holds(part, held, question)))
      )
    if ('allOf' in requirement) return requirement.allOf.every((part) => this.holds(part, held, question))
    if (requirement.distinct === true) return this.waysTo(requirement, held, question).length > 0
    return requirement.anyOf.filter((part) => this.holds(part, held, question)).length >= requirement.atLeast
  }

  /** All ways to give badges to what is asked, each badge once: the badges that each way takes. */
  private waysTo(requirement: Requirement, held: readonly Held[], question: Question): Held[][] {
    if ('competency' in requirement)
      return [
        ...held.filter((badge) => this.isEnough(badge, requirement, question)).map((badge) => [badge]),
        ...this.sets(requirement, question).flatMap((set) => this.waysToSome(set, set.length, held, question)),
      ]
    return 'allOf' in requirement
      ? this.waysToSome(requirement.allOf, requirement.allOf.length, held, question)
      : this.waysToSome(requirement.anyOf, requirement.atLeast, held, question)
  }

  private waysToSome(
    parts: readonly Requirement[],
    count: number,
    held: readonly Held[],
    question: Question,
  ): Held[][] {
    const [first, ...others] = parts
    if (count === 0) return [[]]
    if (first === undefined || parts.length < count) return []
    const withFirst = this.waysTo(first, held, question).flatMap((spent) => {
      const left = held.filter((badge) => !spent.some((other) => other.award === badge.award))
      return this.waysToSome(others, count - 1, left, question).map((more) => [...spent, ...more])
    })
    return [...withFirst, ...this.waysToSome(others, count, held, question)]
  }

  /** Sets all of whose parts are the competency that is asked; what is asked of the set is asked of each part. */
  private sets(leaf: Leaf & Unfolded, question: Question): (Leaf & Unfolded)[][] {
    const { unfolded = [] } = leaf
    // A level of a set says nothing of levels of its parts.
    if (leaf.level !== undefined) return []
    const exactly: Leaf = { id: leaf.id, competency: leaf.competency }
    return [...this.competencies].flatMap(([id, { parts, replacedBy }]) => {
      if (unfolded.includes(id)) return []
      const isIt = this.consequences({ competency: id, narrow: false }, exactly, question).some(
        ({ competency }) => competency === leaf.competency,
      )
      return [parts, replacedBy.length > 1 ? replacedBy : []].flatMap((all) =>
        isIt && all.length > 0 ? [all.map((part) => ({ ...leaf, competency: part, unfolded: [...unfolded, id] }))] : [],
      )
    })
  }

  private isEnough(badge: Held, leaf: Leaf, question: Question): boolean {
    const { standing, until, issuer, evidence, awarded, endorsements } = badge
    const lasts = (end: number) => end > this.now && end >= question.until
    const isSure = (how: 'yes' | 'maybe' | 'no') => how === 'yes' || (how === 'maybe' && !question.certain)
    if (!isSure(standing) || !lasts(until)) return false
    if (leaf.issuers?.includes(issuer) === false) return false
    if (leaf.evidence === true && !evidence) return false
    if (leaf.maxAgeMonths !== undefined && !lasts(monthsLater(awarded, leaf.maxAgeMonths))) return false
    const { endorsedBy } = leaf
    if (
      endorsedBy !== undefined &&
      !endorsements.some(
        (endorsement) =>
          isSure(endorsement.standing) &&
          lasts(endorsement.until) &&
          (endorsedBy === 'independent'
            ? ![issuer, badge.subject].includes(endorsement.by)
            : endorsedBy.includes(endorsement.by)),
      )
    )
      return false
    return badge.names.some(
      (name) => this.isInContext(badge, name, leaf, question) && this.isShownSomehow(badge, name, leaf, question),
    )
  }

  /** Where the requirement says for whom and where. */
  private isInContext(badge: Held, name: string, { context }: Leaf, question: Question): boolean {
    if (context === undefined || badge.context === undefined) return true
    const { notSaid = 'uncertain', ...asked } = context
    const said = this.fits(asked, badge, name)
    if (said.includes('yes')) return true
    return said.includes('maybe') && (notSaid === 'accepted' || (notSaid === 'uncertain' && !question.certain))
  }

  /** Of each context in which it was shown, whether that is the one that is asked. */
  private fits(asked: ContextOfUse, { context }: Held, name: string): ('yes' | 'maybe' | 'no')[] {
    const own = this.options.frameworks.flatMap(({ competencies }) => competencies).find(({ id }) => id === name)
    return (context?.shown.length ? context.shown : [{}]).map((shown) => {
      const answers = (Object.keys(asked) as (keyof ContextOfUse)[]).map((dimension) => {
        const stated =
          shown[dimension] ??
          context?.aligned[dimension] ??
          (dimension === 'educationLevel' || dimension === 'subject' ? own?.[dimension] : undefined)
        if (stated === undefined) return 'maybe'
        const words = (list: readonly string[] = []) => list.map((word) => word.toLowerCase())
        return words(stated).some((word) =>
          words(asked[dimension]).some(
            (other) => word === other || (dimension === 'language' && word.startsWith(`${other}-`)),
          ),
        )
          ? 'yes'
          : 'no'
      })
      return answers.includes('no') ? 'no' : answers.includes('maybe') ? 'maybe' : 'yes'
    })
  }

  /** By what holds everywhere, or by what holds where it was shown besides. */
  private isShownSomehow(badge: Held, name: string, leaf: Leaf, question: Question): boolean {
    if (this.isShown(badge, name, leaf, question)) return true
    return (
      badge.context !== undefined &&
      this.within.some(({ context, oracle }) => {
        const said = this.fits(context, badge, name)
        const holds = said.includes('yes') || (!question.certain && said.includes('maybe'))
        return holds && oracle.isShown(badge, name, leaf, question)
      })
    )
  }

  /** By one of the names that the badge has for what it is about. */
  private isShown(badge: Held, name: string, leaf: Leaf, question: Question): boolean {
    const isAsked = ({ competency }: Fact) => competency === leaf.competency
    const derive = (level?: string) =>
      this.consequences({ competency: name, level, narrow: false }, leaf, question).filter(isAsked)
    if (derive().length === 0) return false
    if (leaf.level === undefined) return true
    const scale = this.scaleOf(leaf.competency)
    // Each result that speaks of it, as the places on the scale that it shows.
    const reached = badge.results
      .filter(({ about, names }) =>
        badge.ownNames.includes(name)
          ? about.includes(name) || !about.some((other) => badge.ownNames.includes(other))
          : names.includes(name),
      )
      .map(({ levels }) =>
        levels.flatMap((level) => {
          const shown = derive(level).flatMap((fact) => (fact.level === undefined ? [] : [fact.level]))
          return (shown.some((each) => scale.includes(each)) ? shown : [level]).filter((each) => scale.includes(each))
        }),
      )
      .filter((levels) => levels.length > 0)
    if (reached.length === 0) return false
    const wanted = leaf.level
    const isOrdered = this.competencies.get(leaf.competency)?.isOrdered === true
    if (!isOrdered && !question.certain) return true
    // Two results that disagree prove no more than the lower one.
    return reached.every((levels) =>
      levels.some((level) => (isOrdered ? scale.indexOf(level) >= scale.indexOf(wanted) : level === wanted)),
    )
  }

  private scaleOf(competency: string): readonly string[] {
    return this.competencies.get(competency)?.levels ?? []
  }

  private below(competency: string, level: string): string | undefined {
    const { levels, isOrdered } = this.competencies.get(competency) ?? { levels: [], isOrdered: false }
    return isOrdered && levels.includes(level) ? levels[levels.indexOf(level) - 1] : undefined
  }

  /** Nothing of it depends on the person. */
  private readonly derived = new Map<string, Fact[]>()

  private consequences(start: Fact, leaf: Leaf, question: Question): Fact[] {
    const key = JSON.stringify([start, leaf.matches, leaf.covers, question.certain])
    const found = this.derived.get(key) ?? this.saturated(start, leaf, question)
    this.derived.set(key, found)
    return found
  }

  private saturated(start: Fact, leaf: Leaf, question: Question): Fact[] {
    const known = new Map<string, Fact>()
    const open = [start]
    for (let fact = open.pop(); fact !== undefined; fact = open.pop()) {
      const key = JSON.stringify([fact.competency, fact.level, fact.narrow])
      if (known.has(key)) continue
      known.set(key, fact)
      open.push(...this.next(fact, leaf, question))
    }
    return [...known.values()]
  }

  private next({ competency, level, narrow }: Fact, leaf: Leaf, question: Question): Fact[] {
    const facts: Fact[] = []
    // Whoever has a level has the one below.
    const below = level === undefined ? undefined : this.below(competency, level)
    if (below !== undefined) facts.push({ competency, level: below, narrow })
    // Whoever has a set has its parts, at no level, where the requirement says so.
    if (level === undefined && leaf.covers === 'parts')
      for (const part of this.competencies.get(competency)?.sureParts ?? []) facts.push({ competency: part, narrow })
    // Whoever has what replaced something has that, at no level.
    if (level === undefined)
      for (const [old, { replacedBy }] of this.competencies)
        if (replacedBy.length === 1 && replacedBy[0] === competency) facts.push({ competency: old, narrow })
    for (const { from, to, relation, levels, match } of this.statements) {
      if (from !== competency || (question.certain && this.isDisputed(match))) continue
      if (relation === 'narrower' && (leaf.matches !== 'narrow' || narrow)) continue
      const next = { competency: to, narrow: narrow || relation === 'narrower' }
      if (level === undefined) facts.push(next)
      else for (const [mine, theirs] of levels) if (mine === level) facts.push({ ...next, level: theirs })
    }
    return facts
  }

  /** Somebody says something else of the same two. */
  private isDisputed({ from, to, relation }: Match): boolean {
    return this.matches.some((other) =>
      [other, { from: other.to, to: other.from, relation: INVERSE[other.relation] }].some(
        (each) => each.from === from && each.to === to && each.relation !== relation,
      ),
    )
  }

  /** Statements that contradict each other, or the order of levels, say nothing of levels, and nor does another about the same two. */
  private withoutContradictions(statements: readonly Statement[]): Statement[] {
    const without = (silent: readonly Match[]) =>
      statements.map((each) => (silent.some((match) => isPair(match, each)) ? { ...each, levels: [] } : each))
    const direct = this.matches.filter((match) => this.contradictsItself(match) || this.contradictsAnother(match))
    return without([...direct, ...this.inCircles(without(direct))])
  }

  private contradictsItself({ from, to, levels = {} }: Match): boolean {
    const [mine, theirs] = [this.competencies.get(from), this.competencies.get(to)]
    if (mine?.isOrdered !== true || theirs?.isOrdered !== true) return false
    const pairs = Object.entries(levels).filter(([a, b]) => mine.levels.includes(a) && theirs.levels.includes(b))
    return pairs.some(([low, toLow]) =>
      pairs.some(
        ([high, toHigh]) =>
          mine.levels.indexOf(low) < mine.levels.indexOf(high) &&
          theirs.levels.indexOf(toLow) > theirs.levels.indexOf(toHigh),
      ),
    )
  }

  private contradictsAnother({ from, to, levels = {} }: Match): boolean {
    return this.matches.some(
      (other) =>
        other.from === from &&
        other.to === to &&
        Object.entries(levels).some(([level, target]) => (other.levels?.[level] ?? target) !== target),
    )
  }

  /** Of statements that, round a circle, make one level of a competency another level of the same. */
  private inCircles(statements: readonly Statement[]): Match[] {
    const node = (competency: string, level: string) => JSON.stringify([competency, level])
    const edges: { from: string; to: string; match?: Match }[] = []
    for (const { from, to, levels, match } of statements)
      for (const [mine, theirs] of levels) edges.push({ from: node(from, mine), to: node(to, theirs), match })
    for (const [id, { levels }] of this.competencies)
      for (const level of levels) {
        const below = this.below(id, level)
        if (below !== undefined) edges.push({ from: node(id, level), to: node(id, below) })
      }
    const nodes = [...new Set(edges.flatMap(({ from, to }) => [from, to]))]
    const reach = new Map(nodes.map((start) => [start, reachable(start, edges)]))
    const isCircle = (a: string, b: string) => reach.get(a)?.has(b) === true && reach.get(b)?.has(a) === true
    const competencyOf = (each: string) => (JSON.parse(each) as [string, string])[0]
    const isTorn = (each: string) => {
      const circle = nodes.filter((other) => isCircle(other, each))
      return new Set(circle.map(competencyOf)).size < circle.length
    }
    return edges.flatMap(({ from, to, match }) => (match && isCircle(from, to) && isTorn(from) ? [match] : []))
  }

  /** The competencies of which one new badge would do, whoever of the accepted issuers it is from, and at its highest level. */
  private closers(requirement: Requirement, held: readonly Held[]): string[] {
    const sure: Question = { certain: true, until: this.now }
    if (this.holds(requirement, held, sure)) return []
    const leaves = leavesIn(requirement)
    const ids = new Set([
      ...this.competencies.keys(),
      ...this.statements.map(({ from }) => from),
      ...leaves.map(({ competency }) => competency),
    ])
    const awarded = [...ids].filter((id) => this.competencies.get(id)?.isInUse !== false)
    return awarded.filter((id) =>
      this.idealsOf(id, requirement).some((each) => this.holds(requirement, [...held, each], sure)),
    )
  }

  /** New badges about a competency that lack nothing: by each issuer, at each of its levels. */
  idealsOf(id: string, requirement: Requirement): Held[] {
    const leaves = leavesIn(requirement)
    const issuers = new Set(['https://anybody.example/', ...leaves.flatMap((leaf) => leaf.issuers ?? [])])
    const stated = this.statements.flatMap(({ from, levels }) => (from === id ? levels.map(([mine]) => mine) : []))
    const endorsers = ['https://third.example/', ...leaves.flatMap(({ endorsedBy = [] }) => endorsedBy)]
    return [...issuers].flatMap((issuer) =>
      [undefined, ...new Set([...this.scaleOf(id), ...stated])].map(
        (level): Held => ({
          id: 'urn:x:ideal',
          award: 'urn:x:ideal',
          achievement: 'urn:x:ideal',
          shown: ['urn:x:seen'],
          standing: 'yes',
          issuer,
          subject: 'did:example:teacher-17',
          names: [id],
          ownNames: [id],
          results: level === undefined ? [] : [{ about: [], levels: [level], names: [] }],
          context: undefined,
          evidence: true,
          awarded: this.now,
          until: Number.POSITIVE_INFINITY,
          endorsements: endorsers.map((by) => ({ by, standing: 'yes', until: Number.POSITIVE_INFINITY })),
        }),
      ),
    )
  }
}

interface Unfolded {
  /** The sets that it is a part of, from the one that is asked. */
  readonly unfolded?: readonly string[]
}

function knownOf(definitions: readonly Competency[], now: number): Known {
  const scales = definitions.flatMap(({ levels = [], levelOrder }) =>
    levels.length === 0
      ? []
      : [{ levels: levels.map(({ id }) => id), isOrdered: levelOrder === undefined || levels.length === 1 }],
  )
  const longest = [...scales].sort((a, b) => b.levels.length - a.levels.length)[0]?.levels ?? []
  const all = [...new Set(scales.flatMap(({ levels }) => levels))]
  const agree = scales.every(
    ({ levels, isOrdered }) =>
      isOrdered && JSON.stringify(longest.filter((level) => levels.includes(level))) === JSON.stringify(levels),
  )
  const parts = [...new Set(definitions.flatMap((each) => each.parts ?? []))]
  const ends = definitions.map(({ endDate }) =>
    endDate === undefined ? Number.POSITIVE_INFINITY : Date.parse(`${endDate}T23:59:59.999Z`),
  )
  const starts = definitions.map(({ startDate }) =>
    startDate === undefined ? Number.NEGATIVE_INFINITY : Date.parse(`${startDate}T00:00:00Z`),
  )
  return {
    levels: agree ? longest : all,
    isOrdered: agree,
    parts,
    sureParts: parts.filter((part) => definitions.every((each) => each.parts?.includes(part) === true)),
    replacedBy: [...new Set(definitions.flatMap((each) => each.replacedBy ?? []))],
    isInUse: Math.max(...ends) >= now && Math.min(...starts) <= now,
  }
}

const isPair = (a: { from: string; to: string }, b: { from: string; to: string }) =>
  (a.from === b.from && a.to === b.to) || (a.from === b.to && a.to === b.from)

const INVERSE = { exact: 'exact', related: 'related', broad: 'narrow', narrow: 'broad' } as const

function bothWays(match: Match): Statement[] {
  const { from, to, relation } = match
  const there = Object.entries(match.levels ?? {})
  // Of several levels that lead to one nobody can say which of them was reached.
  const back = there.filter(([, to]) => there.filter(([, other]) => other === to).length === 1)
  const forward: Statement = { from, to, relation: relation === 'exact' ? 'exact' : 'narrower', levels: there, match }
  const backward: Statement = { ...forward, from: to, to: from, levels: back.map(([a, b]) => [b, a] as const) }
  if (from === to) return []
  return relation === 'exact'
    ? [forward, backward]
    : relation === 'broad'
      ? [forward]
      : relation === 'narrow'
        ? [backward]
        : []
}

function reachable(start: string, edges: readonly { from: string; to: string }[]): ReadonlySet<string> {
  const seen = new Set([start])
  for (let before = 0; before !== seen.size; ) {
    before = seen.size
    for (const { from, to } of edges) if (seen.has(from)) seen.add(to)
  }
  return seen
}

export function leavesIn(requirement: Requirement): Leaf[] {
  if ('competency' in requirement) return [requirement]
  return ('allOf' in requirement ? requirement.allOf : requirement.anyOf).flatMap(leavesIn)
}

/** The same day so many months later, or the last one of that month; UTC. */
export function monthsLater(moment: number, months: number): number {
  const start = new Date(moment)
  const end = new Date(moment)
  end.setUTCMonth(start.getUTCMonth() + months)
  // 31 February is the 3rd of March: back to the last of February.
  if (end.getUTCDate() !== start.getUTCDate()) end.setUTCDate(0)
  return end.getTime()
}
