/**
 * Servers on the loopback interface, and a world in which one loopback address plays a public one. Nothing here reaches further:
 * names are resolved by the test, and an address that is not 127.x is never admitted.
 */
import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net'
import { afterEach } from 'vitest'
import { type Lookup, nodeTransport } from '../../src/platform/node-transport.js'
import type { Transport } from '../../src/platform/transport.js'
import type { DocumentLoader, LoadRequest } from '../../src/resolve/document-loader.js'
import { createHttpsLoader, type HttpsLoaderOptions } from '../../src/resolve/https-loader.js'
import { type Certificate, selfSigned } from './self-signed.js'

/** The address that plays a public host, and what it claims to be before the rules. */
export const PUBLIC = '127.0.0.2'
const PLAYED = '93.184.216.34'
export const PRIVATE = '127.0.0.1'

export const HOST = 'issuer.example'
export const certificate = selfSigned([HOST, 'other.example', '127.0.0.1'])

export interface Site {
  readonly port: number
  /** TCP connections that came in, ever. */
  readonly connections: number
  /** Resolves when no connection is open: what hangs here is a socket that the loader left behind. */
  idle(): Promise<void>
}

const servers = new Set<{ stop(): Promise<void> }>()
afterEach(async () => {
  for (const server of servers) await server.stop()
  servers.clear()
})

interface Place {
  readonly address?: string
  readonly port?: number
}

export const serveHttps = (handler: RequestListener, place: Place & { certificate?: Certificate } = {}) =>
  listen(createHttpsServer({ ...(place.certificate ?? certificate) }, handler), { address: PUBLIC, ...place })
export const serveHttp = (handler: RequestListener, place: Place = {}) =>
  listen(createHttpServer(handler), { address: PRIVATE, ...place })
export const serveTcp = (handler: (socket: Socket) => void, place: Place = {}) =>
  listen(
    createTcpServer((socket) => {
      // Who does not read does not see the other side go.
      socket.resume()
      handler(socket)
    }),
    { address: PUBLIC, ...place },
  )

async function listen(server: Server, { address, port = 0 }: Place): Promise<Site> {
  const sockets = new Set<Socket>()
  let connections = 0
  let quiet: (() => void)[] = []
  server.on('connection', (socket: Socket) => {
    connections++
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => {
      sockets.delete(socket)
      if (sockets.size === 0) for (const resolve of quiet.splice(0)) resolve()
    })
  })
  // A client that goes away in the middle of a handshake is what some of these tests are about.
  server.on('tlsClientError', () => {})
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, address, resolve)
  })
  servers.add({
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
        quiet = []
      }),
  })
  return {
    port: (server.address() as AddressInfo).port,
    get connections() {
      return connections
    },
    idle: () => new Promise((resolve) => (sockets.size === 0 ? resolve() : quiet.push(resolve))),
  }
}

/** A name server: each name's answers in turn, the last one for ever. */
export function names(table: Readonly<Record<string, readonly (readonly string[])[]>>) {
  const asked: string[] = []
  const lookup: Lookup = (hostname, _options, done) => {
    const answers = table[hostname]
    const turn = asked.filter((name) => name === hostname).length
    asked.push(hostname)
    const addresses = answers?.[Math.min(turn, answers.length - 1)]
    if (addresses)
      done(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      )
    else done(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }), [])
  }
  return { lookup, asked }
}

export interface World extends Partial<HttpsLoaderOptions> {
  readonly lookup?: Lookup
  readonly ca?: string
}

/** Node's transport under the real rules, told that 127.0.0.2 is 93.184.216.34. */
export function publicWorld({
  lookup = names({ [HOST]: [[PUBLIC]] }).lookup,
  ca = certificate.cert,
}: World = {}): Transport {
  const transport = nodeTransport({ lookup, ca })
  if (!transport) throw new Error('these tests need Node')
  return {
    exchange: (request) =>
      transport.exchange({
        ...request,
        admitAddress: async (address) => {
          await request.admitAddress(address === PUBLIC ? PLAYED : address)
          if (!address.startsWith('127.')) throw new Error(`the test would have connected to ${address}`)
        },
      }),
  }
}

export function loaderIn(world: World = {}): DocumentLoader {
  const { lookup: _lookup, ca: _ca, ...options } = world
  return createHttpsLoader({
    transport: publicWorld(world),
    // A busy machine takes seconds for a handshake; who tests the deadline says another.
    timeoutMs: 60_000,
    maxRedirects: 3,
    allowHosts: undefined,
    insecure: false,
    ...options,
  })
}

export const wanted = (url: string, more: Partial<LoadRequest> = {}): LoadRequest => ({
  url,
  kind: 'context',
  maxBytes: 65_536,
  ...more,
})

/** The code of the ResolutionError that it rejects with, or what else came of it. */
export async function codeFrom(loading: Promise<unknown>): Promise<string> {
  return loading.then(
    () => 'loaded',
    (error: { code?: string; message?: string }) => error.code ?? `threw ${error.message}`,
  )
}
