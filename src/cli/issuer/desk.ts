/**
 * An issuer's folder as the commands of a registrar use it: opened, asked, and closed again.
 *
 * @module
 */

import type { IssuerUrls } from '../../entries/http.js'
import type { CredentialRecord, CredentialSummary, Issuer } from '../../entries/index.js'
import { stateOf } from '../../issue/credential-store.js'
import { EXIT } from '../exit.js'
import { CommandFailure } from '../failure.js'
import { type IssuerFolder, issuerOf, openIssuer, urlsOf } from '../issuer-folder.js'
import type { OptionsDef } from '../option-def.js'
import type { Session } from '../session.js'

/** The options of all of them. */
export const DATA = {
  data: { type: 'string', value: 'folder', required: true, description: 'The issuer, as badgewright init made it.' },
} as const satisfies OptionsDef

/** Of those that change something. */
export const CLERK = {
  reason: {
    type: 'string',
    value: 'text',
    description:
      'Why. Stands in the trail; of a revocation, where revocation lists are published, there too: name nobody.',
  },
  by: { type: 'string', value: 'name', description: 'Who does it, for the trail. Default: the name of your account.' },
} as const satisfies OptionsDef

export interface Desk extends IssuerFolder {
  readonly issuer: Issuer
  readonly urls: IssuerUrls
}

/** Opens the issuer for some work, and closes its store whatever becomes of it. */
export async function atDesk<T>(folder: string, session: Session, work: (desk: Desk) => Promise<T>): Promise<T> {
  const opened = await openIssuer(folder, session)
  try {
    const urls = urlsOf(folder, opened)
    return await work({ ...opened, urls, issuer: issuerOf(opened, opened.stores, urls, session) })
  } finally {
    await opened.stores.close()
  }
}

/** Who does it. */
export function clerk(by: string | undefined, { io }: Session): string {
  return by ?? io.env.USER ?? io.env.LOGNAME ?? io.env.USERNAME ?? 'command line'
}

/** By the id of the award, the id of the badge, or the last part of that. Undefined where there is none. */
export async function findRecords(
  ids: readonly string[],
  { stores, urls }: Pick<Desk, 'stores' | 'urls'>,
): Promise<readonly (CredentialRecord | undefined)[]> {
  const keys = ids.flatMap((id) => [
    { awardId: id },
    { credentialId: id },
    { credentialId: urls.credentialId(id) },
    { credentialId: `urn:uuid:${id}` },
  ])
  const found = await stores.credentials.get(keys)
  return ids.map((_, index) => found.slice(index * 4, index * 4 + 4).find((record) => record !== undefined))
}

/** Throws CommandFailure 66. */
export async function findRecord(id: string, desk: Pick<Desk, 'stores' | 'urls'>): Promise<CredentialRecord> {
  const [record] = await findRecords([id], desk)
  return record ?? notFound(id)
}

export function notFound(id: string): never {
  throw new CommandFailure(EXIT.noInput, `there is no award and no badge ${id}: badgewright list shows the ids of both`)
}

/** As people say it. */
export function shownState(record: Pick<CredentialSummary, 'events' | 'isErased'>): string {
  const state = stateOf(record)
  return record.isErased ? `${state}, erased` : state
}
