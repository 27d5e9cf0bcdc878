/**
 * What a server needs to be run by others than who wrote it: is it well, what was asked, and patience that ends.
 *
 * @module
 */
import type { Handler } from '../../entries/http.js'
import type { Stores } from '../../entries/store/embedded.js'

/** `GET /healthz`: the process answers. `GET /readyz`: its store does too, else 503. */
export function withHealth(handler: Handler, { credentials }: Pick<Stores, 'credentials'>): Handler {
  const isReady = () =>
    credentials.get([{ credentialId: 'urn:readyz' }]).then(
      () => true,
      () => false,
    )
  return async (request) => {
    const { pathname } = new URL(request.url)
    if (pathname === '/healthz') return plain(200, 'ok')
    if (pathname !== '/readyz') return handler(request)
    return (await isReady()) ? plain(200, 'ok') : plain(503, 'the store does not answer')
  }
}

const plain = (status: number, text: string) =>
  new Response(`${text}\n`, { status, headers: { 'content-type': 'text/plain', 'cache-control': 'no-store' } })

/** Wrong tokens in a minute, after which the next ones are not looked at. Right ones always are: nobody can lock a clerk out. */
const WRONG = 20
const MINUTE = 60_000

/** Answers 429 to guesses. `isWrong`: a token was given, and it is nobody's. */
export function limitingWrongTokens(
  handler: Handler,
  isWrong: (request: Request) => boolean,
  clock: () => number,
): Handler {
  let [begun, wrong] = [clock(), 0]
  return async (request) => {
    if (!isWrong(request)) return handler(request)
    const now = clock()
    if (now - begun >= MINUTE) [begun, wrong] = [now, 0]
    if (++wrong <= WRONG) return handler(request)
    const seconds = Math.ceil((begun + MINUTE - now) / 1000)
    return new Response(JSON.stringify({ type: 'about:blank', title: 'Too Many Requests', status: 429 }), {
      status: 429,
      headers: {
        'content-type': 'application/problem+json',
        'retry-after': String(seconds),
        'cache-control': 'no-store',
      },
    })
  }
}

/** One line of JSON for each request. Award ids can be addresses, and names of clerks are people: neither is in it. */
export function withLog(
  handler: Handler,
  write: (line: string) => void,
  now: () => Date,
  clock: () => number,
): Handler {
  return async (request) => {
    const begun = clock()
    const response = await handler(request)
    const { method, url } = request
    const path = new URL(url).pathname.split('/')
    // Documents are public, and which of them was asked for helps; below /awards stand ids of a clerk's own.
    const awards = path.indexOf('awards')
    const shown = awards >= 0 && path.length > awards + 1 ? [...path.slice(0, awards + 1), ':id'] : path
    write(
      JSON.stringify({
        time: now().toISOString(),
        method,
        path: shown.join('/').slice(0, 200),
        status: response.status,
        ms: Math.round((clock() - begun) * 10) / 10,
      }),
    )
    return response
  }
}
