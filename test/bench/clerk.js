/**
 * One of several processes that issue on the same stores: told how many awards, or which credentials to revoke, it answers when it
 * is done.
 *
 * @module
 */
import postgres from 'postgres'
import { awards, issuerOptions } from './awards.js'
import { fromPackage } from './installed.js'

const { installed, identity, place } = JSON.parse(process.argv[2])
const { createIssuer, createSigner } = await fromPackage(installed)
const signer = await createSigner({ key: identity.privateJwk })
const [stores, end] = await open()
const { status, ...rest } = issuerOptions(await fromPackage(installed, 'store/memory'), identity, signer)
const issuer = createIssuer(
  stores === undefined
    ? rest
    : { ...rest, status: { ...status, store: stores.status }, credentials: stores.credentials },
)
// As they would be written to a file.
const file = Buffer.alloc(16_384)

async function open() {
  if (place.postgres !== undefined) {
    const { postgresStores } = await fromPackage(installed, 'store/postgres')
    const sql = postgres({ ...place.postgres, max: 4, onnotice: () => undefined })
    return [await postgresStores(sql), () => sql.end()]
  }
  if (place.path === undefined) return [undefined, () => undefined]
  const { embeddedStores } = await fromPackage(installed, 'store/embedded')
  return [await embeddedStores(place.path), () => undefined]
}

const work = {
  issue: async ({ count, first }) => {
    for await (const { text, error } of issuer.issueBatch(awards(count, first), { as: 'text' })) {
      if (error !== undefined) throw error
      file.write(text)
    }
    return { rss: process.memoryUsage.rss() }
  },
  /** The ids of the credentials of these awards. */
  ids: async ({ count, first }) => {
    const keys = Array.from(awards(count, first), ({ id }) => ({ awardId: id }))
    return { ids: (await stores.credentials.get(keys)).map(({ credentialId }) => credentialId) }
  },
  revoke: async ({ ids }) => {
    const { done } = await issuer.revokeMany(ids, { reason: 'the bench' })
    if (done !== ids.length) throw new Error(`${done} of ${ids.length} were revoked`)
    return {}
  },
  end: async () => {
    await stores?.close()
    await end()
    process.disconnect()
    return {}
  },
}

process.on('message', async ({ task, ...asked }) => {
  try {
    const before = process.cpuUsage()
    const answer = await work[task](asked)
    const { user, system } = process.cpuUsage(before)
    if (process.connected) process.send({ ...answer, cpu: user + system })
  } catch (error) {
    if (process.connected) process.send({ error: String(error?.cause?.stack ?? error?.stack ?? error) })
  }
})
process.send({ ready: true })
