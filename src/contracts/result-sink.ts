/**
 * The contract of `ResultSink`: run it on a place for results of your own.
 *
 * @module
 */
import { callable } from '../internal/members.js'
import type { ResultSink } from '../jobs/batch-types.js'
import { demandArgument } from '../report/demand-options.js'
import { printableValue } from './printable-value.js'
import { answerOf, type ContractRule, demand } from './rule.js'

const WHOLE = 'All of it or nothing;'
const AGAIN = 'a second one with this name takes the place of the first.'
const READ = 'What was written; undefined where nothing was.'

const TEXTS: Readonly<Record<string, string>> = {
  'one line': '{"index":0,"id":"a"}\n',
  'letters of all kinds': '{"name":"Rückmeldung 教育 \u{1f469}\u200d\u{1f393} e\u0301 \u2028"}\n',
  nothing: '',
  'some megabytes': '{"index":0,"narrative":"0123456789"}\n'.repeat(100_000),
}
/** No two of them are one. */
const NAMES = [
  'a/000001.ndjson',
  'a/000002.ndjson',
  'b/000001.ndjson',
  'a-b/000001.ndjson',
  'a.b/000001.ndjson',
  'a_b/000001.ndjson',
]

/** The rules for a ResultSink. `make` answers one in which nothing was written. */
export function resultSinkContract(make: () => ResultSink | Promise<ResultSink>): readonly ContractRule[] {
  demandArgument(make, callable, 'make')
  const write = (sink: ResultSink, name: string, text: string) =>
    answerOf(() => sink.write(name, text), `write takes ${text.length} characters under ${name}`)
  const demandText = async (sink: ResultSink, name: string, expected: string | undefined) => {
    const found = await answerOf(() => sink.read(name), `read answers what was written under ${name}`)
    const shown = (text: unknown) =>
      typeof text === 'string'
        ? `${text.length} characters, ${printableValue(text.slice(0, 60))}`
        : printableValue(text)
    demand(found === expected, `${name} has ${shown(expected)}, but read answered ${shown(found)}`)
  }
  return [
    ...Object.entries(TEXTS).map(
      ([what, text]): ContractRule => ({
        name: `ResultSink.write: ${what}, to the letter`,
        promise: READ,
        run: async () => {
          const sink = await make()
          await write(sink, 'a/000001.ndjson', text)
          await demandText(sink, 'a/000001.ndjson', text)
        },
      }),
    ),
    {
      name: 'ResultSink.write: again, in place of the first, which may have been longer',
      promise: AGAIN,
      run: async () => {
        const sink = await make()
        await write(sink, 'a/000001.ndjson', 'the first, which was longer\n')
        await write(sink, 'a/000001.ndjson', 'the second\n')
        await write(sink, 'a/000001.ndjson', 'the second\n')
        await demandText(sink, 'a/000001.ndjson', 'the second\n')
      },
    },
    {
      name: 'ResultSink.write: two at once under one name',
      promise: WHOLE,
      run: async () => {
        const sink = await make()
        const texts = ['a', 'b'].map((letter) => `${letter.repeat(99)}\n`.repeat(10_000))
        await Promise.all(texts.map((text) => write(sink, 'a/000001.ndjson', text)))
        const found = await answerOf(() => sink.read('a/000001.ndjson'), 'read answers what was written')
        demand(texts.includes(found as string), 'one of two texts that were written at once is there as a whole')
      },
    },
    {
      name: 'ResultSink.read: each name has its own',
      promise: READ,
      run: async () => {
        const sink = await make()
        for (const name of NAMES) await write(sink, name, `${name}\n`)
        for (const name of NAMES) await demandText(sink, name, `${name}\n`)
      },
    },
    {
      name: 'ResultSink.read: undefined where nothing was written',
      promise: READ,
      run: async () => {
        const sink = await make()
        for (const name of NAMES) await demandText(sink, name, undefined)
        await write(sink, 'a/000001.ndjson', 'a\n')
        await demandText(sink, 'a/000002.ndjson', undefined)
        await demandText(sink, 'b/000001.ndjson', undefined)
      },
    },
  ]
}
