/**
 * `npm run interop`: what other people's libraries make of ours and we of theirs, where they have dependencies that the package's own
 * folder is to be kept free of. Installs them, as package-lock.json beside this file has them, and needs the built package.
 *
 * @module
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const HERE = fileURLToPath(new URL('.', import.meta.url))
const run = (command, args) => {
  const { status, error } = spawnSync(command, args, { cwd: HERE, stdio: 'inherit' })
  if (error !== undefined) throw error
  if (status !== 0) process.exit(status ?? 1)
}

if (!existsSync(new URL('../../dist/index.js', import.meta.url))) {
  console.error('there is no dist: npm run build')
  process.exit(1)
}
run('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'])
const files = readdirSync(HERE).filter((name) => name.endsWith('.js') && name !== 'run.js')
run(process.execPath, ['--test', '--test-reporter=spec', ...files])
