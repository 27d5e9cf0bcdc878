/**
 * Why a requirement is met, or not: the closed set of reasons, and what each of them says.
 *
 * @module
 */
import type { FindingCode } from '../report/findings.js'

/** What each reason says; `{0}` is the credential, or the competency, that it is about. */
export const REASONS = {
  'requirement.met': 'met by {0}',
  'match.narrow': '{0} is about something narrower, which this requirement accepts',
  'match.set': 'met by badges for all of its parts',
  'match.other_set': 'met by badges for all parts of {0}, which matches it',
  'match.replacement': '{0} is about what took its place',
  'match.replacements': 'met by badges for all that took the place of {0}',
  'parts.met': '{met} of {of}, {asked} asked',
  'competency.not_found': 'no badge is about it',
  'alignment.look_alike': '{0} names a URL that only looks like it: ask its issuer to correct the alignment',
  'alignment.name_only':
    '{0} has the same name, and is not aligned to it: ask its issuer for an alignment, or state a crosswalk',
  'level.not_stated': '{0} states no level',
  'level.below': '{0} reached a lower level than is asked',
  'level.not_in_rubric': '{0} claims a level that its own rubric does not have',
  'level.not_comparable': '{0} states a level on a scale that is not aligned to the one that is asked',
  'level.required': '{0} states no level, and its scale says which one passes',
  'level.order_unknown': 'nobody says whether the level that {0} reached is higher than the one that is asked',
  'evidence.absent': '{0} brings no evidence',
  'award.too_old': '{0} was awarded too long ago',
  'issuer.not_accepted': '{0} is of an issuer that this requirement does not accept',
  'issuer.not_asked': 'nobody said that the issuer of {0} is trusted',
  'endorsement.absent': 'nobody who counts endorses {0}',
  'endorsement.unverified': 'an endorsement of {0} could not be verified',
  'endorsement.expired': 'the endorsement of {0} has expired',
  'crosswalk.conflict': '{0} leads to it by a crosswalk that another one contradicts: have one of them withdrawn',
  'recipient.not_asked': 'whom {0} is about was not asked: verify it for this person',
  'report.too_old': 'the verification of {0} is too old: verify it again',
  'report.from_future': 'the verification of {0} is dated in the future: check the clocks',
  'result.not_completed': '{0} has a result that is not completed',
  'distinct.spent': '{0} counts for another requirement already',
  'distinct.same_award': '{0} is the same award as one that counts for another requirement already',
  'distinct.too_complex': 'there are too many ways to give the badges out: split the requirement',
  'renewal.coming': 'a renewal of {0} is there, and begins later',
  'validity.expired': '{0} has expired',
  'validity.not_yet': '{0} is not valid yet',
  'status.revoked': '{0} was revoked',
  'status.suspended': '{0} is suspended',
  'status.unreachable': 'whether {0} was revoked could not be found out: try again',
  'issuer.untrusted': '{0} is of an issuer who is not trusted',
  'recipient.mismatch': '{0} is about somebody else',
  'person.other': '{0} is about somebody else than the person who was named',
  'person.different': '{0} names another subject than other badges do: say who the person is',
  'recipient.incomparable': 'whom {0} is about cannot be compared with whom was asked for',
} as const

/** The code of a reason that is ours; what did not verify brings the codes of its findings. */
export type ReasonCode = keyof typeof REASONS

/** A reason: its code, and what it is about. A credential that did not verify gives the codes of its report. */
export interface StackReason {
  readonly code: ReasonCode | FindingCode
  /** The id of the credential that the reason is about. */
  readonly credential?: string | undefined
  /** With `match.other_set` and `match.replacements`: the competency whose parts, or replacements, are there. */
  readonly competency?: string | undefined
  /** With `parts.met`: how many parts are met, ... */
  readonly met?: number | undefined
  /** ... of how many, ... */
  readonly of?: number | undefined
  /** ... and how many are asked. */
  readonly asked?: number | undefined
}
