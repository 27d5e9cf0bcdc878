/**
 * What was reached, on the scale on which it was measured.
 *
 * @module
 */
import { type Claims, objects, text, texts } from './claims.js'
import type { Settings } from './options.js'
import { term } from './party.js'
import { type Content, fill, html, type SafeHtml } from './safe-html.js'
import { isOrderSigned, type SignedOrder } from './signed-order.js'
import { paragraph } from './text.js'

/** Steps of a scale that are shown. */
const MAX_STEPS = 50

export interface Scale {
  readonly steps: readonly Step[]
  readonly reached: number
  readonly required: number
  /** Do they stand from low to high? Not where nothing that was signed says so. */
  readonly isOrdered: boolean
}
interface Step {
  readonly name: SafeHtml
  readonly description?: string
}

/** Its name, its value, and the scale with what was reached and what passes. */
export function oneResult(
  result: Claims,
  { descriptions, signed }: { readonly descriptions: readonly Claims[]; readonly signed: SignedOrder },
  settings: Settings,
): SafeHtml {
  const id = text(result.resultDescription)
  const description = id === undefined ? undefined : descriptions.find((each) => text(each.id) === id)
  const { messages, isolate } = settings
  const name = text(description?.name)
  const value = text(result.value)
  const status = text(result.status)
  const scale = scaleOf(result, description, signed, settings)
  const range = [text(description?.valueMin), text(description?.valueMax)]
  const required = text(description?.requiredValue)
  const parts: Content[] = [
    value !== undefined && html`<strong>${isolate(value)}</strong>`,
    status !== undefined && html`<strong>${isolate(term(status, settings))}</strong>`,
    range[0] !== undefined &&
      range[1] !== undefined &&
      html`<span class="bw-more">${fill(messages.scale, { from: isolate(range[0]), to: isolate(range[1]) })}</span>`,
    required !== undefined &&
      scale === undefined &&
      html`<span class="bw-more">${fill(messages.atLeast, { value: isolate(required) })}</span>`,
    result.achievedLevel !== undefined &&
      (scale === undefined || scale.reached < 0) &&
      html`<span class="bw-warning">${messages.unknownLevel}</span>`,
  ]
  const head = isolate(name ?? term(text(description?.resultType) ?? '', settings))
  return html`<p><span class="bw-label">${head}</span> ${parts.map((part) => html`${part} `)}</p>${scale !== undefined && steps(scale, settings)}`
}

/** Levels of a rubric, or the values that are allowed. Undefined where the badge has no such scale. */
function scaleOf(
  result: Claims,
  description: Claims | undefined,
  signed: SignedOrder,
  { isolate }: Settings,
): Scale | undefined {
  const levels = objects(description?.rubricCriterionLevel)
  const position = (ids: readonly (string | undefined)[], id: string | undefined) =>
    id === undefined ? -1 : ids.indexOf(id)
  if (levels.length > 0) {
    const ranked = isOrderSigned('rubricCriterionLevel', signed) ? levels : byRank(levels)
    const shown = ranked ?? levels
    const ids = shown.map(({ id }) => text(id))
    return {
      steps: shown.map(({ name, id, description }) => {
        const said = text(description)
        return { name: isolate(text(name) ?? text(id) ?? ''), ...(said === undefined ? {} : { description: said }) }
      }),
      reached: position(ids, text(result.achievedLevel)),
      required: position(ids, text(description?.requiredLevel)),
      isOrdered: ranked !== undefined,
    }
  }
  const values = texts(description?.allowedValue)
  if (values.length === 0) return undefined
  return {
    steps: values.map((value) => ({ name: isolate(value) })),
    reached: position(values, text(result.value)),
    required: position(values, text(description?.requiredValue)),
    isOrdered: isOrderSigned('allowedValue', signed),
  }
}

