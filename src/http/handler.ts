/**
 * An issuer over http, as a plain function from Request to Response: it fits node:http, Hono, Express, Next, Deno and Bun.
 *
 * @module
 */

import { missingOption } from '../errors.js'
import { MAX_DEPTH } from '../internal/json-object.js'
import { arrayOf, callable, having, type Kind, list, type Members, open, text, whole } from '../internal/members.js'
import type { Bytes } from '../internal/types.js'
import type { CredentialRecord, CredentialStore } from '../issue/credential-store.js'
import type { Issuer } from '../issue/issuer.js'
import { type IssuerKey, issuerKey } from '../keys/issuer-keys.js'
import type { Achievement, Profile } from '../model/types.js'
import { demandOptions } from '../report/demand-options.js'
import { type Administration, administer, type Clerk, lookUp } from './administration.js'
import { type DocumentSources, findDocument } from './documents.js'
import { problem, problemOf } from './problem.js'
import { respond } from './respond.js'
import { issuerUrls } from './urls.js'

/** What an issuer serves, and who may post. */
export interface IssuerHandlerOptions {
  readonly issuer: Issuer
  /** `type` is filled in. */
  readonly profile: Omit<Profile, 'type'> & { readonly type?: Profile['type'] | undefined }
  /** The public URL of it all, as given to `issuerUrls`. Paths count, hosts do not: a proxy may stand before. */
  readonly base: string
  /** Published as did.json (or in the profile, for an https issuer) and jwks.json. */
  readonly keys?: readonly IssuerKey[] | undefined
  /** For hosted badges and refresh. Whoever knows the id of a badge can have it. */
  readonly credentials?: CredentialStore | undefined
  /** Those with an id below `base`, or a function that finds one by its id. */
  readonly achievements?: readonly Achievement[] | ((id: string) => Promise<Achievement | undefined>) | undefined
  /** The PNG into which a badge is baked for those who ask for image/png. */
  readonly image?: ((record: CredentialRecord) => Promise<Bytes | undefined>) | undefined
  /**
   * The name of the clerk, for the audit trail, or the clerk with what they may do; undefined refuses (401). Without it, nothing can be posted
   * or listed. `POST /awards` takes an Award with dates as texts, its achievement whole or by id; `POST /credentials/<id>/revoke`
   * (`suspend`, `reinstate`) `{ reason? }`; `.../renew` `{ validUntil, reason? }`. `GET /awards` lists what was issued, a page at
   * a time, by `achievement`, `state`, `person`, `from`, `before`, `limit`; `GET /awards/<id>` has the trail.
   */
  readonly authorize?: ((request: Request) => Promise<string | Clerk | undefined>) | undefined
  /** Seconds for which keys, profile and achievements may be kept. Default 300. */
  readonly maxAgeSeconds?: number | undefined
  /** The size of what is posted. Default 1 MiB. */
  readonly maxBodyBytes?: number | undefined
  /** Told of each error that is answered with 500 or 503. */
  readonly onError?: ((error: unknown) => void) | undefined
}

const achievements: Kind = (value, path) =>
  typeof value === 'function' || list(value, path) === undefined
    ? undefined
    : { path, says: 'is an array or a function' }

/** `anything` is judged by createIssuerHandler. */
const HANDLER: Members<IssuerHandlerOptions> = {
  issuer: having('issue'),
  profile: open({ id: text }, ['id']),
  base: text,
  keys: arrayOf(issuerKey),
  credentials: having('get'),
  achievements,
  image: callable,
  authorize: callable,
  maxAgeSeconds: whole(0),
  maxBodyBytes: whole(0),
  onError: callable,
}

/** Answers one request: what node:http, Hono, Express, Next, Deno and Bun can be given. */
export type Handler = (request: Request) => Promise<Response>

const MAX_BODY = 1_048_576
/** The limits of a badge that is baked for a reader: we issued it. */
const LIMITS = { documentBytes: MAX_BODY, imageBytes: 16_777_216, depth: MAX_DEPTH }

/** Never rejects: what goes wrong is answered as problem+json. Throws UsageError for wrong options. */
export function createIssuerHandler(options: IssuerHandlerOptions): Handler {
  demandOptions(options, HANDLER)
  const { issuer, profile, base, keys = [], credentials, achievements = [], image, authorize } = options ?? {}
  const { maxAgeSeconds = 300, maxBodyBytes = MAX_BODY, onError = () => undefined } = options ?? {}
  if (typeof issuer?.issue !== 'function' || typeof profile?.id !== 'string')
    throw missingOption('issuer', 'and "profile" are needed: what createIssuer made, and of whom')
  const urls = issuerUrls(base)
  const root = new URL(urls.base).pathname.replace(/\/+$/, '')
  const sources: DocumentSources = {
    issuer,
    profile: { ...profile, type: profile.type ?? ['Profile'] },
    urls,
    keys,
    maxAgeSeconds,
    limits: LIMITS,
    lists: new WeakMap(),
    achievements:
      typeof achievements === 'function'
        ? achievements
        : async (id) => achievements.find((achievement) => achievement.id === id),
    ...(credentials === undefined ? {} : { credentials }),
    ...(image === undefined ? {} : { image }),
  }

  const administration: Administration | undefined = authorize && {
    issuer,
    urls,
    authorize,
    maxBodyBytes,
    achievements: sources.achievements,
    ...(typeof credentials?.list === 'function' ? { credentials } : {}),
  }

  async function handle(request: Request): Promise<Response> {
    const path = readPath(request.url)
    if (path === undefined) return problem(400, 'the path is not written as a URL has it')
    const parts = path.startsWith(`${root}/`) ? path.slice(root.length + 1).split('/') : undefined
    if (request.method === 'GET' || request.method === 'HEAD') {
      const looked = administration && parts && (await lookUp(request, parts, administration))
      if (looked !== undefined) return looked
      const found = await findDocument(request, path, sources)
      if (found === undefined) return problem(404, 'there is no such document')
      return found instanceof Response ? found : respond(request, found)
    }
    if (request.method === 'OPTIONS')
      return new Response(null, { status: 204, headers: { 'access-control-allow-origin': '*', allow: ALLOW } })
    if (request.method === 'POST' && administration !== undefined && parts !== undefined) {
      const done = await administer(request, parts, administration)
      if (done !== undefined) return done
    }
    return problem(405, 'this can only be read', { headers: { allow: ALLOW } })
  }

  return async (request) => {
    try {
      return await handle(request)
    } catch (error) {
      return problemOf(error, onError)
    }
  }
}

const ALLOW = 'GET, HEAD, OPTIONS'

/** Decoded, with each segment by itself: an escaped slash or a dot segment is part of no name here. */
function readPath(url: string): string | undefined {
  // The path as it was sent would be resolved by URL: `..` never gets here, and is refused where it comes escaped twice.
  const segments = new URL(url).pathname.split('/')
  try {
    const decoded = segments.map((segment) => decodeURIComponent(segment))
    return decoded.some((segment) => /[/\\\0]/.test(segment) || /^\.{1,2}$/.test(segment))
      ? undefined
      : decoded.join('/')
  } catch {
    return undefined
  }
}
