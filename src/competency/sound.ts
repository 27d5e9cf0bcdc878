/**
 * A framework as it was published, without what nobody can reckon with. Files of other people are read as they are, findings say what is wrong in
 * them, and what is read never stops an assessment.
 *
 * @module
 */
import { circlesOf } from '../internal/circles.js'
import { checkFramework, type FrameworkFinding } from './framework.js'
import { canonicalUri } from './identifiers.js'
import type { Competency, CompetencyFramework } from './types.js'

/**
 * The framework without its errors, and everything that `checkFramework` finds. Of two competencies, or two levels of one, with the same id the
 * first counts. Levels that contradict their points have no order. What goes round in a circle is no part of each other.
 */
export function soundFramework(framework: CompetencyFramework): {
  readonly framework: CompetencyFramework
  readonly findings: readonly FrameworkFinding[]
} {
  const findings = checkFramework(framework)
  const codes = new Set(findings.filter(({ severity }) => severity === 'error').map(({ code }) => code))
  if (codes.size === 0) return { framework, findings }
  const once = firstById(framework.competencies).map(withOrder)
  const competencies = codes.has('framework.cycle') ? withoutCircles(once) : once
  return { framework: { ...framework, competencies }, findings }
}

function firstById<T extends { readonly id: string }>(items: readonly T[]): T[] {
  const seen = new Set<string>()
  return items.filter(({ id }) => !seen.has(canonicalUri(id)) && seen.add(canonicalUri(id)))
}

function withOrder(competency: Competency): Competency {
  const { levels } = competency
  if (levels === undefined) return competency
  const once = firstById(levels)
  const points = once.flatMap(({ points }) => points ?? [])
  const isRising = points.every((each, index) => index === 0 || each > (points[index - 1] ?? each))
  return { ...competency, levels: once, ...(isRising ? {} : { levelOrder: 'unknown' as const }) }
}

function withoutCircles(competencies: readonly Competency[]): Competency[] {
  const known = new Map(competencies.map((competency) => [canonicalUri(competency.id), competency]))
  const partsOf = ({ parts = [] }: Competency) => parts.flatMap((part) => known.get(canonicalUri(part)) ?? [])
  const circles = new Map<string, number>()
  for (const [circle, members] of circlesOf(competencies, partsOf).entries())
    for (const { id } of members) circles.set(canonicalUri(id), circle)
  return competencies.map((competency) => {
    const { parts, ...rest } = competency
    if (parts === undefined) return competency
    const circle = circles.get(canonicalUri(competency.id))
    const left = parts.filter((part) => circles.get(canonicalUri(part)) !== circle)
    return left.length === parts.length ? competency : left.length === 0 ? rest : { ...rest, parts: left }
  })
}
