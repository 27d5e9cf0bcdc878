/** The table of deliberate differences from 1EdTech's JSON Schemas, row by row: it says what differs, and this shows that it does. */
import { readFileSync } from 'node:fs'
import { Ajv2019 } from 'ajv/dist/2019.js'
import formats from 'ajv-formats'
import { expect, test } from 'vitest'
import { judge } from '../../src/model/read.js'
import { Walk } from '../../src/model/walk.js'
import { describeShared } from '../shared.js'
import { isStricterOnPurpose, LOOSER, LOOSER_THAN_STRICT, STRICTER } from './differences.js'
import { change, openBadge } from './documents.js'

const FILES = {
  current: 'schemas/ob/ob_v3p0_achievementcredential_schema.json',
  strict: 'schemas/ob-strict/ob_v3p0_achievementcredential_schema.json-ld-variant.json',
}

describeShared("deliberate differences from 1EdTech's schemas", FILES, (files) => {
  const compile = (path: string) => {
    const ajv = new Ajv2019({ strict: false })
    formats.default(ajv)
    return ajv.compile(JSON.parse(readFileSync(path, 'utf8')))
  }
  const [current, strict] = [compile(files.current), compile(files.strict)]
  const titled = <R extends { what: string; why: string }>(rows: readonly R[]) =>
    rows.map((row) => [row.what, row.why, row] as const)
  const read = (document: object) => judge(document as never, 'open-badge', new Walk())

  // The endorsements in it are signed in the other form.
  const unendorsed = change(change(openBadge, 'endorsement', []), 'credentialSubject.achievement.endorsement', [])
  test('all three take the badge that the rows change', () => {
    expect([read(openBadge).ok, current(openBadge), strict(unendorsed)]).toEqual([true, true, true])
  })

  test.each(titled(STRICTER))('they take, we refuse: %s. Why: %s', (_what, _why, row) => {
    const badge = change(openBadge, ...row.example)
    expect(current(badge)).toBe(true)
    const { ok, issues } = read(badge)
    expect(ok).toBe(false)
    expect(issues?.every((issue) => isStricterOnPurpose(issue, badge))).toBe(true)
    expect(issues?.some((issue) => isStricterOnPurpose(issue, badge, [row]))).toBe(true)
  })

  test.each(titled(LOOSER))('they refuse, we read: %s. Why: %s', (_what, _why, row) => {
    const badge = change(openBadge, ...row.example)
    expect(current(badge)).toBe(false)
    const reading = read(badge)
    expect(reading.ok && row.explains(reading)).toBe(true)
  })

  test.each(titled(LOOSER_THAN_STRICT))('only their old schema refuses: %s. Why: %s', (_what, _why, row) => {
    const badge = change(unendorsed, ...row.example)
    expect([read(badge).ok, current(badge), strict(badge)]).toEqual([true, true, false])
    expect(strict.errors?.some(row.explains)).toBe(true)
  })
})
