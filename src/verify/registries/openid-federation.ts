/**
 * OpenID Federation 1.0 as a registry of issuers: an issuer is trusted where statements of its superiors, each signed with a key
 * that the next one up vouches for, lead to an anchor that the caller named with its keys (section 10).
 *
 * @module
 */

import { missingOption, ResolutionError, UsageError } from '../../errors.js'
import { decodeUtf8 } from '../../internal/bytes.js'
import { weightOfText } from '../../internal/json-weight.js'
import { anything, type Members, text, whole } from '../../internal/members.js'
import { shown } from '../../internal/shown.js'
import type { JsonObject } from '../../internal/types.js'
import { readPublicJwk } from '../../keys/jwk.js'
import { demandOptions } from '../../report/demand-options.js'
import type { Context } from '../../resolve/context.js'
import type { IssuerRegistry } from '../issuer-registry.js'
import { type EntityStatement, readEntityStatement } from './entity-statement.js'
import { satisfies } from './federation-constraints.js'

/** Whom all trust in a federation comes from. */
export interface TrustAnchor {
  /** The entity identifier, an https URL. */
  readonly id: string
  /** Public keys with `kid`, from a source other than the network. */
  readonly keys: readonly object[]
}

/** The anchors of a federation, and how far to follow. */
export interface OpenIdFederationOptions {
  readonly anchors: readonly TrustAnchor[]
  /** Shown in the report. Default: the anchors' ids. */
  readonly name?: string | undefined
  /** Intermediates between an anchor and an issuer. Default 4. */
  readonly maxIntermediates?: number | undefined
}

/** `anything` is judged in words of its own. */
const FEDERATION: Members<OpenIdFederationOptions> = { anchors: anything, name: text, maxIntermediates: whole(0, 16) }

/** Statements read for one lookup, beside two for each anchor: hints may branch, and anybody can write hints. */
const MAX_STATEMENTS = 24
/** Superiors of one entity that are asked. */
const MAX_HINTS = 8
/** Seconds. */
const DEFAULT_MAX_AGE = 300
const MAX_AGE = 86_400

/**
 * Asks each anchor for a statement about the issuer; issuers with an https id are then followed upwards through their entity
 * configurations and `authority_hints`. What an entity says of itself alone is never believed. Metadata policies and trust marks
 * are not read: being in the federation is all that is asked.
 *
 * Throws UsageError where an anchor has no key that can be used.
 */
export function openIdFederation(options: OpenIdFederationOptions): IssuerRegistry {
  demandOptions(options, FEDERATION)
  const { anchors, maxIntermediates = 4 } = options ?? {}
  if (!Array.isArray(anchors) || anchors.length === 0)
    throw missingOption('anchors', 'is missing: name at least one, with its keys')
  for (const anchor of anchors as readonly TrustAnchor[]) {
    const { id, keys } = anchor ?? {}
    const usable = Array.isArray(keys) && keys.length > 0 && keys.every(isUsable)
    if (typeof id !== 'string' || !usable)
      throw new UsageError(
        'usage.invalid_option',
        `the anchor ${shown(id)} needs "keys": public JWKs, each with a "kid"`,
        { option: 'anchors' },
      )
  }
  return {
    name: options.name ?? anchors.map(({ id }) => id).join(', '),
    lookup: (issuerId, context) => new Lookup(anchors, maxIntermediates, context).find(issuerId),
  }
}

/** A private key is refused as everywhere; kinds that only jose knows are left to jose. */
function isUsable(key: object): boolean {
  const reading = readPublicJwk(key)
  return typeof (key as JsonObject)?.kid === 'string' && (reading.ok || reading.problem.code === 'unsupported')
}

/** An entity that the anchor's statements lead down to. */
interface Vouched {
  /** From the anchor to this entity, both included. */
  readonly path: readonly string[]
  readonly keys: readonly JsonObject[]
  readonly fetchEndpoint: string | undefined
  /** By index into `path`: what that entity demands of those below it. */
  readonly demands: readonly JsonObject[]
  readonly name: string | undefined
  readonly expires: number
}

