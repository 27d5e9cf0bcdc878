/** badgewright as its users get it, in an empty folder. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
/** What is packed besides the build. */
const INGREDIENTS = ['schemas', 'package.json', 'README.md', 'LICENSE', 'CHANGELOG.md']

/** Answers the folder that has it in node_modules. Without a tarball this repository is built and packed. */
export function installPacked(folder, tarball = pack(folder)) {
  const consumer = join(folder, 'consumer')
  mkdirSync(consumer)
  writeFileSync(join(consumer, 'package.json'), '{ "name": "consumer", "private": true, "type": "module" }')
  run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', resolve(tarball)], consumer)
  return consumer
}

/** Away from the repository's own dist. Nobody reads declarations here, which take the longest. */
function pack(folder) {
  const project = join(folder, 'project')
  mkdirSync(project)
  for (const name of INGREDIENTS) cpSync(join(ROOT, name), join(project, name), { recursive: true })
  run('npx', ['tsup', '--silent', '--no-dts', '--out-dir', join(project, 'dist')], ROOT)
  const [packed] = JSON.parse(run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], project))
  return join(folder, packed.filename)
}

function run(command, args, cwd) {
  // `npm run` tells its children which package they belong to; these belong to others.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_(?!config_)|^npm_config_local_prefix$/.test(name)),
  )
  const options = { cwd, env, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, shell: process.platform === 'win32' }
  const { status, stdout, stderr, error } = spawnSync(command, args, options)
  if (error) throw error
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}\n${stdout}\n${stderr}`)
  return stdout
}
