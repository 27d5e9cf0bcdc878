/**
 * Does this badge plug in? What keeps others from asking for it, checking it, and knowing what it means: the three conditions of a
 * modular interface (Christensen, in Staker, Arnett and Powell 2020) as rules over Open Badges 3.0.
 *
 * @module
 */
import type { Achievement, OpenBadgeCredential } from '../model/types.js'
import { demandArgument } from '../report/demand-options.js'
import { MODULARITY_RULES, type ModularityCode } from './modularity-rules.js'
import { plug } from './plug-argument.js'

/** The conditions of a modular interface: others can ask for it, check it, and know what it means. */
export type Condition = 'specifiable' | 'verifiable' | 'predictable'

/** One thing that keeps it from plugging in, or would make it plug in better. */
export interface ModularityFinding {
  readonly code: ModularityCode
  /** `gap`: the condition does not hold because of it. `advice`: it holds, and could be better. */
  readonly weight: 'gap' | 'advice'
  /** RFC 6901: the field to fill or to change, in what was given. */
  readonly pointer: string
  readonly message: string
  /** What it means to the school on the other side. */
  readonly why: string
  readonly mend: string
  /** Where the rule comes from. */
  readonly source: string
}

/** Which of the three conditions hold, and what to mend. */
export interface ModularityReport {
  readonly specifiable: boolean
  readonly verifiable: boolean
  readonly predictable: boolean
  /** For people who buy: "Schools can specify and verify this badge; they cannot predict what level it means." */
  readonly summary: string
  /** Gaps first, in the order of the conditions. */
  readonly findings: readonly ModularityFinding[]
}

/**
 * What an issuer should mend so that schools can specify, verify and predict an achievement, or one credential with it. Says nothing
 * of whether a credential is genuine: that is `verifyCredential`'s.
 */
export function checkModularity(input: Achievement | OpenBadgeCredential): ModularityReport {
  demandArgument(input, plug, 'input')
  const credential = 'credentialSubject' in input ? input : undefined
  const achievement = 'credentialSubject' in input ? input.credentialSubject.achievement : input
  const base = credential === undefined ? '' : '/credentialSubject/achievement'
  const findings = MODULARITY_RULES.flatMap(({ find, ...rule }) =>
    find({ achievement, credential }).map(({ at, message, ofCredential }): ModularityFinding => {
      const { code, weight, why, mend, source } = rule
      return { code, weight, pointer: ofCredential === true ? at : `${base}${at}`, message, why, mend, source }
    }),
  )
  const gaps = (condition: Condition) =>
    findings.filter(({ code, weight }) => weight === 'gap' && code.startsWith(`${condition}.`))
  const [specifiable, verifiable, predictable] = (['specifiable', 'verifiable', 'predictable'] as const).map(
    (condition) => gaps(condition).length === 0,
  ) as [boolean, boolean, boolean]
  return {
    specifiable,
    verifiable,
    predictable,
    summary: summaryOf({ specifiable, verifiable, predictable }, gaps('predictable')),
    findings: [
      ...findings.filter(({ weight }) => weight === 'gap'),
      ...findings.filter(({ weight }) => weight !== 'gap'),
    ],
  }
}

function summaryOf(holds: Readonly<Record<Condition, boolean>>, unpredictable: readonly ModularityFinding[]): string {
  const isAboutHolder = unpredictable.some(({ code }) => ABOUT_HOLDER.includes(code))
  const level = isAboutHolder ? 'what level was reached' : 'what level it means'
  const say = (conditions: readonly Condition[], joint: 'and' | 'or', object: string) => {
    const verbs = conditions.flatMap((condition) => (condition === 'predictable' ? [] : [VERBS[condition]]))
    const plain = verbs.length === 0 ? [] : [`${verbs.join(` ${joint} `)} ${object}`]
    return [...plain, ...(conditions.includes('predictable') ? [`predict ${level}`] : [])].join(`, ${joint} `)
  }
  const can = CONDITIONS.filter((condition) => holds[condition])
  const cannot = CONDITIONS.filter((condition) => !holds[condition])
  if (cannot.length === 0) return `Schools can ${say(can, 'and', 'this badge')}.`
  if (can.length === 0) return `Schools cannot ${say(cannot, 'or', 'this badge')}.`
  const isNamed = can.some((condition) => condition !== 'predictable')
  return `Schools can ${say(can, 'and', 'this badge')}; they cannot ${say(cannot, 'or', isNamed ? 'it' : 'this badge')}.`
}

const CONDITIONS = ['specifiable', 'verifiable', 'predictable'] as const
const VERBS = { specifiable: 'specify', verifiable: 'verify' } as const
const ABOUT_HOLDER: readonly ModularityCode[] = ['predictable.no_result', 'predictable.level_not_in_rubric']
