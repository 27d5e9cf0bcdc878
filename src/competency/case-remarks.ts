/**
 * What a CASE package says in a way that a framework cannot be read from: what would be lost without a word. It is readable, and often
 * what a server really wrote, so nothing of it is refused.
 *
 * @module
 */
import { isObject } from '../internal/json-object.js'
import { pointer } from '../internal/json-pointer.js'
import { nearest } from '../internal/members.js'
import type { Json, JsonObject } from '../internal/types.js'
import type { CaseAssociation, CaseFinding, CaseItem, CaseLink, CasePackage } from './case-types.js'
import { ASSOCIATION_TYPES, CASE_CLASSES, type CaseClass, EXTENSION_TERM, isHierarchical } from './case-vocabulary.js'
import { relationOf } from './crosswalk-case.js'
import { isAbsolute } from './identifiers.js'
import { brief, isArray } from './reading.js'

/** `itemOf` finds the item that a link names. In the order of the package; linear. */
export function remarksOf(content: CasePackage, itemOf: (link: CaseLink) => CaseItem | undefined): CaseFinding[] {
  return [
    ...unknownMembers(content),
    ...relativeUris(content),
    ...emptiness(content),
    ...(content.CFAssociations ?? []).flatMap((association, index) =>
      associationRemarks(association, pointer('/CFAssociations', index), itemOf),
    ),
  ]
}

const say = (
  code: CaseFinding['code'],
  severity: CaseFinding['severity'],
  place: string,
  message: string,
): CaseFinding => ({ code, severity, pointer: place, message })

/** As people would call what a link names. */
export function titleOf({ title, uri, identifier }: CaseLink): string {
  return brief(title ?? uri ?? identifier ?? '')
}

/** As people would call an item. */
export function labelOf({ humanCodingScheme, abbreviatedStatement, fullStatement }: CaseItem): string {
  return brief(humanCodingScheme ?? abbreviatedStatement ?? fullStatement)
}

/** Names that other formats give to what CASE says by associations. */
const HIERARCHY =
  /^(?:children|child(?:ren)?items?|subitems?|items|parts|haspart|haschild|parents?|parentid|is(?:child|part)of)$/i

function unknownMembers(content: CasePackage): CaseFinding[] {
  const known = Object.keys((CASE_CLASSES.CFPackage as CaseClass).members)
  const findings = Object.keys(content).flatMap((name) => {
    const meant = known.includes(name) ? undefined : nearest(name, known)
    return meant === undefined
      ? []
      : [
          say(
            'case.unknown_member',
            'error',
            pointer('', name),
            `CASE has no "${brief(name)}", so nothing in it is read: did you mean "${meant}"?`,
          ),
        ]
  })
  const members = (CASE_CLASSES.CFItem as CaseClass).members
  for (const [index, item] of (content.CFItems ?? []).entries())
    for (const name of Object.keys(item))
      if (!Object.hasOwn(members, name) && (HIERARCHY.test(name) || holdsItems((item as unknown as JsonObject)[name])))
        findings.push(
          say(
            'case.unknown_member',
            'warning',
            pointer(pointer('/CFItems', index), name),
            `the item "${labelOf(item)}" has "${brief(name)}", which CASE does not know and which is not read: say what is part of it by "isChildOf" associations`,
          ),
        )
  return findings
}

function holdsItems(value: Json | undefined): boolean {
  return isArray(value as Json) && (value as readonly Json[]).some((one) => isObject(one) && 'fullStatement' in one)
}

function relativeUris({ CFDocument, CFItems = [], CFRubrics = [] }: CasePackage): CaseFinding[] {
  const findings: CaseFinding[] = []
  const look = (what: string, uri: string | undefined, place: string) => {
    if (uri !== undefined && !isAbsolute(uri))
      findings.push(
        say(
          'case.relative_uri',
          'error',
          pointer(place, 'uri'),
          `${what} has the relative URI "${brief(uri)}", which no badge can be aligned to: resolve it against the address that the package came from`,
        ),
      )
  }
  look(`the document "${brief(CFDocument.title)}"`, CFDocument.uri, '/CFDocument')
  for (const [index, item] of CFItems.entries())
    look(`the item "${labelOf(item)}"`, item.uri, pointer('/CFItems', index))
  for (const [r, { CFRubricCriteria = [] }] of CFRubrics.entries())
    for (const [c, { CFRubricCriterionLevels = [] }] of CFRubricCriteria.entries())
      for (const [l, level] of CFRubricCriterionLevels.entries())
        look(
          `the level "${brief(level.quality ?? level.description ?? level.uri ?? '')}"`,
          level.uri,
          `/CFRubrics/${r}/CFRubricCriteria/${c}/CFRubricCriterionLevels/${l}`,
        )
  return findings
}

