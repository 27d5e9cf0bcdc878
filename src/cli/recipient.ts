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
  const [, type, value] = /^([A-Za-z]+)=(.+)$/s.exec(text) ?? []
  if (type !== undefined && value !== undefined) {
    const known = IDENTIFIER_TYPES.find((candidate) => candidate === type)
    if (known === undefined)
      throw misuse(
        `${label}: there is no identifier type ${type}${didYouMean(type, IDENTIFIER_TYPES)}: there are ${IDENTIFIER_TYPES.join(', ')}`,
      )
    return { type: known, value }
  }
  if (/^[a-z][a-z0-9+.-]*:\S+$/i.test(text)) return { id: text }
  if (/^[^\s@]+@[^\s@]+$/.test(text)) return { type: 'emailAddress', value: text }
  throw misuse(`${label} is an id (did:..., https://...), an e-mail address, or type=value, not "${text}"`)
}
