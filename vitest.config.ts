import { fileURLToPath } from 'node:url'
import { configDefaults, defineConfig } from 'vitest/config'
import { LONG_TESTS } from './test/long.js'
import { SKIP_PREFIX, SkipReporter } from './test/skip-reporter.js'

const source = (path: string) => fileURLToPath(new URL(`src/${path}`, import.meta.url))

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
    exclude: [...configDefaults.exclude, LONG_TESTS],
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
