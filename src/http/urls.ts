/**
 * Where an issuer's documents are, below one public URL: for `createIssuer`, which writes them into badges, and for the handler,
 * which serves them.
 *
 * @module
 */
import { invalidOption } from '../errors.js'
import { shown } from '../internal/shown.js'

/** Where each of an issuer's documents is. */
export interface IssuerUrls {
  /** The public URL of it all, without a slash at its end. */
  readonly base: string
  readonly profile: string
  readonly revocationList: string
  /** For `createIssuer`: where a status list is. */
  listUrl(listId: string): string
  /** For `credentialId`: hosted badges. */
  credentialId(uuid: string): string
  /** For `createIssuer`: where a newer version of a badge is. */
  refreshUrl(credentialId: string): string
  /** The id of an achievement of that name. */
  achievement(name: string): string
}

/** `base`: https, or http on a closed network; it may have a path. Throws UsageError `usage.invalid_option`. */
export function issuerUrls(base: string): IssuerUrls {
  const url = typeof base === 'string' && URL.canParse(base) ? new URL(base) : undefined
  if (
    url === undefined ||
    !/^https?:$/.test(url.protocol) ||
    url.search !== '' ||
    url.hash !== '' ||
    url.username !== ''
  )
    throw invalidOption('base', `is an https URL without query and fragment, not "${shown(base)}"`)
  const root = url.href.replace(/\/+$/, '')
  const below = (folder: string) => (name: string) => `${root}/${folder}/${encodeURIComponent(name)}`
  return {
    base: root,
    profile: `${root}/issuer`,
    revocationList: `${root}/revoked.json`,
    listUrl: below('status'),
    credentialId: below('credentials'),
    // The last part of the id is its UUID, of a hosted badge and of a urn:uuid: alike.
    refreshUrl: (id) => below('refresh')(decodeURIComponent(id.split(/[/:]/).at(-1) ?? id)),
    achievement: below('achievements'),
  }
}
