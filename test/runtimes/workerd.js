/**
 * Cloudflare's runtime: one bundle, no `nodejs_compat`, so WebCrypto and DecompressionStream do the work. Nothing listens but a
 * port on loopback.
 *
 * @module
 */
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { build } from 'esbuild'

const COMPATIBILITY_DATE = '2026-01-01'

export async function runInWorkerd(command, folder) {
  await build({
    entryPoints: [join(folder, 'worker.js')],
    outfile: join(folder, 'worker-bundle.js'),
    bundle: true,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    conditions: ['workerd', 'worker', 'browser'],
    logLevel: 'error',
  })
  const port = await freePort()
  writeFileSync(
    join(folder, 'config.capnp'),
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [ (name = "main", worker = (
    modules = [ (name = "worker-bundle.js", esModule = embed "worker-bundle.js") ],
    compatibilityDate = "${COMPATIBILITY_DATE}",
  )) ],
  sockets = [ (name = "http", address = "127.0.0.1:${port}", http = (), service = "main") ],
);
`,
  )
  const child = spawn(command, ['serve', 'config.capnp'], { cwd: folder, env: {} })
  let stderr = ''
  child.stderr.on('data', (chunk) => (stderr += chunk))
  const ended = new Promise((_, reject) => {
    child.on('error', reject)
    child.on('exit', (code) => reject(new Error(`workerd ended with ${code}: ${stderr.trim().slice(0, 1000)}`)))
  })
  try {
    return await Promise.race([ask(`http://127.0.0.1:${port}/`, () => stderr), ended])
  } finally {
    ended.catch(() => {})
    child.kill()
  }
}

/** It takes a moment until somebody answers. */
async function ask(url, log) {
  for (let attempts = 0; attempts < 100; attempts++) {
    const response = await fetch(url).catch(() => undefined)
    if (response?.ok) return response.json()
    if (response) throw new Error(`workerd answered ${response.status}: ${log().slice(0, 1000)}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`workerd did not answer: ${log().slice(0, 1000)}`)
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}
