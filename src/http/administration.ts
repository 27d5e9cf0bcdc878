/**
 * What a clerk does over http: award, revoke, suspend, reinstate, renew, look up. Only for whom the caller's `authorize` names.
 *
 * @module
 */

import { UsageError } from '../errors.js'
import { concatBytes, decodeUtf8 } from '../internal/bytes.js'
import { JsonError, parseJson } from '../internal/json.js'
import { isObject, MAX_DEPTH } from '../internal/json-object.js'
import { anything, type Members, text } from '../internal/members.js'
import type { Bytes, JsonObject } from '../internal/types.js'
import type { Award } from '../issue/award.js'
import type { CredentialStore } from '../issue/credential-store.js'
import type { Issuer } from '../issue/issuer.js'
import { parseDateTime } from '../model/date-time.js'
import type { Achievement } from '../model/types.js'
import { demandOptions } from '../report/demand-options.js'
import { CREDENTIAL_TYPES, JWT_TYPES, preferred } from './accept.js'
import { listAwards, showAward } from './awards.js'
import { problem } from './problem.js'
import type { IssuerUrls } from './urls.js'

/** What a clerk may do: `award` also renews, `revoke` also suspends and reinstates, `read` lists what was issued. */
export type ClerkRight = 'award' | 'revoke' | 'read'

/** Who asks, and what they may do. */
export interface Clerk {
  /** For the audit trail. */
  readonly name: string
  /** Default: everything. */
  readonly may?: readonly ClerkRight[] | undefined
}

export interface Administration {
  readonly issuer: Issuer
  readonly urls: IssuerUrls
  readonly authorize: (request: Request) => Promise<string | Clerk | undefined>
  readonly maxBodyBytes: number
  readonly credentials?: CredentialStore
  readonly achievements: (id: string) => Promise<Achievement | undefined>
}

/** The clerk, or why there is none: before a byte of the body is read. */
async function clerkFor(
  request: Request,
  right: ClerkRight,
  authorize: Administration['authorize'],
): Promise<string | Response> {
  const clerk = await authorize(request)
  if (clerk === undefined)
    return problem(401, 'who are you? Give an Authorization header', { headers: { 'www-authenticate': 'Bearer' } })
  const { name, may } = typeof clerk === 'string' ? { name: clerk } : clerk
  return may === undefined || may.includes(right)
    ? name
    : problem(403, `this token may not do that: it lacks the right "${right}"`)
}

/** `parts` of the path below the base. Undefined: there is no such thing to be looked up. */
export async function lookUp(
  request: Request,
  parts: readonly string[],
  { authorize, credentials }: Administration,
): Promise<Response | undefined> {
  const [folder, ...name] = parts
  if (folder !== 'awards' || credentials === undefined || name.length > 1) return undefined
  const by = await clerkFor(request, 'read', authorize)
  if (by instanceof Response) return by
  return name[0] === undefined ? listAwards(request, credentials) : showAward(name[0], credentials)
}

/** What the body of a change may say. Who changes it, `authorize` says. */
interface ChangeBody {
  readonly reason?: string
}
interface RenewalBody extends ChangeBody {
  readonly validUntil?: string
}
const CHANGE: Members<ChangeBody> = { reason: text }
/** `anything` is judged by withDates, and where it is missing by the issuer. */
const RENEWAL: Members<RenewalBody> = { ...CHANGE, validUntil: anything }

const CHANGES = ['revoke', 'suspend', 'reinstate', 'renew'] as const

