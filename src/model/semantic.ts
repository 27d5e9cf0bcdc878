/**
 * Rules that no schema states: members that are right each by itself and contradict each other. Broken, they refuse what we
 * write and are remarks on what we read, since other issuers' badges are signed and cannot be mended.
 *
 * @module
 */
import type { Achievement, OpenBadgeCredential } from './achievement.js'
import type { VerifiableCredential } from './credential.js'
import { parseDateTime } from './date-time.js'
import type { IdentityObject } from './identity.js'
import type { VerifiablePresentation } from './presentation.js'
import type { Result, ResultDescription } from './result.js'

/** One broken rule. */
export interface SemanticIssue {
  /** Into the strict form. */
  readonly pointer: string
  readonly message: string
}

type Report = (pointer: string, message: string) => void

/** VCDM 2.0 section 4.9: `validUntil` is not before `validFrom`. Dates without offset are UTC. */
export function credentialRules(credential: VerifiableCredential): SemanticIssue[] {
  const issues: SemanticIssue[] = []
  const { validFrom, validUntil } = credential
  if (validFrom === undefined || validUntil === undefined) return issues
  const from = parseDateTime(validFrom)
  const until = parseDateTime(validUntil)
  if (from !== undefined && until !== undefined && until.time < from.time)
    issues.push({ pointer: '/validUntil', message: '"validUntil" is before "validFrom"' })
  return issues
}

/** VCDM 2.0 section 4.13: a presentation envelops the credentials that it does not embed. In VCDM 1.1 a JWT stands for itself. */
export function presentationRules(presentation: VerifiablePresentation, version: '1.1' | '2.0'): SemanticIssue[] {
  if (version === '1.1') return []
  return (presentation.verifiableCredential ?? []).flatMap((credential, index) =>
    typeof credential === 'string'
      ? [
          {
            pointer: `/verifiableCredential/${index}`,
            message: 'a JWT by itself is VCDM 1.1: envelop it as { "type": "EnvelopedVerifiableCredential" }',
          },
        ]
      : [],
  )
}

/** All of it: dates, recipient, achievement, results. Open Badges 3.0 appendix B.1. */
export function openBadgeRules(credential: OpenBadgeCredential): SemanticIssue[] {
  const issues = credentialRules(credential)
  const report: Report = (pointer, message) => issues.push({ pointer, message })
  const { id, identifier = [], achievement, result = [] } = credential.credentialSubject
  if (id === undefined && identifier.length === 0)
    report(
      '/credentialSubject',
      'the recipient needs an "id" or an "identifier" (AchievementSubject): a name is no identity',
    )
  for (const [index, identity] of identifier.entries())
    identityRules(identity, `/credentialSubject/identifier/${index}`, report)
  for (const { pointer, message } of achievementRules(achievement))
    report(`/credentialSubject/achievement${pointer}`, message)
  if (result.length === 0) return issues
  const descriptions = new Map((achievement.resultDescription ?? []).map((each) => [each.id, each]))
  const levels = new Map<string, ReadonlySet<string>>()
  const levelsOf = ({ id: key, rubricCriterionLevel = [] }: ResultDescription): ReadonlySet<string> => {
    const known = levels.get(key) ?? idsOf(rubricCriterionLevel)
    levels.set(key, known)
    return known
  }
  for (const [index, each] of result.entries()) {
    const at = `/credentialSubject/result/${index}`
    const description = each.resultDescription === undefined ? undefined : descriptions.get(each.resultDescription)
    if (each.resultDescription !== undefined && !description)
      report(`${at}/resultDescription`, 'names no "resultDescription" of this achievement: give the "id" of one')
    resultRules(each, description, levelsOf, at, report)
  }
  return issues
}

