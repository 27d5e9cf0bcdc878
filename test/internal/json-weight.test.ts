/** An estimate of memory has to be one from above, for whatever takes more memory than its text is long. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { weightOfJson } from '../../src/internal/json-weight.js'
import type { Json } from '../../src/internal/types.js'

setFlagsFromString('--expose-gc')
const gc = runInNewContext('gc') as () => void
const heap = () => {
  gc()
  return process.memoryUsage().heapUsed
}

const repeated = (count: number, item: (index: number) => string, [open, close] = ['[', ']']) =>
  open + Array.from({ length: count }, (_, index) => item(index)).join(',') + close

const TEXTS: Readonly<Record<string, string>> = {
  'empty objects': repeated(30_000, () => '{}'),
  'empty lists': repeated(30_000, () => '[]'),
  'objects alike': repeated(20_000, () => '{"a":1}'),
  'an object of many names': repeated(20_000, (index) => `"m${index}":0`, ['{', '}']),
  'objects of a name each': repeated(20_000, (index) => `{"m${index}":0}`),
  'objects of many names each': repeated(2_000, (index) => repeated(9, (at) => `"${at}-${index}":0`, ['{', '}'])),
  'numbers that are no integers': repeated(60_000, (index) => `${index}.5`),
  integers: repeated(60_000, (index) => `${index}`),
  'texts of one letter': repeated(60_000, () => '"a"'),
  'texts of their own': repeated(30_000, (index) => `"text ${index}"`),
  'a long text': JSON.stringify('x'.repeat(1_000_000)),
  'a long text of another script': JSON.stringify('\u4f60'.repeat(400_000)),
  'a context': JSON.stringify({
    '@context': Object.fromEntries(
      Array.from({ length: 5_000 }, (_, index) => [
        `term${index}`,
        { '@id': `https://e.example/${index}`, '@type': '@id' },
      ]),
    ),
  }),
}

test.each(Object.entries(TEXTS))('%s', (_, text) => {
  // The engine compiles and interns on the first run.
  JSON.parse(text)
  const kept: Json[] = []
  const takes = Array.from({ length: 5 }, () => {
    const before = heap()
    kept.push(JSON.parse(text))
    return heap() - before
  })
  // What the engine does beside it comes on top now and then, never off.
  const taken = Math.min(...takes)
  const value = kept[0] as Json
  expect(weightOfJson(value)).toBeGreaterThanOrEqual(taken)
  // Nor so far from above that nothing could be kept.
  expect(weightOfJson(value)).toBeLessThan(40 * text.length)
})
