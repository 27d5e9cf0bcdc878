/**
 * A badge against a quality profile.
 *
 * @module
 */
import { DefectError, invalidOption } from '../../errors.js'
import { arrayOf, callable, date, type Kind, type Members, mapOf, shape, text } from '../../internal/members.js'
import type { Achievement, OpenBadgeCredential } from '../../model/types.js'
import { demandArgument, demandOptions } from '../../report/demand-options.js'
import { plug } from '../plug-argument.js'
import { checkBy, loadChecks, profileFindings } from './lint-profile.js'
import { parseQualityProfile } from './profile.js'
import { type BundledProfile, qualityProfile } from './profiles.js'
import type {
  CheckQualityOptions,
  QualityAnswer,
  QualityCheck,
  QualityProfile,
  QualityProfileCheck,
  QualityProfileFinding,
  QualityReport,
  QualityResult,
  QualityStatus,
  QualitySubject,
} from './types.js'

const CHECK: Members<QualityCheck> = { asks: text, mend: text, settings: callable, judge: callable }
const checks: Kind = mapOf(shape(CHECK, { required: ['asks', 'mend', 'judge'] }))
const OPTIONS: Members<CheckQualityOptions> = { checks, now: date, recipientNames: arrayOf(text) }
const STATUSES: readonly QualityStatus[] = ['met', 'not-met', 'cannot-be-said', 'not-judged', 'does-not-apply']
const answered: Kind = (value, path) => {
  const { status, places } = (value ?? {}) as Partial<QualityAnswer>
  const isAnswer =
    STATUSES.some((one) => one === status) &&
    Array.isArray(places) &&
    places.every((place) => typeof place?.pointer === 'string' && typeof place?.says === 'string')
  return isAnswer ? undefined : { path, says: 'is { status, places: [{ pointer, says }] }' }
}

/**
 * How far an achievement, or a badge with it, is ready for a profile: one of those that come with the library, by its name, or one of your own.
 * The badge is read as it stands; whether it is genuine is `verifyCredential`'s to say. Nobody is certified by the answer.
 *
 * Throws UsageError `usage.invalid_option` for what is no badge, for an unknown name, and for a profile that names a check that nobody has or
 * settings that it does not take (`lintQualityProfile` says all of them); ParseError as `parseQualityProfile` does; DefectError where a check of
 * the caller's own throws.
 */
export async function checkQuality(
  input: Achievement | OpenBadgeCredential,
  profile: BundledProfile | QualityProfile,
  options: CheckQualityOptions = {},
): Promise<QualityReport> {
  demandArgument(input, plug, 'input')
  demandOptions(options, OPTIONS)
  const own = options.checks ?? {}
  const read = typeof profile === 'string' ? await qualityProfile(profile) : parseQualityProfile(profile)
  const all = await loadChecks()
  const fault = profileFindings(read, all, own).find(({ severity }) => severity === 'error')
  if (fault !== undefined) throw invalidOption('profile', `has a fault at ${fault.pointer}: ${fault.message}`)
  const isBadge = 'credentialSubject' in input
  const subject: QualitySubject = {
    achievement: isBadge ? input.credentialSubject.achievement : input,
    credential: isBadge ? input : undefined,
    base: isBadge ? '/credentialSubject/achievement' : '',
    options,
  }
  const results = read.checks.map((row) => resultOf(row, checkBy(row.check, all, own), read, subject))
  const readiness = readinessOf(results)
  return {
    profile: read.version === undefined ? read.id : `${read.id}@${read.version}`,
    readiness,
    summary: summaryOf(readiness, results, read),
    results,
  }
}

/**
 * What is odd about a profile, in its order. Takes what `checkQuality` takes: the caller's own checks count as known. Throws ParseError as
 * `parseQualityProfile` does.
 */
export async function lintQualityProfile(
  profile: QualityProfile,
  options: Pick<CheckQualityOptions, 'checks'> = {},
): Promise<QualityProfileFinding[]> {
  demandOptions<Pick<CheckQualityOptions, 'checks'>>(options, { checks })
  return profileFindings(parseQualityProfile(profile), await loadChecks(), options.checks ?? {})
}

function resultOf(
  { check: id, weight, source, section, asks, settings = {} }: QualityProfileCheck,
  check: QualityCheck | undefined,
  { sources }: QualityProfile,
  subject: QualitySubject,
): QualityResult {
  if (check === undefined) throw new DefectError('defect.unexpected', `no check "${id}" after it was looked up`)
  const { status, places } = answerOf(id, check, subject, settings)
  const isToMend = status === 'not-met' || status === 'cannot-be-said'
  return {
    check: id,
    asks: asks ?? check.asks,
    weight,
    status,
    places,
    ...(isToMend ? { mend: check.mend } : {}),
    source: {
      ...(sources[source] as QualityProfile['sources'][string]),
      ...(section === undefined ? {} : { section }),
    },
  }
}

/** A check may be the caller's: what it throws, or answers instead of an answer, is a bug and no verdict. */
function answerOf(
  id: string,
  check: QualityCheck,
  subject: QualitySubject,
  settings: NonNullable<QualityProfileCheck['settings']>,
): QualityAnswer {
  let answer: QualityAnswer
  try {
    answer = check.judge(subject, settings)
  } catch (error) {
    throw new DefectError('defect.unexpected', `a bug in the check "${id}", and nothing that is said of the badge`, {
      cause: error,
    })
  }
  const problem = answered(answer, 'answer')
  if (problem === undefined) return answer
  throw new DefectError('defect.unexpected', `a bug in the check "${id}": its "${problem.path}" ${problem.says}`)
}

const isRequired = ({ weight }: QualityResult) => weight === 'required'
const isOpen = ({ status }: QualityResult) => status === 'cannot-be-said' || status === 'not-judged'

function readinessOf(results: readonly QualityResult[]): QualityReport['readiness'] {
  const required = results.filter(isRequired)
  if (required.some(({ status }) => status === 'not-met')) return 'incomplete'
  return required.some(isOpen) ? 'undetermined' : 'ready'
}

function summaryOf(
  readiness: QualityReport['readiness'],
  results: readonly QualityResult[],
  { title }: QualityProfile,
): string {
  const required = results.filter(isRequired)
  const count = (status: QualityStatus) => required.filter((result) => result.status === status).length
  const parts = [
    [count('not-met'), 'not met'],
    [count('cannot-be-said'), 'cannot be said'],
    [count('not-judged'), 'not judged'],
  ] as const
  const said = parts.flatMap(([number, words]) => (number === 0 ? [] : [`${number} ${words}`])).join(', ')
  const of = `of ${required.length} required by "${title}"`
  if (readiness === 'ready') return `Ready: none ${of} is missing.`
  return `${readiness === 'incomplete' ? 'Incomplete' : 'Undetermined'}: ${of} ${said}.`
}
