/**
 * From functions that throw ParseError, and UsageError for an award, to validators that answer.
 *
 * @module
 */
import { ParseError, UsageError } from '../errors.js'
import { parsePointer } from '../internal/json-pointer.js'
import type { StandardIssue, StandardValidator } from './types.js'

/** Never throws for any value. What is no error of reading is a bug, and is thrown. */
export function validatorOf<Input, Output>(read: (value: unknown) => Output): StandardValidator<Input, Output> {
  return {
    '~standard': {
      version: 1,
      vendor: 'badgewright',
      validate: (value) => {
        try {
          return { value: read(value) }
        } catch (error) {
          return { issues: issuesOf(error, value) }
        }
      },
    },
  }
}

function issuesOf(error: unknown, value: unknown): readonly StandardIssue[] {
  if (error instanceof ParseError)
    return error.issues.map(({ message, pointer }) => ({ message, path: pathOf(parsePointer(pointer) ?? [], value) }))
  if (error instanceof UsageError)
    // `recipient.type`, `result[0].value`.
    return [{ message: error.message, path: pathOf(error.option?.split(/\.|\[|\]\.?/).filter(Boolean) ?? [], value) }]
  throw error
}

/** A token that counts in an array is a number there; a member may have the same name. */
function pathOf(tokens: readonly string[], value: unknown): readonly (string | number)[] {
  let at = value
  return tokens.map((token) => {
    const isIndex = Array.isArray(at) && /^\d+$/.test(token)
    at = typeof at === 'object' && at !== null ? (at as Readonly<Record<string, unknown>>)[token] : undefined
    return isIndex ? Number(token) : token
  })
}
