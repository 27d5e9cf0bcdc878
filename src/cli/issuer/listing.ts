/**
 * What an issuer issued, as a registrar looks for it.
 *
 * @module
 */

import type { CredentialQuery, ListPlace } from '../../entries/index.js'
import { type AwardRow, pageOfAwards } from '../../issue/award-pages.js'
import type { Person } from '../../model/person.js'
import { readRecipient } from '../recipient.js'
import type { Desk } from './desk.js'

export interface Wanted extends CredentialQuery {
  /** As `--recipient`. */
  readonly person?: string
  /** The award after which the list goes on. */
  readonly after?: string
}

/** Rows that are asked for with one question. */
const PAGE = 200

/** As they come, in bounded memory. Throws CommandFailure 64 for a person that nobody could be. */
export async function* listed({ stores }: Desk, { person, after, ...query }: Wanted): AsyncGenerator<AwardRow> {
  const who = person === undefined ? {} : { person: readRecipient(person, '--person') as Person }
  let from: string | ListPlace | undefined = after
  do {
    const { rows, next } = await pageOfAwards(stores.credentials, {
      ...who,
      query,
      limit: PAGE,
      most: Number.POSITIVE_INFINITY,
      ...(from === undefined ? {} : { after: from }),
    })
    yield* rows
    from = next
  } while (from !== undefined)
}
