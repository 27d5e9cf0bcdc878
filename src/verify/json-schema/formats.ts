/**
 * The keyword `format`, in linear time.
 *
 * @module
 */
import { format } from '@cfworker/json-schema'
import { PatternError, translatePattern } from './pattern.js'

/**
 * These have expressions of their own that take exponential time, or run what a stranger wrote: here they are other ones of the same
 * meaning. All others scan a text once.
 */
const OURS: Readonly<Record<string, (text: string) => boolean>> = {
  url: (text) => /^(?:https?|ftp):\/\/./i.test(text) && format.uri?.(text) === true,
  regex: (text) => {
    try {
      translatePattern(text)
      return true
    } catch (error) {
      if (!(error instanceof PatternError)) throw error
      return error.kind === 'unsupported'
    }
  },
}

/** Texts of formats that are not known are not asked. */
export function hasFormat(text: string, name: string): boolean {
  const judges = Object.hasOwn(OURS, name) ? OURS : format
  return Object.hasOwn(judges, name) ? judges[name]?.(text) !== false : true
}
