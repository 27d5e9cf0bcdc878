/**
 * Whom the caller expects, as options name them.
 *
 * @module
 */
import { invalidOption } from '../errors.js'
import { type Named, named, type Person, personProblem } from '../model/person.js'
import type { PerCall } from './settings.js'

/** Throws UsageError `usage.invalid_option`, naming what was meant. */
export function readRecipients(recipient: PerCall['recipient']): readonly Named[] {
  if (recipient === undefined) return []
  const recipients = (Array.isArray(recipient) ? recipient : [recipient]) as readonly Person[]
  if (recipients.length === 0) throw invalidOption('recipient', 'is empty: leave it out, or name someone')
  return recipients.map((one) => {
    const problem = personProblem(one, 'recipient')
    if (problem !== undefined) throw invalidOption(problem.path, problem.says)
    return named(one)
  })
}
