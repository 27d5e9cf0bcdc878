/**
 * The service worker: keeps the files of the page, all of one version, and gives them out without asking. What a badge names is
 * none of its business and goes to the network as if it were not there.
 *
 * @module
 */

/** Written in by build.js: the names of the files, and a digest of all of them. */
declare const FILES: readonly string[]
declare const VERSION: string

/** What is used of the types that pages do not have. */
interface Extendable extends Event {
  waitUntil(work: Promise<unknown>): void
}
interface Fetching extends Extendable {
  readonly request: Request
  respondWith(response: Promise<Response>): void
}
const scope = globalThis as unknown as {
  readonly registration: { readonly scope: string }
  readonly clients: { claim(): Promise<void> }
  addEventListener(name: 'install' | 'activate', listener: (event: Extendable) => void): void
  addEventListener(name: 'fetch', listener: (event: Fetching) => void): void
}

const PREFIX = 'verifier-page-'
const CACHE = `${PREFIX}${VERSION}`

// A new version waits until no page uses the old one: their files do not mix.
scope.addEventListener('install', (event) => {
  const fill = async () => {
    const cache = await caches.open(CACHE)
    // Past the browser's own cache, which may have files of two versions.
    await cache.addAll(FILES.map((name) => new Request(name, { cache: 'no-cache' })))
  }
  event.waitUntil(fill())
})

scope.addEventListener('activate', (event) => {
  const clean = async () => {
    const names = await caches.keys()
    await Promise.all(
      names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name)),
    )
    await scope.clients.claim()
  }
  event.waitUntil(clean())
})

scope.addEventListener('fetch', (event) => {
  const { method, url } = event.request
  if (method !== 'GET' || !url.startsWith(scope.registration.scope)) return
  event.respondWith(answer(event.request))
})

async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE)
  const kept = await cache.match(request, { ignoreSearch: true })
  return kept ?? fetch(request)
}
