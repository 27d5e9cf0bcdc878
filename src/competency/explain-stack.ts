/**
 * A stack report for people: who fits what, by which badge, and what is missing.
 *
 * @module
 */
import { FINDINGS } from '../report/findings.js'
import { canonicalUri } from './identifiers.js'
import type { CompetencyFramework, RequirementReport, StackReport } from './types.js'

/** Names for ids; an id without a name is shown as it is. */
export type StackNames = (id: string) => string

/** What a reason says: `{0}` is the credential, or the count, that it is about. */
export const REASONS = {
  'requirement.met': 'met by {0}',
  'match.narrow': '{0} is about something narrower, which this requirement accepts',
  'match.set': 'met by badges for all of its parts',
  'parts.met': '{0}',
  'competency.not_found': 'no badge is about it',
  'alignment.look_alike': '{0} names a URL that only looks like it: ask its issuer to correct the alignment',
  'alignment.name_only':
    '{0} has the same name, and is not aligned to it: ask its issuer for an alignment, or state a crosswalk',
  'level.not_stated': '{0} states no level',
  'level.below': '{0} reached a lower level than is asked',
  'level.not_in_rubric': '{0} claims a level that its own rubric does not have',
  'level.not_comparable': '{0} states a level on a scale that is not aligned to the one that is asked',
  'evidence.absent': '{0} brings no evidence',
  'award.too_old': '{0} was awarded too long ago',
  'issuer.not_accepted': '{0} is of an issuer that this requirement does not accept',
  'issuer.not_asked': 'nobody said that the issuer of {0} is trusted',
  'endorsement.absent': 'nobody who counts endorses {0}',
  'endorsement.unverified': 'an endorsement of {0} could not be verified',
  'crosswalk.conflict': '{0} leads to it by a crosswalk that another one contradicts: have one of them withdrawn',
  'recipient.not_asked': 'whom {0} is about was not asked: verify it for this person',
  'report.too_old': 'the verification of {0} is too old: verify it again',
  'report.from_future': 'the verification of {0} is dated in the future: check the clocks',
  'result.not_completed': '{0} has a result that is not completed',
  'distinct.spent': '{0} counts for another requirement already',
  'distinct.too_complex': 'there are too many ways to give the badges out: split the requirement',
  'validity.expired': '{0} has expired',
  'validity.not_yet': '{0} is not valid yet',
  'status.revoked': '{0} was revoked',
  'status.suspended': '{0} is suspended',
  'status.unreachable': 'whether {0} was revoked could not be found out: try again',
  'issuer.untrusted': '{0} is of an issuer who is not trusted',
  'recipient.mismatch': '{0} is about somebody else',
} as const
/** The reasons with a sentence of their own; `because` holds codes of findings too. */
export type ReasonCode = keyof typeof REASONS

/** One reason in words. */
export function explainReason(reason: string, name: StackNames): string {
  const space = reason.indexOf(' ')
  const [code, about] = space < 0 ? [reason, ''] : [reason.slice(0, space), reason.slice(space + 1)]
  const isCount = code === 'parts.met'
  const sentence: string =
    (REASONS as Readonly<Record<string, string>>)[code] ??
    (Object.hasOwn(FINDINGS, code) ? `{0} did not verify (${code})` : `${code} {0}`)
  return sentence.replace('{0}', isCount ? about : name(about))
}

/** The report in sentences, gaps last. `names` gives words for the ids of requirements' competencies, levels and credentials. */
export function explainStack(report: StackReport, names: StackNames = (id) => id): string[] {
  const verdict = { met: 'fits', 'not-met': 'does not fit yet', uncertain: 'cannot be told yet' }[report.outcome]
  const until = report.expires === undefined ? '' : `, until ${report.expires.slice(0, 10)} if nothing is renewed`
  const weight = { met: 0, uncertain: 1, 'not-met': 2 } as const
  const ordered = [...report.requirements].sort((a, b) => weight[a.outcome] - weight[b.outcome])
  return [
    `${names(report.stack)}: ${verdict}${until}.`,
    ...ordered.flatMap((requirement) => explainRequirement(requirement, names, 0, '')),
  ]
}

function explainRequirement(requirement: RequirementReport, names: StackNames, depth: number, above: string): string[] {
  const { id, outcome, because, by, parts = [], suggestions = [] } = requirement
  // The part of a set has the id of the set's requirement, and its own.
  const label = above !== '' && id.startsWith(`${above}/`) ? id.slice(above.length + 1) : id
  const level = by?.level === undefined ? '' : `, level ${names(by.level)}`
  const until = by?.until === undefined ? '' : `, until ${by.until.slice(0, 10)}`
  const reasons = because.map((reason) => explainReason(reason, names)).join('; ')
  const next =
    suggestions.length === 0 || depth > 0
      ? ''
      : `. One badge for ${suggestions.slice(0, 3).map(names).join(' or ')} would close the gap`
  const indent = '  '.repeat(depth)
  const line = `${indent}${outcome === 'met' ? '+' : outcome === 'uncertain' ? '?' : '-'} ${names(label)}: ${reasons}${level}${until}${next}.`
  return [line, ...parts.flatMap((part) => explainRequirement(part, names, depth + 1, id))]
}

/** Names of competencies and levels from frameworks; everything else stays an id. */
export function namesIn(frameworks: readonly CompetencyFramework[]): StackNames {
  const names = new Map<string, string>()
  for (const { competencies } of frameworks)
    for (const { id, name, levels = [] } of competencies) {
      names.set(canonicalUri(id), name)
      for (const level of levels) names.set(canonicalUri(level.id), level.name)
    }
  return (id) => names.get(canonicalUri(id)) ?? id
}
