/** Texts with their languages: VCDM 2.0 section 11.1. @module */
import * as z from 'zod/mini'
import { closed, expecting, oneOf, optional, token } from './blocks.js'

const languageValue = closed('LanguageValue', {
  '@value': token,
  '@language': optional(token),
  '@direction': optional(oneOf(['ltr', 'rtl'])),
})
const aText = 'a string, or { "@value", "@language" }, or an array of those'
export const languageText = z.union([token, languageValue, z.array(languageValue)], expecting(aText))
