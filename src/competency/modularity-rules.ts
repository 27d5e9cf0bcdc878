/**
 * The rules of `checkModularity`: one table, each row with what it looks for, why it matters to the other side, how to mend it, and
 * where it comes from.
 *
 * @module
 */
import { isAbsoluteUri, isExtensionTerm } from '../model/schemas/blocks.js'
import type { Achievement, OpenBadgeCredential, ResultDescription } from '../model/types.js'
import { ACHIEVEMENT_TYPES } from '../model/vocabulary.js'
import { canonicalUri } from './identifiers.js'
import { alignmentsOf } from './skills.js'

/** Open Badges 3.0, the class and member. */
const ob = (member: string) => `Open Badges 3.0, ${member}`
const SPECIFIABLE = 'Staker, Arnett, Powell 2020: suppliers and buyers know which attributes matter'
const VERIFIABLE = 'Staker, Arnett, Powell 2020: buyers can measure that the attributes are there'
const PREDICTABLE = 'Staker, Arnett, Powell 2020: the outcome is understood and the same for all'

interface Subject {
  readonly achievement: Achievement
  readonly credential: OpenBadgeCredential | undefined
}

interface Hit {
  /** Into the achievement; into the credential where `ofCredential`. */
  readonly at: string
  readonly message: string
  readonly ofCredential?: true
}

interface Rule {
  readonly code: `${'specifiable' | 'verifiable' | 'predictable'}.${string}`
  readonly weight: 'gap' | 'advice'
  readonly why: string
  readonly mend: string
  readonly source: string
  find(subject: Subject): readonly Hit[]
}

const hit = (condition: boolean, at: string, message: string): Hit[] => (condition ? [{ at, message }] : [])
const ofCredential = (condition: boolean, at: string, message: string): Hit[] =>
  condition ? [{ at, message, ofCredential: true }] : []
const rubricsOf = ({ resultDescription = [] }: Achievement) =>
  resultDescription
    .map((description, index) => ({
      description,
      levels: description.rubricCriterionLevel ?? [],
      at: `/resultDescription/${index}`,
    }))
    .filter(({ levels }) => levels.length > 0)
/** Alignments to what says that it is a competency. */
const furtherDown = (achievement: Achievement) =>
  alignmentsOf(achievement).filter(
    ({ place, alignment: { targetType } }) =>
      place !== 'alignment' && (targetType === 'CFItem' || targetType === 'ceasn:Competency'),
  )
const isBlank = (text: string | undefined) => text === undefined || text.trim() === ''