function emptiness({ CFDocument, CFItems = [], CFAssociations = [] }: CasePackage): CaseFinding[] {
  const title = `"${brief(CFDocument.title)}"`
  if (CFItems.length === 0) {
    const where = (CFDocument as unknown as JsonObject).CFPackageURI
    const from = isObject(where as Json) ? (where as JsonObject).uri : undefined
    const ask = typeof from === 'string' ? ` (${brief(from)})` : ''
    return [
      say(
        'case.no_items',
        'error',
        '/CFDocument',
        `${title} comes without items ("CFItems"): this is the document alone, ask its server for the package${ask}`,
      ),
    ]
  }
  if (CFItems.length === 1 || CFAssociations.some(isHierarchical)) return []
  return [
    say(
      'case.no_hierarchy',
      'warning',
      '/CFAssociations',
      `no association says how the ${CFItems.length} items of ${title} belong together ("isChildOf"): they are read side by side`,
    ),
  ]
}

/** The hierarchy the other way round, which CASE has no word for. */
const REVERSED = /^(?:isparentof|has(?:parts?|child|children)|contains|comprisedof)$/i

/** Undefined for a term of CASE, and for one of somebody's own; but those that look like a term of CASE are slips. */
function slipOf(type: string): { readonly losesHierarchy: boolean; readonly wayOut: string } | undefined {
  if (ASSOCIATION_TYPES.includes(type) || relationOf(type) !== undefined) return undefined
  const term = type.replace(/^ext:/, '').replace(/[\s_-]/g, '')
  if (REVERSED.test(term)) return { losesHierarchy: true, wayOut: 'say "isChildOf" from the part to the whole' }
  const meant = nearest(term, ASSOCIATION_TYPES)
  if (meant !== undefined)
    return { losesHierarchy: isHierarchical({ associationType: meant }), wayOut: `did you mean "${meant}"?` }
  return EXTENSION_TERM.test(type)
    ? undefined
    : { losesHierarchy: false, wayOut: 'use a term of CASE, or one that begins with "ext:"' }
}

function associationRemarks(
  association: CaseAssociation,
  place: string,
  itemOf: (link: CaseLink) => CaseItem | undefined,
): CaseFinding[] {
  const { associationType: type, originNodeURI, destinationNodeURI } = association
  const ends = [originNodeURI, destinationNodeURI] as const
  const findings: CaseFinding[] = []
  const slip = slipOf(type)
  if (slip !== undefined) {
    const [from, to] = ends.map((link) => {
      const item = itemOf(link)
      return `"${item === undefined ? titleOf(link) : labelOf(item)}"`
    })
    findings.push(
      say(
        'case.unknown_association',
        slip.losesHierarchy ? 'error' : 'warning',
        pointer(place, 'associationType'),
        `the association of ${from} with ${to} has the type "${brief(type)}", which CASE does not know, so it is not read: ${slip.wayOut}`,
      ),
    )
  }
  if (relationOf(type) === undefined && type !== 'replacedBy') return findings
  for (const [index, link] of ends.entries())
    if (itemOf(link) === undefined && !isAbsolute(link.uri ?? ''))
      findings.push(
        say(
          'case.relative_uri',
          'error',
          pointer(pointer(place, index === 0 ? 'originNodeURI' : 'destinationNodeURI'), 'uri'),
          `a match names "${titleOf(link)}" by the relative URI "${brief(link.uri ?? '')}", which leads nowhere: resolve it against the address that the package came from`,
        ),
      )
  return findings
}
