/**
 * JSON Pointer, RFC 6901.
 *
 * @module
 */
import type { Json } from './types.js'

/** `base` extended by one member name or array index. */
export function pointer(base: string, token: string | number): string {
  if (typeof token === 'number') return `${base}/${token}`
  return /[~/]/.test(token) ? `${base}/${token.replaceAll('~', '~0').replaceAll('/', '~1')}` : `${base}/${token}`
}

/** A pointer from its tokens; no token is the whole document. */
export function pointerOf(tokens: readonly (string | number)[]): string {
  return tokens.reduce<string>(pointer, '')
}

/** The tokens of a pointer; undefined where it does not follow the grammar of section 3. The URI fragment form is not read. */
export function parsePointer(text: string): string[] | undefined {
  if (text === '') return []
  if (!text.startsWith('/') || /~(?![01])/.test(text)) return undefined
  // ~1 first, then ~0: "~01" is "~1" and not "/" (section 4).
  return text
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/**
 * What the pointer names, on own members only: `/constructor` or `/length` never reach a prototype. Undefined where there
 * is nothing, where an index has leading zeros or is `-`, and where the pointer itself is malformed.
 */
export function resolvePointer(document: Json, text: string): Json | undefined {
  const tokens = parsePointer(text)
  if (tokens === undefined) return undefined
  let value: Json = document
  for (const token of tokens) {
    if (typeof value !== 'object' || value === null) return undefined
    if (Array.isArray(value) && !/^(?:0|[1-9]\d*)$/.test(token)) return undefined
    if (!Object.hasOwn(value, token)) return undefined
    value = (value as { readonly [member: string]: Json })[token] as Json
  }
  return value
}
