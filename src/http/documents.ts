/**
 * What an issuer serves to everybody, by path.
 *
 * @module
 */
import { bakeImage } from '../bake/bake.js'
import type { ContainerLimits } from '../bake/read-container.js'
import type { Bytes, JsonObject } from '../internal/types.js'
import type { CredentialRecord, CredentialStore } from '../issue/credential-store.js'
import type { Issuer } from '../issue/issuer.js'
import { createDidDocument, createJwks, type IssuerKey } from '../keys/issuer-keys.js'
import type { Achievement, Profile } from '../model/types.js'
import { decodeJws, isJwsFault } from '../proof/jws.js'
import { didWebUrl } from '../resolve/did-web.js'
import { problem } from './problem.js'
import { qualityOf, type ServedDocument } from './respond.js'
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
}

/** A Response where there is something to say instead. Undefined: no such document. */
export type Found = ServedDocument | Response | undefined

/** `path` is decoded, and begins with a slash. */
export async function findDocument(request: Request, path: string, sources: DocumentSources): Promise<Found> {
  const { urls, profile, keys, maxAgeSeconds, issuer } = sources
  const json = (value: unknown, type = 'application/json'): ServedDocument => ({
    body: JSON.stringify(value),
    type,
    maxAgeSeconds,
  })
  if (keys.length > 0 && path === '/.well-known/jwks.json')
    return json({ ...(profile.id.startsWith('https:') ? { iss: profile.id } : {}), ...createJwks(keys) })
  if (keys.length > 0 && path === controllerPath(profile.id)) {
    const document = createDidDocument({ id: profile.id, keys })
    return profile.id.startsWith('did:') ? json(document, 'application/did+json') : json(withKeys(profile, document))
  }
  const root = pathOf(urls.base)
  if (!path.startsWith(`${root}/`)) return undefined
  const [folder, name, ...rest] = path.slice(root.length + 1).split('/')
  if (rest.length > 0) return undefined
  if (name === undefined) {
    if (folder === 'issuer') return json(profile)
    return folder === 'revoked.json' ? { ...json(await issuer.revocationList()), maxAgeSeconds: 60 } : undefined
  }
  switch (folder) {
    case 'status':
      return statusList(name, sources)
    case 'achievements': {
      const achievement = await sources.achievements(urls.achievement(name))
      return achievement === undefined ? undefined : json(achievement, 'application/ld+json')
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

/** Where others look for the keys of this issuer, if that is a URL at all. */
function controllerPath(id: string): string | undefined {
  if (id.startsWith('did:web:')) return pathOf(didWebUrl(id))
  return /^https?:/.test(id) ? pathOf(id) : undefined
}

/** One document for those who want the profile and those who want the keys. */
function withKeys(profile: Profile, document: ReturnType<typeof createDidDocument>): object {
  const { id: _, ...members } = document
  return { ...profile, ...members }
}

const pathOf = (url: string) => decodeURIComponent(new URL(url).pathname).replace(/\/+$/, '')

async function statusList(listId: string, { issuer }: DocumentSources): Promise<ServedDocument> {
  const list = await issuer.statusListCredential(listId)
  if (typeof list === 'string') return { body: list, type: 'application/vc+jwt', maxAgeSeconds: ttlOfJwt(list) }
  const { ttl } = list.credentialSubject as JsonObject
  return {
    body: JSON.stringify(list),
    type: 'application/vc',
    maxAgeSeconds: typeof ttl === 'number' ? ttl / 1000 : DEFAULT_TTL,
  }
}

/** Bitstring Status List 1.0 section 2.2: 300 000 milliseconds where the list does not say. */
const DEFAULT_TTL = 300

function ttlOfJwt(jws: string): number {
  // Our own: signed a moment ago, and well-formed.
  const jwt = decodeJws(jws, { maxDepth: 64 })
  if (isJwsFault(jwt)) return DEFAULT_TTL
  const { ttl } = (jwt.payload.credentialSubject ?? {}) as JsonObject
  return typeof ttl === 'number' ? ttl / 1000 : DEFAULT_TTL
}

async function findRecord(name: string, { credentials, urls }: DocumentSources): Promise<CredentialRecord | undefined> {
  return (
    (await credentials?.get({ credentialId: urls.credentialId(name) })) ??
    (await credentials?.get({ credentialId: `urn:uuid:${name}` }))
  )
}

const JSON_TYPES = ['application/vc', 'application/vc+ld+json', 'application/ld+json', 'application/json', 'text/json']
const JWT_TYPES = ['application/vc+jwt', 'application/vc+ld+json+jwt', 'application/jwt', 'text/plain']

/** As it was signed, JSON or JWT, or baked into its image: whatever the client wants most. */
async function badge(request: Request, record: CredentialRecord, sources: DocumentSources): Promise<Found> {
  const { credential } = record
  const isJwt = typeof credential === 'string'
  const text = isJwt ? credential : JSON.stringify(credential)
  const accept = request.headers.get('accept') ?? '*/*'
  const wants = (types: readonly string[]) =>
    Math.max(...types.map((type) => qualityOf(accept, [type, `${type.split('/')[0]}/*`, '*/*'])))
  const wantsText = wants(isJwt ? JWT_TYPES : JSON_TYPES)
  const wantsImage = sources.image === undefined ? 0 : wants(['image/png'])
  const common = { maxAgeSeconds: 0, isNegotiated: true }
  if (wantsImage > wantsText) {
    const image = await sources.image?.(record)
    if (image !== undefined) {
      const body = await bakeImage(image, credential, { existing: 'replace' }, sources.limits)
      return { ...common, body, type: 'image/png', version: `${text}\n${image.length}` }
    }
  }
  if (wantsText > 0) return { ...common, body: text, type: isJwt ? 'application/vc+jwt' : 'application/vc' }
  const there = [...(isJwt ? JWT_TYPES : JSON_TYPES).slice(0, 1), ...(sources.image === undefined ? [] : ['image/png'])]
  return problem(406, `this badge can be had as ${there.join(' or ')}`)
}
