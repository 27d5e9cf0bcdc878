/**
 * What the contract suites are made of. A suite is a list of named rules that any test framework can run:
 *
 *     for (const rule of signerContract(() => kmsSigner(client))) test(rule.name, rule.run)
 *
 * @module
 */
import { printableValue } from './printable-value.js'

/** One promise of a port, as a test. */
export interface ContractRule {
  /** What is expected, beginning with the member of the port. */
  readonly name: string
  /** The sentence of the port's documentation that promises it. */
  readonly promise: string
  /** Throws ContractViolation where the promise is broken. Any other error is the implementation's own. */
  run(): Promise<void>
}

/** An implementation of a port breaks a promise of the port. */
export class ContractViolation extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'ContractViolation'
  }
}

export function demand(condition: unknown, message: string): asserts condition {
  if (!condition) throw new ContractViolation(message)
}

/** What `work` throws or rejects with. Throws ContractViolation where it does not. */
export async function failureOf(work: () => unknown, what: string): Promise<unknown> {
  let answer: unknown
  try {
    answer = await work()
  } catch (error) {
    return error
  }
  throw new ContractViolation(`${what}, but it answered ${printableValue(answer)}`)
}

/** What `work` answers. An error becomes a violation that says what was expected. */
export async function answerOf<T>(work: () => T | Promise<T>, what: string): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    throw new ContractViolation(`${what}, but it threw ${printableValue(cause)}`, { cause })
  }
}
