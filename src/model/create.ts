/**
 * New documents from what an author has to say. What the library knows (types, contexts, ids, the date) is filled in, and
 * what comes out is judged as strictly as what is signed.
 *
 * Input that breaks the model throws ParseError with the place of each issue, not UsageError: an achievement comes from
 * people's forms and files more often than from code, and they need the places.
 *
 * @module
 */

import type { ParseIssue } from '../errors.js'
import { isObject } from '../internal/json-object.js'
import { pointer } from '../internal/json-pointer.js'
import type { Json, JsonObject } from '../internal/types.js'
import type { Achievement, OpenBadgeCredential } from './achievement.js'
import { OB_V3, VC_V2 } from './contexts.js'
import { formatDateTime } from './date-time.js'
import type { AchievementInput, CredentialExtensions, CredentialInput, EndorsementInput } from './input.js'
import { KINDS, type ModelKind, type ModelKinds } from './kinds.js'
import { invalid, plain } from './parse.js'
import type { EndorsementCredential } from './profile.js'
import { writeDraft } from './write.js'

/** What a document gets from outside: the library's defaults give the clock and the randomness of the platform. */
export interface Defaults {
  /** RFC 9562 version 4. */
  readonly randomUuid: () => string
  /** Becomes `validFrom` where none is given. */
  readonly now: () => Date
}

/**
 * An achievement with all its `type`s. Ids that are not given are a fresh `urn:uuid:`; give your own where others shall find
 * the achievement. Throws ParseError.
 */
export function createAchievement(input: AchievementInput, defaults: Pick<Defaults, 'randomUuid'>): Achievement {
  return writeDraft(plain(input, 'achievement'), 'achievement', defaults)
}

/** An Open Badge, not signed yet: with its contexts, `type`, `id` and `validFrom`. Throws ParseError. */
export function createCredential(input: CredentialInput, defaults: Defaults): OpenBadgeCredential {
  return createDocument(input, 'open-badge', ['VerifiableCredential', 'OpenBadgeCredential'], defaults)
}

/**
 * The same before the model has judged it: plain JSON, with nothing filled in but what every badge gets. Throws ParseError for an
 * input that is no JSON or has members that a badge has not.
 */
export function draftCredential(input: CredentialInput, defaults: Defaults): JsonObject {
  return draftDocument(input, 'open-badge', ['VerifiableCredential', 'OpenBadgeCredential'], defaults)
}

/** An endorsement, not signed yet. Throws ParseError. */
export function createEndorsement(input: EndorsementInput, defaults: Defaults): EndorsementCredential {
  return createDocument(input, 'endorsement', ['VerifiableCredential', 'EndorsementCredential'], defaults)
}

/** Members of an input that are a mistake, and what to do instead. */
const REFUSED: Readonly<Record<string, string>> = {
  issuanceDate: 'VCDM 1.1 name: use "validFrom"',
  expirationDate: 'VCDM 1.1 name: use "validUntil"',
  '@context': 'filled in: give further contexts in "extensions"',
  type: 'filled in: an Open Badge or endorsement has its type',
  proof: 'a proof is made by signCredential',
}

function createDocument<Kind extends 'open-badge' | 'endorsement'>(
  input: CredentialInput | EndorsementInput,
  kind: Kind,
  type: readonly string[],
  defaults: Defaults,
): ModelKinds[Kind] {
  return writeDraft(draftDocument(input, kind, type, defaults), kind, defaults)
}

function draftDocument(
  input: CredentialInput | EndorsementInput,
  kind: 'open-badge' | 'endorsement',
  type: readonly string[],
  { randomUuid, now }: Defaults,
): JsonObject {
  if (!isObject(input)) {
    const message = `the input must be an object with the members of ${KINDS[kind].name}`
    throw invalid(kind, [{ code: 'parse.type', pointer: '', message }])
  }
  const { extensions, ...members } = plain(withTexts(input), kind) as JsonObject & { extensions?: Json }
  const issues: ParseIssue[] = Object.keys(members).flatMap((name) => memberIssue(name, kind))
  const { contexts, properties, issues: extending } = readExtensions(extensions, kind)
  if (issues.length + extending.length > 0) throw invalid(kind, [...issues, ...extending])
  const { id = `urn:uuid:${randomUuid()}`, validFrom = formatDateTime(now()), ...others } = members
  return { '@context': [VC_V2, OB_V3, ...contexts], id, type, ...others, validFrom, ...properties }
}

/** An unknown name is a slip here, since extensions have their own place. */
function memberIssue(name: string, kind: ModelKind): ParseIssue[] {
  const refused = Object.hasOwn(REFUSED, name) ? REFUSED[name] : undefined
  const message = refused ?? `${KINDS[kind].name} has no member "${name}": give members of your own in "extensions"`
  if (refused === undefined && KINDS[kind].members.includes(name)) return []
  return [{ code: 'parse.unknown_member', pointer: pointer('', name), message }]
}

interface Extending {
  readonly contexts: readonly Json[]
  readonly properties: JsonObject
  readonly issues: readonly ParseIssue[]
}

/** Shapes are checked here, since JavaScript callers have no types; what the contexts define is the signature's to say. */
function readExtensions(extensions: Json | undefined, kind: ModelKind): Extending {
  if (extensions === undefined) return { contexts: [], properties: {}, issues: [] }
  const { contexts, properties } = (isObject(extensions) ? extensions : {}) as Partial<CredentialExtensions>
  if (!Array.isArray(contexts) || !isObject(properties)) {
    const message = '"extensions" must be { contexts: [...], properties: { ... } }'
    return { contexts: [], properties: {}, issues: [{ code: 'parse.type', pointer: '/extensions', message }] }
  }
  const places = (contexts as readonly Json[]).flatMap((context, index): ParseIssue[] => {
    if (typeof context === 'string' || isObject(context)) return []
    const message = 'a context is given by its URL, or in place as an object'
    return [{ code: 'parse.type', pointer: `/extensions/contexts/${index}`, message }]
  })
  const names = Object.keys(properties)
    .filter((name) => KINDS[kind].members.includes(name) || Object.hasOwn(REFUSED, name))
    .map((name): ParseIssue => {
      const message = `"${name}" is a member of the standard: give it outside of "extensions"`
      return { code: 'parse.value', pointer: pointer('/extensions/properties', name), message }
    })
  return { contexts, properties, issues: [...places, ...names] }
}

const DATES = ['validFrom', 'validUntil', 'awardedDate', 'activityStartDate', 'activityEndDate']

/** The input with its Dates as texts, of the credential and of its subject. An invalid Date is left, and refused as no JSON. */
function withTexts(input: object): object {
  const members = dated(input) as { readonly credentialSubject?: unknown }
  const { credentialSubject } = members
  return isObject(credentialSubject) ? { ...members, credentialSubject: dated(credentialSubject) } : members
}

function dated(object: object): object {
  const texts = DATES.flatMap((name): [string, string][] => {
    const value = (object as Readonly<Record<string, unknown>>)[name]
    return value instanceof Date && !Number.isNaN(value.getTime()) ? [[name, formatDateTime(value)]] : []
  })
  return texts.length === 0 ? object : { ...object, ...Object.fromEntries(texts) }
}
