/**
 * Registries that are lists: one's own, and those in the format of the Digital Credentials Consortium.
 *
 * @module
 */
import { invalidOption, missingOption, ResolutionError } from '../../errors.js'
import { anything, type Members, text } from '../../internal/members.js'
import type { Json, JsonObject } from '../../internal/types.js'
import { demandOptions } from '../../report/demand-options.js'
import { loadJsonObject } from '../../resolve/json-document.js'
import type { IssuerRegistry } from '../issuer-registry.js'

/** One issuer of a list. */
export interface ListedIssuer {
  /** Compared byte by byte with the issuer's id. */
  readonly id: string
  /** Shown in the report. */
  readonly name?: string | undefined
}

/** A list and its name. */
export interface ListRegistryOptions {
  /** Shown in the report. */
  readonly name: string
  /** Ids, ids with names, or a whole document in the DCC's format (`{ registry: { [id]: { name } } }`). */
  readonly issuers: readonly (string | ListedIssuer)[] | { readonly registry: object }
}

/** `anything` is judged in words of its own. */
const LIST: Members<ListRegistryOptions> = { name: text, issuers: anything }

/** A list that the caller has: from a file, a configuration, a database. Throws UsageError where it is not one. */
export function listRegistry(options: ListRegistryOptions): IssuerRegistry {
  demandOptions(options, LIST, { required: ['name'] })
  const { name, issuers } = options
  const names = Array.isArray(issuers)
    ? new Map((issuers as readonly unknown[]).map((entry, index) => readEntry(entry, index)))
    : readDirectory(issuers as unknown as JsonObject)
  if (names === undefined) throw invalidOption('issuers', 'is a list of ids, or a document with a "registry"')
  return {
    name,
    lookup: async (issuerId) => {
      if (!names.has(issuerId)) return undefined
      return entryOf(issuerId, names.get(issuerId), {})
    },
  }
}

/** Where a registry is. */
export interface DccRegistryOptions {
  /** The URL of the JSON document, e.g. the `registry.json` of a consortium. https, unless the loader takes others. */
  readonly url: string
  /** Shown in the report. Default: the URL. */
  readonly name?: string | undefined
}

const DCC: Members<DccRegistryOptions> = { url: text, name: text }

/** A registry at a URL in the DCC's format. Loaded when first asked, then kept for as long as its server says, a day at most. */
export function dccRegistry(options: DccRegistryOptions): IssuerRegistry {
  demandOptions(options, DCC)
  const { url, name = url } = options ?? {}
  if (typeof url !== 'string') throw missingOption('url', 'of the registry is missing')
  // By identity: the document lives in the context's cache, and its index as long as that.
  const indexes = new WeakMap<JsonObject, Names>()
  return {
    name,
    lookup: async (issuerId, context) => {
      const document = await loadJsonObject(url, 'registry', 'application/json', context)
      const names = indexes.get(document) ?? readDirectory(document)
      if (names === undefined)
        throw new ResolutionError('resolve.malformed', url, `${url} is no registry: it has no "registry" of issuers`)
      indexes.set(document, names)
      return names.has(issuerId) ? entryOf(issuerId, names.get(issuerId), { url }) : undefined
    },
  }
}

type Names = ReadonlyMap<string, string | undefined>

function entryOf(issuerId: string, name: string | undefined, where: { readonly url?: string }) {
  return { ...(name === undefined ? {} : { name }), evidence: { entry: issuerId, ...where } }
}

function readEntry(entry: unknown, index: number): readonly [id: string, name: string | undefined] {
  if (typeof entry === 'string') return [entry, undefined]
  const { id, name } = (typeof entry === 'object' && entry !== null ? entry : {}) as Partial<ListedIssuer>
  if (typeof id !== 'string' || (name !== undefined && typeof name !== 'string'))
    throw invalidOption('issuers', `[${index}] is an id, or { id, name }`)
  return [id, name]
}

/** A map, and not the object: ids such as "constructor" are nobody's. */
function readDirectory(document: JsonObject): Names | undefined {
  const registry: Json | undefined = document?.registry
  if (typeof registry !== 'object' || registry === null || Array.isArray(registry)) return undefined
  return new Map(
    Object.entries(registry).map(([id, entry]) => {
      const name = (entry as JsonObject | null)?.name
      return [id, typeof name === 'string' ? name : undefined]
    }),
  )
}
