/**
 * Reading documents as the classes of the model. The result is a view in the strict form; the document itself, over which a
 * proof may be, is left alone.
 *
 * @module
 */
import * as z from 'zod/mini'
import type { ParseIssue } from '../errors.js'
import type { Json, JsonObject } from '../internal/types.js'
import { VC_V1 } from './contexts.js'
import { issuesOf } from './issues.js'
import { KINDS, type ModelKind, type ModelKinds } from './kinds.js'
import { versionOf } from './upgrade.js'
import { MAX_DEPTH, type Remark, Walk } from './walk.js'

/** Something accepted that we would not write. */
export interface ModelNote {
  readonly code: 'schema.shorthand' | 'schema.outside_vocabulary' | 'schema.semantic' | 'schema.older_context'
  /** RFC 6901, into the document as it was given. */
  readonly pointer: string
  readonly message: string
}

export type ModelReading<T> =
  | {
      readonly ok: true
      /** The strict form. The same object where the document was strict. */
      readonly value: T
      readonly notes: readonly ModelNote[]
      /** `1.1`: the view has 2.0 names and the 2.0 context all the same. */
      readonly version: '1.1' | '2.0'
    }
  | { readonly ok: false; readonly issues: readonly ParseIssue[] }

/**
 * Reads plain JSON whose depth and size have been bounded. Never throws on any JSON. Linear in its size.
 *
 * Accepts what 1EdTech's current (JSON-LD) schemas accept and what VCDM 1.1 wrote; what differs from them on purpose is
 * listed in test/model/differences.ts. Contexts are not looked into: what a term means is the proof's to say.
 */
export function readModel<Kind extends ModelKind>(document: Json, kind: Kind): ModelReading<ModelKinds[Kind]> {
  const { ok, value, issues, remarks } = judge(document, kind, new Walk())
  if (!ok) return { ok, issues }
  const notes = remarks.flatMap((remark): ModelNote[] => noteOf(remark))
  return {
    ok,
    value,
    notes: [...notes, ...olderContexts(document as JsonObject)],
    version: versionOf(document as JsonObject),
  }
}

export type Judgement<T> =
  | { readonly ok: true; readonly value: T; readonly remarks: readonly Remark[]; readonly issues?: never }
  | { readonly ok: false; readonly issues: readonly ParseIssue[]; readonly value?: never; readonly remarks?: never }

/** The strict form with all that was remarked, broken rules included. */
export function judge<Kind extends ModelKind>(document: Json, kind: Kind, walk: Walk): Judgement<ModelKinds[Kind]> {
  const { schema, read, rules } = KINDS[kind]
  const strict = read(document, walk)
  if (walk.tooDeep !== undefined) {
    const message = `the document nests more than ${MAX_DEPTH} levels`
    return { ok: false, issues: [{ code: 'parse.too_deep', pointer: walk.tooDeep, message }] }
  }
  if (!walk.clean) {
    // zod's own copy is thrown away: it would lose members named like those of Object.prototype.
    const { error } = z.safeParse(schema, strict)
    if (error) return { ok: false, issues: issuesOf(error.issues, strict, walk) }
  }
  const value = strict as unknown as ModelKinds[Kind]
  const broken = rules(value, versionOf(document as JsonObject)).map(
    ({ pointer, message }): Remark => ({ kind: 'semantic', pointer: walk.origin(pointer), message }),
  )
  return { ok: true, value, remarks: [...walk.remarks, ...broken] }
}

function noteOf({ kind, pointer, message }: Remark): ModelNote[] {
  // Dates without offset are the validity check's to note.
  return kind === 'no_offset' ? [] : [{ code: `schema.${kind}`, pointer, message }]
}

/** Versions of the Open Badges context before the one that we write. */
const OLDER_OPEN_BADGES = /^https:\/\/purl\.imsglobal\.org\/spec\/ob\/v3p0\/context-3\.0\.[012]\.json$/

function olderContexts(document: JsonObject): ModelNote[] {
  const contexts = document['@context']
  return (Array.isArray(contexts) ? (contexts as readonly Json[]) : []).flatMap((context, index) => {
    const older =
      context === VC_V1
        ? 'VCDM 1.1'
        : typeof context === 'string' && OLDER_OPEN_BADGES.test(context)
          ? 'an earlier Open Badges 3.0'
          : undefined
    return older === undefined
      ? []
      : [{ code: 'schema.older_context', pointer: `/@context/${index}`, message: `the context of ${older}` }]
  })
}
