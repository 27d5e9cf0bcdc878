import { fileURLToPath } from 'node:url'
import { configDefaults, defineConfig } from 'vitest/config'
import { SKIP_PREFIX, SkipReporter } from './test/skip-reporter.js'

const source = (path: string) => fileURLToPath(new URL(`src/${path}`, import.meta.url))

/** They count work and collect garbage for minutes: `npm run test:growth` has them, and `npm run fuzz` (test/all.config.ts). */
const LONG = 'test/**/{growth,hostile,budget,forgetting}.test.ts'

const jsonReport = process.env.BADGEWRIGHT_TEST_JSON

export default defineConfig({
  resolve: {
    // Examples and tests say `badgewright` as users do, and get the sources; test/package has the built package.
    alias: [
      // One seed for all, or that of `npm run fuzz`.
      { find: /^fast-check$/, replacement: fileURLToPath(new URL('test/fuzz/fast-check.ts', import.meta.url)) },
      { find: /^badgewright$/, replacement: source('entries/index.ts') },
      { find: /^badgewright\/(.+)$/, replacement: source('entries/$1.ts') },
    ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, LONG],
    environment: 'node',
    pool: 'threads',
    // By default one core less than there are, which on two is one.
    maxWorkers: '100%',
    // No test is about time, and a machine may be shared: this only ends what hangs.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    reporters: [
      'default',
      new SkipReporter(),
      // For .ci/run, which counts.
      ...(jsonReport === undefined ? [] : [['json', { outputFile: jsonReport }] as ['json', { outputFile: string }]]),
    ],
    onConsoleLog: (log) =>
      !log
        .trimEnd()
        .split('\n')
        .every((line) => line.startsWith(SKIP_PREFIX)),
  },
})
