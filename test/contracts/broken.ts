/** Every rule must be able to fail: implementations that are broken on purpose, each by the rules it breaks. */
import { expect, test } from 'vitest'
import { type ContractRule, ContractViolation } from '../../src/entries/contracts.js'

export interface Broken {
  /** How it is broken. */
  readonly title: string
  /** A part of the names of the rules that must notice. */
  readonly caught: readonly string[]
  readonly rules: readonly ContractRule[]
}

/** Runs the named rules on each broken implementation, and demands that every rule of the contract has failed somewhere. */
export function testBroken(contract: readonly ContractRule[], broken: readonly Broken[]): void {
  for (const { title, caught, rules } of broken)
    test.each(caught)(`${title}: %s`, async (part) => {
      const found = rules.filter(({ name }) => name.includes(part))
      expect(found).not.toEqual([])
      for (const rule of found) await expect(rule.run()).rejects.toBeInstanceOf(ContractViolation)
    })
  test('every rule is seen to fail', () => {
    const parts = broken.flatMap(({ caught }) => caught)
    expect(contract.map(({ name }) => name).filter((name) => !parts.some((part) => name.includes(part)))).toEqual([])
  })
}

export function testContract(rules: readonly ContractRule[]): void {
  expect(rules.length).toBeGreaterThan(0)
  expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length)
  test.each(rules.map((rule) => [rule.name, rule] as const))('%s', (_, rule) => rule.run())
}
