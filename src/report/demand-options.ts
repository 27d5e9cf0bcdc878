/**
 * Options that cannot be misspelt: every public function asks here, with the table that stands beside its options' type. An option that is
 * passed over in silence is worse than an error: a `recipent` that is not compared makes a stranger's badge valid.
 *
 * @module
 */
import { invalidOption, missingOption, UsageError } from '../errors.js'
import { type Kind, type Members, MISSING, problemOf, type ShapeRules } from '../internal/members.js'

/**
 * Throws UsageError `usage.invalid_option`, naming the option and what was meant, where `options` is no object, has a member that the
 * table does not, or one of another kind; `usage.missing_option` where a required one is not there. Undefined is no options at all.
 */
export function demandOptions<T>(options: unknown, members: Members<T>, rules: ShapeRules<T> = {}): void {
  if (options === undefined && (rules.required ?? []).length === 0) return
  if (options !== undefined && (typeof options !== 'object' || options === null || Array.isArray(options)))
    throw new UsageError(
      'usage.invalid_option',
      `options are an object with some of ${Object.keys(members).join(', ')}`,
      { option: 'options' },
    )
  const given = options ?? {}
  const problem = problemOf(given, members, { noun: 'option', ...rules })
  if (problem === undefined) return
  const { path, says } = problem
  throw says === MISSING ? missingOption(path, says) : invalidOption(path, says)
}

/** Throws UsageError `usage.invalid_option` for an argument that is not of the kind; `name` is the parameter's. */
export function demandArgument(value: unknown, kind: Kind, name: string): void {
  const problem = kind(value, name)
  if (problem !== undefined) throw invalidOption(problem.path, problem.says)
}