/**
 * From low to high by what the levels say of themselves: all have a number as `level`, or as `points`, and no two the same. Undefined where they do
 * not, and where the two disagree.
 */
function byRank(levels: readonly Claims[]): readonly Claims[] | undefined {
  if (levels.length === 1) return levels
  const orders = (['level', 'points'] as const).flatMap((member) => {
    const ranks = levels.map((level) => numberOf(level[member]))
    if (!ranks.every((rank) => rank !== undefined) || new Set(ranks).size < ranks.length) return []
    return [levels.map((level, index) => [level, ranks[index] as number] as const).sort(([, a], [, b]) => a - b)]
  })
  const [first, second] = orders.map((order) => order.map(([level]) => level))
  return second === undefined || second.every((level, index) => level === first?.[index]) ? first : undefined
}

function numberOf(value: unknown): number | undefined {
  const said = text(value)?.trim()
  return said !== undefined && /^[+-]?\d{1,15}(?:\.\d{1,15})?$/.test(said) ? Number(said) : undefined
}

function steps(scale: Scale, { messages }: Settings): SafeHtml {
  const { reached, required, isOrdered } = scale
  const items = shownSteps(scale).map(([{ name, description }, index]) => {
    const isReached = index === reached
    const words = [
      isReached && html`<strong>${messages.reached}</strong>`,
      index === required && html`<span>${messages.required}</span>`,
    ]
    const said = words.filter((each) => each !== false)
    return html`<li class="bw-step${isReached && ' bw-reached'}">${name}${said.map((each) => html` <span class="bw-tag">${each}</span>`)}${
      description !== undefined && paragraph({ text: description }, messages)
    }</li>`
  })
  const left = scale.steps.length - items.length
  return html`${isOrdered ? html`<ol class="bw-steps">${items}</ol>` : html`<ul class="bw-steps bw-unordered">${items}</ul>`}${left > 0 && html`<p class="bw-more">${fill(messages.andMore, { count: left })}</p>`}${answerTo(scale, messages)}`
}

/** Those that there is room for, with their places; what was reached and what is required are among them. */
function shownSteps({ steps, reached, required }: Scale): readonly (readonly [Step, number])[] {
  const others = MAX_STEPS - new Set([reached, required].filter((index) => index >= MAX_STEPS)).size
  return steps
    .map((step, index) => [step, index] as const)
    .filter(([, index]) => index < others || index === reached || index === required)
}

/** Is it enough? What was reached is, if it is what is required; of two others only their order tells. */
function answerTo({ reached, required, isOrdered }: Scale, messages: Settings['messages']): SafeHtml | undefined {
  const isKnown = reached >= 0 && required >= 0 && (isOrdered || reached === required)
  const answer = isKnown ? (reached >= required ? messages.passed : messages.notPassed) : undefined
  if (answer !== undefined) return html`<p class="bw-more">${answer}</p>`
  return isOrdered ? undefined : html`<p class="bw-more">${messages.orderNotSigned}</p>`
}

/** In short, for a certificate: what was measured, and the level or value that was reached. */
export function achievedLevels(subject: Claims | undefined, settings: Settings): readonly SafeHtml[] {
  const [achievement] = objects(subject?.achievement)
  const descriptions = objects(achievement?.resultDescription)
  return objects(subject?.result)
    .slice(0, MAX_SHORT)
    .flatMap((result) => {
      const description = descriptions.find(({ id }) => text(id) !== undefined && id === result.resultDescription)
      const level = objects(description?.rubricCriterionLevel).find(
        ({ id }) => text(id) !== undefined && id === result.achievedLevel,
      )
      const value = text(level?.name) ?? text(result.value)
      const name = text(description?.name)
      if (value === undefined) return []
      return [
        html`<span>${name !== undefined && html`${settings.isolate(name)}: `}<strong>${settings.isolate(value)}</strong></span>`,
      ]
    })
}
/** Results that a certificate has room for. */
const MAX_SHORT = 4
