/**
 * Reading what a credential says, whatever it is: the model's reading where it is an Open Badge, but also any other credential, and
 * one that did not even fit its schema. A member of another type than expected is not there.
 *
 * @module
 */
import { isObject } from '../internal/json-object.js'
import { chooseText } from '../model/text.js'
import type { Said } from './text.js'

export type Claims = Readonly<Record<string, unknown>>

export function object(value: unknown): Claims | undefined {
  return isObject(value) ? value : undefined
}

/** The objects of one or many. */
export function objects(value: unknown): readonly Claims[] {
  return values(value).flatMap((each) => {
    const found = object(each)
    return found === undefined ? [] : [found]
  })
}

export function texts(value: unknown): readonly string[] {
  return values(value).flatMap((each) => text(each) ?? [])
}

function values(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]
}

/** A text or a number; undefined where it is empty. */
export function text(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value.trim() !== '' ? value : undefined
}

/** An id: of an object, or the text itself. */
export function idOf(value: unknown): string | undefined {
  return text(value) ?? text(object(value)?.id)
}

/** The text in the language of the locale: of value objects (JSON-LD), one or many, or of a language map. See `chooseText`. */
export function said(value: unknown, locale: string, language?: string): Said | undefined {
  const plain = text(value)
  if (plain !== undefined) return { text: plain, ...(language === undefined ? {} : { language }) }
  const choices = Array.isArray(value) ? value.flatMap(valueObject) : [...valueObject(value), ...languageMap(value)]
  return chooseText(choices, locale)
}

function valueObject(value: unknown): Said[] {
  const found = object(value)
  const content = text(found?.['@value']) ?? text(value)
  if (content === undefined) return []
  const language = text(found?.['@language'])
  const direction = found?.['@direction']
  return [
    {
      text: content,
      ...(language === undefined ? {} : { language }),
      ...(direction === 'ltr' || direction === 'rtl' ? { direction } : {}),
    },
  ]
}

function languageMap(value: unknown): Said[] {
  const found = object(value)
  if (found === undefined || '@value' in found) return []
  return Object.entries(found).flatMap(([language, content]) =>
    /^[a-z]{2,3}(?:-[a-z0-9]{1,8})*$/i.test(language) && typeof content === 'string'
      ? [{ text: content, language }]
      : [],
  )
}
