/** Port Transport, as Node's transport keeps it. */
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { HOST, publicWorld, serveHttps } from '../resolve/loopback.js'

const { signal } = new AbortController()
const exchange = (port: number) =>
  publicWorld().exchange({
    url: new URL(`https://${HOST}:${port}/`),
    accept: '*/*',
    maxBytes: 1e9,
    signal,
    admitAddress: async () => {},
  })

describe.each(['identity', 'gzip'])('an answer in %s', (coding) => {
  const serveEndless = () =>
    serveHttps((_, response) => {
      const bytes = Buffer.alloc(100_000)
      response.writeHead(200, { 'content-encoding': coding }).write(coding === 'gzip' ? gzipSync(bytes) : bytes)
    })

  test('whose reader breaks off closes its connection', async () => {
    const site = await serveEndless()
    const { body } = await exchange(site.port)
    for await (const chunk of body) {
      expect(chunk.length).toBeGreaterThan(0)
      break
    }
    await site.idle()
  })

  test('that nobody reads closes its connection, without an error that nobody catches', async () => {
    const site = await serveEndless()
    const { close } = await exchange(site.port)
    close()
    await site.idle()
  })
})
