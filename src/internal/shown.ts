/**
 * What a message quotes of a document. Never `String(value)`: of `{ "toString": 1 }` that throws.
 *
 * @module
 */

/** A text as it is, everything else as JSON; cut after `length` characters. Also for values that are no JSON. */
export function shown(value: unknown, length = 60): string {
  const text =
    typeof value === 'string' ? value : typeof value === 'object' && value !== null ? json(value) : String(value)
  return text.length > length ? `${text.slice(0, length)}…` : text
}

function json(value: object): string {
  try {
    return JSON.stringify(value) ?? typeof value
  } catch {
    // A cycle, or a toJSON that throws: what it is matters less than that it is said.
    return typeof value
  }
}
