/** A check's status is computed from its findings, notes do not weigh, and validity is earned. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { check, type Finding, finding } from '../../src/report/check.js'
import { FINDINGS, type FindingCode } from '../../src/report/findings.js'

const codes = Object.keys(FINDINGS) as FindingCode[]
const anyCode = fc.constantFrom(...codes)
const anyFindings = fc.array(anyCode, { maxLength: 8 }).map((all) => all.map((code) => finding(code, code) as Finding))
const ORDER = ['skipped', 'valid', 'indeterminate', 'invalid']
const settling = (findings: readonly Finding[]) => findings.some(({ note }) => !note)

test('the heaviest finding decides: invalid over indeterminate over valid over skipped', () => {
  fc.assert(
    fc.property(anyFindings.filter(settling), (findings) => {
      const heaviest = Math.max(
        ...findings.filter(({ note }) => !note).map(({ code }) => ORDER.indexOf(FINDINGS[code as FindingCode].status)),
      )
      expect(check(findings)).toEqual({ status: ORDER[heaviest], findings })
    }),
  )
})

test('the order of findings does not matter to the status', () => {
  fc.assert(
    fc.property(anyFindings.filter(settling), (findings) => {
      expect(check([...findings].reverse()).status).toBe(check(findings).status)
    }),
  )
})

test('notes change nothing', () => {
  fc.assert(
    fc.property(anyFindings.filter(settling), (findings) => {
      expect(check(findings.filter(({ note }) => !note)).status).toBe(check(findings).status)
    }),
  )
})

test('one more finding never makes it lighter', () => {
  fc.assert(
    fc.property(anyFindings.filter(settling), anyCode, (findings, code) => {
      const before = ORDER.indexOf(check(findings).status)
      expect(ORDER.indexOf(check([...findings, finding(code, code) as Finding]).status)).toBeGreaterThanOrEqual(before)
    }),
  )
})

describe('silence is no answer', () => {
  test('no finding, and notes alone, are a bug of the check', () => {
    expect(() => check([])).toThrow(TypeError)
    expect(() => check([finding('key.self_asserted', '')])).toThrow(TypeError)
  })
  test('so is a code that nobody knows', () => {
    expect(() => check([{ code: 'key.nonsense' as never, message: '' }])).toThrow(TypeError)
  })
  test('a note cannot be faked: the table says what weighs', () => {
    const disguised = { code: 'key.revoked', message: '', note: true } as unknown as Finding
    expect(check([finding('key.resolved', ''), disguised] as Finding[]).status).toBe('invalid')
  })
})
