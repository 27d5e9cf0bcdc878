/**
 * For whom and where: what a requirement or a crosswalk asks, what a badge says it was shown in, and whether the two fit.
 *
 * A badge says it by `shownIn` of the extension context; else by alignments of its achievement to a level of education or a subject (the words
 * of LRMI and CTDL, as `ext:` terms); else by what the framework says of the competency that it names (CASE: CFItem.educationLevel, subject). The
 * first of these that speaks of a dimension decides it.
 *
 * @module
 */
import { type ContextDimension, type ContextOfUse, readExtension } from '../model/extension-context.js'
import type { OpenBadgeCredential } from '../model/types.js'
import { canonicalUri, isAbsolute } from './identifiers.js'
import type { Competency } from './types.js'

export const DIMENSIONS: readonly ContextDimension[] = ['educationLevel', 'subject', 'language', 'schoolModel']

/** What does not fit, or is not said. */
export interface ContextProblem {
  readonly kind: 'other' | 'silent'
  readonly dimension: ContextDimension
  /** As it is written. Empty where nothing is said. */
  readonly stated: readonly string[]
  readonly wanted: readonly string[]
}

/** Whether a badge was shown in a context that is asked. */
export interface ContextFit {
  /** `maybe`: nothing that is said speaks against it, and something is not said. */
  readonly verdict: 'yes' | 'maybe' | 'no'
  readonly problems: readonly ContextProblem[]
}

/** What a badge says: the contexts in which it was shown, one that nothing is said of where there is none; and what its alignments say. */
export interface SaidContext {
  readonly shown: readonly ContextOfUse[]
  readonly aligned: ContextOfUse
}

/** LRMI's words for kinds of alignments (schema.org AlignmentObject.alignmentType), and the properties of CTDL and CTDL-ASN. */
const ALIGNED: Readonly<Record<string, ContextDimension>> = {
  'ext:educationLevel': 'educationLevel',
  'ext:educationLevelType': 'educationLevel',
  'ext:audienceLevelType': 'educationLevel',
  'ext:educationalSubject': 'subject',
  'ext:subject': 'subject',
}

export function contextSaidBy({ '@context': contexts, credentialSubject }: OpenBadgeCredential): SaidContext {
  const { value: shown = [] } = readExtension(credentialSubject, 'shownIn', contexts) ?? {}
  const aligned: Record<string, string[]> = {}
  for (const { targetType = '', targetName, targetUrl, targetCode } of [
    credentialSubject.achievement.alignment ?? [],
  ].flat()) {
    const dimension = Object.hasOwn(ALIGNED, String(targetType)) ? ALIGNED[targetType] : undefined
    if (dimension === undefined) continue
    aligned[dimension] = [
      ...(aligned[dimension] ?? []),
      ...[targetName, targetUrl, targetCode].filter((word) => typeof word === 'string'),
    ]
  }
  return { shown, aligned }
}

/** The context that the badge says more about than any other of its own; of several that fit none better, the first. */
export function fitOf(asked: ContextOfUse, { shown, aligned }: SaidContext, about: Competency | undefined): ContextFit {
  const { educationLevel, subject } = about ?? {}
  const said = (one: ContextOfUse, dimension: ContextDimension) =>
    one[dimension] ??
    aligned[dimension] ??
    (dimension === 'educationLevel' ? educationLevel : dimension === 'subject' ? subject : undefined)
  const fits = (shown.length === 0 ? [{}] : shown).map((one): ContextFit => {
    const problems = DIMENSIONS.flatMap((dimension): ContextProblem[] => {
      const wanted = asked[dimension]
      if (wanted === undefined) return []
      const stated = said(one, dimension) ?? []
      if (stated.length === 0) return [{ kind: 'silent', dimension, stated, wanted }]
      return isAnyOf(stated, wanted, dimension) ? [] : [{ kind: 'other', dimension, stated, wanted }]
    })
    const verdict = problems.some(({ kind }) => kind === 'other') ? 'no' : problems.length > 0 ? 'maybe' : 'yes'
    return { verdict, problems }
  })
  return (['yes', 'maybe', 'no'] as const)
    .flatMap((verdict) => fits.filter((fit) => fit.verdict === verdict))
    .at(0) as ContextFit
}

/** What two contexts have in common is the same text. */
export function contextKey(context: ContextOfUse): string {
  return JSON.stringify(DIMENSIONS.map((dimension) => [...new Set((context[dimension] ?? []).map(wordOf))].sort()))
}

export function isAnyOf(stated: readonly string[], wanted: readonly string[], dimension: ContextDimension): boolean {
  const asked = wanted.map(wordOf)
  return stated
    .map(wordOf)
    .some((word) => asked.some((one) => one === word || (dimension === 'language' && word.startsWith(`${one}-`))))
}

const wordOf = (text: string) =>
  isAbsolute(text) ? canonicalUri(text) : text.normalize('NFC').trim().toLowerCase().replace(/\s+/g, ' ')