/** `parts` of the path below the base. Undefined: nothing can be posted there. */
export async function administer(
  request: Request,
  parts: readonly string[],
  { issuer, urls, authorize, maxBodyBytes, achievements }: Administration,
): Promise<Response | undefined> {
  const [folder, name = '', verb] = parts
  const change = CHANGES.find((each) => each === verb)
  const isAward = folder === 'awards' && parts.length === 1
  const isChange = folder === 'credentials' && parts.length === 3 && change !== undefined
  if (!isAward && !isChange) return undefined
  const right = isAward || change === 'renew' ? 'award' : 'revoke'
  const by = await clerkFor(request, right, authorize)
  if (by instanceof Response) return by
  const body = await readJson(request, maxBodyBytes)
  if (body instanceof Response) return body
  if (isAward) {
    if (Object.hasOwn(body, 'by'))
      throw new UsageError('usage.invalid_award', '"by" is no member of a body: who awards it, the server knows', {
        option: 'by',
      })
    const award = {
      ...(withDates(body) as unknown as Award),
      achievement: await achievementOf(body, urls, achievements),
    }
    const badge = await issuer.issue({ ...award, by })
    return answer(request, 201, badge, typeof badge === 'string' ? undefined : badge.id)
  }
  demandOptions(body, change === 'renew' ? RENEWAL : CHANGE)
  const { reason, validUntil } = withDates(body) as { reason?: string; validUntil?: Date }
  const why = { by, ...(reason === undefined ? {} : { reason }) }
  const id = /^urn:|^https?:/.test(name) ? name : urls.credentialId(name)
  if (change === 'renew') {
    const badge = await issuer.renew(id, { ...why, validUntil: validUntil as Date })
    return answer(request, 200, badge)
  }
  if (change !== undefined) await issuer[change](id, why)
  return new Response(null, { status: 204, headers: { 'cache-control': 'no-store' } })
}

/** By its id or the last part of that, where the issuer has it; else what stands there, which the issuer judges. */
async function achievementOf(
  { achievement }: JsonObject,
  urls: IssuerUrls,
  find: Administration['achievements'],
): Promise<Award['achievement']> {
  if (typeof achievement !== 'string') return achievement as unknown as Award['achievement']
  const found = (await find(achievement)) ?? (await find(urls.achievement(achievement)))
  if (found === undefined)
    throw new UsageError(
      'usage.invalid_award',
      '"achievement" is none that this issuer has: give its id, or the whole of one',
      {
        option: 'achievement',
      },
    )
  return found
}

function answer(request: Request, status: number, badge: string | object, location?: string): Response {
  const isJwt = typeof badge === 'string'
  const { type } = preferred(request, isJwt ? JWT_TYPES : CREDENTIAL_TYPES)
  const headers = { 'content-type': type, 'cache-control': 'no-store' }
  return new Response(isJwt ? badge : JSON.stringify(badge), {
    status,
    headers: location?.startsWith('http') ? { ...headers, location } : headers,
  })
}

const DATES = ['validFrom', 'validUntil']

/** JSON has no dates. */
function withDates(body: JsonObject): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      if (!DATES.includes(name)) return [name, value]
      const time = typeof value === 'string' ? parseDateTime(value)?.time : undefined
      if (time === undefined)
        throw new UsageError('usage.invalid_award', `"${name}" is a date and time such as 2030-01-31T12:00:00Z`, {
          option: name,
        })
      return [name, new Date(time)]
    }),
  )
}

/** Stops at the limit: what is longer is never held. */
async function readJson(request: Request, maxBytes: number): Promise<JsonObject | Response> {
  const tooLarge = () => problem(413, `a body has at most ${maxBytes} bytes`, { headers: { connection: 'close' } })
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) {
    await request.body?.cancel()
    return tooLarge()
  }
  const bytes = await readBytes(request.body, maxBytes)
  if (bytes === 'too_large') return tooLarge()
  if (bytes === 'broken') return problem(400, 'the body ended before it was whole')
  if (bytes.length === 0) return {}
  const text = decodeUtf8(bytes)
  if (text === undefined) return problem(400, 'the body is not UTF-8')
  try {
    const value = parseJson(text, { maxDepth: MAX_DEPTH })
    if (isObject(value)) return value
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    return problem(400, `the body is not JSON: ${error.message}`)
  }
  return problem(400, 'the body is a JSON object')
}

async function readBytes(
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number,
): Promise<Bytes | 'too_large' | 'broken'> {
  const pieces: Bytes[] = []
  let length = 0
  const reader = body?.getReader()
  while (reader !== undefined) {
    // Its only failure is a client that went away.
    const piece = await reader.read().catch(() => undefined)
    if (piece === undefined) return 'broken'
    if (piece.done) break
    length += piece.value.length
    if (length > maxBytes) {
      await reader.cancel()
      return 'too_large'
    }
    pieces.push(piece.value)
  }
  return concatBytes(...pieces)
}
