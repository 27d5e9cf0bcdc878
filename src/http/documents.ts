/**
 * What an issuer serves to everybody, by path.
 *
 * @module
 */

import { bakeImage } from '../bake/bake.js'
import type { ContainerLimits } from '../bake/read-container.js'
import type { Bytes } from '../internal/types.js'
import type { CredentialRecord, CredentialStore } from '../issue/credential-store.js'
import type { Issuer } from '../issue/issuer.js'
import { ttlOf } from '../issue/published-list.js'
import { didDocument, type IssuerKey, jwks } from '../keys/issuer-keys.js'
import type { Achievement, Profile } from '../model/types.js'
import { didWebUrl } from '../resolve/did-web.js'
import type { RevocationListDocument } from '../status/write-revocation-list.js'
import {
  CREDENTIAL_TYPES,
  DID_TYPES,
  JWT_TYPES,
  KEY_SET_TYPES,
  LINKED_DATA_TYPES,
  LINKED_JSON_TYPES,
  PROFILE_TYPES,
  preferred,
} from './accept.js'
import { problem } from './problem.js'
import { type KeptText, keptText, type ServedDocument } from './respond.js'
import type { IssuerUrls } from './urls.js'

export interface DocumentSources {
  readonly issuer: Pick<Issuer, 'statusListCredential' | 'revocationList'>
  readonly profile: Profile
  readonly urls: IssuerUrls
  readonly keys: readonly IssuerKey[]
  readonly credentials?: CredentialStore
  readonly achievements: (id: string) => Promise<Achievement | undefined>
  readonly image?: (record: CredentialRecord) => Promise<Bytes | undefined>
  /** Seconds, for keys, profile and achievements. */
  readonly maxAgeSeconds: number
  readonly limits: ContainerLimits
  /** Revocation lists that were served, as text. */
  readonly lists: WeakMap<RevocationListDocument, KeptText>
}

/** A Response where there is something to say instead. Undefined: no such document. */
export type Found = ServedDocument | Response | undefined

/** `path` is decoded, and begins with a slash. */
export async function findDocument(request: Request, path: string, sources: DocumentSources): Promise<Found> {
  const { urls, profile, keys, maxAgeSeconds, issuer } = sources
  const json = (value: unknown, types: readonly string[]): ServedDocument => ({
    body: JSON.stringify(value),
    ...negotiated(request, types),
    maxAgeSeconds,
  })
  if (keys.length > 0 && path === '/.well-known/jwks.json')
    return json({ ...(profile.id.startsWith('https:') ? { iss: profile.id } : {}), ...jwks(keys) }, KEY_SET_TYPES)
  if (keys.length > 0 && path === controllerPath(profile.id)) {
    const document = didDocument({ id: profile.id, keys })
    return profile.id.startsWith('did:') ? json(document, DID_TYPES) : json(withKeys(profile, document), PROFILE_TYPES)
  }
  const root = pathOf(urls.base)
  if (!path.startsWith(`${root}/`)) return undefined
  const [folder, name, ...rest] = path.slice(root.length + 1).split('/')
  if (rest.length > 0) return undefined
  if (name === undefined) {
    if (folder === 'issuer') return json(profile, PROFILE_TYPES)
    return folder === 'revoked.json'
      ? {
          body: keptList(sources.lists, await issuer.revocationList()),
          ...negotiated(request, LINKED_JSON_TYPES),
          maxAgeSeconds: 60,
        }
      : undefined
  }
  switch (folder) {
    case 'status':
      return statusList(request, name, sources)
    case 'achievements': {
      const achievement = await sources.achievements(urls.achievement(name))
      return achievement === undefined ? undefined : json(achievement, LINKED_DATA_TYPES)
    }
    case 'credentials':
    case 'refresh': {
      const record = await findRecord(name, sources)
      return record === undefined ? undefined : badge(request, record, sources)
    }
    default:
      return undefined
  }
}

/** By the list: an issuer answers the same one until another badge is revoked. */
function keptList(kept: WeakMap<RevocationListDocument, KeptText>, list: RevocationListDocument): KeptText {
  const text = kept.get(list) ?? keptText(JSON.stringify(list))
  kept.set(list, text)
  return text
}

/** Under the name that the client wants; where it wants none of them, under ours: it may understand it all the same. */
function negotiated(request: Request, types: readonly string[]): Pick<ServedDocument, 'type' | 'isNegotiated'> {
  return { type: preferred(request, types).type, isNegotiated: true }
}

/** Where others look for the keys of this issuer, if that is a URL at all. */
function controllerPath(id: string): string | undefined {
  if (id.startsWith('did:web:')) return pathOf(didWebUrl(id))
  return /^https?:/.test(id) ? pathOf(id) : undefined
}

/** One document for those who want the profile and those who want the keys. */
function withKeys(profile: Profile, document: ReturnType<typeof didDocument>): object {
  const { id: _, ...members } = document
  return { ...profile, ...members }
}

const pathOf = (url: string) => decodeURIComponent(new URL(url).pathname).replace(/\/+$/, '')

async function statusList(request: Request, listId: string, { issuer }: DocumentSources): Promise<ServedDocument> {
  const list = await issuer.statusListCredential(listId)
  const isJwt = typeof list === 'string'
  return {
    body: isJwt ? list : JSON.stringify(list),
    ...negotiated(request, isJwt ? JWT_TYPES : CREDENTIAL_TYPES),
    maxAgeSeconds: ttlOf(list),
  }
}

async function findRecord(name: string, { credentials, urls }: DocumentSources): Promise<CredentialRecord | undefined> {
  const ids = [urls.credentialId(name), `urn:uuid:${name}`]
  const found = await credentials?.get(ids.map((credentialId) => ({ credentialId })))
  return found?.find((record) => record !== undefined)
}

/** As it was signed, JSON or JWT, or baked into its image: whatever the client wants most. */
async function badge(request: Request, record: CredentialRecord, sources: DocumentSources): Promise<Found | undefined> {
  const { credential } = record
  // The person was erased.
  if (credential === undefined) return undefined
  const isJwt = typeof credential === 'string'
  const text = isJwt ? credential : JSON.stringify(credential)
  const types = isJwt ? JWT_TYPES : CREDENTIAL_TYPES
  const { type, quality: wantsText } = preferred(request, types)
  const wantsImage = sources.image === undefined ? 0 : preferred(request, ['image/png']).quality
  const common = { maxAgeSeconds: 0, isNegotiated: true }
  if (wantsImage > wantsText) {
    const image = await sources.image?.(record)
    if (image !== undefined) {
      const body = await bakeImage(image, credential, { existing: 'replace' }, sources.limits)
      return { ...common, body, type: 'image/png' }
    }
  }
  if (wantsText > 0) return { ...common, body: text, type }
  const there = [...types.slice(0, 1), ...(sources.image === undefined ? [] : ['image/png'])]
  return problem(406, `this badge can be had as ${there.join(' or ')}`)
}
