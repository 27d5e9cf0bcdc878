/**
 * From a competency to what an issuer awards, and back. Open Badges 3.0 appendix B.1, classes Achievement, Alignment,
 * ResultDescription; CASE 1.1 and CTDL for what an alignment says of its target.
 *
 * @module
 */
import { UsageError } from '../errors.js'
import { arrayOf, either, type Members, mapOf, oneOf, record, text } from '../internal/members.js'
import { createAchievement } from '../model/create.js'
import type {
  Achievement,
  AchievementInput,
  AlignmentInput,
  CriteriaInput,
  ImageInput,
  ProfileInput,
  ResultDescriptionInput,
} from '../model/types.js'
import { demandArgument, demandOptions } from '../report/demand-options.js'
import { competency as competencyKind, framework as frameworkKind } from './arguments.js'
import { titleOf } from './claims.js'
import { canonicalUri, shapeOf, uuidIn } from './identifiers.js'
import { achievement as achievementKind } from './plug-argument.js'
import { present } from './reading.js'
import { CompetencyIndex } from './routes.js'
import { alignmentsOf } from './skills.js'
import type { Competency, CompetencyFramework, RubricLevel } from './types.js'

/** What an achievement has besides its competency. */
export interface AchievementForOptions {
  /** Under which others will find the achievement: an absolute URI that stays. Required: schools point at it. */
  readonly id: string
  readonly framework: CompetencyFramework
  /** How it is earned. */
  readonly criteria: CriteriaInput
  /** Default: that of the competency. */
  readonly name?: string | undefined
  /** Default: the statement of the competency, else its name. */
  readonly description?: string | undefined
  readonly image?: ImageInput | undefined
  readonly creator?: ProfileInput | undefined
  readonly version?: string | undefined
  /** Default `MicroCredential`. */
  readonly achievementType?: 'Competency' | 'MicroCredential' | undefined
  /** Where the framework comes from: decides targetType and targetCode. Default `case`. */
  readonly source?: 'case' | 'ctdl' | undefined
  /** The lowest level that is awarded: the id of one of the competency's. */
  readonly requiredLevel?: string | undefined
  /** For a set: the achievements of its parts, by the id of the part. They become `related`. */
  readonly partAchievements?: Readonly<Record<string, string>> | undefined
}

const ACHIEVEMENT_FOR: Members<AchievementForOptions> = {
  id: text,
  framework: frameworkKind,
  criteria: record,
  name: text,
  description: text,
  image: either(text, record),
  creator: record,
  version: text,
  achievementType: oneOf('Competency', 'MicroCredential'),
  source: oneOf('case', 'ctdl'),
  requiredLevel: text,
  partAchievements: mapOf(text),
}

/**
 * An achievement that stands for the competency: aligned to it; with a rubric, a result description whose levels are aligned to the
 * framework's; a set related to the achievements of its parts. All ids follow from `id`: the same input gives the same achievement.
 *
 * Throws UsageError: `usage.unknown_competency` (not of the framework), `usage.unknown_level`, `usage.unknown_part`; ParseError
 * `parse.invalid` where the rest is no achievement.
 */
export function achievementFor(competency: Competency, options: AchievementForOptions): Achievement {
  demandArgument(competency, competencyKind, 'competency')
  demandOptions(options, ACHIEVEMENT_FOR, { required: ['id', 'framework', 'criteria'] })
  const { id, framework, criteria, image, creator, version, achievementType = 'MicroCredential' } = options
  const key = canonicalUri(competency.id)
  if (!framework.competencies.some((each) => canonicalUri(each.id) === key))
    throw new UsageError('usage.unknown_competency', `"${competency.name}" is not of the framework "${framework.name}"`)
  const { name = competency.name, description = competency.statement ?? competency.name } = options
  const alignment = alignmentTo(competency, options)
  const related = relatedTo(competency, options.partAchievements ?? {})
  const input = present<AchievementInput>({
    id,
    name,
    description,
    criteria,
    achievementType,
    alignment: [alignment],
    creator,
    humanCode: competency.code,
    image,
    version,
    related: related.length === 0 ? undefined : related,
    resultDescription: competency.levels === undefined ? undefined : [scaleOf(competency, alignment, options)],
  })
  return createAchievement(input, { randomUuid: unasked })
}

/** Every id is given. */
function unasked(): never {
  throw new TypeError('an id was left to chance')
}

/** CASE: the identifier, as 1EdTech's examples have it; the code for people is the achievement's `humanCode`. CTDL: the CTID. */
function alignmentTo(
  { id, name, statement }: Competency,
  { framework, source = 'case' }: AchievementForOptions,
): AlignmentInput {
  const uuid = uuidIn(id)
  return present<AlignmentInput>({
    targetName: statement ?? name,
    targetUrl: id,
    targetType: source === 'case' ? 'CFItem' : 'ceasn:Competency',
    targetFramework: framework.name,
    targetCode: uuid === undefined ? undefined : source === 'case' ? uuid : `ce-${uuid}`,
  })
}