export const MODULARITY_RULES = [
  {
    code: 'specifiable.no_alignment',
    weight: 'gap',
    why: 'A school that needs a competency cannot ask for this badge: it does not say which competency it is.',
    mend: 'Add an "alignment" whose "targetUrl" is the URI of the competency in a published framework (CASE: CFItem.uri).',
    source: `${ob('Achievement.alignment')}; CASE 1.1, CFItem.uri; ${SPECIFIABLE}`,
    find: ({ achievement }) =>
      hit(
        (achievement.alignment ?? []).length === 0 && furtherDown(achievement).length === 0,
        '/alignment',
        'it is aligned to nothing',
      ),
  },
  {
    code: 'specifiable.alignment_further_down',
    weight: 'advice',
    why: 'Not everybody looks for competencies at result descriptions and levels, and there they count with a result only.',
    mend: 'Repeat the alignment at the achievement: that is plainest to read.',
    source: `${ob('Achievement.alignment')}; 1EdTech/openbadges-specification issues 637 and 647`,
    find: ({ achievement }) => {
      const above = new Set((achievement.alignment ?? []).map(({ targetUrl }) => canonicalUri(targetUrl)))
      return furtherDown(achievement)
        .filter(({ alignment: { targetUrl } }) => !above.has(canonicalUri(targetUrl)))
        .map(
          ({ pointer, alignment }): Hit => ({ at: pointer, message: `only here it names "${alignment.targetName}"` }),
        )
    },
  },
  {
    code: 'specifiable.alignment_not_a_url',
    weight: 'gap',
    why: 'Targets are compared by their URL; a text that is none can be neither opened nor matched.',
    mend: 'Write the absolute URI of the competency.',
    source: ob('Alignment.targetUrl'),
    find: ({ achievement: { alignment = [] } }) =>
      alignment.flatMap(({ targetUrl }, index) =>
        hit(
          !isAbsoluteUri(targetUrl) || /\s/.test(targetUrl),
          `/alignment/${index}/targetUrl`,
          'it is no absolute URI',
        ),
      ),
  },
  {
    code: 'specifiable.alignment_untyped',
    weight: 'advice',
    why: 'Software cannot tell a competency from a course, a credential or a rubric level.',
    mend: 'Say what it points at: "CFItem", "ceasn:Competency", ...',
    source: `${ob('Alignment.targetType')}`,
    find: ({ achievement: { alignment = [] } }) =>
      alignment.flatMap(({ targetType }, index) =>
        hit(
          targetType === undefined,
          `/alignment/${index}/targetType`,
          'it does not say what kind of thing it points at',
        ),
      ),
  },
  {
    code: 'specifiable.alignment_without_framework',
    weight: 'advice',
    why: 'People who read the badge do not see whose words these are.',
    mend: 'Add "targetFramework", the title of the framework (CASE: CFDocument.title).',
    source: `${ob('Alignment.targetFramework')}; CASE 1.1, CFDocument.title`,
    find: ({ achievement: { alignment = [] } }) =>
      alignment.flatMap(({ targetFramework }, index) =>
        hit(isBlank(targetFramework), `/alignment/${index}/targetFramework`, 'it does not name the framework'),
      ),
  },
  {
    code: 'specifiable.unstable_id',
    weight: 'advice',
    why: 'A school can accept "this achievement" only while its id is the same in every badge, and can look it up.',
    mend: 'Give the achievement an https URL of yours that stays, and publish it there.',
    source: ob('Achievement.id'),
    find: ({ achievement: { id } }) =>
      hit(/^urn:uuid:/i.test(id), '/id', 'its id is a urn:uuid, that nobody can look up'),
  },
  {
    code: 'specifiable.no_type',
    weight: 'advice',
    why: 'A school cannot tell a micro-credential from attendance or a course.',
    mend: 'Say what it is by a term of the standard, such as "MicroCredential" or "Competency", or by an "ext:" term.',
    source: ob('Achievement.achievementType'),
    find: ({ achievement: { achievementType } }) =>
      hit(
        achievementType === undefined ||
          !((ACHIEVEMENT_TYPES as readonly string[]).includes(achievementType) || isExtensionTerm(achievementType)),
        '/achievementType',
        achievementType === undefined
          ? 'it does not say what kind of achievement it is'
          : 'its kind is no term of the standard',
      ),
  },
  {
    code: 'verifiable.no_criteria',
    weight: 'gap',
    why: 'A school sees that something was awarded, and not for what.',
    mend: 'Describe in "criteria.narrative" what was done and judged, or link to it in "criteria.id".',
    source: `${ob('Criteria')}; ${VERIFIABLE}`,
    find: ({ achievement: { criteria } }) =>
      hit(
        isBlank(criteria?.id) && isBlank(criteria?.narrative),
        '/criteria',
        'it says neither where nor what its criteria are',
      ),
  },
  {
    code: 'verifiable.no_evidence',
    weight: 'gap',
    why: 'A school must take the issuer at its word: it can look at nothing that the award rests on.',
    mend: 'Add "evidence" with the URL of the work, or a narrative of what was seen.',
    source: `${ob('Evidence')}; ${VERIFIABLE}`,
    find: ({ credential }) =>
      ofCredential(
        credential !== undefined &&
          !(credential.evidence ?? []).some(({ id, narrative }) => !isBlank(id) || !isBlank(narrative)),
        '/evidence',
        'it brings no evidence',
      ),
  },
  {
    code: 'verifiable.anonymous_issuer',
    weight: 'advice',
    why: 'People read names: a bare identifier does not say who vouches for it.',
    mend: 'Write "issuer" as a profile with "name" and "url".',
    source: ob('Profile'),
    find: ({ credential }) =>
      ofCredential(
        credential !== undefined && (typeof credential.issuer === 'string' || isBlank(credential.issuer.name)),
        '/issuer',
        'it does not say what its issuer is called',
      ),
  },
  {
    code: 'verifiable.no_status',
    weight: 'advice',
    why: 'Whether it was revoked nobody can find out.',
    mend: 'Add a "credentialStatus" and publish the status list.',
    source: `${ob('AchievementCredential.credentialStatus')}; Bitstring Status List 1.0`,
    find: ({ credential }) =>
      ofCredential(
        credential !== undefined && credential.credentialStatus === undefined,
        '/credentialStatus',
        'it has no status',
      ),
  },
  {
    code: 'verifiable.no_recipient',
    weight: 'gap',
    why: 'Whoever holds the file can show it: nobody can check that it is about them.',
    mend: 'Name the recipient in "credentialSubject.id", or by a hashed "identifier".',
    source: ob('AchievementSubject'),
    find: ({ credential }) =>
      ofCredential(
        credential !== undefined &&
          credential.credentialSubject.id === undefined &&
          (credential.credentialSubject.identifier ?? []).length === 0,
        '/credentialSubject',
        'it is about nobody in particular',
      ),
  },
  {
    code: 'verifiable.no_endorsement',
    weight: 'advice',
    why: 'Nobody but the issuer says that it is worth something.',
    mend: 'Have a third party that schools know endorse the achievement.',
    source: `${ob('EndorsementCredential')}; Staker, Arnett, Powell 2020: third parties check`,
    find: ({ achievement, credential }) =>
      hit(
        [achievement, credential].every(
          (host) => (host?.endorsement ?? []).length === 0 && (host?.endorsementJwt ?? []).length === 0,
        ),
        '/endorsement',
        'nobody endorses it',
      ),
  },
  {
    code: 'verifiable.no_assessor',
    weight: 'advice',
    why: 'Who judged the work is not said; schools ask whether it was the seller.',
    mend: 'Name the assessor in "credentialSubject.source" where it was not the issuer; on the achievement, who made it in "creator".',
    source: `${ob('AchievementSubject.source')}; ${ob('Achievement.creator')}`,
    find: ({ achievement, credential }) =>
      hit(
        achievement.creator === undefined && credential?.credentialSubject.source === undefined,
        '/creator',
        'it names neither who made it nor who assessed',
      ),
  },
  {
    code: 'predictable.no_rubric',
    weight: 'gap',
    why: 'Two holders of it may be worlds apart: it states no levels.',
    mend: 'Add a "resultDescription" with "rubricCriterionLevel"s from low to high.',
    source: `${ob('ResultDescription.rubricCriterionLevel')}; CASE 1.1, CFRubricCriterionLevel; ${PREDICTABLE}`,
    find: ({ achievement }) => hit(rubricsOf(achievement).length === 0, '/resultDescription', 'it has no rubric'),
  },
  {
    code: 'predictable.level_not_aligned',
    weight: 'gap',
    why: 'Levels of the same name mean different things elsewhere: a school cannot set them against its own.',
    mend: 'Give each level an "alignment" to a level of the framework\'s rubric (CASE: CFRubricCriterionLevel.uri).',
    source: `${ob('RubricCriterionLevel.alignment')}; CASE 1.1, CFRubricCriterionLevel.uri; ${PREDICTABLE}`,
    find: ({ achievement }) =>
      rubricsOf(achievement).flatMap(({ levels, at }) =>
        levels.flatMap(({ name, alignment = [] }, index) =>
          hit(
            alignment.length === 0,
            `${at}/rubricCriterionLevel/${index}/alignment`,
            `the level "${name}" is aligned to nothing`,
          ),
        ),
      ),
  },
  {
    code: 'predictable.same_rank',
    weight: 'gap',
    why: 'Which of the two is higher nobody can tell.',
    mend: 'Give each level a rank of its own, from low to high.',
    source: ob('RubricCriterionLevel.level, points'),
    find: ({ achievement }) => rubricsOf(achievement).flatMap(({ description, at }) => sameRanks(description, at)),
  },
  {
    code: 'predictable.no_required_level',
    weight: 'advice',
    why: 'Where a result that passed states no level, nothing says the least that it means.',
    mend: 'Name the lowest level that passes in "requiredLevel".',
    source: ob('ResultDescription.requiredLevel'),
    find: ({ achievement }) =>
      rubricsOf(achievement).flatMap(({ description, at }) =>
        hit(description.requiredLevel === undefined, `${at}/requiredLevel`, 'it does not say which level passes'),
      ),
  },
  {
    code: 'predictable.level_not_described',
    weight: 'advice',
    why: 'A name alone, such as "Proficient", is read by everybody in their own way.',
    mend: 'Describe in "description" what work at this level looks like.',
    source: `${ob('RubricCriterionLevel.description')}; CASE 1.1, CFRubricCriterionLevel.description`,
    find: ({ achievement }) =>
      rubricsOf(achievement).flatMap(({ levels, at }) =>
        levels.flatMap(({ name, description }, index) =>
          hit(
            isBlank(description),
            `${at}/rubricCriterionLevel/${index}/description`,
            `the level "${name}" is only a name`,
          ),
        ),
      ),
  },
  {
    code: 'predictable.no_result',
    weight: 'gap',
    why: 'There is a scale, and the badge does not say where on it its holder stands.',
    mend: 'Add a "result" with "resultDescription" and "achievedLevel".',
    source: `${ob('Result.achievedLevel')}; ${PREDICTABLE}`,
    find: ({ achievement, credential }) =>
      ofCredential(
        credential !== undefined &&
          rubricsOf(achievement).length > 0 &&
          !(credential.credentialSubject.result ?? []).some(({ achievedLevel }) => achievedLevel !== undefined),
        '/credentialSubject/result',
        'it has a rubric, and states no level reached',
      ),
  },
  {
    code: 'predictable.level_not_in_rubric',
    weight: 'gap',
    why: 'The level that it claims is none of its own rubric: nobody knows what it means.',
    mend: 'Let "achievedLevel" be the "id" of a level of the result description that "resultDescription" names.',
    source: ob('Result.achievedLevel'),
    find: ({ achievement, credential }) => {
      const levels = new Map(
        (achievement.resultDescription ?? []).map(({ id, rubricCriterionLevel = [] }) => [
          id,
          new Set(rubricCriterionLevel.map((level) => canonicalUri(level.id))),
        ]),
      )
      return (credential?.credentialSubject.result ?? []).flatMap(({ achievedLevel, resultDescription }, index) => {
        const own = levels.get(resultDescription ?? '')
        const unknown = achievedLevel !== undefined && own?.has(canonicalUri(achievedLevel)) !== true
        return ofCredential(
          unknown,
          `/credentialSubject/result/${index}/achievedLevel`,
          'the level is none of the rubric it names',
        )
      })
    },
  },
  {
    code: 'predictable.value_without_scale',
    weight: 'advice',
    why: '"85" says nothing without the numbers it may lie between.',
    mend: 'State "valueMin" and "valueMax", or the "allowedValue"s from low to high.',
    source: ob('ResultDescription.valueMin, valueMax, allowedValue'),
    find: ({ achievement: { resultDescription = [] } }) =>
      resultDescription.flatMap(
        ({ valueMin, valueMax, allowedValue = [], rubricCriterionLevel = [], resultType }, index) =>
          hit(
            resultType !== 'Status' &&
              rubricCriterionLevel.length === 0 &&
              allowedValue.length === 0 &&
              (valueMin === undefined || valueMax === undefined),
            `/resultDescription/${index}`,
            'it states no scale for its values',
          ),
      ),
  },
  {
    code: 'predictable.no_version',
    weight: 'advice',
    why: 'When the criteria change, badges from before and after look the same.',
    mend: 'Count "version" up whenever criteria or rubric change.',
    source: ob('Achievement.version'),
    find: ({ achievement: { version } }) => hit(isBlank(version), '/version', 'it has no version'),
  },
] as const satisfies readonly Rule[]

/** A code of the table above. */
export type ModularityCode = (typeof MODULARITY_RULES)[number]['code']

function sameRanks({ rubricCriterionLevel = [] }: ResultDescription, at: string): Hit[] {
  return (['level', 'points'] as const).flatMap((member) => {
    const seen = new Map<string, string>()
    return rubricCriterionLevel.flatMap((level, index) => {
      const rank = level[member]
      if (rank === undefined) return []
      const other = seen.get(rank)
      seen.set(rank, level.name)
      return hit(
        other !== undefined,
        `${at}/rubricCriterionLevel/${index}/${member}`,
        `"${other}" and "${level.name}" have the same ${member}, ${rank}`,
      )
    })
  })
}
