/**
 * The documents of a schema: the one that a credential names, and those that it refers to. They are loaded before anything is judged, by the
 * rules of everything that is loaded, and only where they are reached.
 *
 * @module
 */
import { pointer, resolvePointer } from '../../internal/json-pointer.js'
import { shown } from '../../internal/shown.js'
import type { JsonObject } from '../../internal/types.js'
import { innerSchemas, isObject, isSchema, NoSchema } from './keywords.js'
import { compilePattern, type Pattern, PatternError } from './pattern.js'

/** `legacy`: before 2019-09, where nothing stands beside a `$ref`. */
export type Dialect = 'legacy' | '2019-09' | '2020-12'

/** A schema with an address of its own (JSON Schema Core section 4.3.5). */
export interface Resource {
  readonly root: JsonObject
  readonly base: string
  readonly dialect: Dialect
  readonly anchors: Map<string, JsonObject>
  /** The root has the name '' where it says "$recursiveAnchor", which became this. */
  readonly dynamicAnchors: Map<string, JsonObject>
}

/** What a schema needs beside its own members. */
export interface SchemaNode {
  readonly resource: Resource
  /** What `$ref`, `$dynamicRef` and `$recursiveRef` lead to. */
  refs: { readonly [keyword: string]: JsonObject | boolean }
  /** By their texts. */
  patterns: ReadonlyMap<string, Pattern>
}

/** To compile a pattern, for each of its states or characters: it takes longer than to judge a value. */
const STEPS_PER_STATE = 8

/** A pattern that cannot be run in linear time. */
export class UnsupportedPattern extends Error {
  /** Of the document that it stands in. */
  readonly url: string
  /** RFC 6901, in that document. */
  readonly pointer: string

  constructor(url: string, pointer: string, reason: string) {
    super(reason)
    this.url = url
    this.pointer = pointer
  }
}

export interface SchemaDocumentsOptions {
  /** Loads a schema from elsewhere. */
  readonly load: (url: string) => Promise<JsonObject>
  /** Throws where there is not so much left. */
  readonly spend: (amount: number) => void
}

export class SchemaDocuments {
  /** Schemas have no names of their own. */
  readonly nodes = new Map<JsonObject, SchemaNode>()
  /** Does one ask what others have looked at? */
  asksForUnevaluated = false
  readonly #options: SchemaDocumentsOptions
  readonly #places = new Map<JsonObject, { readonly url: string; readonly place: string }>()
  readonly #resources = new Map<string, Resource>()
  readonly #patterns = new Map<string, Pattern>()

  constructor(options: SchemaDocumentsOptions) {
    this.#options = options
  }

  /**
   * The schema at the URL, with all ready that judging by it can need. Throws NoSchema, UnsupportedPattern, and what `load` and `spend`
   * throw.
   */
  async open(url: string): Promise<JsonObject | boolean> {
    const schema = await this.#target(url, url)
    if (isObject(schema)) await this.#prepare(schema)
    return schema
  }

  async #prepare(root: JsonObject): Promise<void> {
    const dynamic = new Set<string>()
    const seen = new Set<JsonObject>([root])
    // Grows while it is walked.
    const waiting = [root]
    for (const schema of waiting) {
      const add = (next: JsonObject | boolean) => {
        if (!isObject(next) || seen.has(next)) return
        seen.add(next)
        waiting.push(next)
      }
      await this.#prepareOne(schema, dynamic)
      const { refs } = this.nodes.get(schema) as SchemaNode
      for (const next of Object.values(refs)) add(next)
      if (!this.#isReference(schema))
        for (const { keyword, schema: next } of innerSchemas(schema, ''))
          if (keyword !== '$defs' && keyword !== 'definitions') add(next)
      // Where these lead is told while judging: to whatever has such an anchor, in documents that came later too.
      if (schema === waiting.at(-1))
        for (const name of dynamic)
          for (const { dynamicAnchors } of this.#resources.values()) add(dynamicAnchors.get(name) ?? true)
    }
  }

  async #prepareOne(schema: JsonObject, dynamic: Set<string>): Promise<void> {
    this.#options.spend(1)
    const node = this.nodes.get(schema) as SchemaNode
    for (const keyword of ['$dynamicRef', '$recursiveRef']) {
      const name = dynamicName(schema, keyword)
      if (name !== undefined) dynamic.add(name)
    }
    if (schema.unevaluatedItems !== undefined || schema.unevaluatedProperties !== undefined)
      this.asksForUnevaluated = true
    node.refs = await this.#follow(schema, node.resource)
    if (!this.#isReference(schema)) node.patterns = await this.#compile(schema)
  }

  /** Is it nothing else? */
  #isReference(schema: JsonObject): boolean {
    return schema.$ref !== undefined && this.nodes.get(schema)?.resource.dialect === 'legacy'
  }

