/**
 * `--recipient`: an id, an e-mail address, or another identifier with its type.
 *
 * @module
 */
import type { Named } from '../model/person.js'
import { IDENTIFIER_TYPES } from '../model/vocabulary.js'
import { misuse } from './failure.js'
import { didYouMean } from './suggest.js'

/** Throws CommandFailure 64. */
export function readRecipient(text: string, label = '--recipient'): Named {
  const meant = bareId(text)
  if (meant !== undefined) throw misuse(`${label} takes the id alone, not "${text}": did you mean ${meant}?`)
  const [, type, value] = /^([A-Za-z]+)=(.+)$/s.exec(text) ?? []
  if (type !== undefined && value !== undefined) {
    const known = IDENTIFIER_TYPES.find((candidate) => candidate === type)
    if (known === undefined) {
      const near = didYouMean(type, IDENTIFIER_TYPES)
      const meant = near === '' && isAddress(value) ? ` (did you mean emailAddress=${value}?)` : near
      throw misuse(`${label}: there is no identifier type ${type}${meant}: there are ${IDENTIFIER_TYPES.join(', ')}`)
    }
    return { type: known, value }
  }
  if (/^[a-z][a-z0-9+.-]*:\S+$/i.test(text)) return { id: text }
  if (isAddress(text)) return { type: 'emailAddress', value: text }
  throw misuse(`${label} is an id (did:..., https://...), an e-mail address, or type=value, not "${text}"`)
}

/** What stands behind a word that says what it is. With a colon it would pass for the id of somebody whom no badge is about. */
function bareId(text: string): string | undefined {
  const word =
    /^(?:(e-?mail(?:address)?|phone(?:number)?|telephone|id|did|name|url):|(e-?mail|phone|telephone|id|did)=)\s*(\S.*)$/is
  const [, before, equals, rest = ''] = word.exec(text) ?? []
  const what = (before ?? equals)?.toLowerCase()
  if (what === undefined || (before !== undefined && what === 'did' && /^[a-z0-9]+:/.test(rest))) return undefined
  return what.includes('phone') ? `tel:${rest}` : rest
}

const isAddress = (text: string): boolean => /^[^\s@]+@[^\s@]+$/.test(text)
