/**
 * Every test, those too that `npm test` leaves to commands of their own: growth and memory (`npm run test:growth`) and what `npm run fuzz`
 * repeats.
 *
 * @module
 */
import { fileURLToPath } from 'node:url'
import { configDefaults, defineConfig } from 'vitest/config'
import base from '../vitest.config.js'

export default defineConfig({
  ...base,
  root: fileURLToPath(new URL('../', import.meta.url)),
  test: { ...base.test, exclude: configDefaults.exclude },
})
