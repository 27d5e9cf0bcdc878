/**
 * The answer of an evaluator who judged a badge anew, as a credential of the evaluator's own.
 *
 * @module
 */
import { invalidOption } from '../errors.js'
import {
  arrayOf,
  date,
  either,
  type Kind,
  type Members,
  oneOf,
  open,
  record,
  shape,
  text,
} from '../internal/members.js'
import type { Json } from '../internal/types.js'
import { createEndorsement, type Defaults } from '../model/create.js'
import { parseDateTime } from '../model/date-time.js'
import { EVALUATION_CONTEXT } from '../model/evaluation.js'
import type {
  CredentialStatus,
  EndorsementCredential,
  EvidenceInput,
  OpenBadgeCredential,
  Profile,
  ProfileInput,
} from '../model/types.js'
import { demandOptions } from '../report/demand-options.js'

/** The level that an evaluator gave on one criterion. */
export interface EvaluatedLevel {
  /** The id of a result description of the achievement. */
  readonly resultDescription: string
  /** The id of one of its levels. */
  readonly achievedLevel: string
}

/** What `createEvaluation` takes. */
export interface EvaluationInput {
  /** The badge that was judged, as it was verified. */
  readonly badge: OpenBadgeCredential
  /** Who judged: neither the issuer nor the recipient of the badge. */
  readonly evaluator: string | ProfileInput | Profile
  /** `confirmed`: judged anew, it reaches what the badge says. */
  readonly outcome: 'confirmed' | 'not-confirmed'
  /** The levels that the evaluator gave, each on a rubric of the achievement, at most one for each. Default none. */
  readonly levels?: readonly EvaluatedLevel[] | undefined
  /** What else there is to say; Markdown. */
  readonly comment?: string | undefined
  /** Default: a fresh `urn:uuid:`. */
  readonly id?: string | undefined
  /** When it was judged. Default: now. */
  readonly validFrom?: Date | string | undefined
  readonly validUntil?: Date | string | undefined
  readonly credentialStatus?: CredentialStatus | readonly CredentialStatus[] | undefined
  /** What the evaluator looked at. */
  readonly evidence?: readonly EvidenceInput[] | undefined
}

const LEVEL: Members<EvaluatedLevel> = { resultDescription: text, achievedLevel: text }
const when = either(text, date)
const party = either(text, open({ id: text }, ['id']))
const level = open({ id: text }, ['id'])
const description = open({ id: text, requiredLevel: text, rubricCriterionLevel: arrayOf(level) }, ['id'])
const badgeKind: Kind = open(
  {
    id: text,
    issuer: party,
    validFrom: text,
    awardedDate: text,
    credentialSubject: open(
      {
        id: text,
        achievement: open({ name: text, resultDescription: arrayOf(description) }, ['name']),
        result: arrayOf(open({ resultDescription: text, achievedLevel: text })),
      },
      ['achievement'],
    ),
  },
  ['id', 'issuer', 'validFrom', 'credentialSubject'],
)
const EVALUATION: Members<EvaluationInput> = {
  badge: badgeKind,
  evaluator: either(text, record),
  outcome: oneOf('confirmed', 'not-confirmed'),
  levels: arrayOf(shape(LEVEL, { required: ['resultDescription', 'achievedLevel'] })),
  comment: text,
  id: text,
  validFrom: when,
  validUntil: when,
  credentialStatus: either(arrayOf(record), record),
  evidence: arrayOf(record),
}

/**
 * An EndorsementCredential (Open Badges 3.0 section B.1.11) of the badge by who judged it: its subject is the badge's id, with a Result whose
 * status is `Completed` or `Failed`, and one for each level that was given. To be signed by the evaluator. It stands alone, or in the badge as
 * `endorsementJwt`: in `endorsement` two places of one graph would say what the badge's results are, which no proof of the graph takes.
 *
 * Throws UsageError `usage.invalid_option` where the evaluator is the badge's issuer or recipient, where it is dated before the badge, where
 * a level is none of the achievement's, or where it confirms with a level below the one that the badge states; ParseError as
 * `createEndorsement` does.
 */
