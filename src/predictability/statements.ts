/**
 * Evaluations as they come by, and which of them count once all badges are known.
 *
 * @module
 */
import { canonicalUri } from '../competency/identifiers.js'
import { invalidOption } from '../errors.js'
import type { VerifiableCredential } from '../model/types.js'
import type { VerificationReport } from '../report/report.js'
import type { KeptBadge } from './award-reader.js'
import {
  byDate,
  type EvaluationFlaw,
  flawsOf,
  Judged,
  type Statement,
  statementKey,
  statementOf,
} from './judgements.js'

/** A badge with the evaluations of it that count. */
export interface JudgedAnew extends KeptBadge {
  /** At least one, by date. */
  readonly statements: readonly Statement[]
}

/** More evaluations than this are refused. */
export const MOST_STATEMENTS = 1_000_000

export class Statements {
  private readonly all: Statement[] = []
  private readonly known = new Set<string>()
  private readonly parties = new Map<string, Statement['evaluator']>()
  private invalid = 0
  private elsewhere = 0

  /** One that is there twice is one. Of what is not valid nothing is kept but the number. */
  add(report: VerificationReport<VerifiableCredential>): boolean {
    const statement = statementOf(report)
    if (statement === undefined || !statement.isValid) {
      this.invalid++
      return false
    }
    const key = statementKey(statement)
    if (this.known.has(key)) return false
    if (this.all.length === MOST_STATEMENTS)
      throw invalidOption('evaluations', `are more than ${MOST_STATEMENTS}: give those of fewer issuers at a time`)
    this.known.add(key)
    this.all.push({ ...statement, evaluator: this.only(statement.evaluator) })
    return true
  }

  /** There are fewer evaluators than evaluations. */
  private only(evaluator: Statement['evaluator']): Statement['evaluator'] {
    const key = JSON.stringify(evaluator)
    const known = this.parties.get(key)
    if (known !== undefined) return known
    this.parties.set(key, evaluator)
    return evaluator
  }

  /**
   * Those inside a badge. One that is of another badge is set aside: whether that one was kept hangs on which of them came first. True where
   * any is of this one.
   */
  addInside(reports: readonly VerificationReport<VerifiableCredential>[], badge: string): boolean {
    let isAny = false
    for (const report of reports) {
      const statement = statementOf(report)
      if (statement !== undefined && statement.badge !== badge) this.elsewhere++
      else if (this.add(report)) isAny = true
    }
    return isAny
  }

  badges(): string[] {
    return this.all.map(({ badge }) => badge)
  }

  /** Which evaluations count, of which badges; and of the others how many have which flaw. `trusted`: canonical ids. */
  judge(
    find: (id: string) => KeptBadge | 'several' | undefined,
    published: Date | undefined,
    trusted: ReadonlySet<string> | undefined,
  ): { readonly judged: readonly JudgedAnew[]; readonly setAside: Partial<Record<EvaluationFlaw, number>> } {
    const setAside: Partial<Record<EvaluationFlaw, number>> = {}
    const count = (flaw: EvaluationFlaw, times = 1) => {
      setAside[flaw] = (setAside[flaw] ?? 0) + times
    }
    if (this.invalid > 0) count('not_valid', this.invalid)
    if (this.elsewhere > 0) count('no_badge', this.elsewhere)
    const judged = new Map<string, KeptBadge & { readonly statements: Statement[] }>()
    const before = new Judged()
    for (const statement of [...this.all].sort(byDate)) {
      const found = find(statement.badge)
      const { evaluator, isTrusted } = statement
      const isKnown = trusted === undefined ? isTrusted : trusted.has(canonicalUri(evaluator.id))
      const flaws: EvaluationFlaw[] = [
        ...(isKnown ? [] : (['not_trusted'] as const)),
        ...flawsOf(statement, typeof found === 'object' ? found.badge : found, published),
      ]
      if (flaws.length === 0 && before.isAgain(statement)) flaws.push('again')
      for (const flaw of flaws) count(flaw)
      if (flaws.length > 0 || typeof found !== 'object') continue
      const own = judged.get(statement.badge)
      if (own === undefined) judged.set(statement.badge, { ...found, statements: [statement] })
      else own.statements.push(statement)
    }
    return { judged: [...judged.values()], setAside }
  }
}
