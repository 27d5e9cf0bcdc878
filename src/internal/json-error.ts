/** What kept a text or a value from being taken as JSON. */
export type JsonFaultKind =
  /** Not the grammar of RFC 8259, or a lone surrogate in a text (RFC 7493 section 2.1). */
  | 'syntax'
  /** More levels of arrays and objects than allowed. */
  | 'depth'
  /** More text than allowed. */
  | 'size'
  /** One object has two members of the same name (RFC 7493 section 2.3): readers disagree which one counts. */
  | 'duplicate'
  /** A member `__proto__`: to many readers it is not data. */
  | 'forbidden_member'
  /** A value of the program that JSON cannot say: a function, a Date, a cycle. */
  | 'not_json'

export interface JsonFault {
  readonly kind: JsonFaultKind
  /** RFC 6901; the innermost place that is known. */
  readonly pointer: string
  /** For people; never quotes the document. */
  readonly message: string
}

/** Who takes JSON from outside catches this and answers with an error of his own. */
export class JsonError extends Error implements JsonFault {
  readonly kind: JsonFaultKind
  readonly pointer: string

  constructor({ kind, pointer, message }: JsonFault, options?: ErrorOptions) {
    super(message, options)
    this.name = 'JsonError'
    this.kind = kind
    this.pointer = pointer
  }
}
