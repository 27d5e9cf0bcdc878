import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { STATUS_LIST } from '../badges.js'
import { median } from '../measure.js'
import { textsOf } from '../setting.js'
import { fact, line } from '../table.js'

export const title = 'Import and first verification (a process of its own)'

const ROUNDS = 9

/** Programs that import a library, verify one minimal badge and end. */
function programs({ installed, peers, identity, statusList, badge }) {
  const ours = JSON.stringify(pathToFileURL(join(installed, 'dist/index.js')).href)
  const from = (name) => JSON.stringify(pathToFileURL(join(peers, `${name}.js`)).href)
  const text = JSON.stringify(badge)
  return {
    'bare node': '',
    ours: `import { verifyCredential } from ${ours}
      const report = await verifyCredential(${text}, { trustedIssuers: [${JSON.stringify(identity.did)}] })
      if (report.outcome !== 'valid') throw new Error(JSON.stringify(report))`,
    vc: `import { digitalbazaar } from ${from('digitalbazaar')}
      const { verify } = await digitalbazaar(${JSON.stringify(identity)})
      await verify(${text})`,
    'verifier-core': `import { answerFetches, verify } from ${from('verifier-core')}
      answerFetches(${JSON.stringify({ [STATUS_LIST]: JSON.parse(statusList) })})
      await verify(${text})`,
  }
}

export async function run({ folder, files, ...setting }) {
  const { peers } = setting
  const badge = textsOf(files['signed-minimal'])(0)
  const lanes = Object.entries(programs({ ...setting, peers, badge })).map(([name, program], index) => {
    const path = join(folder, `start-${index}.mjs`)
    writeFileSync(path, program)
    return { name, path, times: [] }
  })
  // The first round reads the files from the disk.
  for (let round = -1; round < ROUNDS; round++)
    for (const { path, times } of lanes) {
      const start = performance.now()
      const { status, stderr } = spawnSync(process.execPath, [path], { encoding: 'utf8' })
      const time = performance.now() - start
      if (status !== 0) throw new Error(stderr)
      if (round >= 0) times.push(time)
    }
  const [bare, ours, vc, verifierCore] = lanes.map(({ times }) => times)
  // Of each round: what the library takes over a process that does nothing.
  const over = (times) => times.map((time, round) => time - bare[round])
  const ratio = (times) => median(over(times)) / median(over(ours))
  return [
    fact('bare node', median(bare), 'ms'),
    line('ours, over bare node', { reached: median(over(ours)), unit: 'ms', floor: 50, aim: 40, atMost: true }),
    line('@digitalbazaar/vc', { reached: ratio(vc), floor: 10 }),
    line('@digitalcredentials/verifier-core', { reached: ratio(verifierCore), floor: 20 }),
  ]
}
