/**
 * What lies beside the project in the place where it is built, and in no user's clone: the corpus, published schemas,
 * frameworks. Tests that read it are skipped where it is not there, and the run says so at its end.
 *
 *     const corpus = shared('corpus/manifest.json')
 *     test.skipIf(!corpus)('...', () => read(corpus))
 *
 *     describeShared('...', { manifest: 'corpus/manifest.json' }, ({ manifest }) => {
 *       const entries = read(manifest)
 *       test('...', () => { ... })
 *     })
 *
 * The body of `describe.skipIf(...)` runs although its tests do not, and fails where it reads what is not there: hence
 * `describeShared`. test/shared.test.ts runs all of them in a place that has none of it.
 *
 * @module
 */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { describe, test } from 'vitest'
import { SKIP_PREFIX } from './skip-reporter.js'

/** `BADGEWRIGHT_SHARED` names another folder; an empty one shows what a user's clone does. */
const elsewhere = process.env.BADGEWRIGHT_SHARED
const root = elsewhere ? pathToFileURL(`${resolve(elsewhere)}/`) : new URL('../../shared/', import.meta.url)
const missing = new Set<string>()

/** The path of a file or folder in `../shared`, or undefined where it is not there. */
export function shared(name: string): string | undefined {
  const path = fileURLToPath(new URL(name, root))
  if (existsSync(path)) return path
  if (!missing.has(name)) console.log(`${SKIP_PREFIX}../shared/${name} is not there`)
  missing.add(name)
  return undefined
}

/** A `describe` that gets the paths of what it needs. Where one of them is not there its body does not run, and one skipped test stands for it. */
export function describeShared<Name extends string>(
  title: string,
  needs: Readonly<Record<Name, string>>,
  body: (paths: Readonly<Record<Name, string>>) => void,
): void {
  const found: Partial<Record<Name, string>> = {}
  let isComplete = true
  for (const name of Object.keys(needs) as Name[]) {
    const path = shared(needs[name])
    if (path === undefined) isComplete = false
    else found[name] = path
  }
  if (isComplete) describe(title, () => body(found as Record<Name, string>))
  else describe(title, () => test.skip('needs what lies beside the project', () => {}))
}
