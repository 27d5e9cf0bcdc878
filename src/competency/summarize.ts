/**
 * Findings of a kind that thousands of items have are one fault of whoever wrote them: some are shown, the others counted.
 *
 * @module
 */

interface Countable {
  readonly code: string
  readonly severity: 'error' | 'warning'
  readonly message: string
  /** How many it stands for, where it is not only itself. */
  readonly count?: number
}

/** Of each code and severity, so many by themselves. */
export const SHOWN_FINDINGS = 20

/** In their order; what stands for the others of its code comes at the end, with the place of the first of them. */
export function summarized<F extends Countable>(findings: readonly F[]): F[] {
  if (findings.length <= SHOWN_FINDINGS) return [...findings]
  const seen = new Map<string, { shown: number; first?: F; left: number }>()
  const kept = findings.filter((finding) => {
    const key = `${finding.severity} ${finding.code}`
    const state = seen.get(key) ?? { shown: 0, left: 0 }
    seen.set(key, state)
    if (state.shown < SHOWN_FINDINGS) {
      state.shown++
      return true
    }
    state.first ??= finding
    state.left++
    return false
  })
  for (const { first, left } of seen.values())
    if (first !== undefined)
      kept.push(
        left === 1 ? first : { ...first, message: `${left} more like it, the first: ${first.message}`, count: left },
      )
  return kept
}
