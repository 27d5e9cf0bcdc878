/** The built page on a loopback port, with the policy in a header too, as a host should send it. */
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

export async function serve(folder, policy) {
  const files = new Set(readdirSync(folder))
  const server = createServer(({ url }, response) => {
    const { pathname } = new URL(url, 'http://localhost')
    const name = pathname === '/' ? 'index.html' : pathname.slice(1)
    const known = files.has(name)
    response.writeHead(known ? 200 : 404, {
      'content-type': TYPES[extname(name)] ?? 'text/plain',
      'content-security-policy': policy,
    })
    response.end(known ? readFileSync(join(folder, name)) : '')
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() }
}
