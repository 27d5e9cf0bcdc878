/**
 * Judging a document by a schema: JSON Schema 2020-12, and the earlier drafts where they differ. Everything that can grow faster than what
 * was sent is counted: a schema of a kilobyte can refer to itself a million million times.
 *
 * @module
 */
import { pointerOf } from '../../internal/json-pointer.js'
import type { Json, JsonObject } from '../../internal/types.js'
import { Assertions } from './assertions.js'
import { isNames, isObject, NoSchema } from './keywords.js'
import { dynamicName, type Resource, type SchemaDocuments, type SchemaNode } from './schema-documents.js'

/** What is wrong with the document, and where. */
export interface SchemaFault {
  /** RFC 6901, in the document. */
  readonly pointer: string
  /** For people. */
  readonly message: string
}

/** Schemas within one another, and those that refer to one another. Real ones have some ten times the depth of the document. */
const MAX_DEPTH = 600
/** More of them help nobody. */
const MAX_FAULTS = 5

type Schema = JsonObject | boolean

/** Where a schema is applied. */
interface Frame {
  readonly depth: number
  readonly place: Place | undefined
  /** Those that are being applied to this very value. */
  readonly applied: Applied | undefined
  /** The dynamic scope of Core section 7.1. */
  readonly scope: Scope | undefined
}
interface Place {
  readonly token: string | number
  readonly around: Place | undefined
}
interface Applied {
  readonly schema: JsonObject
  readonly before: Applied | undefined
}
interface Scope {
  readonly resource: Resource
  readonly outer: Scope | undefined
}

interface Outcome {
  readonly faults: SchemaFault[]
  /** The members and items that it, and schemas in it, looked at. Undefined where no schema asks. */
  readonly seen: Set<string | number> | undefined
}

export class Judge {
  readonly #nodes: ReadonlyMap<JsonObject, SchemaNode>
  readonly #keepsSeen: boolean
  readonly #spend: (amount: number) => void
  readonly #assertions: Assertions

  /** `spend` throws where there is not so much left. */
  constructor({ nodes, asksForUnevaluated }: SchemaDocuments, spend: (amount: number) => void) {
    this.#nodes = nodes
    this.#keepsSeen = asksForUnevaluated
    this.#spend = spend
    this.#assertions = new Assertions(spend)
  }

  /** The first few faults; none where the document satisfies the schema. Throws NoSchema where the schema leads to itself. */
  judge(schema: Schema, document: Json): readonly SchemaFault[] {
    return this.#apply(schema, document, { depth: 0, place: undefined, applied: undefined, scope: undefined }).faults
  }

