/**
 * Crosswalks in CASE. Of the SKOS relations CASE says two: `exactMatchOf`, and `isRelatedTo` for the others. Since 1.1 there are
 * extension terms, which other software may skip.
 *
 * @module
 */
import { callable, date, kindOf, type Members } from '../internal/members.js'
import type { JsonObject } from '../internal/types.js'
import { demandArgument, demandOptions } from '../report/demand-options.js'
import { caseVersion, crosswalk as crosswalkKind } from './arguments.js'
import { type CaseNaming, caseIdentifier } from './case-naming.js'
import type { CaseAssociation, CaseVersion } from './case-types.js'
import { uuidIn } from './identifiers.js'
import type { Crosswalk } from './types.js'

type Relation = Crosswalk['matches'][number]['relation']

const TERMS: Readonly<Record<Relation, string>> = {
  exact: 'exactMatchOf',
  related: 'isRelatedTo',
  broad: 'ext:broadMatchOf',
  narrow: 'ext:narrowMatchOf',
}
const RELATIONS: ReadonlyMap<string, Relation> = new Map(
  (Object.keys(TERMS) as Relation[]).map((relation) => [TERMS[relation], relation]),
)

/** The SKOS relation that an association type states; undefined where it is about something else. */
export function relationOf(associationType: string): Relation | undefined {
  return RELATIONS.get(associationType)
}

/** What CASE could not say. */
export interface CaseLoss {
  readonly from: string
  readonly to: string
  /**
   * `relation`: another software reads less than was stated. `context`: the match holds in a context only, and is left out. `levelOrder`: which level of a competency is higher. The others are not in the file,
   * or only in `extensions`.
   */
  readonly what: 'relation' | 'levels' | 'source' | 'statedAt' | 'levelOrder' | 'context'
  readonly message: string
}

/** How a crosswalk is written as associations. */
export interface CrosswalkCaseOptions extends CaseNaming {
  /** Default 1.1. */
  readonly version?: CaseVersion | undefined
  readonly now: Date
  /** The titles of the competencies, by id. Default: the id. */
  readonly titles?: ReadonlyMap<string, string> | undefined
}

const CROSSWALK_CASE: Members<CrosswalkCaseOptions> = {
  version: caseVersion,
  now: date,
  titles: kindOf('a Map of titles by id', (value) => value instanceof Map),
  identifierOf: callable,
}

/** The matches as CFAssociations, and what they do not say. */
export function writeCrosswalkCase(
  crosswalk: Crosswalk,
  options: CrosswalkCaseOptions,
): { readonly associations: CaseAssociation[]; readonly losses: CaseLoss[] } {
  demandArgument(crosswalk, crosswalkKind, 'crosswalk')
  demandOptions(options, CROSSWALK_CASE, { required: ['now'] })
  return writeAssociations(crosswalk, options)
}

/** For what has been judged. */
export function writeAssociations(
  crosswalk: Crosswalk,
  options: CrosswalkCaseOptions,
): { readonly associations: CaseAssociation[]; readonly losses: CaseLoss[] } {
  const { version = '1.1', now, titles } = options
  const losses: CaseLoss[] = []
  const associations = crosswalk.matches.flatMap((match): CaseAssociation[] => {
    const { from, to, relation, levels } = match
    const lose = (what: CaseLoss['what'], message: string) => losses.push({ from, to, what, message })
    if (match.context !== undefined) {
      lose(
        'context',
        'it holds in a context only, for which CASE has no word: left out, since others would read that it always holds',
      )
      return []
    }
    const isExtension = TERMS[relation].startsWith('ext:')
    if (isExtension)
      lose(
        'relation',
        version === '1.0'
          ? `CASE 1.0 has no word for "${relation}": written as isRelatedTo, which does not say which one is wider`
          : `CASE has no word for "${relation}": written as ${TERMS[relation]}, which other software may not know`,
      )
    const where =
      version === '1.0' ? 'CASE 1.0 has no place for it' : 'only in "extensions", which other software may not read'
    if (levels !== undefined) lose('levels', `which levels correspond: ${where}`)
    lose('source', `who states the match: ${where}`)
    if (crosswalk.statedAt !== undefined) lose('statedAt', `when it was stated: ${where}`)
    const identifier = caseIdentifier(`${crosswalk.source} ${from} ${relation} ${to}`, options)
    const link = (id: string) => ({ title: titles?.get(id) ?? id, identifier: uuidIn(id) ?? id, uri: id })
    const extensions = {
      badgewrightSource: crosswalk.source,
      ...(crosswalk.statedAt === undefined ? {} : { badgewrightStatedAt: crosswalk.statedAt }),
      ...(levels === undefined ? {} : { badgewrightLevels: levels as JsonObject }),
    }
    return [
      {
        identifier,
        uri: `urn:uuid:${identifier}`,
        associationType: version === '1.0' && isExtension ? TERMS.related : TERMS[relation],
        originNodeURI: link(from),
        destinationNodeURI: link(to),
        lastChangeDateTime: `${now.toISOString().slice(0, -5)}Z`,
        ...(version === '1.0' ? {} : { extensions }),
      },
    ]
  })
  return { associations, losses }
}
