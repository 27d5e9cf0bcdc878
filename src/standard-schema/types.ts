/**
 * The interface of Standard Schema v1 (https://standardschema.dev), as its specification has it to be copied: users need no package
 * for it. A test holds it to the package of the specification.
 *
 * @module
 */

/** A validator that tRPC, Hono, TanStack Form and others take as it is. */
export interface StandardValidator<Input, Output = Input> {
  readonly '~standard': {
    readonly version: 1
    readonly vendor: string
    /** Never throws, and answers at once. */
    readonly validate: (value: unknown) => StandardResult<Output>
    /** For the compiler alone: it is never there. */
    readonly types?: { readonly input: Input; readonly output: Output } | undefined
  }
}

/** The value as the class that it is, or all that is wrong with it. */
export type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] }

/** One thing that is wrong, and where. */
export interface StandardIssue {
  readonly message: string
  /** Member by member, numbers in arrays. Empty: the whole value. */
  readonly path: readonly (string | number)[]
}
