/**
 * What is odd about a stack, against the frameworks and crosswalks it is judged with: requirements that nobody can meet, or that nobody
 * will meet any more.
 *
 * @module
 */
import { arrayOf, date, type Members, nearest } from '../internal/members.js'
import type { ContextOfUse } from '../model/extension-context.js'
import { demandArgument, demandOptions } from '../report/demand-options.js'
import { crosswalk as crosswalkKind, framework as frameworkKind, stack as stackKind } from './arguments.js'
import { isAnyOf } from './context.js'
import { canonicalUri, shapeOf } from './identifiers.js'
import { leastToConfirm } from './predictable.js'
import { WORDS } from './reasons.js'
import { CompetencyIndex } from './routes.js'
import { requirementsOf } from './stack.js'
import type { Competency, CompetencyFramework, CompetencyStack, Crosswalk, Requirement, StackFinding } from './types.js'

/** What a stack is checked against. */
export interface CheckStackOptions {
  readonly frameworks: readonly CompetencyFramework[]
  readonly crosswalks?: readonly Crosswalk[] | undefined
  /** The stacks that `extends` may name. */
  readonly stacks?: readonly CompetencyStack[] | undefined
  /** Which competencies are retired depends on it. */
  readonly now: Date
}

const CHECK: Members<CheckStackOptions> = {
  frameworks: arrayOf(frameworkKind),
  crosswalks: arrayOf(crosswalkKind),
  stacks: arrayOf(stackKind),
  now: date,
}

type Leaf = Extract<Requirement, { competency: string }>

/** More badges that are judged anew than most issuers have of one kind. */
const MUCH_TO_CONFIRM = 300
/** Names that are compared with one that is not known. */
const MAX_COMPARED = 2000

/**
 * Findings about a stack, in the order of its requirements. `assessStack` gives them in its report, and takes what badges name for known too.
 * Throws UsageError as `assessStack` does where a framework or `extends` is wrong.
 */
export function checkStack(stack: CompetencyStack, options: CheckStackOptions): StackFinding[] {
  demandArgument(stack, stackKind, 'stack')
  demandOptions(options, CHECK, { required: ['frameworks', 'now'] })
  const { frameworks, crosswalks, stacks, now } = options
  return stackFindings(requirementsOf(stack, stacks), new CompetencyIndex(frameworks, crosswalks), now)
}

/** The same of what has been read. */
export function stackFindings(requirements: readonly Requirement[], index: CompetencyIndex, now: Date): StackFinding[] {
  return requirements.flatMap(leavesIn).flatMap((leaf) => leafFindings(leaf, index, now.getTime()))
}

function leavesIn(requirement: Requirement): Leaf[] {
  if ('competency' in requirement) return [requirement]
  return ('allOf' in requirement ? requirement.allOf : requirement.anyOf).flatMap(leavesIn)
}

function leafFindings(
  { id, competency, level, predictable, context }: Leaf,
  index: CompetencyIndex,
  now: number,
): StackFinding[] {
  const say = (code: StackFinding['code'], message: string, items: readonly string[] = [competency]): StackFinding => ({
    code,
    severity: 'warning',
    requirement: id,
    items,
    message: `requirement "${id}": ${message}`,
  })
  const least = predictable === undefined ? 0 : leastToConfirm(predictable)
  const toConfirm =
    least > MUCH_TO_CONFIRM
      ? [
          say(
            'stack.much_to_confirm',
            `to show that ${percentOf(predictable?.confirmed)} are confirmed (${percentOf(predictable?.confidence)} confidence) takes ${least} badges of each version that were judged anew, and not one that was not confirmed: ask for less`,
          ),
        ]
      : []
  const found = index.find(competency)
  if (!index.knows(competency)) {
    const meant = meantBy(competency, index)
    const wayOut = meant === undefined ? 'give the framework that it is of' : `did you mean ${meant}?`
    return [
      say(
        'stack.unknown_competency',
        `no framework, crosswalk or badge names ${competency}, so that nobody can meet it: ${wayOut}`,
        meant === undefined ? [competency] : [competency, meant],
      ),
      ...toConfirm,
    ]
  }
  if (found === undefined) return toConfirm
  const { replacedBy, from, until, scale } = found
  const name = `"${found.competency.name}"`
  const isRetired = until < now
  const nameOf = (each: string) => index.find(each)?.competency.name ?? each
  return [
    ...(isRetired || replacedBy.length > 0
      ? [
          say(
            'stack.retired_competency',
            `${name} ${isRetired ? `has not been in use since ${new Date(until).toISOString().slice(0, 10)}` : 'was replaced'}${
              replacedBy.length === 0
                ? ''
                : `; ${replacedBy.map((each) => `"${nameOf(each)}"`).join(' and ')} took its place: require that`
            }`,
            [competency, ...replacedBy],
          ),
        ]
      : []),
    ...(from > now
      ? [say('stack.coming_competency', `${name} is in use from ${new Date(from).toISOString().slice(0, 10)} only`)]
      : []),
    ...(level !== undefined && !scale.isOrdered
      ? [
          say(
            'stack.level_order_unknown',
            `nobody says which of the levels of ${name} is higher, so that only the very level that is asked counts: say the order in its framework`,
          ),
        ]
      : []),
    ...otherContexts(context, found.competency).map(([word, own, asked]) =>
      say(
        'stack.other_context',
        `${name} is for the ${word} ${own.join(', ')} by its framework; ${asked.join(' or ')} is asked, so that a badge counts only if it says so itself`,
      ),
    ),
    ...toConfirm,
  ]
}

/** What a framework says of a competency counts for badges that say nothing of their own. */
function otherContexts(context: ContextOfUse | undefined, { educationLevel, subject }: Competency) {
  const rows = [
    ['educationLevel', educationLevel],
    ['subject', subject],
  ] as const
  return rows.flatMap(([dimension, own]) => {
    const asked = context?.[dimension]
    return asked === undefined || own === undefined || isAnyOf(own, asked, dimension)
      ? []
      : [[WORDS[dimension], own, asked] as const]
  })
}

const percentOf = (share = 0) => `${Number((share * 100).toFixed(2))} %`

/** Another spelling of its address, or the nearest end of one. */
function meantBy(competency: string, index: CompetencyIndex): string | undefined {
  const shape = shapeOf(competency)
  const end = endOf(competency)
  const ends = new Map<string, string>()
  for (const { competency: each } of index.all()) {
    if (shapeOf(each.id) === shape) return each.id
    if (ends.size < MAX_COMPARED && startOf(each.id) === startOf(competency)) ends.set(endOf(each.id), each.id)
  }
  const found = nearest(end, [...ends.keys()])
  return found === undefined ? undefined : ends.get(found)
}

const lastSlash = (uri: string) => Math.max(uri.lastIndexOf('/'), uri.lastIndexOf('#'), uri.lastIndexOf(':'))
const endOf = (uri: string) => uri.slice(lastSlash(uri) + 1)
const startOf = (uri: string) => canonicalUri(uri).slice(0, lastSlash(canonicalUri(uri)) + 1)
