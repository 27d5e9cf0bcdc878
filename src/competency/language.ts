/**
 * Texts in several languages, as JSON-LD writes them: a text, a language map, `@value` objects, or arrays of those.
 *
 * @module
 */
import type { Json, JsonObject } from '../internal/types.js'

/** The text in the wanted language (a prefix counts: "en" takes "en-us"), else the first that is there. */
export function textIn(value: Json | undefined, language: string): string | undefined {
  const texts = textsOf(value)
  const wanted = language.toLowerCase()
  const fits = (tag: string | undefined) => tag !== undefined && (tag === wanted || tag.startsWith(`${wanted}-`))
  return (texts.find(({ tag }) => tag === wanted) ?? texts.find(({ tag }) => fits(tag)) ?? texts[0])?.text
}

function textsOf(value: Json | undefined): { tag?: string; text: string }[] {
  if (typeof value === 'string') return [{ text: value }]
  if (typeof value !== 'object' || value === null) return []
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap((item) => textsOf(item))
  const object = value as JsonObject
  const text = object['@value']
  if (typeof text === 'string') {
    const tag = object['@language']
    return [typeof tag === 'string' ? { tag: tag.toLowerCase(), text } : { text }]
  }
  return Object.entries(object).flatMap(([tag, item]) =>
    textsOf(item).map(({ text }) => ({ tag: tag.toLowerCase(), text })),
  )
}
