/**
 * Why a requirement is met, or not: the closed set of reasons, and what each of them says.
 *
 * @module
 */
import type { ContextDimension } from '../model/extension-context.js'
import type { FindingCode } from '../report/findings.js'

/**
 * What each reason says. `{0}` is the credential, or the competency, that it is about; `{level}`, `{issuers}`, `{endorsers}` and `{months}` are what is
 * asked (and `{share}`, in per cent), `{reached}`, `{issuer}`, `{awarded}`, `{until}` and `{from}` (of its renewal) what is there; `{confirmed}` of `{judged}` is the track record; of a
 * context `{dimension}` is what of it is meant, `{stated}` what the badge says, `{wanted}` what is asked.
 */
export const REASONS = {
  'requirement.met': 'met by {0}',
  'match.narrow': '{0} is about something narrower, which is accepted here',
  'match.set': 'met by badges for all of its parts',
  'match.other_set': 'met by badges for all parts of {0}, which is the same',
  'match.replacement': '{0} is about what took its place',
  'match.replacements': 'met by badges for all that took the place of {0}',
  'match.narrower_only': '{0} is about something narrower, which is not enough here',
  'match.set_only': '{0} is about a group that it belongs to, which proves none of its parts here',
  'parts.met': '{met} of {of} are met; it takes {asked}',
  'competency.not_found': 'no badge is about it',
  'alignment.look_alike': '{0} names an address that only looks like it: ask its issuer to correct the alignment',
  'alignment.name_only':
    '{0} has the same name, and does not say that it is the same: ask its issuer for an alignment, or state a crosswalk',
  'level.not_stated': '{0} states no level; {level} is asked',
  'level.below': '{0} reached {reached}; {level} is asked',
  'level.not_in_rubric': '{0} claims a level that its own rubric does not have; {level} is asked',
  'level.not_comparable':
    '{0} states a level on a scale that nobody relates to the one that is asked; {level} is asked',
  'level.required': '{0} states no level, and counts as {reached}, which whoever passes has by its own scale',
  'level.order_unknown': '{0} reached {reached}; {level} is asked, and nobody says which of them is higher',
  'evidence.absent': '{0} brings no evidence, which is asked',
  'award.too_old': '{0} was awarded on {awarded}; it must not be older than {months} months',
  'issuer.not_accepted': '{0} was issued by {issuer}; it must be from {issuers}',
  'issuer.not_asked': '{0} was issued by {issuer}, and nobody said whether that issuer is trusted',
  'endorsement.absent': '{0} is not endorsed by {endorsers}, which is asked',
  'endorsement.unverified': 'the endorsement of {0} could not be verified: verify it again',
  'endorsement.expired': 'the endorsement of {0} has ended: it must be endorsed anew by {endorsers}',
  'record.absent': 'of badges like {0} none is known to have been judged anew; {share} % confirmed is asked',
  'record.other_version':
    'the track record is of another version of {0}, and says nothing of this one; {share} % confirmed is asked',
  'record.too_few':
    'of badges like {0}, {confirmed} of {judged} that were judged anew were confirmed: too few to say whether {share} % are',
  'record.below':
    'of badges like {0}, {confirmed} of {judged} that were judged anew were confirmed; {share} % is asked',
  'crosswalk.conflict': '{0} counts only by a crosswalk that another one contradicts: have one of them withdrawn',
  'recipient.not_asked': 'nobody checked whose badge {0} is: verify it again for this person',
  'report.too_old': '{0} was verified too long ago: verify it again',
  'report.from_future': 'the verification of {0} is dated in the future: check the clocks, and verify it again',
  'result.not_completed': '{0} has a result that was tried and not passed',
  'distinct.spent': '{0} counts for another requirement already, and may count once',
  'distinct.same_award': '{0} is the same award as one that counts for another requirement already',
  'distinct.too_complex': 'there are too many ways to give the badges out: split the requirement',
  'renewal.coming': 'a renewal of {0} is there, and begins on {from}',
  'validity.expired': '{0} was valid until {until}, and has expired',
  'validity.not_yet': '{0} is not valid yet',
  'status.revoked': '{0} was revoked by its issuer',
  'status.suspended': '{0} is suspended by its issuer',
  'status.unreachable': 'whether {0} was revoked could not be found out: verify it again',
  'issuer.untrusted': '{0} was issued by {issuer}, who is not trusted',
  'recipient.mismatch': '{0} is about somebody else',
  'person.other': '{0} is about somebody else than the person who was named',
  'person.different': '{0} names another person than other badges do: say who the person is',
  'context.other': '{0} was shown in another {dimension} ({stated}); {wanted} is asked',
  'context.not_stated': '{0} does not say in which {dimension} it was shown; {wanted} is asked',
  'crosswalk.other_context': '{0} counts only by a crosswalk for the {dimension} {wanted}, and was shown in {stated}',
  'crosswalk.context_not_stated':
    '{0} counts only by a crosswalk for the {dimension} {wanted}, and does not say in which it was shown',
  'recipient.incomparable': 'whom {0} is about cannot be compared with whom was asked for',
} as const

