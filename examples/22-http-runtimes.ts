// One handler, everywhere. Typed against the few members that are used, so that nothing of this has to be installed.
import type { Handler } from 'badgewright/http'

/** Hono: `app.all('*', hono(handler))`. https://hono.dev/docs/api/context#req */
export const hono = (handler: Handler) => (c: { req: { raw: Request } }) => handler(c.req.raw)

/** Next.js, app/[...path]/route.ts: `export const { GET, HEAD, POST } = next(handler)`. */
export const next = (handler: Handler) => ({
  GET: (request: Request) => handler(request),
  HEAD: (request: Request) => handler(request),
  POST: (request: Request) => handler(request),
})

/** Deno: `Deno.serve(handler)`. Bun: `Bun.serve({ fetch: handler })`. Cloudflare Workers: `export default fetchObject(handler)`. */
export const fetchObject = (handler: Handler) => ({ fetch: (request: Request) => handler(request) })
export function serveWithDeno(
  deno: { serve(handler: (request: Request) => Promise<Response>): unknown },
  handler: Handler,
) {
  return deno.serve(handler)
}
export function serveWithBun(
  bun: { serve(options: { fetch(request: Request): Promise<Response> }): unknown },
  handler: Handler,
) {
  return bun.serve({ fetch: handler })
}

interface ExpressRequest {
  readonly method: string
  readonly originalUrl: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** With `express.raw({ type: () => true, limit: '1mb' })` before it. */
  readonly body?: unknown
}
interface ExpressResponse {
  status(code: number): ExpressResponse
  setHeader(name: string, value: string): unknown
  end(body?: Uint8Array): unknown
}

/** Express: `app.use(express.raw({ type: () => true, limit: '1mb' }), express(handler))`. */
export const express = (handler: Handler) => async (req: ExpressRequest, res: ExpressResponse) => {
  const { method, originalUrl, headers, body } = req
  const pairs = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  )
  const sends =
    body instanceof Uint8Array && method !== 'GET' && method !== 'HEAD' ? { body: new Uint8Array(body) } : {}
  const response = await handler(
    new Request(new URL(originalUrl, 'http://localhost'), { method, headers: pairs, ...sends }),
  )
  res.status(response.status)
  for (const [name, value] of response.headers) res.setHeader(name, value)
  res.end(new Uint8Array(await response.arrayBuffer()))
}
