/**
 * Judging documents that differ from one another in texts only: the classes are walked once, and then each text is judged by
 * what judged the one in its place.
 *
 * @module
 */
import { pointerOf } from '../internal/json-pointer.js'
import type { Json } from '../internal/types.js'
import { KINDS, type ModelKind, type ModelKinds } from './kinds.js'
import { always, type Read } from './reader.js'
import { type Trace, Walk } from './walk.js'
import { writeDraft } from './write.js'

export interface SlotValidator<Kind extends ModelKind> {
  /** The draft in its strict form. */
  readonly document: ModelKinds[Kind]
  /**
   * Would `writeDraft` take the draft with these texts, and write them as they are? `document` is the strict form with them. Judged
   * are each text, the arrays and objects around it, and the rules about the whole.
   */
  accepts(texts: readonly string[], document: ModelKinds[Kind]): boolean
}

type Path = readonly (string | number)[]

/** Undefined where a text of these places (of the draft) has another place, or another form, when it is written. Throws ParseError. */
export function slotValidator<Kind extends ModelKind>(
  draft: Json,
  kind: Kind,
  paths: readonly Path[],
  defaults: { readonly randomUuid: () => string },
): SlotValidator<Kind> | undefined {
  const trace: Trace = { texts: new Map(), wholes: [] }
  const document = writeDraft(draft, kind, defaults, trace)
  const reads: { readonly index: number; readonly read: Read }[] = []
  for (const [index, path] of paths.entries()) {
    const read = trace.texts.get(pointerOf(path))
    const text = at(draft, path)
    if (typeof text !== 'string' || at(document as unknown as Json, path) !== text) return undefined
    // The model does not look at members that are not the standard's.
    if (read !== undefined) reads.push({ index, read })
  }
  const wholes = trace.wholes.filter(
    (whole) => whole.accepts !== always && paths.some((path) => whole.at.every((step, index) => path[index] === step)),
  )
  const { rules } = KINDS[kind]
  return {
    document,
    accepts: (texts, filled) => {
      const walk = new Walk()
      for (const { index, read } of reads) {
        const text = texts[index] as string
        if (read(text, walk) !== text) return false
      }
      return (
        walk.clean &&
        walk.remarks.length === 0 &&
        wholes.every((whole) => whole.accepts(at(filled as unknown as Json, whole.at) as Json)) &&
        rules(filled, '2.0').length === 0
      )
    },
  }
}

function at(document: Json, path: Path): Json | undefined {
  let value: unknown = document
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
    value = (value as Readonly<Record<string | number, unknown>>)[step]
  }
  return value as Json | undefined
}
