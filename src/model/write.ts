/**
 * What may be written: the strict form, terms of the standard or `ext:`, dates with an offset, no broken rule.
 *
 * @module
 */

import type { ParseErrorCode } from '../error-codes.js'
import type { ParseIssue } from '../errors.js'
import { isObject } from '../internal/json-object.js'
import type { Json, JsonObject } from '../internal/types.js'
import type { ModelKind, ModelKinds } from './kinds.js'
import { invalid } from './parse.js'
import { judge } from './read.js'
import { olderIssues, versionOf } from './upgrade.js'
import { type Remark, type Trace, Walk } from './walk.js'

/**
 * The strict form of plain JSON, to be signed. Throws ParseError `parse.invalid`: for what reading refuses, and for what
 * reading only remarks on: broken rules, terms outside the vocabularies, dates without offset. Shorthands are written out.
 *
 * What is signed already stays as it is, byte for byte, because its proof is over that: endorsements inside, and the document
 * itself where it has a proof. So does a VCDM 1.1 document: it is for readers of that version, and 2.0 has other names.
 */
export function writeModel<Kind extends ModelKind>(document: Json, kind: Kind): ModelKinds[Kind] {
  return write(document, kind, new Walk())
}

/** The same from a draft, whose `type`s and ids of its own are filled in. */
export function writeDraft<Kind extends ModelKind>(
  draft: Json,
  kind: Kind,
  { randomUuid }: { readonly randomUuid: () => string },
  trace?: Trace,
): ModelKinds[Kind] {
  const walk = new Walk({ randomUuid })
  walk.trace = trace
  return write(draft, kind, walk)
}

function write<Kind extends ModelKind>(document: Json, kind: Kind, walk: Walk): ModelKinds[Kind] {
  const { ok, value, issues, remarks } = judge(document, kind, walk)
  const isOlder = isObject(document) && versionOf(document) === '1.1'
  const older = isOlder && CREDENTIALS.includes(kind) ? olderIssues(document) : []
  if (!ok) throw invalid(kind, older.length === 0 ? issues : [...older, ...issues.filter(isOfBoth)])
  if (older.length > 0) throw invalid(kind, older)
  const refused = remarks.flatMap(issueOf)
  if (refused.length > 0) throw invalid(kind, refused)
  if (isOlder || Object.hasOwn(document as JsonObject, 'proof')) return document as unknown as ModelKinds[Kind]
  for (const { at, original } of walk.signed) restore(value as unknown as JsonObject, at, original)
  return value
}

const CREDENTIALS: readonly ModelKind[] = ['open-badge', 'endorsement', 'credential']

/** Not told already, under the name that VCDM 1.1 has for it. */
const isOfBoth = ({ pointer }: ParseIssue): boolean => pointer !== '/validFrom'

const REFUSED: Readonly<Record<Remark['kind'], ParseErrorCode | undefined>> = {
  shorthand: undefined,
  older_context: undefined,
  outside_vocabulary: 'parse.outside_vocabulary',
  semantic: 'parse.semantic',
  no_offset: 'parse.no_offset',
}

function issueOf({ kind, pointer, message }: Remark): ParseIssue[] {
  const code = REFUSED[kind]
  return code === undefined ? [] : [{ code, pointer, message }]
}

/** Puts a signed credential back. All that is around it is the reader's own copy, since the credential was normalized. */
function restore(root: JsonObject, at: readonly (string | number)[], original: Json): void {
  let parent = root as { [member: string]: Json }
  for (const token of at.slice(0, -1)) parent = parent[token] as { [member: string]: Json }
  parent[at.at(-1) as string] = original
}
