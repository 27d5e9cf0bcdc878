/**
 * Messages in another language, by the shape of the English ones: what is missing would stand as "undefined" in front of people.
 *
 * @module
 */
import type { Kind } from '../internal/members.js'
import { record } from '../internal/members.js'
import { englishMessages } from './english-messages.js'

/** Every text that English has; further ones are no concern. */
export const renderMessages: Kind = (value, path) =>
  value === englishMessages ? undefined : like(englishMessages, value, path)

function like(example: unknown, value: unknown, path: string): ReturnType<Kind> {
  if (typeof example !== 'object' || example === null)
    return typeof value === typeof example
      ? undefined
      : {
          path,
          says: value === undefined ? 'is missing' : `is a ${typeof example === 'string' ? 'text' : typeof example}`,
        }
  const problem = record(value, path)
  if (problem !== undefined) return problem
  for (const [name, member] of Object.entries(example)) {
    const found = like(member, (value as Readonly<Record<string, unknown>>)[name], `${path}.${name}`)
    if (found !== undefined) return found
  }
  return undefined
}
