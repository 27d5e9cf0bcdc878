/**
 * One of several processes on one store: allocates, or issues a batch, and says each thing that it was given. Started by
 * processes.test.ts, bundled.
 *
 * @module
 */
import postgres from 'postgres'
import { type Award, createAchievement, createIssuer, createSigner, type PrivateJwk } from '../../src/entries/index.js'
import { embeddedStores } from '../../src/entries/store/embedded.js'
import { postgresStores } from '../../src/entries/store/postgres.js'
import { singleStatus } from './single.js'

export interface Task {
  readonly place: { readonly path: string } | { readonly postgres: object }
  readonly work: { readonly allocate: readonly string[] } | { readonly issue: number; readonly key: PrivateJwk }
}

const { place, work } = JSON.parse(process.argv[2] ?? '') as Task
const sql = 'postgres' in place ? postgres({ ...place.postgres, max: 4, onnotice: () => undefined }) : undefined
const stores = sql === undefined ? await embeddedStores('path' in place ? place.path : '') : await postgresStores(sql)
const say = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`)

if ('allocate' in work) {
  const [prefix = '', from = '0', to = '0', step = '1'] = work.allocate
  let next = Number(from)
  const clerk = async () => {
    while (next < Number(to)) {
      const key = `${prefix}${next}`
      next += Number(step)
      const { listId, index } = await singleStatus(stores.status).allocate({ key, purpose: 'revocation' })
      say([key, listId, index])
    }
  }
  await Promise.all([clerk(), clerk(), clerk(), clerk()])
} else {
  const signer = await createSigner({ key: work.key })
  const issuer = createIssuer({
    profile: { id: signer.verificationMethod.split('#')[0] ?? '', type: ['Profile'], name: 'Example School' },
    signer,
    status: { store: stores.status, listUrl: (listId) => `https://school.example/status/${listId}` },
    credentials: stores.credentials,
  })
  const achievement = createAchievement({
    id: 'https://school.example/achievements/1',
    name: 'Giving Feedback',
    description: 'Feedback that helps.',
    criteria: { narrative: 'Three pieces.' },
  })
  const awards = Array.from(
    { length: work.issue },
    (_, n): Award => ({ id: `award-${n}`, achievement, recipient: { id: `did:example:teacher-${n}` } }),
  )
  for await (const { id, credential, error } of issuer.issueBatch(awards, { concurrency: 4, chunk: 10 }))
    say([id, credential ?? null, error?.message ?? null])
}
await stores.close()
await sql?.end()