class Lookup {
  readonly #anchors: readonly TrustAnchor[]
  readonly #maxIntermediates: number
  readonly #context: Context
  #loaded = 0
  #unreachable: ResolutionError | undefined

  constructor(anchors: readonly TrustAnchor[], maxIntermediates: number, context: Context) {
    this.#anchors = anchors
    this.#maxIntermediates = maxIntermediates
    this.#context = context
  }

  /** Where nothing leads to the issuer, but something could not be loaded, that is the answer. */
  async find(issuerId: string): ReturnType<IssuerRegistry['lookup']> {
    const found = (await this.#belowAnchors(issuerId)) ?? (await this.#upwards(issuerId, []))
    if (found === undefined) {
      if (this.#unreachable !== undefined) throw this.#unreachable
      return undefined
    }
    const { path, name, expires } = found
    return {
      ...(name === undefined ? {} : { name }),
      evidence: {
        anchor: path[0] as string,
        path: path.join(' > '),
        ...(Number.isFinite(expires) ? { expires: new Date(expires).toISOString() } : {}),
      },
    }
  }

  async #belowAnchors(issuerId: string): Promise<Vouched | undefined> {
    for (const { id } of this.#anchors) {
      const anchor = await this.#reach(() => this.#anchor(id))
      if (anchor === undefined) continue
      if (id === issuerId) return anchor
      const statement = await this.#reach(() => this.#statementAbout(issuerId, anchor))
      const vouched = statement === undefined ? undefined : extend(anchor, issuerId, statement, undefined)
      if (vouched !== undefined) return vouched
    }
    return undefined
  }

  /** Section 10.1, from below: an entity is vouched for where one of the superiors that it names is, and says so. */
  async #upwards(id: string, below: readonly string[]): Promise<Vouched | undefined> {
    if (this.#anchors.some((anchor) => anchor.id === id)) return this.#reach(() => this.#anchor(id))
    if (below.length > this.#maxIntermediates || !/^https:\/\//.test(id)) return undefined
    const own = await this.#reach(() => this.#configuration(id))
    if (own === undefined) return undefined
    for (const hint of own.hints.slice(0, MAX_HINTS)) {
      if (hint === id || below.includes(hint)) continue
      const superior = await this.#upwards(hint, [...below, id])
      if (superior === undefined) continue
      const statement = await this.#reach(() => this.#statementAbout(id, superior))
      // Its configuration counts for what its superior says are its keys.
      if (statement === undefined || !(await own.isSignedBy(statement.keys))) continue
      const vouched = extend(superior, id, statement, own.fetchEndpoint)
      if (vouched !== undefined) return vouched
    }
    return undefined
  }

  /** The one entity whose configuration is believed, because the caller gave its keys. */
  async #anchor(id: string): Promise<Vouched | undefined> {
    const own = await this.#configuration(id)
    const keys = this.#anchors.find((anchor) => anchor.id === id)?.keys as readonly JsonObject[]
    if (own === undefined || !(await own.isSignedBy(keys)))
      throw malformed(
        configurationUrl(id),
        `the configuration of the anchor ${id} is not signed with a key that was given`,
      )
    const { fetchEndpoint, organizationName: name, expires } = own
    return { path: [id], keys: [...keys, ...own.keys.filter(isNewTo(keys))], fetchEndpoint, demands: [], name, expires }
  }

  async #configuration(id: string): Promise<EntityStatement | undefined> {
    const url = configurationUrl(id)
    const statement = await this.#load(url)
    const fault =
      typeof statement === 'string'
        ? statement
        : statement.issuer !== id || statement.subject !== id
          ? `it is not by and about ${id}`
          : (await statement.isSignedBy(statement.keys))
            ? undefined
            : 'it is not signed with a key of its own'
    return fault === undefined
      ? (statement as EntityStatement)
      : this.#useless(id, url, `the entity configuration of ${id} cannot be used: ${fault}`)
  }

