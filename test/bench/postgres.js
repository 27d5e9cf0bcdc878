/**
 * A PostgreSQL server of the bench: as one is run in earnest (every commit reaches the disk), on loopback, with the configuration that
 * initdb writes.
 *
 * @module
 */
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

/** `{ options, stop }` for the package `postgres`, or `{ missing }`: why there is none. */
export async function benchServer(folder) {
  const outfile = join(folder, 'postgres-server.mjs')
  const entry = fileURLToPath(new URL('../store/postgres-server.ts', import.meta.url))
  await build({ entryPoints: [entry], outfile, bundle: true, format: 'esm', platform: 'node', logLevel: 'error' })
  const { startPostgres } = await import(pathToFileURL(outfile).href)
  const port = await freePort()
  const server = startPostgres(['listen_addresses=127.0.0.1', `port=${port}`, 'max_connections=60'])
  if ('missing' in server) return server
  return { ...server, options: { ...server.options, host: '127.0.0.1', port } }
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}
