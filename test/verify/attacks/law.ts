/**
 * One signature, one reading (src/decisions/one-reading.md): a mutated document with the same canonical form and an unambiguous
 * reading gives the same outcome; any other never verifies.
 */
import { expect } from 'vitest'
import type { VerificationReport } from '../../../src/entries/index.js'
import { codesOf } from '../kit.js'
import { canonicalForm, type Node } from './canonical-form.js'

const reading = (report: VerificationReport) => (report.outcome === 'valid' ? report.credential : undefined)

/** What a document may be refused for although its proof would fit: its shape, or that it can be read in two ways. */
const SHAPE =
  /^(?:format\.|schema\.(?:mismatch|undefined_term|unknown_context)$|proof\.(?:malformed|missing|blocked)$|key\.)/

export interface Judged {
  /** jsonld says that it has the signed document's canonical form; not asked, which takes long, of what has no proper shape. */
  readonly same: boolean | undefined
  readonly outcome: VerificationReport['outcome']
}

/** The law, for the mutations of one document. */
export function lawOf(
  form: string | undefined,
  original: VerificationReport,
  verify: (input: object | string) => Promise<VerificationReport>,
) {
  return async (mutated: Node | string): Promise<Judged> => {
    const report = await verify(mutated)
    const verified = codesOf(report).includes('proof.verified')
    const shapeless = report.outcome !== 'valid' && report.because.some((code) => SHAPE.test(code))
    if (shapeless && !verified) return { same: undefined, outcome: report.outcome }
    const document = typeof mutated === 'string' ? parsed(mutated) : mutated
    const same = document !== undefined && (await canonicalForm(document)) === form
    if (report.outcome === 'valid') {
      expect(same).toBe(true)
      // The order of what is read may be another one.
      expect(sorted(reading(report))).toEqual(sorted(reading(original)))
    } else if (!same) expect(verified).toBe(false)
    else if (!shapeless) expect(report.because).toContain('proof.ambiguous_member')
    return { same, outcome: report.outcome }
  }
}

function parsed(text: string): Node | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Node) : undefined
  } catch {
    return undefined
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value))
    return value
      .map(sorted)
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
      .filter((item, index, all) => index === 0 || JSON.stringify(item) !== JSON.stringify(all[index - 1]))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, inner]) => [name, sorted(inner)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
}
