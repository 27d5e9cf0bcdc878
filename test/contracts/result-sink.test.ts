// Sinks that break one promise each are found out by the rule that is about it.
import { expect, test } from 'vitest'
import { resultSinkContract } from '../../src/entries/contracts.js'
import type { ResultSink } from '../../src/entries/jobs.js'

function memorySink(more: Partial<ResultSink> = {}): ResultSink {
  const texts = new Map<string, string>()
  return { write: async (name, text) => void texts.set(name, text), read: async (name) => texts.get(name), ...more }
}

async function broken(make: () => ResultSink): Promise<string[]> {
  const names: string[] = []
  for (const { name, run } of resultSinkContract(make))
    await run().catch((error: Error) => {
      expect(error.name).toBe('ContractViolation')
      names.push(name)
    })
  return names
}

test('one that is right breaks no rule', async () => {
  expect(await broken(() => memorySink())).toEqual([])
})

test.each<[string, () => ResultSink, RegExp]>([
  [
    'keeps the first',
    () => {
      const texts = new Map<string, string>()
      return memorySink({
        write: async (name, text) => void (texts.has(name) || texts.set(name, text)),
        read: async (name) => texts.get(name),
      })
    },
    /in place of the first/,
  ],
  [
    'adds to what is there',
    () => {
      const texts = new Map<string, string>()
      return memorySink({
        write: async (name, text) => void texts.set(name, (texts.get(name) ?? '') + text),
        read: async (name) => texts.get(name),
      })
    },
    /in place of the first/,
  ],
  [
    'knows no batches',
    () => {
      const texts = new Map<string, string>()
      const file = (name: string) => name.split('/')[1] as string
      return memorySink({
        write: async (name, text) => void texts.set(file(name), text),
        read: async (name) => texts.get(file(name)),
      })
    },
    /each name has its own/,
  ],
  [
    'answers an empty text for nothing',
    () => {
      const sink = memorySink()
      return { ...sink, read: async (name) => (await sink.read(name)) ?? '' }
    },
    /undefined where nothing was written/,
  ],
  [
    'throws for nothing',
    () =>
      memorySink({
        read: async () => {
          throw new Error('NoSuchKey')
        },
      }),
    /undefined where nothing was written/,
  ],
  [
    'has Latin letters only',
    () => {
      const sink = memorySink()
      return { ...sink, write: (name, text) => sink.write(name, text.replace(/[^\n -~]/g, '?')) }
    },
    /letters of all kinds/,
  ],
  [
    'cuts what is long',
    () => {
      const sink = memorySink()
      return { ...sink, write: (name, text) => sink.write(name, text.slice(0, 1 << 20)) }
    },
    /some megabytes/,
  ],
])('one that %s', async (_, make, rule) => {
  expect((await broken(make)).join('\n')).toMatch(rule)
})
