/**
 * Which class of the model stands where, for whoever walks a credential without judging it.
 *
 * @module
 */
import type * as z from 'zod/mini'
import type { JsonObject } from '../internal/types.js'
import { credentialKind } from './credential-kind.js'
import { KINDS } from './kinds.js'
import { valueRules } from './schemas/blocks.js'

/** A class, as far as its objects can be told from those of another. */
export interface ModelClass {
  /** Open Badges 3.0 appendix B.1, and the classes of VCDM that it takes over. */
  readonly name: string
  /** What its `type` must hold. */
  readonly types: ReadonlySet<string>
  /** Is one type written as an array all the same? Undefined where the class has no `type` of its own. */
  readonly listsTypes: boolean | undefined
  /** Does a member hold one text, link or token, and no more? */
  readonly isText: (member: string) => boolean
  readonly has: (member: string) => boolean
  /** The class of what a member holds; undefined where that is no object, or of no class that the model knows. */
  readonly at: (member: string) => ModelClass | undefined
}

/** The classes that have been asked for: one object for each, by which they can be compared. */
export class ModelClasses {
  readonly #known = new Map<z.core.$ZodObject, ModelClass>()

  /** The class that a credential is held against, by its `type`. */
  credential(document: JsonObject): ModelClass {
    return this.#of(objectIn(KINDS[credentialKind(document)].schema) as z.core.$ZodObject)
  }

  achievement(): ModelClass {
    return this.#of(objectIn(KINDS.achievement.schema) as z.core.$ZodObject)
  }

  #of(schema: z.core.$ZodObject): ModelClass {
    const before = this.#known.get(schema)
    if (before !== undefined) return before
    const { shape } = schema._zod.def
    const has = (member: string) => Object.hasOwn(shape, member)
    const type = has('type') ? (shape.type as z.core.$ZodTypes) : undefined
    const made: ModelClass = {
      name: valueRules.get(schema)?.id ?? '',
      types: new Set((type && valueRules.get(type)?.contains?.flat()) ?? []),
      listsTypes: type && type._zod.def.type === 'array',
      isText: (member) => has(member) && isText(shape[member] as z.core.$ZodType),
      has,
      at: (member) => {
        const inner = has(member) ? objectIn(shape[member] as z.core.$ZodType) : undefined
        return inner && this.#of(inner)
      },
    }
    this.#known.set(schema, made)
    return made
  }
}

/** The schema of the objects that a value, or one of several, may be. */
function objectIn(schema: z.core.$ZodType): z.core.$ZodObject | undefined {
  const { def } = (schema as z.core.$ZodTypes)._zod
  switch (def.type) {
    case 'optional':
      return objectIn(def.innerType)
    case 'lazy':
      return objectIn(def.getter())
    case 'array':
      return objectIn(def.element)
    case 'union':
      return def.options.map(objectIn).find((option) => option !== undefined)
    case 'object':
      return schema as z.core.$ZodObject
    default:
      return undefined
  }
}

function isText(schema: z.core.$ZodType): boolean {
  const { def } = (schema as z.core.$ZodTypes)._zod
  return def.type === 'optional' ? isText(def.innerType) : def.type === 'string' || def.type === 'enum'
}
