/**
 * Tests that count work and collect garbage for minutes: `npm run test:growth` has them, and `npm run fuzz` (test/all.config.ts); `npm test`
 * leaves them out.
 *
 * @module
 */
const NAMES = ['growth', 'hostile', 'budget', 'forgetting']

/** For vitest's `exclude`: `growth.test.ts`, and `batches.growth.test.ts` too. */
export const LONG_TESTS = `test/**/{${NAMES.flatMap((name) => [name, `*.${name}`]).join()}}.test.ts`

export const isLongTest = (path: string): boolean =>
  NAMES.some((name) => path.endsWith(`/${name}.test.ts`) || path.endsWith(`.${name}.test.ts`))
