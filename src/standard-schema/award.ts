/**
 * Awards as they come in JSON: dates are texts, and who awards is the server's to say.
 *
 * @module
 */
import { ParseError, type ParseIssue, UsageError } from '../errors.js'
import { type Award, credentialInput, demandAward } from '../issue/award.js'
import { createCredential } from '../model/create.js'
import { parseDateTime } from '../model/date-time.js'

/** What a client may send: an Award without `by`, with dates as RFC 3339 texts. */
export interface AwardBody extends Omit<Award, 'by' | 'validFrom' | 'validUntil'> {
  readonly validFrom?: string | Date | undefined
  readonly validUntil?: string | Date | undefined
}

const DATES: readonly string[] = ['validFrom', 'validUntil']
/** Whoever issues it: an award says nothing of that. */
const SOMEBODY = { id: 'urn:uuid:00000000-0000-0000-0000-000000000000', name: 'Issuer' }

/**
 * What the issuer would take, judged as deeply as when it is signed. Throws UsageError `usage.invalid_award`, ParseError with places
 * in the award.
 */
export function readAward(value: unknown): Award {
  if (typeof value === 'object' && value !== null && Object.hasOwn(value, 'by'))
    throw wrong('by', 'is no member of what a client sends: who awards it, the server knows')
  const award = (typeof value === 'object' && value !== null ? withDates(value) : value) as Award
  demandAward(award)
  const input = credentialInput(award, { profile: SOMEBODY, salt: () => 'salt' })
  try {
    createCredential(input, { randomUuid: () => SOMEBODY.id.slice('urn:uuid:'.length), now: () => new Date(0) })
  } catch (error) {
    if (error instanceof ParseError) throw new ParseError('parse.invalid', error.message, error.issues.map(inAward))
    throw error
  }
  return award
}

function withDates(value: object): object {
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      if (!DATES.includes(name) || member === undefined) return [name, member]
      const time =
        typeof member === 'string' ? parseDateTime(member)?.time : member instanceof Date ? +member : undefined
      if (time === undefined || Number.isNaN(time)) throw wrong(name, 'is a date and time such as 2030-01-31T12:00:00Z')
      return [name, new Date(time)]
    }),
  )
}

function wrong(option: string, says: string): UsageError {
  return new UsageError('usage.invalid_award', `"${option}" ${says}`, { option })
}

/** From the place in the credential to that in the award. */
const PLACES: readonly (readonly [credential: RegExp, award: string])[] = [
  [/^\/credentialSubject\/(?:id|identifier\/\d+)(?=\/|$).*/, '/recipient'],
  [/^\/name$/, '/achievement/name'],
  [/^\/credentialSubject(?=\/)/, ''],
]

function inAward(issue: ParseIssue): ParseIssue {
  const [from, to] = PLACES.find(([place]) => place.test(issue.pointer)) ?? [/^$/, '']
  return { ...issue, pointer: issue.pointer.replace(from, to) }
}