  async #statementAbout(id: string, { path, keys, fetchEndpoint }: Vouched): Promise<EntityStatement | undefined> {
    const superior = path.at(-1) as string
    if (fetchEndpoint === undefined) return undefined
    const url = withSubject(fetchEndpoint, id)
    const statement = await this.#load(url)
    const fault =
      typeof statement === 'string'
        ? statement
        : statement.issuer !== superior || statement.subject !== id
          ? `it is not by ${superior} about ${id}`
          : (await statement.isSignedBy(keys))
            ? undefined
            : `it is not signed with a key of ${superior}`
    return fault === undefined
      ? (statement as EntityStatement)
      : this.#useless(superior, url, `what ${superior} says of ${id} cannot be used: ${fault}`)
  }

  /** From an anchor, that is a registry that cannot be read; from anybody else, a way that leads nowhere. */
  #useless(id: string, url: string, message: string): undefined {
    if (this.#anchors.some((anchor) => anchor.id === id)) throw malformed(url, message)
    return undefined
  }

  async #load(url: string): Promise<EntityStatement | string> {
    const most = MAX_STATEMENTS + 2 * this.#anchors.length
    if (++this.#loaded > most)
      throw new ResolutionError('resolve.limit', url, `more than ${most} statements for one issuer`)
    const { cache, limits, loader, signal } = this.#context
    const key = `entity-statement:${url}`
    const known = cache.get(key)
    if (typeof known === 'string') return readEntityStatement(known, this.#context)
    const { bytes, maxAgeSeconds } = await loader.load(
      { url, kind: 'registry', maxBytes: limits.documentBytes, accept: 'application/entity-statement+jwt' },
      signal === undefined ? {} : { signal },
    )
    const text = decodeUtf8(bytes)?.trim() ?? ''
    const statement = readEntityStatement(text, this.#context)
    // What cannot be read is asked for again, and its own end is judged each time.
    if (typeof statement !== 'string')
      cache.set(key, text, Math.min(maxAgeSeconds ?? DEFAULT_MAX_AGE, MAX_AGE), weightOfText(text))
    return statement
  }

  /** Undefined where it is not there, or could not be had: another way may lead to an anchor. Limits end it all. */
  async #reach<T>(load: () => Promise<T | undefined>): Promise<T | undefined> {
    try {
      return await load()
    } catch (error) {
      if (!(error instanceof ResolutionError) || error.code === 'resolve.limit') throw error
      if (error.code !== 'resolve.not_found') this.#unreachable ??= error
      return undefined
    }
  }
}

/** Undefined where somebody above does not allow it. */
function extend(
  superior: Vouched,
  id: string,
  statement: EntityStatement,
  fetchEndpoint: string | undefined,
): Vouched | undefined {
  const path = [...superior.path, id]
  const demands = [...superior.demands, statement.constraints]
  if (!demands.every((demand, index) => satisfies(path.slice(index + 1), demand))) return undefined
  return {
    path,
    demands,
    keys: statement.keys,
    fetchEndpoint,
    name: statement.organizationName,
    expires: Math.min(superior.expires, statement.expires),
  }
}

const isNewTo =
  (given: readonly JsonObject[]) =>
  ({ kid }: JsonObject) =>
    !given.some((key) => key.kid === kid)

/** Section 9: the identifier, and the well-known path behind it. */
const configurationUrl = (id: string): string => `${id.replace(/\/$/, '')}/.well-known/openid-federation`

/** Section 8.1.1. */
function withSubject(endpoint: string, subject: string): string {
  return `${endpoint}${endpoint.includes('?') ? '&' : '?'}sub=${encodeURIComponent(subject)}`
}

function malformed(url: string, message: string): ResolutionError {
  return new ResolutionError('resolve.malformed', url, message)
}
