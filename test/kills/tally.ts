/**
 * What is left after the kills, counted: what processes said that they had issued against what the stores have.
 *
 * @module
 */

/** A record of the stores, as far as it is counted. */
export interface Kept {
  readonly awardId: string
  readonly credentialId: string
  /** Of the credential. */
  readonly digest: string
  /** `list#index`, as the record has them. */
  readonly places: readonly string[]
  /** The same, as the signed credential has them. */
  readonly signed: readonly string[]
}

export interface Evidence {
  /** The ids of all awards that processes were given. */
  readonly asked: readonly string[]
  /** By award id, the digests of all credentials that processes said. */
  readonly said: ReadonlyMap<string, ReadonlySet<string>>
  readonly records: readonly Kept[]
  /** Every row of the status lists: whose it is, and `list#index`. */
  readonly entries: readonly { readonly key: string; readonly place: string }[]
}

export interface Tally {
  readonly awards: number
  readonly badges: number
  readonly indexes: number
  readonly doubles: readonly string[]
  readonly losses: readonly string[]
}

export function tally({ asked, said, records, entries }: Evidence): Tally {
  const doubles: string[] = []
  const losses: string[] = []
  const byAward = unique(records, ({ awardId }) => awardId, doubles, 'has two records')
  unique(records, ({ credentialId }) => credentialId, doubles, 'is the id of the credentials of two awards')
  unique(entries, ({ place }) => place, doubles, 'is the status place of two awards')
  const byKey = unique(entries, ({ key }) => key, doubles, 'has two status places')
  for (const id of new Set([...asked, ...said.keys()])) {
    const record = byAward.get(id)
    if (record === undefined) {
      losses.push(`${id} has no record`)
      continue
    }
    for (const digest of said.get(id) ?? [])
      if (digest !== record.digest) losses.push(`${id}: a badge that was handed out is not the one on record`)
    if ((said.get(id)?.size ?? 0) > 1) doubles.push(`${id}: two different badges were handed out`)
    if (record.places.length === 0) losses.push(`${id} has no status place`)
    if (record.places.join() !== record.signed.join()) losses.push(`${id}: the badge names another status place`)
    for (const place of record.places)
      if (byKey.get(id)?.place !== place) losses.push(`${id}: its status place ${place} is not in the list`)
  }
  const wanted = new Set([...asked, ...said.keys()])
  for (const { awardId } of records)
    if (!wanted.has(awardId)) doubles.push(`${awardId} was issued, and nobody asked for it`)
  for (const { key } of entries)
    if (!wanted.has(key)) doubles.push(`${key} has a status place, and nobody asked for it`)
  return { awards: byAward.size, badges: records.length, indexes: entries.length, doubles, losses }
}

function unique<T>(items: readonly T[], keyOf: (item: T) => string, doubles: string[], says: string): Map<string, T> {
  const found = new Map<string, T>()
  for (const item of items) {
    const key = keyOf(item)
    if (found.has(key)) doubles.push(`${key} ${says}`)
    found.set(key, item)
  }
  return found
}
