// Every subpath of the package has a walk of its own here: one that is new fails until somebody has written it.
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const filesIn = (folder: string) => readdirSync(new URL(folder, import.meta.url), { recursive: true, encoding: 'utf8' })

test('every entry is walked', () => {
  const entries = filesIn('../../src/entries/').filter((path) => path.endsWith('.ts'))
  const walks = filesIn('.')
    .filter((path) => path.endsWith('.test.ts'))
    .map((path) => readFileSync(new URL(path, import.meta.url), 'utf8'))
  expect(entries.length).toBeGreaterThan(10)
  for (const entry of entries) {
    const name = `src/entries/${entry.replace(/\.ts$/, '.js')}`
    expect(
      walks.some((text) => text.includes(`import * as`) && text.includes(name) && text.includes('walkEntry(')),
      `${name} has no walk`,
    ).toBe(true)
  }
})