  #enter(url: string, root: JsonObject): void {
    const around = makeResource(url, root, dialectOf(root) ?? '2020-12')
    this.#walk(root, around, url, '')
    // It answers to where it was found, whatever it calls itself.
    this.#register(url, this.nodes.get(root)?.resource ?? around)
  }

  /** The first one stays: what is read later does not replace what has been read. */
  #register(address: string, resource: Resource): Resource {
    if (!this.#resources.has(address)) this.#resources.set(address, resource)
    return resource
  }

  /** All schemas of a document get their addresses, whether they are used or not. */
  #walk(schema: JsonObject, around: Resource, url: string, place: string): void {
    if (this.nodes.has(schema)) return
    const resource = this.#ownResource(schema, around)
    this.nodes.set(schema, { resource, refs: {}, patterns: new Map() })
    this.#places.set(schema, { url, place })
    const { $anchor, $dynamicAnchor, $recursiveAnchor } = schema
    if (typeof $anchor === 'string') resource.anchors.set($anchor, schema)
    if (typeof $dynamicAnchor === 'string') {
      resource.anchors.set($dynamicAnchor, schema)
      resource.dynamicAnchors.set($dynamicAnchor, schema)
    }
    if ($recursiveAnchor === true && schema === resource.root) resource.dynamicAnchors.set('', schema)
    for (const inner of innerSchemas(schema, place))
      if (isObject(inner.schema)) this.#walk(inner.schema, resource, url, inner.place)
  }

  #ownResource(schema: JsonObject, around: Resource): Resource {
    const dialect = dialectOf(schema) ?? around.dialect
    const id = schema.$id ?? (dialect === 'legacy' ? schema.id : undefined)
    if (typeof id !== 'string' || (dialect === 'legacy' && schema.$ref !== undefined)) return around
    // Before 2019-09, this was how an anchor was written.
    if (id.startsWith('#')) {
      around.anchors.set(id.slice(1), schema)
      return around
    }
    const base = addressOf(resolveUrl(id, around.base))
    return this.#register(base, makeResource(base, schema, dialect))
  }

  async #follow(schema: JsonObject, resource: Resource): Promise<SchemaNode['refs']> {
    const refs: Record<string, JsonObject | boolean> = {}
    for (const keyword of ['$ref', '$dynamicRef', '$recursiveRef']) {
      const ref = schema[keyword]
      if (typeof ref === 'string') refs[keyword] = await this.#target(ref, resource.base)
    }
    return refs
  }

  async #target(ref: string, base: string): Promise<JsonObject | boolean> {
    const url = resolveUrl(ref, base)
    const address = addressOf(url)
    if (!this.#resources.has(address)) this.#enter(address, await this.#options.load(address))
    const resource = this.#resources.get(address) as Resource
    const fragment = fragmentOf(url)
    if (fragment === '') return resource.root
    const target = fragment.startsWith('/') ? resolvePointer(resource.root, fragment) : resource.anchors.get(fragment)
    if (!isSchema(target)) throw new NoSchema(`it refers to ${shown(ref, 100)}, where no schema is`)
    if (isObject(target)) {
      // A place that no keyword makes one of schemas becomes one when it is referred to.
      const { url = address, place = '' } = this.#places.get(resource.root) ?? {}
      this.#walk(target, resource, url, place + fragment)
    }
    return target
  }

  async #compile(schema: JsonObject): Promise<ReadonlyMap<string, Pattern>> {
    const patterns = new Map<string, Pattern>()
    if (typeof schema.pattern === 'string')
      patterns.set(schema.pattern, await this.#pattern(schema.pattern, schema, '/pattern'))
    for (const text of Object.keys((schema.patternProperties ?? {}) as JsonObject))
      patterns.set(text, await this.#pattern(text, schema, pointer('/patternProperties', text)))
    return patterns
  }

  async #pattern(text: string, schema: JsonObject, keyword: string): Promise<Pattern> {
    const known = this.#patterns.get(text)
    if (known !== undefined) return known
    try {
      const pattern = await compilePattern(text)
      this.#options.spend(STEPS_PER_STATE * (text.length + pattern.size))
      this.#patterns.set(text, pattern)
      return pattern
    } catch (error) {
      if (!(error instanceof PatternError)) throw error
      const { url, place } = this.#places.get(schema) as { url: string; place: string }
      if (error.kind === 'malformed') throw new NoSchema(`${place}${keyword}: ${error.message}`)
      throw new UnsupportedPattern(url, place + keyword, error.message)
    }
  }
}

function makeResource(base: string, root: JsonObject, dialect: Dialect): Resource {
  return { root, base, dialect, anchors: new Map(), dynamicAnchors: new Map() }
}

/** The anchor that a dynamic reference asks for; undefined where it is none. */
export function dynamicName(schema: JsonObject, keyword: string): string | undefined {
  const ref = schema[keyword]
  if (typeof ref !== 'string' || keyword === '$ref') return undefined
  return keyword === '$recursiveRef' ? '' : fragmentOf(ref)
}

/** Undefined where the schema does not say. What is not known is read as the newest. */
function dialectOf({ $schema }: JsonObject): Dialect | undefined {
  if (typeof $schema !== 'string') return undefined
  if (/^https?:\/\/json-schema\.org\/draft-0[34567]\//.test($schema)) return 'legacy'
  return $schema.includes('/draft/2019-09/') ? '2019-09' : '2020-12'
}

function resolveUrl(reference: string, base: string): string {
  try {
    return new URL(reference, base).href
  } catch {
    throw new NoSchema(`${shown(reference, 100)} is no URL`)
  }
}

function addressOf(url: string): string {
  const end = url.indexOf('#')
  return end < 0 ? url : url.slice(0, end)
}

function fragmentOf(url: string): string {
  const start = url.indexOf('#')
  if (start < 0) return ''
  try {
    return decodeURIComponent(url.slice(start + 1))
  } catch {
    throw new NoSchema(`${shown(url, 100)} has no readable fragment`)
  }
}