/** Criteria, rubrics and scales of an achievement by itself. */
export function achievementRules(achievement: Achievement): SemanticIssue[] {
  const issues: SemanticIssue[] = []
  const report: Report = (pointer, message) => issues.push({ pointer, message })
  const { criteria, resultDescription = [] } = achievement
  if (criteria.id === undefined && criteria.narrative === undefined)
    report('/criteria', '"criteria" needs an "id" (a URL) or a "narrative" (Markdown)')
  duplicates(resultDescription, '/resultDescription', report)
  for (const [index, description] of resultDescription.entries())
    descriptionRules(description, `/resultDescription/${index}`, report)
  return issues
}

function descriptionRules(description: ResultDescription, at: string, report: Report): void {
  const { rubricCriterionLevel = [], requiredLevel, requiredValue, valueMin, valueMax } = description
  duplicates(rubricCriterionLevel, `${at}/rubricCriterionLevel`, report)
  if (requiredLevel !== undefined && !idsOf(rubricCriterionLevel).has(requiredLevel))
    report(`${at}/requiredLevel`, 'names no "rubricCriterionLevel" of this result description: give the "id" of one')
  const [min, max] = [numberOf(valueMin), numberOf(valueMax)]
  if (min !== undefined && max !== undefined && min > max) report(`${at}/valueMin`, '"valueMin" is above "valueMax"')
  if (requiredValue !== undefined) valueRules(requiredValue, description, `${at}/requiredValue`, report)
}

function resultRules(
  result: Result,
  description: ResultDescription | undefined,
  levelsOf: (description: ResultDescription) => ReadonlySet<string>,
  at: string,
  report: Report,
): void {
  const { achievedLevel, value, status } = result
  if (achievedLevel !== undefined && result.resultDescription === undefined)
    report(`${at}/achievedLevel`, 'a level needs the "resultDescription" whose rubric it belongs to')
  if (!description) return
  if (achievedLevel !== undefined && !levelsOf(description).has(achievedLevel))
    report(`${at}/achievedLevel`, 'names no "rubricCriterionLevel" of its result description: give the "id" of one')
  if (description.resultType === 'Status' && status === undefined)
    report(at, 'a result of type "Status" needs a "status", e.g. "Completed"')
  if (value !== undefined) valueRules(value, description, `${at}/value`, report)
}

/** A value is one of those allowed and within the range; what is no number has no place in a range of numbers. */
function valueRules(value: string, description: ResultDescription, at: string, report: Report): void {
  const { allowedValue, valueMin, valueMax } = description
  if (allowedValue && allowedValue.length > 0 && !allowedValue.includes(value))
    report(at, 'is not in "allowedValue" of its result description')
  if (valueMin === undefined && valueMax === undefined) return
  const [number, min, max] = [numberOf(value), numberOf(valueMin), numberOf(valueMax)]
  if (min !== undefined && (number === undefined || number < min))
    report(at, 'is below "valueMin" of its result description')
  if (max !== undefined && (number === undefined || number > max))
    report(at, 'is above "valueMax" of its result description')
}

/** IdentityHash: `sha256$` or `md5$` and the hash in hexadecimal. */
function identityRules({ hashed, identityHash }: IdentityObject, at: string, report: Report): void {
  if (hashed && !/^(?:sha256\$[0-9a-f]{64}|md5\$[0-9a-f]{32})$/i.test(identityHash))
    report(`${at}/identityHash`, 'a hashed identity is "sha256$" (or "md5$") and the hash in hexadecimal')
}

function duplicates(items: readonly { readonly id: string }[], at: string, report: Report): void {
  if (items.length < 2) return
  const seen = new Set<string>()
  for (const [index, { id }] of items.entries()) {
    if (seen.has(id)) report(`${at}/${index}/id`, 'another one has this "id" too: what names it would name both')
    seen.add(id)
  }
}

function idsOf(items: readonly { readonly id: string }[]): ReadonlySet<string> {
  return new Set(items.map(({ id }) => id))
}

/** The number that a text says in decimal notation; undefined for any other text, e.g. a letter grade. */
function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : undefined
}
