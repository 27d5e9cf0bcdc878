/**
 * Texts in several languages. VCDM 2.0 section 11.1 (Language and Base Direction).
 *
 * @module
 */
import { UsageError } from '../errors.js'
import type { Json, JsonObject } from '../internal/types.js'

/** A text with its language. JSON-LD 1.1 section 4.2.4. */
export interface LanguageValue {
  readonly '@value': string
  /** BCP 47. */
  readonly '@language'?: string
  readonly '@direction'?: 'ltr' | 'rtl'
}

/**
 * `name` and `description` of a credential in general (VCDM 2.0 section 4.3). The classes of Open Badges say `string`:
 * 1EdTech's strict schema allows nothing else, and an achievement in another language is an achievement of its own that
 * `related` links (Open Badges 3.0, `inLanguage`). Language-tagged texts in them are read as their text.
 */
export type Text = string | LanguageValue | readonly LanguageValue[]

/**
 * `{ en: 'Badge', fr: 'Insigne' }` as the value objects that JSON-LD signs. The map itself passes 1EdTech's current schemas and
 * then fails safe mode, because the contexts define no language containers. For `name` and `description` of credentials in
 * general, and for members of contexts of your own.
 *
 * Throws UsageError `usage.invalid_option` for a key that is no language tag (BCP 47), or a text that is none.
 */
export function languageMap(texts: Readonly<Record<string, string>>): readonly LanguageValue[] {
  return Object.entries(texts).map(([language, text]) => {
    if (!/^[a-z]{1,8}(?:-[a-z0-9]{1,8})*$/i.test(language))
      throw new UsageError('usage.invalid_option', `"${language}" is no language tag, such as "en" or "pt-BR"`)
    if (typeof text !== 'string')
      throw new UsageError('usage.invalid_option', `the text for "${language}" is not a string`)
    return { '@value': text, '@language': language }
  })
}

/** The members of 1EdTech's language maps: its current schemas take `{ "en": "...", "pt-BR": "..." }` for every string. */
const MAP_LANGUAGE = /^[a-z]{2}(?:-[A-Z]{2})?$/

/**
 * The text of `{ "@value", "@language" }`, of the first of an array of those, or the first of a language map. Undefined where
 * it is none of them, or has a member that such a value cannot have.
 */
export function textOf(value: Json): string | undefined {
  if (typeof value === 'string') return value
  if (typeof value !== 'object' || value === null) return undefined
  if (Array.isArray(value)) {
    const texts = (value as readonly Json[]).map((item) => valueObject(item))
    return texts.every((text) => text !== undefined) ? texts[0] : undefined
  }
  return valueObject(value) ?? firstOfMap(value as JsonObject)
}

function valueObject(value: Json): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const { '@value': text, '@language': language, '@direction': direction, ...others } = value as JsonObject
  if (typeof text !== 'string' || Object.keys(others).length > 0) return undefined
  if (language !== undefined && typeof language !== 'string') return undefined
  return direction === undefined || direction === 'ltr' || direction === 'rtl' ? text : undefined
}

function firstOfMap(value: JsonObject): string | undefined {
  const entries = Object.entries(value)
  if (!entries.every(([language, text]) => MAP_LANGUAGE.test(language) && typeof text === 'string')) return undefined
  return entries[0]?.[1] as string | undefined
}
