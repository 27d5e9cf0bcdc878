/**
 * Texts in several languages. VCDM 2.0 section 11.1 (Language and Base Direction).
 *
 * @module
 */

import { invalidOption, UsageError } from '../errors.js'
import { record } from '../internal/members.js'
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
 * Throws UsageError `usage.invalid_option` for a key that is no language tag (BCP 47), or a text that is not one.
 */
export function languageMap(texts: Readonly<Record<string, string>>): readonly LanguageValue[] {
  if (record(texts, '') !== undefined) throw invalidOption('texts', 'is an object, with a text for each language')
  return Object.entries(texts).map(([language, text]) => {
    if (!/^[a-z]{1,8}(?:-[a-z0-9]{1,8})*$/i.test(language))
      throw new UsageError('usage.invalid_option', `"${language}" is no language tag, such as "en" or "pt-BR"`, {
        option: language,
      })
    if (typeof text !== 'string')
      throw new UsageError('usage.invalid_option', `the text for "${language}" is not a string`, { option: language })
    return { '@value': text, '@language': language }
  })
}

/** A text with what is known of its language, as JSON-LD writes it or as a map by language has it. */
export interface Tagged {
  readonly text: string
  readonly language?: string
  readonly direction?: 'ltr' | 'rtl'
}

/**
 * One of several texts, by their languages alone: the order of an array is not what a proof of the graph signs, and that of an object's members is nobody's.
 * The wanted language (`de-AT` takes `de-AT`, else `de`, else another German), else the text without a language, else English, else the
 * first by tag. Texts in one language are all said: none of them is chosen. Undefined where there is none.
 */
export function chooseText(texts: readonly Tagged[], wanted: string | undefined): Tagged | undefined {
  const byTag = new Map<string, Tagged[]>()
  for (const each of texts) {
    const tag = each.language?.toLowerCase() ?? ''
    const known = byTag.get(tag)
    if (known === undefined) byTag.set(tag, [each])
    else known.push(each)
  }
  const tags = [...byTag.keys()].sort()
  const primary = (tag: string) => tag.split('-')[0]
  const like = (language: string) => tags.find((tag) => tag !== '' && primary(tag) === primary(language))
  const asked = wanted?.toLowerCase()
  const tag =
    (asked === undefined ? undefined : (tags.find((each) => each === asked) ?? like(asked))) ??
    tags.find((each) => each === '') ??
    like('en') ??
    tags[0]
  return tag === undefined ? undefined : joined(byTag.get(tag) as readonly Tagged[])
}

/** Between texts of which none is chosen. */
export const BETWEEN_TEXTS = ' / '

function joined(texts: readonly Tagged[]): Tagged {
  const [first] = texts as readonly [Tagged]
  if (texts.length === 1) return first
  const directions = new Set(texts.map(({ direction }) => direction))
  const [language] = texts.flatMap((each) => each.language ?? []).sort()
  return {
    text: [...new Set(texts.map(({ text }) => text))].sort().join(BETWEEN_TEXTS),
    ...(language === undefined ? {} : { language }),
    ...(first.direction === undefined || directions.size > 1 ? {} : { direction: first.direction }),
  }
}

/** The members of 1EdTech's language maps: its current schemas take `{ "en": "...", "pt-BR": "..." }` for every string. */
const MAP_LANGUAGE = /^[a-z]{2}(?:-[A-Z]{2})?$/

/**
 * The text of `{ "@value", "@language" }`, of an array of those, or of a language map, by `chooseText`. Undefined where it is none of them, or
 * has a member that such a value cannot have.
 */
export function textOf(value: Json, wanted?: string): string | undefined {
  if (typeof value === 'string') return value
  if (typeof value !== 'object' || value === null) return undefined
  const texts = Array.isArray(value)
    ? (value as readonly Json[]).map((item) => valueObject(item))
    : [valueObject(value) ?? mapTexts(value as JsonObject)].flat()
  return texts.every((text) => text !== undefined) ? chooseText(texts, wanted)?.text : undefined
}

function valueObject(value: Json): Tagged | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const { '@value': text, '@language': language, '@direction': direction, ...others } = value as JsonObject
  if (typeof text !== 'string' || Object.keys(others).length > 0) return undefined
  if (language !== undefined && typeof language !== 'string') return undefined
  if (direction !== undefined && direction !== 'ltr' && direction !== 'rtl') return undefined
  return {
    text,
    ...(language === undefined ? {} : { language }),
    ...(direction === undefined ? {} : { direction }),
  }
}

function mapTexts(value: JsonObject): Tagged[] | undefined {
  const entries = Object.entries(value)
  if (!entries.every(([language, text]) => MAP_LANGUAGE.test(language) && typeof text === 'string')) return undefined
  return entries.map(([language, text]) => ({ text: text as string, language }))
}
