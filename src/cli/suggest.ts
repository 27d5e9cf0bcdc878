/**
 * "Did you mean": the nearest of some known words.
 *
 * @module
 */

/** ` (did you mean verify?)`, or nothing where no word is near. */
export function didYouMean(word: string, known: readonly string[]): string {
  const near = known
    .map((candidate) => ({ candidate, distance: distanceOf(word, candidate) }))
    .filter(({ candidate, distance }) => distance <= Math.max(1, Math.floor(candidate.length / 3)))
    .sort((a, b) => a.distance - b.distance)[0]?.candidate
  const longer = known.filter((candidate) => word.length >= 3 && candidate.startsWith(word))
  const meant = near ?? (longer.length === 1 ? longer[0] : undefined)
  return meant === undefined ? '' : ` (did you mean ${meant}?)`
}

/** Edits of one character, and neighbours that changed places. What is longer than any word of ours is near to none. */
function distanceOf(a: string, b: string): number {
  if (a.length > 60) return Number.POSITIVE_INFINITY
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const isSwapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const swapped = isSwapped ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY
      next.push(Math.min(replaced, swapped, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    before = row
    row = next
  }
  return row[b.length] ?? 0
}
