import { cpSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, run as runProgram } from '../installed.js'
import { fact } from '../table.js'

export const title = 'Install size'

/** What `npm pack` puts into the tarball. */
const INGREDIENTS = ['schemas', 'package.json', 'README.md', 'LICENSE', 'CHANGELOG.md']
const MB = 1024 * 1024

export async function run({ folder, peers }) {
  const project = join(folder, 'project')
  mkdirSync(project)
  for (const name of INGREDIENTS) cpSync(join(ROOT, name), join(project, name), { recursive: true })
  runProgram(join(ROOT, 'node_modules/.bin/tsup'), ['--silent', '--out-dir', join(project, 'dist')], ROOT)
  const pack = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder]
  const [packed] = JSON.parse(runProgram('npm', pack, project))
  const ours = installInto(join(folder, 'install-ours'), join(folder, packed.filename))
  const versions = JSON.parse(
    runProgram(process.execPath, ['-p', 'JSON.stringify(require("./package.json").dependencies)'], peers),
  )
  const theirs = [
    '@digitalbazaar/vc',
    '@digitalbazaar/data-integrity',
    '@digitalbazaar/eddsa-rdfc-2022-cryptosuite',
    '@digitalbazaar/ed25519-multikey',
  ]
  const vc = installInto(join(folder, 'install-vc'), ...theirs.map((name) => `${name}@${versions[name]}`))
  const verifierCore = '@digitalcredentials/verifier-core'
  const core = installInto(join(folder, 'install-core'), `${verifierCore}@${versions[verifierCore]}`)
  return [
    fact('the tarball', packed.size / MB, 'MB'),
    fact('ours, unpacked', packed.unpackedSize / MB, 'MB'),
    fact('ours with its dependencies', ours.size / MB, 'MB'),
    fact('ours, packages', ours.packages, ''),
    fact('@digitalbazaar/vc with its suite', vc.size / MB, 'MB'),
    fact('@digitalbazaar/vc with its suite, packages', vc.packages, ''),
    fact(verifierCore, core.size / MB, 'MB'),
    fact(`${verifierCore}, packages`, core.packages, ''),
  ]
}

function installInto(folder, ...packages) {
  mkdirSync(folder)
  writeFileSync(join(folder, 'package.json'), '{ "private": true }')
  runProgram('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', ...packages], folder)
  const { packages: installed } = JSON.parse(
    runProgram(process.execPath, ['-p', 'JSON.stringify(require("./package-lock.json"))'], folder),
  )
  return { size: weigh(join(folder, 'node_modules')), packages: Object.keys(installed).length - 1 }
}

function weigh(path) {
  const entry = statSync(path)
  if (!entry.isDirectory()) return entry.size
  return readdirSync(path).reduce((sum, name) => sum + weigh(join(path, name)), 0)
}
