// Which construct which policy needs, as the facts on micro-credentials (section 1.4) say, against what the files in examples/policies say; and the
// table in the guide. UPDATE_GUIDE=1 npx vitest run test/credit/constructs writes the table anew.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { describeShared } from '../shared.js'
import { CONSTRUCTS, constructsOf, constructTable } from './constructs.js'
import { examplePolicy } from './people.js'

const folder = fileURLToPath(new URL('../../examples/policies/', import.meta.url))
const policies = readdirSync(folder)
  .sort()
  .map((name) => name.replace(/\.json$/, ''))
  .map((id) => [id, examplePolicy(id)] as const)
const guide = fileURLToPath(new URL('../../examples/guides/20-what-badges-count-for.md', import.meta.url))

test('the table in the guide is what the files say', () => {
  const table = `<!-- constructs -->\n${constructTable(policies)}\n<!-- /constructs -->`
  const text = readFileSync(guide, 'utf8')
  if (process.env.UPDATE_GUIDE)
    writeFileSync(
      guide,
      text.replace(/<!-- constructs -->[\s\S]*<!-- \/constructs -->/, () => table),
    )
  expect(readFileSync(guide, 'utf8')).toContain(table)
})
test('each construct is said by a policy', () => {
  const said = new Set(policies.flatMap(([, policy]) => constructsOf(policy)))
  expect(CONSTRUCTS.map(([number]) => number).filter((number) => !said.has(number))).toEqual([])
})

describeShared('section 1.4', { facts: 'facts/micro-credentials.md' }, ({ facts }) => {
  const rows = readFileSync(facts, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, number = '', , needs = ''] = line.split('|').map((cell) => cell.trim())
      return /^\d+$/.test(number) && /(?:us|au|nz|fi)-/.test(needs) ? [{ number: Number(number), needs }] : []
    })
    .filter(({ number }) => number !== 35)
  const known = new Map(policies)
  test('is read', () => expect(rows.length).toBe(CONSTRUCTS.length - 1))
  test.each(rows)('$number: $needs', ({ number, needs }) => {
    const ids = [...needs.matchAll(/\b(?:us|au|nz|fi)-[a-z0-9.-]*[a-z0-9]/g)].map(([id]) => id)
    expect(ids.length).toBeGreaterThan(0)
    const without = ids.filter((id) => {
      const policy = known.get(id) ?? known.get(`${id}-v1`)
      return policy === undefined || !constructsOf(policy).includes(number)
    })
    expect(without).toEqual([])
  })
})
