/**
 * `npm run test:general-path`: the suite with the compiled path of src/canonical switched off, so that every document goes through
 * the package jsonld. The switch is thrown in the text of one module as it is loaded: in production there is none to be thrown by
 * mistake. Source that has changed stops the run instead of slipping through.
 *
 * @module
 */
import { fileURLToPath } from 'node:url'
import { configDefaults, mergeConfig } from 'vitest/config'
import base from '../../vitest.config.js'

/** What is put for what, and how often it stands there. */
const EDITS = [
  {
    file: /[\\/]src[\\/]canonical[\\/]analyze\.ts$/,
    from: 'this.#context.generalPathOnly ? undefined',
    to: '(this.#context.generalPathOnly ?? true) ? undefined',
    times: 1,
  },
  // Disclosures are made on the compiled path only; that they verify is seen on the general one.
  {
    file: /[\\/]src[\\/]proof[\\/]sd-divide\.ts$/,
    from: 'analyze(document, context)',
    to: 'analyze(document, { ...context, generalPathOnly: false })',
    times: 2,
  },
]

/** Files that would tell nothing new, or nothing at all. */
const FILES_LEFT_OUT = [
  // The built package, sources as text, processes of their own: the switch does not reach them.
  'test/package/**',
  'test/architecture/**',
  'test/architecture.test.ts',
  'test/shared.test.ts',
  // About the compiled path itself: a template is made of it, and gives way to the whole path where there is none.
  'test/canonical/forgetting.test.ts',
  'test/canonical/templates/**',
  'test/issue/templates/template.test.ts',
]

/** Single tests of what only the compiled path can do. */
const TESTS_LEFT_OUT = [
  'are synchronous for a badge without problems',
  'hasOwnProperty is a name like any other, but not for jsonld',
  'are about blank nodes whose objects are known',
  'the clock is looked at before each step that calculates or asks',
]

const generalPathOnly = {
  name: 'general-path-only',
  enforce: 'pre' as const,
  transform(code: string, id: string) {
    const edit = EDITS.find(({ file }) => file.test(id.replace(/\?.*$/, '')))
    if (edit === undefined) return undefined
    const parts = code.split(edit.from)
    if (parts.length !== edit.times + 1) throw new Error(`${id} no longer says ${edit.times} times: ${edit.from}`)
    return { code: parts.join(edit.to), map: null }
  },
}

export default mergeConfig(base, {
  root: fileURLToPath(new URL('../../', import.meta.url)),
  plugins: [generalPathOnly],
  test: {
    exclude: [...configDefaults.exclude, ...FILES_LEFT_OUT],
    testNamePattern: new RegExp(`^(?!.*(?:${TESTS_LEFT_OUT.join('|')}))`),
    // jsonld takes some hundred times as long.
    testTimeout: 240_000,
  },
})