function scaleOf(
  { levels = [], levelOrder }: Competency,
  alignment: AlignmentInput,
  { id, framework, requiredLevel }: AchievementForOptions,
): ResultDescriptionInput {
  const base = id.includes('#') ? `${id}-` : `${id}#`
  const idOf = (index: number) => `${base}level-${index + 1}`
  const required =
    requiredLevel === undefined
      ? undefined
      : levels.findIndex((level) => canonicalUri(level.id) === canonicalUri(requiredLevel))
  if (required === -1)
    throw new UsageError('usage.unknown_level', `"requiredLevel" ${requiredLevel} is no level of the competency`)
  return present<ResultDescriptionInput>({
    id: `${base}levels`,
    name: 'Level',
    resultType: 'RubricCriterionLevel',
    alignment: [alignment],
    requiredLevel: required === undefined ? undefined : idOf(required),
    rubricCriterionLevel: levels.map(({ id: levelId, name, description, points }, index) =>
      present({
        id: idOf(index),
        name,
        description,
        // What nobody ranked is not ranked here.
        level: levelOrder === undefined ? String(index + 1) : undefined,
        points: points === undefined ? undefined : String(points),
        alignment: [
          {
            targetName: name,
            targetUrl: levelId,
            targetType: 'CFRubricCriterionLevel' as const,
            targetFramework: framework.name,
          },
        ],
      }),
    ),
  })
}

function relatedTo({ name, parts = [] }: Competency, achievements: Readonly<Record<string, string>>) {
  const byPart = new Map(Object.entries(achievements).map(([part, achievement]) => [canonicalUri(part), achievement]))
  for (const part of byPart.keys())
    if (!parts.some((each) => canonicalUri(each) === part))
      throw new UsageError('usage.unknown_part', `"partAchievements" names ${part}, which is no part of "${name}"`)
  return parts.flatMap((part) => {
    const id = byPart.get(canonicalUri(part))
    return id === undefined ? [] : [{ id }]
  })
}

/** A competency that an achievement stands for. */
export interface CompetencyMatch {
  readonly competency: Competency
  /** The id of the framework. */
  readonly framework: string
  /**
   * Where it is named: by an alignment of the achievement, of a ResultDescription or of a rubric level; `achievement`: it is the competency; `set`: by a
   * set that it is a part of. What a ResultDescription or a level names a badge shows with a result that passed only.
   */
  readonly via: 'alignment' | 'resultDescription' | 'level' | 'achievement' | 'set'
  /** RFC 6901, into the achievement; of a part the place of its set. */
  readonly pointer: string
  /** Levels of the achievement's rubric, by id, to levels of the competency. Only where alignments say so. */
  readonly levels: Readonly<Record<string, RubricLevel>>
}

/** What the achievement may have meant; it stands for none of them. */
export interface CompetencySuggestion {
  readonly competency: Competency
  readonly framework: string
  /** `look-alike`: another spelling of its URL. `name`: the same name. */
  readonly because: 'look-alike' | 'name'
  /** The URL or name in the achievement. */
  readonly found: string
}

/**
 * The competencies that an achievement stands for, with the place that names each: those that it is aligned to or is itself, those that its result descriptions and
 * rubric levels are aligned to, then the parts of those that are sets.
 * Throws UsageError where a framework is wrong, as assessStack does.
 */
export function competenciesOf(
  achievement: Achievement,
  frameworks: readonly CompetencyFramework[],
): { readonly matches: readonly CompetencyMatch[]; readonly suggestions: readonly CompetencySuggestion[] } {
  demandArgument(achievement, achievementKind, 'achievement')
  demandArgument(frameworks, arrayOf(frameworkKind), 'frameworks')
  const index = new CompetencyIndex(frameworks)
  const matches = new Map<string, CompetencyMatch>()
  const add = (id: string, via: CompetencyMatch['via'], place: string) => {
    const found = index.find(id)
    const key = canonicalUri(id)
    if (found === undefined || matches.has(key)) return
    const { competency, framework } = found
    matches.set(key, {
      competency,
      framework: framework.id,
      via,
      pointer: place,
      levels: levelsOf(achievement, competency),
    })
  }
  const alignments = achievement.alignment ?? []
  const placed = alignmentsOf(achievement)
  const addAll = (of: 'alignment' | 'resultDescription' | 'level') => {
    for (const { place, alignment, pointer } of placed) if (place === of) add(alignment.targetUrl, of, pointer)
  }
  addAll('alignment')
  add(achievement.id, 'achievement', '/id')
  addAll('resultDescription')
  addAll('level')
  // A Map hands out what is added while it is walked: parts of parts too.
  for (const { competency, pointer } of matches.values())
    for (const part of competency.parts ?? []) add(part, 'set', pointer)
  const suggestions = [...index.all()].flatMap(({ competency, framework }): CompetencySuggestion[] => {
    if (matches.has(canonicalUri(competency.id))) return []
    const url = alignments.find(({ targetUrl }) => shapeOf(targetUrl) === shapeOf(competency.id))
    if (url !== undefined) return [{ competency, framework: framework.id, because: 'look-alike', found: url.targetUrl }]
    const named = [achievement.name, ...alignments.map(({ targetName }) => targetName)].find(
      (name) => titleOf(name) === titleOf(competency.name),
    )
    return named === undefined ? [] : [{ competency, framework: framework.id, because: 'name', found: named }]
  })
  return { matches: [...matches.values()], suggestions }
}

function levelsOf({ resultDescription = [] }: Achievement, { levels = [] }: Competency): Record<string, RubricLevel> {
  const known = new Map(levels.map((level) => [canonicalUri(level.id), level]))
  return Object.fromEntries(
    resultDescription.flatMap(({ rubricCriterionLevel = [] }) =>
      rubricCriterionLevel.flatMap(({ id, alignment = [] }) => {
        const level = alignment.map(({ targetUrl }) => known.get(canonicalUri(targetUrl))).find((each) => each)
        return level === undefined ? [] : [[id, level] as const]
      }),
    ),
  )
}
