/**
 * The state of one pass of the reader: where it is, in the document and in its strict form, and what it noticed.
 *
 * @module
 */
import { pointerOf } from '../internal/json-pointer.js'
import type { Json } from '../internal/types.js'

/** What was accepted, though it is not what we write. */
export interface Remark {
  readonly kind: 'shorthand' | 'outside_vocabulary' | 'semantic' | 'no_offset' | 'older_context'
  /** Into the document as it was given. */
  readonly pointer: string
  readonly message: string
}

/**
 * One step down. A name or index where the document and its strict form agree; `from` is missing where the strict form has
 * one level more, and differs from `to` where a member was renamed.
 */
export type Step = string | number | { readonly from?: string | number; readonly to: string | number }

/** Beyond this the reader stops: documents are bounded before (`Limits.depth`), and no class of the model nests like that. */
export const MAX_DEPTH = 256

/** What judged the document, by places in its strict form. */
export interface Trace {
  /** By JSON Pointer. */
  readonly texts: Map<string, (value: Json, walk: Walk) => Json>
  /** What is asked of arrays and objects beside what is asked of each of their values. */
  readonly wholes: { readonly at: readonly (string | number)[]; readonly accepts: (value: Json) => boolean }[]
}

export class Walk {
  /** False as soon as anything was met that zod may refuse. */
  clean = true
  /** The place where the reader stopped because of MAX_DEPTH. */
  tooDeep: string | undefined
  readonly remarks: Remark[] = []
  readonly path: Step[] = []
  /** The language that what is being read says it is in (`inLanguage`): of texts in several, that one is read. */
  language: string | undefined
  /** Fills in `type` and fresh ids: for `create*`. */
  readonly draft: { readonly randomUuid: () => string } | undefined
  /** Filled while reading, for whoever will judge other texts in the same places: see slot-validator.ts. */
  trace: Trace | undefined
  /** Signed credentials inside that had to be normalized, with their original and their place in the strict form. */
  readonly signed: { readonly at: readonly (string | number)[]; readonly original: Json }[] = []
  /** Places of the strict form that stand elsewhere in the document. */
  private readonly moved = new Map<string, string>()

  constructor(draft?: { readonly randomUuid: () => string }) {
    this.draft = draft
  }

  /** The place in the document. */
  get pointer(): string {
    return pointerOf(this.path.flatMap((step) => (typeof step === 'object' ? (step.from ?? []) : step)))
  }

  /** The place in the strict form. */
  get target(): (string | number)[] {
    return this.path.map((step) => (typeof step === 'object' ? step.to : step))
  }

  remark(kind: Remark['kind'], message: string): void {
    this.remarks.push({ kind, pointer: this.pointer, message })
  }

  /** Reads a part that has another place in the strict form. */
  elsewhere<T>(step: Step & object, read: () => T): T {
    this.path.push(step)
    this.moved.set(pointerOf(this.target), this.pointer)
    const result = read()
    this.path.pop()
    return result
  }

  /** From a place in the strict form to the place in the document. */
  origin(target: string): string {
    for (let end = target.length; end > 0 && this.moved.size > 0; end = target.lastIndexOf('/', end - 1)) {
      const moved = this.moved.get(target.slice(0, end))
      if (moved !== undefined) return moved + target.slice(end)
    }
    return target
  }
}
