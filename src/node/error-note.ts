/**
 * Errors on their way between threads: a structured clone keeps neither their class nor their code.
 *
 * @module
 */
import {
  OpenBadgeError,
  ParseError,
  type ParseIssue,
  ResolutionError,
  SigningError,
  StoreError,
  UsageError,
} from '../errors.js'
import { shown } from '../internal/shown.js'

export interface ErrorNote {
  readonly name: string
  readonly message: string
  readonly stack?: string
  readonly code?: string
  readonly issues?: readonly ParseIssue[]
  readonly url?: string
  readonly cause?: ErrorNote
}

/** Causes of causes of causes say nothing new. */
const MAX_CAUSES = 4

export function noteOf(error: unknown, depth = 0): ErrorNote {
  if (!(error instanceof Error)) return { name: 'Error', message: shown(error, 1000) }
  const { name, message, stack, cause } = error
  return {
    name,
    message,
    ...(stack === undefined ? {} : { stack }),
    ...(error instanceof OpenBadgeError ? { code: error.code } : {}),
    ...(error instanceof ParseError ? { issues: error.issues.map(plainIssue) } : {}),
    ...(error instanceof ResolutionError ? { url: error.url } : {}),
    ...(cause === undefined || depth >= MAX_CAUSES ? {} : { cause: noteOf(cause, depth + 1) }),
  }
}

const plainIssue = ({ code, pointer, message }: ParseIssue): ParseIssue => ({ code, pointer, message })

/** The error again, of its class; a class that is not of this library becomes a plain Error with its name. */
export function errorOf(note: ErrorNote): Error {
  const { name, message, code = '', issues, url = '', cause } = note
  const options = cause === undefined ? undefined : { cause: errorOf(cause) }
  const error = make()
  if (note.stack !== undefined)
    Object.defineProperty(error, 'stack', { value: note.stack, configurable: true, writable: true })
  return error

  function make(): Error {
    if (name === 'UsageError') return new UsageError(code as `usage.${string}`, message, options)
    if (name === 'ParseError') return new ParseError(code as `parse.${string}`, message, issues, options)
    if (name === 'ResolutionError') return new ResolutionError(code as `resolve.${string}`, url, message, options)
    if (name === 'SigningError') return new SigningError(code as `sign.${string}`, message, options)
    if (name === 'StoreError') return new StoreError(code as `store.${string}`, message, options)
    if (code !== '') return new OpenBadgeError(code, message, options)
    return Object.defineProperty(new Error(message, options), 'name', {
      value: name,
      configurable: true,
      writable: true,
    })
  }
}
