/**
 * Does somebody fit a role? What `assessStack` answers, requirement by requirement.
 *
 * @module
 */
import { drawnStackReport, framework, stack as stackKind } from '../competency/arguments.js'
import { namesIn, type StackNames } from '../competency/explain-stack.js'
import { pathSaid, reasonSaid, remedySaid, type Slot } from '../competency/sentences.js'
import { requirementsOf } from '../competency/stack.js'
import type {
  CompetencyFramework,
  CompetencyStack,
  Requirement,
  RequirementReport,
  StackReport,
} from '../competency/types.js'
import { arrayOf, callable, type Members } from '../internal/members.js'
import { demandArgument, demandOptions } from '../report/demand-options.js'
import { day, lastDay, moment } from './dates.js'
import { mark } from './marks.js'
import { completed, RENDER, type RenderOptions, type Settings } from './options.js'
import { type Content, element, fill, html, nothing, type SafeHtml } from './safe-html.js'

/** What an assessment needs besides, to be read by people. */
export interface AssessmentOptions extends RenderOptions {
  /** The stack that was asked about: with it the levels that are asked stand beside those that were reached. */
  readonly stack?: CompetencyStack | undefined
  /** The stacks that it extends. */
  readonly stacks?: readonly CompetencyStack[] | undefined
  /** Names of competencies and levels. */
  readonly frameworks?: readonly CompetencyFramework[] | undefined
  /** Names for any id, credentials and issuers too; asked first. One that it does not know it gives back. */
  readonly names?: StackNames | undefined
}

const ASSESSMENT: Members<AssessmentOptions> = {
  ...RENDER,
  stack: stackKind,
  stacks: arrayOf(stackKind),
  frameworks: arrayOf(framework),
  names: callable,
}

interface Work extends Settings {
  readonly nameOf: (id: string) => SafeHtml
  readonly asked: ReadonlyMap<string, Requirement>
}

const OUTCOMES = ['met', 'uncertain', 'not-met'] as const
/** Requirements of one level, reasons and suggestions that are shown. */
const MAX_PARTS = 200
const MAX_REASONS = 20
const MAX_SUGGESTIONS = 5
const MAX_DEPTH = 20
const DRAWN = drawnStackReport(MAX_DEPTH)

/**
 * A fragment of HTML: a `section` with the answer, what is missing, and each requirement with the badge that shows it, the level that was
 * reached against the one that is asked, and why. Needs `stylesheet`.
 *
 * Throws UsageError `usage.invalid_option` for an option that is not one, and what `requirementsOf` throws of `stack`.
 */
export function renderAssessment(assessment: StackReport, options: AssessmentOptions = {}): string {
  demandArgument(assessment, DRAWN, 'assessment')
  demandOptions(options, ASSESSMENT)
  const settings = completed(options)
  const { messages, idPrefix, headingLevel } = settings
  const words = messages.assessment
  const work = workOf(settings, options)
  const id = `${idPrefix}-title`
  const outcome = outcomeOf(assessment)
  const stack = options.stack?.name === undefined ? work.nameOf(assessment.stack) : settings.isolate(options.stack.name)
  return html`<section class="bw-assessment bw-${outcome}" lang="${messages.language}" dir="${messages.direction}" aria-labelledby="${id}">
${heading(headingLevel, { id, class: 'bw-title' }, fill(words.title, { stack }))}
<div class="bw-verdict"><p class="bw-verdict-words">${mark(outcome)}<strong>${words.verdict[outcome]}</strong></p>${
    assessment.expires !== undefined && html`<p>${fill(words.until, { date: end(assessment.expires, work) })}</p>`
  }<p class="bw-more">${fill(messages.checkedAt, { date: moment(assessment.at, settings) })}</p></div>
${gaps(assessment, work)}
${heading(headingLevel + 1, {}, words.requirements)}${requirements(assessment.requirements, work, '', 0)}</section>`.toString()
}

function heading(level: number, attributes: Parameters<typeof element>[1], content: Content): SafeHtml {
  return element(`h${Math.min(level, 6)}` as 'h2', attributes, content)
}

/** Only what says that it is met looks so. */
function outcomeOf({ outcome }: { outcome: string }): (typeof OUTCOMES)[number] {
  return OUTCOMES.find((each) => each === outcome) ?? 'uncertain'
}

function workOf(
  settings: Settings,
  { stack, stacks = [], frameworks = [], names = (id) => id }: AssessmentOptions,
): Work {
  const inFrameworks = namesIn(frameworks)
  const nameOf = (id: string) => {
    const given = names(id)
    return settings.isolate(typeof given === 'string' && given !== id ? given : inFrameworks(id))
  }
  const asked = new Map<string, Requirement>()
  const collect = (requirement: Requirement) => {
    asked.set(requirement.id, requirement)
    const parts = 'allOf' in requirement ? requirement.allOf : 'anyOf' in requirement ? requirement.anyOf : []
    for (const part of parts) collect(part)
  }
  for (const requirement of stack === undefined ? [] : requirementsOf(stack, stacks)) collect(requirement)
  return { ...settings, nameOf, asked }
}