  #apply(schema: Schema, value: Json, around: Frame): Outcome {
    this.#spend(1)
    const outcome: Outcome = { faults: [], seen: this.#keepsSeen ? new Set() : undefined }
    if (schema === true) return outcome
    if (schema === false) {
      this.#complain(outcome, around, 'it may not be here')
      return outcome
    }
    const node = this.#nodes.get(schema) as SchemaNode
    const frame = this.#enter(schema, node, around)
    for (const keyword of Object.keys(node.refs)) {
      const target = this.#dynamic(schema, keyword, node.refs[keyword] as Schema, frame)
      this.#take(outcome, this.#apply(target, value, frame))
    }
    // Before 2019-09 nothing else counts where there is a reference.
    if (schema.$ref !== undefined && node.resource.dialect === 'legacy') return outcome
    this.#assertions.ask(schema, value, node.patterns, (holds, message) => {
      if (!holds) this.#complain(outcome, frame, message())
    })
    this.#combine(schema, value, frame, outcome)
    if (isObject(value)) this.#members(schema, node, value, frame, outcome)
    else if (Array.isArray(value)) this.#items(schema, node, value as readonly Json[], frame, outcome)
    return outcome
  }

  #enter(schema: JsonObject, { resource }: SchemaNode, { depth, place, applied, scope }: Frame): Frame {
    if (depth >= MAX_DEPTH) this.#spend(Number.POSITIVE_INFINITY)
    for (let one = applied; one !== undefined; one = one.before) {
      this.#spend(1)
      if (one.schema === schema) throw new NoSchema('it leads to itself, and has no end')
    }
    return {
      depth: depth + 1,
      place,
      applied: { schema, before: applied },
      scope: scope?.resource === resource ? scope : { resource, outer: scope },
    }
  }

  #inside({ depth, place, scope }: Frame, token: string | number): Frame {
    return { depth, place: { token, around: place }, applied: undefined, scope }
  }

  /** Core section 8.2.3.2: the outermost schema with that anchor, if the one that it leads to at first has it. */
  #dynamic(schema: JsonObject, keyword: string, target: Schema, { scope }: Frame): Schema {
    const name = dynamicName(schema, keyword)
    if (name === undefined || !isObject(target)) return target
    if (this.#nodes.get(target)?.resource.dynamicAnchors.get(name) !== target) return target
    let found = target
    for (let one = scope; one !== undefined; one = one.outer) {
      this.#spend(1)
      found = one.resource.dynamicAnchors.get(name) ?? found
    }
    return found
  }

  #complain({ faults }: Outcome, { place }: Frame, message: string): void {
    if (faults.length >= MAX_FAULTS) return
    const tokens: (string | number)[] = []
    for (let one = place; one !== undefined; one = one.around) tokens.unshift(one.token)
    faults.push({ pointer: pointerOf(tokens), message })
  }

  /** What a schema that must hold says of the same value. What it looked at is looked at, right or wrong: one fault is not two. */
  #take(outcome: Outcome, inner: Outcome): void {
    this.#takeFaults(outcome, inner)
    this.#see(outcome, inner)
  }

  #takeFaults({ faults }: Outcome, inner: Outcome): void {
    faults.push(...inner.faults.slice(0, MAX_FAULTS - faults.length))
  }

  #see({ seen }: Outcome, inner: Outcome): void {
    if (seen === undefined || inner.seen === undefined) return
    this.#spend(inner.seen.size)
    for (const name of inner.seen) seen.add(name)
  }

  #combine(schema: JsonObject, value: Json, frame: Frame, outcome: Outcome): void {
    const { allOf, anyOf, oneOf, not, if: condition } = schema
    const apply = (inner: Json | undefined) => this.#apply(inner as Schema, value, frame)
    for (const inner of (allOf ?? []) as Json[]) this.#take(outcome, apply(inner))
    for (const [choices, most] of [
      [anyOf, Number.POSITIVE_INFINITY],
      [oneOf, 1],
    ] as const) {
      if (choices === undefined) continue
      const outcomes = (choices as Json[]).map(apply)
      const right = outcomes.filter(({ faults }) => faults.length === 0)
      if (right.length > 0 && right.length <= most) {
        for (const one of right) this.#see(outcome, one)
        continue
      }
      const demanded = most === 1 ? 'exactly one' : 'at least one'
      this.#complain(outcome, frame, `it satisfies ${right.length} schemas of a choice, and must satisfy ${demanded}`)
      if (right.length === 0) for (const one of outcomes) this.#takeFaults(outcome, one)
    }
    if (not !== undefined && apply(not).faults.length === 0)
      this.#complain(outcome, frame, 'it satisfies a schema that it must not satisfy')
    if (condition !== undefined) {
      const asked = apply(condition)
      const holds = asked.faults.length === 0
      if (holds) this.#see(outcome, asked)
      const next = holds ? schema.then : schema.else
      if (next !== undefined) this.#take(outcome, apply(next))
    }
  }

  #members(schema: JsonObject, { patterns }: SchemaNode, value: JsonObject, frame: Frame, outcome: Outcome): void {
    for (const needs of [schema.dependentSchemas, schema.dependencies]) {
      if (!isObject(needs)) continue
      const all = Object.keys(needs)
      this.#spend(all.length)
      for (const name of all)
        if (Object.hasOwn(value, name) && !isNames(needs[name] as Json))
          this.#take(outcome, this.#apply(needs[name] as Schema, value, frame))
    }
    const { properties, patternProperties, additionalProperties, unevaluatedProperties, propertyNames } = schema
    if (
      [properties, patternProperties, additionalProperties, unevaluatedProperties, propertyNames].every(
        (one) => one === undefined,
      )
    )
      return
    const byPattern = Object.keys((patternProperties ?? {}) as JsonObject)
    const names = Object.keys(value)
    this.#spend(names.length)
    for (const name of names) {
      const inside = this.#inside(frame, name)
      const judge = (inner: Json | undefined) =>
        this.#takeFaults(outcome, this.#apply(inner as Schema, value[name] as Json, inside))
      let isKnown = false
      if (isObject(properties) && Object.hasOwn(properties, name)) {
        isKnown = true
        judge(properties[name])
      }
      for (const text of byPattern) {
        const pattern = patterns.get(text)
        if (pattern === undefined || !this.#assertions.matches(pattern, name)) continue
        isKnown = true
        judge((patternProperties as JsonObject)[text])
      }
      if (!isKnown && additionalProperties !== undefined) {
        isKnown = true
        judge(additionalProperties)
      }
      if (isKnown) outcome.seen?.add(name)
      if (propertyNames !== undefined) this.#takeFaults(outcome, this.#apply(propertyNames as Schema, name, inside))
    }
    if (unevaluatedProperties === undefined) return
    for (const name of names) {
      if (outcome.seen?.has(name)) continue
      const inside = this.#inside(frame, name)
      this.#takeFaults(outcome, this.#apply(unevaluatedProperties as Schema, value[name] as Json, inside))
      outcome.seen?.add(name)
    }
  }

  #items(schema: JsonObject, { resource }: SchemaNode, value: readonly Json[], frame: Frame, outcome: Outcome): void {
    const { prefixItems, items, additionalItems, contains, unevaluatedItems } = schema
    // Before 2020-12, a list of items was what "prefixItems" is now.
    const isOlder = Array.isArray(items)
    const first = ((isOlder ? items : prefixItems) ?? []) as readonly Json[]
    const others = isOlder ? additionalItems : items
    if ([prefixItems, items, contains, unevaluatedItems].every((one) => one === undefined)) return
    this.#spend(value.length)
    const judge = (index: number, inner: Json) =>
      this.#takeFaults(outcome, this.#apply(inner as Schema, value[index] as Json, this.#inside(frame, index)))
    for (let index = 0; index < value.length; index++) {
      const inner = index < first.length ? first[index] : others
      if (inner === undefined) continue
      judge(index, inner)
      outcome.seen?.add(index)
    }
    if (contains !== undefined) this.#contains(schema, resource, value, frame, outcome)
    if (unevaluatedItems === undefined) return
    for (let index = 0; index < value.length; index++) {
      if (outcome.seen?.has(index)) continue
      judge(index, unevaluatedItems)
      outcome.seen?.add(index)
    }
  }

  #contains(schema: JsonObject, { dialect }: Resource, value: readonly Json[], frame: Frame, outcome: Outcome): void {
    const { contains, minContains = 1, maxContains = Number.POSITIVE_INFINITY } = schema
    let count = 0
    for (let index = 0; index < value.length; index++) {
      const { faults } = this.#apply(contains as Schema, value[index] as Json, this.#inside(frame, index))
      if (faults.length > 0) continue
      count++
      if (dialect === '2020-12') outcome.seen?.add(index)
    }
    if (count < (minContains as number) || count > (maxContains as number))
      this.#complain(
        outcome,
        frame,
        `it has ${count} items of a kind, which is too ${count < (minContains as number) ? 'few' : 'many'}`,
      )
  }
}
