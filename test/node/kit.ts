/** A worker file made of the sources, as the build makes one; and issuers for batches. */
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { type Award, createAchievement, createSigner, type Profile } from '../../src/index.js'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** Threads know nothing of TypeScript. `remove` when the tests are over. */
export async function buildWorker(): Promise<{ file: URL; remove: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'badgewright-worker-'))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  const outfile = join(folder, 'node-worker.mjs')
  await build({
    entryPoints: [join(root, 'src/node/worker.ts')],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    target: 'es2022',
    external: ['node:*', 'jose', 'jsonld', 'libsql', 'postgres'],
    logLevel: 'error',
  })
  return { file: pathToFileURL(outfile), remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** RFC 8037 appendix A.1. */
export const KEY = {
  kty: 'OKP',
  crv: 'Ed25519',
  x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
  d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
} as const

export const signer = await createSigner({ key: KEY })
export const profile: Profile = {
  id: signer.verificationMethod.split('#')[0] as string,
  type: ['Profile'],
  name: 'Hill School',
}
export const achievement = createAchievement({
  id: 'https://school.example/feedback',
  name: 'Giving Feedback',
  description: 'Gives feedback that helps.',
  criteria: { narrative: 'Three observed conversations.' },
})

/** Nothing in it is random: two runs give the same badges but for their ids. */
export const award = (index: number): Award => ({
  id: `award-${index}`,
  achievement,
  recipient: { id: `did:example:person-${index}` },
})
export const awards = (count: number): Award[] => Array.from({ length: count }, (_, index) => award(index))

export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const item of items) list.push(item)
  return list
}