/** What is not met, in short, with what would close the gap. */
function gaps({ requirements }: StackReport, work: Work): SafeHtml {
  const { messages, nameOf, headingLevel } = work
  const words = messages.assessment
  const open = requirements.filter((each) => outcomeOf(each) !== 'met')
  const items = open.slice(0, MAX_PARTS).map((each) => {
    const remedy = remedySaid(each)
    const isBadge = remedy !== undefined && remedy.key !== 'renewal'
    const next = (isBadge ? (each.suggestions ?? []).slice(0, MAX_SUGGESTIONS) : []).map(
      (id) => html`<li>${nameOf(id)}</li>`,
    )
    const asked = each.asked?.level !== undefined || each.asked?.issuers !== undefined
    return html`<li>${label(each, work, '')} <span class="bw-tag bw-${outcomeOf(each)}">${words.outcome[outcomeOf(each)]}</span>${
      remedy !== undefined &&
      (isBadge && !asked
        ? html`<p class="bw-more">${words.suggestions}</p><ul>${next}</ul>`
        : html`<p class="bw-more">${filled(words.remedies[remedy.key], remedy.slots, work)}</p>`)
    }</li>`
  })
  return html`${heading(headingLevel + 1, {}, words.gaps)}${items.length === 0 ? html`<p>${words.noGaps}</p>` : html`<ul>${items}</ul>`}`
}

function requirements(all: readonly RequirementReport[], work: Work, above: string, depth: number): SafeHtml {
  if (all.length === 0 || depth > MAX_DEPTH) return nothing
  const left = all.length - MAX_PARTS
  return html`<ul class="bw-requirements">${all.slice(0, MAX_PARTS).map((each) => requirement(each, work, above, depth))}${
    left > 0 && html`<li class="bw-more">${fill(work.messages.andMore, { count: left })}</li>`
  }</ul>`
}

function requirement(report: RequirementReport, work: Work, above: string, depth: number): SafeHtml {
  const { messages, nameOf } = work
  const words = messages.assessment
  const { id, by, because, parts = [] } = report
  const outcome = outcomeOf(report)
  const found = work.asked.get(id)
  const asked = found !== undefined && 'level' in found ? found.level : undefined
  const isGroup = found === undefined ? because.some(({ code }) => code === 'parts.met') : !('competency' in found)
  const facts: readonly (readonly [string, Content])[] = isGroup
    ? []
    : [
        [words.asked, work.asked.size > 0 && (asked === undefined ? words.anyLevel : nameOf(asked))],
        [words.reached, by === undefined ? words.noLevel : by.level === undefined ? words.noLevel : nameOf(by.level)],
        [
          words.by,
          by === undefined
            ? words.nobody
            : fill(words.badgeOf, { badge: nameOf(by.credential), issuer: nameOf(by.issuer) }),
        ],
        [messages.awarded, by?.awarded !== undefined && day(by.awarded, work)],
        [messages.validUntil, by?.until !== undefined && end(by.until, work)],
      ]
  const said = [
    ...because.slice(0, MAX_REASONS).map((each) => reasonOf(reasonSaid(each, report), work)),
    ...pathSaid(report).map(({ key, slots }) => filled(words.paths[key], slots, work)),
  ]
  const reasons = said.map((each) => html`<li>${each}</li>`)
  const left = because.length - MAX_REASONS
  return html`<li class="bw-requirement bw-${outcome}"><p>${mark(outcome)}<strong>${label(report, work, above)}</strong> <span class="bw-tag">${words.outcome[outcome]}</span></p>${
    facts.length > 0 &&
    html`<dl class="bw-facts">${facts.filter(([, value]) => value !== undefined && value !== false).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`
  }<ul class="bw-reasons">${reasons}${left > 0 && html`<li class="bw-more">${fill(messages.andMore, { count: left })}</li>`}</ul>${requirements(parts, work, id, depth + 1)}</li>`
}

/** What is asked, by its name where one is known. */
function label({ id }: RequirementReport, work: Work, above: string): SafeHtml {
  const { messages, nameOf, asked } = work
  const words = messages.assessment
  const found = asked.get(id)
  if (found !== undefined && 'competency' in found) return nameOf(found.competency)
  if (found !== undefined && 'allOf' in found) return fill(words.allOf, { count: found.allOf.length })
  if (found !== undefined && 'anyOf' in found)
    return fill(words.someOf, { count: found.atLeast, of: found.anyOf.length })
  // The part of a set has the id of the set's requirement, and its own.
  return nameOf(above !== '' && id.startsWith(`${above}/`) ? id.slice(above.length + 1) : id)
}

function reasonOf({ key, slots }: ReturnType<typeof reasonSaid>, work: Work): SafeHtml {
  const words = work.messages.assessment
  if (key === 'parts.met') return filled(words.partsMet, slots, work)
  if (key === 'notVerified' || key === 'otherReason') return filled(words[key], slots, work)
  return filled(words.reasons[key], slots, work)
}

function filled(sentence: string, slots: Readonly<Record<string, Slot>>, work: Work): SafeHtml {
  return fill(sentence, Object.fromEntries(Object.entries(slots).map(([name, slot]) => [name, shownSlot(slot, work)])))
}

function shownSlot(slot: Slot, work: Work): Content {
  const { words } = work.messages.assessment
  const quoted = (id: string) => fill(words.quoted, { 0: work.nameOf(id) })
  if ('name' in slot) return quoted(slot.name)
  if ('names' in slot) return listed(slot.names.map(quoted), work)
  if ('day' in slot) return day(slot.day, work)
  if ('end' in slot) return end(slot.end, work)
  if ('count' in slot) return slot.count
  return 'word' in slot ? words[slot.word] : slot.code
}

/** "A, B or C" in the reader's language, with markup in it. */
function listed(items: readonly SafeHtml[], { locale }: Work): Content {
  const format = new Intl.ListFormat(locale, { type: 'disjunction' })
  return format
    .formatToParts(items.map((_, index) => String(index)))
    .map(({ type, value }): Content => (type === 'element' ? (items[Number(value)] ?? '') : value))
}

function end(text: string, work: Work): Content {
  const { words } = work.messages.assessment
  const { day, time } = lastDay(text, work)
  return time === undefined ? fill(words.endOfDay, { day }) : fill(words.timeOfDay, { day, time })
}