export function createEvaluation(input: EvaluationInput, defaults: Defaults): EndorsementCredential {
  demandOptions(input, EVALUATION, { required: ['badge', 'evaluator', 'outcome'] })
  const { badge, evaluator, outcome, levels = [], comment, validFrom = defaults.now(), ...rest } = input
  demandIndependent(badge, evaluator)
  demandLater(badge, validFrom)
  demandLevels(badge, levels, outcome)
  const { credentialStatus, evidence, id, validUntil } = rest
  return createEndorsement(
    {
      ...(id === undefined ? {} : { id }),
      name: `Evaluation of ${badge.credentialSubject.achievement.name}`,
      issuer: evaluator,
      validFrom,
      ...{ credentialStatus, evidence, validUntil },
      extensions: { contexts: [EVALUATION_CONTEXT], properties: {} },
      credentialSubject: {
        id: badge.id,
        type: ['EndorsementSubject'],
        ...(comment === undefined ? {} : { endorsementComment: comment }),
        result: [
          { type: ['Result'], status: outcome === 'confirmed' ? 'Completed' : 'Failed' },
          ...levels.map(({ resultDescription, achievedLevel }) => ({
            type: ['Result'],
            resultDescription,
            achievedLevel,
          })),
        ],
      } as { readonly id: string; readonly result: Json },
    },
    defaults,
  )
}

const idOf = (party: string | { readonly id?: string | undefined }) => (typeof party === 'string' ? party : party.id)

function demandIndependent(
  { issuer, credentialSubject }: OpenBadgeCredential,
  evaluator: EvaluationInput['evaluator'],
): void {
  const own = idOf(evaluator)
  if (own !== undefined && own === idOf(issuer))
    throw invalidOption('evaluator', 'is the issuer of the badge, whose own word confirms nothing')
  if (own !== undefined && own === credentialSubject.id)
    throw invalidOption('evaluator', 'is the recipient of the badge')
}

function demandLater({ awardedDate, validFrom }: OpenBadgeCredential, evaluated: Date | string): void {
  const awarded = parseDateTime(awardedDate ?? validFrom)?.time ?? Number.NEGATIVE_INFINITY
  const at = evaluated instanceof Date ? evaluated.getTime() : (parseDateTime(evaluated)?.time ?? Number.NaN)
  if (at < awarded) throw invalidOption('validFrom', `is before the badge, which is of ${awardedDate ?? validFrom}`)
}

function demandLevels(
  { credentialSubject: { achievement, result = [] } }: OpenBadgeCredential,
  levels: readonly EvaluatedLevel[],
  outcome: EvaluationInput['outcome'],
): void {
  for (const [index, { resultDescription, achievedLevel }] of levels.entries()) {
    const path = `levels[${index}]`
    if (levels.findIndex((other) => other.resultDescription === resultDescription) < index)
      throw invalidOption(`${path}.resultDescription`, 'is there twice: one level for each criterion')
    const description = achievement.resultDescription?.find(({ id }) => id === resultDescription)
    if (description === undefined)
      throw invalidOption(`${path}.resultDescription`, 'is no result description of the achievement')
    const ids = (description.rubricCriterionLevel ?? []).map(({ id }) => id)
    const rank = ids.indexOf(achievedLevel)
    if (rank < 0) throw invalidOption(`${path}.achievedLevel`, 'is no level of that result description')
    const stated =
      result.find((one) => one.resultDescription === resultDescription)?.achievedLevel ?? description.requiredLevel
    if (outcome === 'confirmed' && stated !== undefined && rank < ids.indexOf(stated))
      throw invalidOption(`${path}.achievedLevel`, 'is below the level that the badge states: then it is not confirmed')
  }
}
