/**
 * A CASE package as it is read: servers write `null` or a blank text for what is absent, and texts for numbers. The package itself keeps them.
 *
 * @module
 */
import { isObject } from '../internal/json-object.js'
import type { Json } from '../internal/types.js'
import { isArray } from './reading.js'

const NUMBERS: readonly string[] = ['sequenceNumber', 'position', 'score', 'weight']

/** Without nulls and blank texts, and with numbers that are numbers. The same object where there is nothing to mend. */
export function viewOf<T>(value: T): T {
  return view(value as Json) as T
}

function view(value: Json): Json {
  if (isArray(value)) {
    let copy: Json[] | undefined
    for (let index = 0; index < value.length; index++) {
      const item = value[index] as Json
      const seen = view(item)
      if (seen !== item || item === null) copy ??= value.slice(0, index)
      if (copy !== undefined && item !== null) copy.push(seen)
    }
    return copy ?? value
  }
  if (!isObject(value)) return value
  let copy: { [member: string]: Json } | undefined
  for (const name of Object.keys(value)) {
    const member = value[name] as Json
    const seen = typeof member === 'string' ? textual(name, member) : view(member)
    if (seen === member && seen !== null) continue
    copy ??= { ...value }
    if (seen === null) delete copy[name]
    else copy[name] = seen
  }
  return copy ?? value
}

function textual(name: string, text: string): Json {
  if (text.trim() === '') return null
  return NUMBERS.includes(name) && isNumeric(text) ? Number(text) : text
}

/** A text that is a number. */
export function isNumeric(value: Json): value is string {
  return typeof value === 'string' && /^-?\d+(?:\.\d+)?$/.test(value)
}
