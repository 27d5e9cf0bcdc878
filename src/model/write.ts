/**
 * What may be written: the strict form, terms of the standard or `ext:`, dates with an offset, no broken rule.
 *
 * @module
 */
import type { ParseIssue } from '../errors.js'
import type { Json, JsonObject } from '../internal/types.js'
import type { ModelKind, ModelKinds } from './kinds.js'
import { invalid } from './parse.js'
import { judge } from './read.js'
import { type Remark, type Trace, Walk } from './walk.js'

/**
 * The strict form of plain JSON, to be signed. Throws ParseError `parse.invalid`: for what reading refuses, and for what
 * reading only remarks on: broken rules, terms outside the vocabularies, dates without offset. Shorthands are written out.
 *
 * What is signed already stays as it is, byte for byte, because its proof is over that: endorsements inside, and the document
 * itself where it has a proof.
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
  if (!ok) throw invalid(kind, issues)
  const refused = remarks.flatMap(issueOf)
  if (refused.length > 0) throw invalid(kind, refused)
  if (Object.hasOwn(document as JsonObject, 'proof')) return document as unknown as ModelKinds[Kind]
  for (const { at, original } of walk.signed) restore(value as unknown as JsonObject, at, original)
  return value
}

const REFUSED: Readonly<Record<Remark['kind'], `parse.${string}` | undefined>> = {
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
