/**
 * What educators ask of a badge and Open Badges 3.0 has no member for, as terms of our own: one context, versioned, written in place into the
 * credentials that use it, so that nobody has to host it. Whatever this library adds to the standard stands here and nowhere else.
 *
 * The names are IRIs below a UUID of their own (RFC 9562; RFC 8141 section 2.3.3 for the fragment): nobody's domain, and nothing to resolve. A
 * term never changes its meaning: another meaning is another UUID.
 *
 * @module
 */
import { isObject } from '../internal/json-object.js'
import { arrayOf, type Kind, kindOf, oneOf, record, whole } from '../internal/members.js'
import type { Json, JsonObject } from '../internal/types.js'
import { isDate } from './date-time.js'
import { isAbsoluteUri, isExtensionTerm } from './schemas/blocks.js'

/** How it was assessed. */
export const ASSESSMENT_TYPES = ['testing', 'application', 'portfolio', 'observation', 'prior-learning'] as const
/** How people took part in the learning. */
export const PARTICIPATION_FORMS = ['online', 'onsite', 'blended', 'volunteering', 'work-experience'] as const

/** How it was assessed: a word of the list, or an `ext:` term. */
export type AssessmentType = (typeof ASSESSMENT_TYPES)[number] | `ext:${string}`
/** How people took part: a word of the list, or an `ext:` term. */
export type ParticipationForm = (typeof PARTICIPATION_FORMS)[number] | `ext:${string}`

/** How much work it is for most people, in one unit or both. */
export interface Workload {
  /** Of 60 minutes. */
  readonly hours?: number
  /** Credits of the European Credit Transfer and Accumulation System. */
  readonly ects?: number
}

/** How far assessors of the achievement agreed with each other. */
export interface AssessorAgreement {
  /** What was calculated, such as `cohen-kappa` or `percent`. */
  readonly measure: string
  readonly value: number
  /** How many pieces of work several assessors judged. */
  readonly n: number
  /** The confidence interval of `value`, at 95 % where nothing else is said. */
  readonly interval?: readonly [low: number, high: number]
}

/** Members of an achievement in the extension context. Each is optional. */
export interface AchievementExtension {
  readonly workload?: Workload
  readonly assessmentType?: readonly AssessmentType[]
  readonly participation?: readonly ParticipationForm[]
  /** Who or what assures its quality: in words, or the URI of a scheme or body. */
  readonly qualityAssurance?: string
  /** When its criteria and rubric were last reviewed: `YYYY-MM-DD`. */
  readonly reviewed?: string
  readonly assessorAgreement?: AssessorAgreement
  /** The URLs of the research that its key method rests on. */
  readonly researchBase?: readonly string[]
  /** `standalone`: it needs no other badge, and is part of none. `stackable`: it counts towards another credential. */
  readonly integration?: 'standalone' | 'stackable'
  /** Achievements that have to be earned before: their ids. */
  readonly prerequisite?: readonly string[]
}

/** For whom and where something was shown. Words are compared without case, URIs as URIs. */
export interface ContextOfUse {
  /** Grades or levels of education: `grade 4`, or the URI of a level. */
  readonly educationLevel?: readonly string[]
  readonly subject?: readonly string[]
  /** Of instruction: BCP 47. */
  readonly language?: readonly string[]
  /** How the school works: `station rotation`, `flex`. */
  readonly schoolModel?: readonly string[]
}

/** What a context speaks of. */
export type ContextDimension = keyof ContextOfUse

/** Members of an AchievementSubject in the extension context. */
export interface SubjectExtension {
  /** The contexts in which this person showed it; each by itself. */
  readonly shownIn?: readonly ContextOfUse[]
}

/** All terms, whichever class they stand in. */
export interface Extension extends AchievementExtension, SubjectExtension {}

const BASE = 'urn:uuid:c1f3af3a-5ea3-40a6-af98-14edacfe54cc#'
const XSD_DATE = 'http://www.w3.org/2001/XMLSchema#date'

const iri = (name: string) => `${BASE}${name}`
const json = (name: string) => ({ '@id': iri(name), '@type': '@json' })
const words = (name: string) => ({ '@id': iri(name), '@container': '@set' })
const links = (name: string) => ({ '@id': iri(name), '@type': '@id', '@container': '@set' })

/**
 * The context, to be given in `extensions.contexts` of `createCredential`. Objects are JSON literals (JSON-LD 1.1 section 4.2.2), so that a
 * proof of the graph secures them as they are.
 */
export const extensionContext = {
  workload: json('workload'),
  assessmentType: words('assessmentType'),
  participation: words('participation'),
  qualityAssurance: { '@id': iri('qualityAssurance') },
  reviewed: { '@id': iri('reviewed'), '@type': XSD_DATE },
  assessorAgreement: json('assessorAgreement'),
  researchBase: links('researchBase'),
  integration: { '@id': iri('integration') },
  prerequisite: links('prerequisite'),
  shownIn: json('shownIn'),
} as const satisfies Record<keyof Extension, JsonObject>

const filled = kindOf('a text that is not blank', (value) => typeof value === 'string' && value.trim() !== '')
const positive = kindOf('a number above 0', (value) => typeof value === 'number' && Number.isFinite(value) && value > 0)
const finite = kindOf('a number', (value) => typeof value === 'number' && Number.isFinite(value))
const uri = kindOf('an absolute URI', (value) => typeof value === 'string' && isAbsoluteUri(value))
const day = kindOf('a date such as "2026-08-31"', (value) => typeof value === 'string' && isDate(value))
const some =
  (kind: Kind): Kind =>
  (value, path) =>
    arrayOf(kind)(value, path) ?? ((value as readonly unknown[]).length > 0 ? undefined : { path, says: 'is empty' })
