/**
 * What an item is: by its achievement, by what a statement says, or by a table that the district keeps. Never by its name.
 *
 * @module
 */
import { canonicalUri } from '../competency/identifiers.js'
import type { Item } from './items.js'
import type { CreditPolicy, Names, Pattern } from './types.js'
import { and, type Known, or, type Truth, Unknown, type Values } from './values.js'

type List = Known<ReadonlySet<string>> | undefined
interface Compiled {
  readonly name: string
  readonly activities: ReadonlySet<string>
  readonly patterns: readonly Readonly<Record<keyof Pattern, List>>[]
}

/** Kinds by the ids of achievements: what the district's table says of one is all that is said of it. */
export type KindTable = Readonly<Record<string, readonly string[]>>

export class KindIndex {
  readonly all: readonly string[]
  private readonly compiled: ReadonlyMap<string, Compiled>
  private readonly table: ReadonlyMap<string, ReadonlySet<string>>

  constructor(policy: CreditPolicy, values: Values, table: KindTable) {
    const listOf = (names: Names | undefined, read: (name: string) => string): List => {
      if (names === undefined) return undefined
      const known = values.names(names)
      return known instanceof Unknown ? known : new Set(known.map(read))
    }
    const asIs = (name: string) => name
    this.compiled = new Map(
      Object.entries(policy.kinds).map(([id, { name = id, badges = [], activities = [] }]) => [
        id,
        {
          name,
          activities: new Set(activities),
          patterns: badges.map(({ achievements, competencies, types, issuers, tags }) => ({
            achievements: listOf(achievements, canonicalUri),
            competencies: listOf(competencies, canonicalUri),
            types: listOf(types, asIs),
            issuers: listOf(issuers, canonicalUri),
            tags: listOf(tags, asIs),
          })),
        },
      ]),
    )
    this.all = [...this.compiled.keys()]
    this.table = new Map(Object.entries(table).map(([id, kinds]) => [canonicalUri(id), new Set(kinds)]))
  }

  /** Is the item of the kind? */
  isOf(kind: string, { traits }: Item): Truth {
    const compiled = this.compiled.get(kind)
    if (compiled === undefined) return false
    if (traits.activity !== undefined) return compiled.activities.has(traits.activity) || traits.kinds.includes(kind)
    const listed = this.table.get(traits.achievement ?? '')
    if (listed?.has(kind) === true) return true
    const truth = or(compiled.patterns.map((pattern) => matches(pattern, traits)))
    // The table tells all that hangs on lists which nobody has given.
    return truth instanceof Unknown && listed !== undefined ? false : truth
  }
}

function matches(pattern: Compiled['patterns'][number], traits: Item['traits']): Truth {
  const { achievements, competencies, types, issuers, tags } = pattern
  return and([
    has(achievements, [traits.achievement]),
    has(issuers, [traits.issuer]),
    has(types, traits.types),
    has(tags, traits.tags),
    has(competencies, traits.competencies),
  ])
}

function has(list: List, own: Iterable<string | undefined>): Truth {
  if (list === undefined || list instanceof Unknown) return list ?? true
  for (const one of own) if (one !== undefined && list.has(one)) return true
  return false
}
