/**
 * The rules of `checkModularity` as checks of profiles, under their codes.
 *
 * @module
 */
import type { Achievement, OpenBadgeCredential } from '../../model/types.js'
import { MODULARITY_RULES, type ModularityCode } from '../modularity-rules.js'
import { answer, at } from './answers.js'
import type { QualityCheck } from './types.js'

interface Question {
  readonly asks: string
  /** Where it is looked for: into the badge, or into the achievement. */
  readonly place: string
  readonly of: 'badge' | 'achievement'
  /** What stands there where there is nothing to ask. Default: it is always asked. */
  nothing?(achievement: Achievement, credential: OpenBadgeCredential | undefined): string | undefined
}

const noAlignment = ({ alignment = [] }: Achievement) => (alignment.length > 0 ? undefined : 'it is aligned to nothing')
const noRubric = ({ resultDescription = [] }: Achievement) =>
  resultDescription.some(({ rubricCriterionLevel = [] }) => rubricCriterionLevel.length > 0)
    ? undefined
    : 'it has no rubric'
const noScale = ({ resultDescription = [] }: Achievement) =>
  resultDescription.length > 0 ? undefined : 'it describes no results'
const noResult = (_: Achievement, credential: OpenBadgeCredential | undefined) =>
  (credential?.credentialSubject.result ?? []).length > 0 ? undefined : 'it states no results'

const QUESTIONS: Readonly<Record<ModularityCode, Question>> = {
  'specifiable.no_alignment': { asks: 'Does it say which competency it is?', place: '/alignment', of: 'achievement' },
  'specifiable.alignment_further_down': {
    asks: 'Does it name its competencies at the achievement itself?',
    place: '/alignment',
    of: 'achievement',
    nothing: noAlignment,
  },
  'specifiable.alignment_not_a_url': {
    asks: 'Is each target an absolute URI?',
    place: '/alignment',
    of: 'achievement',
    nothing: noAlignment,
  },
  'specifiable.alignment_untyped': {
    asks: 'Does each alignment say what kind of thing it points at?',
    place: '/alignment',
    of: 'achievement',
    nothing: noAlignment,
  },
  'specifiable.alignment_without_framework': {
    asks: 'Does each alignment name its framework?',
    place: '/alignment',
    of: 'achievement',
    nothing: noAlignment,
  },
  'specifiable.unstable_id': {
    asks: 'Is its id one that stays and can be looked up?',
    place: '/id',
    of: 'achievement',
  },
  'specifiable.no_type': {
    asks: 'Does it say what kind of achievement it is?',
    place: '/achievementType',
    of: 'achievement',
  },
  'verifiable.no_criteria': { asks: 'Are there criteria?', place: '/criteria', of: 'achievement' },
  'verifiable.no_evidence': { asks: 'Is there evidence?', place: '/evidence', of: 'badge' },
  'verifiable.anonymous_issuer': { asks: 'Does its issuer have a name?', place: '/issuer', of: 'badge' },
  'verifiable.no_status': { asks: 'Can it be revoked?', place: '/credentialStatus', of: 'badge' },
  'verifiable.no_recipient': { asks: 'Does it say whom it is about?', place: '/credentialSubject', of: 'badge' },
  'verifiable.no_endorsement': { asks: 'Does anybody endorse it?', place: '/endorsement', of: 'achievement' },
  'verifiable.no_assessor': { asks: 'Does it say who assessed?', place: '/creator', of: 'achievement' },
  'predictable.no_rubric': { asks: 'Does it have a rubric?', place: '/resultDescription', of: 'achievement' },
  'predictable.level_not_aligned': {
    asks: 'Is each level aligned to one of a framework?',
    place: '/resultDescription',
    of: 'achievement',
    nothing: noRubric,
  },
  'predictable.same_rank': {
    asks: 'Does each level have a rank of its own?',
    place: '/resultDescription',
    of: 'achievement',
    nothing: noRubric,
  },
  'predictable.no_required_level': {
    asks: 'Does each rubric say which level passes?',
    place: '/resultDescription',
    of: 'achievement',
    nothing: noRubric,
  },
  'predictable.level_not_described': {
    asks: 'Is each level described?',
    place: '/resultDescription',
    of: 'achievement',
    nothing: noRubric,
  },
  'predictable.no_result': {
    asks: 'Does it state the level that was reached?',
    place: '/credentialSubject/result',
    of: 'badge',
    nothing: noRubric,
  },
  'predictable.level_not_in_rubric': {
    asks: 'Is each level that was reached one of its own rubric?',
    place: '/credentialSubject/result',
    of: 'badge',
    nothing: noResult,
  },
  'predictable.value_without_scale': {
    asks: 'Does each value have a scale?',
    place: '/resultDescription',
    of: 'achievement',
    nothing: noScale,
  },
  'predictable.no_version': { asks: 'Does it have a version?', place: '/version', of: 'achievement' },
}

/** By code. */
export const RULE_CHECKS: Readonly<Record<string, QualityCheck>> = Object.fromEntries(
  MODULARITY_RULES.map((rule) => [rule.code, checkOf(rule)]),
)

function checkOf({ code, mend, find }: (typeof MODULARITY_RULES)[number]): QualityCheck {
  const { asks, place, of, nothing } = QUESTIONS[code]
  return {
    asks,
    mend,
    judge: ({ achievement, credential, base }) => {
      const pointer = of === 'badge' ? place : `${base}${place}`
      if (of === 'badge' && credential === undefined)
        return answer('not-judged', at(pointer, 'an achievement does not say: give the badge'))
      const hits = find({ achievement, credential })
      if (hits.length > 0)
        return answer(
          'not-met',
          ...hits.map((hit) => at(hit.ofCredential === true ? hit.at : `${base}${hit.at}`, hit.message)),
        )
      const absent = nothing?.(achievement, credential)
      return absent === undefined
        ? answer('met', at(pointer, 'it does'))
        : answer('does-not-apply', at(pointer, absent))
    },
  }
}