const wordOf = (list: readonly string[]): Kind =>
  kindOf(
    `one of ${list.join(', ')}, or a term with "ext:" before it`,
    (value) => typeof value === 'string' && (list.includes(value) || isExtensionTerm(value)),
  )
/** Open: a later version may say more. */
const members =
  (table: Readonly<Record<string, Kind>>, least: readonly string[], count: number): Kind =>
  (value, path) => {
    const problem = record(value, path)
    if (problem !== undefined) return problem
    const object = value as JsonObject
    for (const [name, kind] of Object.entries(table)) {
      const found = object[name] === undefined ? undefined : kind(object[name], `${path}.${name}`)
      if (found !== undefined) return found
    }
    const there = least.filter((name) => object[name] !== undefined)
    return there.length >= count
      ? undefined
      : { path, says: `has ${count === 1 ? 'one' : 'all'} of ${least.join(', ')}` }
  }
const pair = kindOf(
  'two numbers, the lower one first',
  (value) =>
    Array.isArray(value) && value.length === 2 && value.every(Number.isFinite) && Number(value[0]) <= Number(value[1]),
)

/** Contexts, and words of each, beyond which nobody means them. */
const MOST = 50
const few = (kind: Kind): Kind => {
  const all = some(kind)
  return (value, path) =>
    all(value, path) ??
    ((value as readonly unknown[]).length > MOST ? { path, says: `has more than ${MOST} entries` } : undefined)
}
const DIMENSIONS = ['educationLevel', 'subject', 'language', 'schoolModel'] as const satisfies (keyof ContextOfUse)[]
const contextOfUse = members(Object.fromEntries(DIMENSIONS.map((name) => [name, few(filled)])), DIMENSIONS, 1)

/** What each term may hold. */
export const EXTENSION_KINDS: Readonly<Record<keyof Extension, Kind>> = {
  workload: members({ hours: positive, ects: positive }, ['hours', 'ects'], 1),
  assessmentType: some(wordOf(ASSESSMENT_TYPES)),
  participation: some(wordOf(PARTICIPATION_FORMS)),
  qualityAssurance: filled,
  reviewed: day,
  assessorAgreement: members(
    { measure: filled, value: finite, n: whole(1), interval: pair },
    ['measure', 'value', 'n'],
    3,
  ),
  researchBase: some(uri),
  integration: oneOf('standalone', 'stackable'),
  prerequisite: some(uri),
  shownIn: few(contextOfUse),
}

type ExtensionName = keyof typeof extensionContext

/** A member of the extension: its value, or what is wrong with it. */
export type ExtensionReading<Name extends keyof Extension> =
  | { readonly value: NonNullable<Extension[Name]>; readonly problem?: never }
  | { readonly value?: never; readonly problem: string }

/**
 * Reads a term from a node of a document with these contexts; undefined where it is not there, or where the document means something else by
 * the name. A report shows what a proof of the graph secures by its IRI, which nobody can exchange; by its name it is read where the
 * document is signed as it stands, or not at all. An achievement before it is awarded has no contexts yet (`undefined`): there the name is enough.
 */
export function readExtension<Name extends keyof Extension>(
  node: object,
  name: Name,
  contexts: readonly (string | JsonObject)[] | undefined,
): ExtensionReading<Name> | undefined {
  const own = node as Readonly<Record<string, Json | undefined>>
  const stated = own[iri(name)]
  const named = own['@context'] === undefined && isOurs(name, contexts) ? own[name] : undefined
  const found = stated === undefined ? named : plainOf(stated)
  if (found === undefined) return undefined
  const value = isListed(name) && !Array.isArray(found) ? [found] : found
  const problem = EXTENSION_KINDS[name](value, name)
  return problem === undefined
    ? { value: value as NonNullable<Extension[Name]> }
    : { problem: `"${problem.path}" ${problem.says}` }
}

const isListed = (name: ExtensionName) => '@container' in extensionContext[name] || name === 'shownIn'

/** A value as the graph states it, as documents write it. */
function plainOf(stated: Json): Json {
  if (Array.isArray(stated)) return (stated as readonly Json[]).map(plainOf)
  if (!isObject(stated)) return stated
  if (stated['@value'] !== undefined) return stated['@value']
  return typeof stated.id === 'string' && Object.keys(stated).length === 1 ? stated.id : stated
}

/** Contexts of the standards, which define none of our names: signing adds them behind ours. */
const OF_STANDARDS = /^https:\/\/(?:www\.w3\.org|w3id\.org\/security|purl\.imsglobal\.org\/spec)\//

/** Does the last context that names the term mean ours by it, and is none after it that we have not read and that may mean another? */
function isOurs(name: ExtensionName, contexts: readonly (string | JsonObject)[] | undefined): boolean {
  if (contexts === undefined) return true
  // A document that was kept may have lost its form.
  const naming = [contexts]
    .flat()
    .filter((entry) =>
      typeof entry === 'string' ? !OF_STANDARDS.test(entry) : isObject(entry) && Object.hasOwn(entry, name),
    )
  const last = naming.at(-1)
  if (!isObject(last)) return false
  const definition = last[name] as Json | undefined
  const id = typeof definition === 'object' && definition !== null ? (definition as JsonObject)['@id'] : definition
  return id === iri(name)
}