/** How a badge about something else counts. `{from}` and `{to}` are competencies, `{source}` is who says so. */
export const PATHS: Readonly<Record<PathCode, string>> = {
  crosswalk: '{from} counts for {to} by the crosswalk of {source}',
  set: '{from} counts for {to}, which is a part of it',
}

/** What would close a gap. `{badges}` are competencies; `{level}` and `{issuers}` are asked. */
export const REMEDIES: Readonly<Record<RemedyCode, string>> = {
  badge: 'One badge about {badges} would close the gap',
  badgeAt: 'One badge about {badges} that shows {level} would close the gap',
  badgeFrom: 'One badge about {badges} from {issuers} would close the gap',
  badgeAtFrom: 'One badge about {badges} from {issuers} that shows {level} would close the gap',
  renewal: 'A renewal of {0} would close the gap',
}

/** What stands in a gap of a sentence. */
export const WORDS: Readonly<Record<ReasonWord, string>> = {
  /** `{0}`: a name. Names may have commas and "or" in them. */
  quoted: '"{0}"',
  /** An end at midnight: `{day}` is the last one. */
  endOfDay: 'the end of {day}',
  /** Any other end: `{day}` and `{time}`. */
  timeOfDay: '{time} on {day}',
  badge: 'a badge',
  several: 'several',
  level: 'a level',
  reached: 'another level',
  issuer: 'its issuer',
  issuers: 'certain issuers',
  endorsers: 'certain endorsers',
  independent: 'anybody independent of its issuer and of whom it is about',
  crosswalk: 'somebody',
  unknownDay: 'an unknown day',
  earlierDay: 'an earlier day',
  laterDay: 'a later day',
  educationLevel: 'level of education',
  subject: 'subject',
  language: 'language of instruction',
  schoolModel: 'school model',
  context: 'context',
  another: 'another one',
}

/** How a badge about something else counts: by a crosswalk, or as a part of a set. */
export type PathCode = 'crosswalk' | 'set'

/** What would close a gap: a badge, at a level and from issuers that are asked, or a renewal. */
export type RemedyCode = 'badge' | 'badgeAt' | 'badgeFrom' | 'badgeAtFrom' | 'renewal'

/** What may stand in a gap of a sentence besides names, days and numbers. */
export type ReasonWord =
  | 'quoted'
  | 'endOfDay'
  | 'timeOfDay'
  | 'badge'
  | 'several'
  | 'level'
  | 'reached'
  | 'issuer'
  | 'issuers'
  | 'endorsers'
  | 'independent'
  | 'crosswalk'
  | 'unknownDay'
  | 'earlierDay'
  | 'laterDay'
  | ContextDimension
  | 'context'
  | 'another'

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
  /** With `context.` codes, and those of crosswalks that hold in a context: what of the context it is about, ... */
  readonly dimension?: ContextDimension | undefined
  /** ... what the badge says of it, ... */
  readonly stated?: readonly string[] | undefined
  /** ... and what is wanted. */
  readonly wanted?: readonly string[] | undefined
}
