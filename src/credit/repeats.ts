/**
 * The same again. A credential that was issued anew under another id is the same award; work that two issuers awarded is the same work; and a
 * policy may say that a course or micro-credential counts once in a while, or ever.
 *
 * @module
 */
import { groupsSharing } from '../internal/groups.js'
import type { Item } from './items.js'

/** By id of what counts not for itself: which item stands for it, and why. */
export type Doubles = ReadonlyMap<Item, { readonly of: Item; readonly code: 'repeat.award' | 'repeat.issuers' }>

/** Items in their order. What is certain stands for what is not; else what came first. */
export function doublesAmong(items: readonly Item[]): Doubles {
  const doubles = new Map<Item, { readonly of: Item; readonly code: 'repeat.award' | 'repeat.issuers' }>()
  const badges = items.filter(({ is, counts }) => is === 'badge' && counts !== 'no')
  const bare = new Set(badges.filter(({ evidence }) => evidence.length === 0).map(whenOf))
  for (const group of groupsSharing(badges, (item) => awardKeys(item, bare))) {
    const first = firstOf(group)
    for (const item of group) if (item !== first) doubles.set(item, { of: first, code: 'repeat.award' })
  }
  const shown = new Map<string, Item[]>()
  for (const item of badges) {
    if (doubles.has(item) || item.evidence.length === 0 || !item.evidence.every(isName)) continue
    const key = JSON.stringify(item.evidence)
    const group = shown.get(key)
    if (group === undefined) shown.set(key, [item])
    else group.push(item)
  }
  for (const group of shown.values()) {
    const first = firstOf(group)
    // One issuer may look at one piece of work for several things.
    for (const item of group)
      if (item.traits.issuer !== first.traits.issuer) doubles.set(item, { of: first, code: 'repeat.issuers' })
  }
  return doubles
}

const firstOf = (group: readonly Item[]) => (group.find(({ counts }) => counts === 'yes') ?? group[0]) as Item
const isName = (evidence: string) => /^(?:[A-Za-z][A-Za-z0-9+.-]*:|sha\d+-|[uz][A-Za-z0-9_-]{40})/.test(evidence)

const whenOf = ({ traits, awarded }: Item) => JSON.stringify([traits.issuer, traits.achievement, awarded])

/** Of one issuer, for one achievement, with the same evidence; where one of them brings none, awarded on the same day. */
function awardKeys(item: Item, bare: ReadonlySet<string>): string[] {
  const { traits, evidence } = item
  const when = whenOf(item)
  return [
    ...(evidence.length === 0 ? [] : [JSON.stringify([traits.issuer, traits.achievement, evidence])]),
    ...(bare.has(when) ? [when] : []),
  ]
}
