/** The document has no canonical form that can be had, or used. */
export class CanonicalizationError extends Error {
  /**
   * `too_complex`: more work than was allowed for what was sent (a poisoned dataset, RDFC-1.0 section 7.1; texts and contexts that
   * multiply). `ill_formed`: a lone surrogate: UTF-8 cannot carry it, so two different texts would have one hash.
   */
  readonly kind: 'too_complex' | 'ill_formed'

  constructor(kind: 'too_complex' | 'ill_formed', message: string) {
    super(message)
    this.name = 'CanonicalizationError'
    this.kind = kind
  }
}
