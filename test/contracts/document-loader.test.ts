// EXAMPLES section 10: a contract suite beside each port. The port: src/resolve/document-loader.ts.
import { describe } from 'vitest'
import { documentLoaderContract } from '../../src/entries/contracts.js'
import { createLoader, type DocumentLoader, type LoadedDocument, ResolutionError } from '../../src/entries/index.js'
import { limitedLoader } from '../../src/resolve/limited-loader.js'
import { testBroken, testContract } from './broken.js'

const bytes = new TextEncoder().encode('{"@context":{"ü":"https://school.example/ü"}}')
const known = { url: 'https://school.example/context.json', bytes }
const missing = 'https://school.example/nothing.json'
const options = { known, missing }

/** A server of one document. */
const fetch: typeof globalThis.fetch = async (input, init) => {
  init?.signal?.throwIfAborted()
  return String(input) === known.url
    ? new Response(bytes, {
        headers: { 'content-type': 'application/ld+json; charset=utf-8', 'cache-control': 'max-age=60' },
      })
    : new Response('no', { status: 404 })
}
const guarded = () => createLoader({ fetch })

describe('the guarded loader', () => {
  testContract(documentLoaderContract(guarded, options))
})
describe('the loader of one report', () => {
  testContract(documentLoaderContract(() => limitedLoader(guarded(), { maxFetches: 64 }), options))
})

describe('broken loaders are found', () => {
  const changed = (change: Partial<LoadedDocument>) =>
    documentLoaderContract(() => {
      const good = guarded()
      return { load: async (request, context) => ({ ...(await good.load(request, context)), ...change }) }
    }, options)
  const failing = (
    load: (good: DocumentLoader, ...call: Parameters<DocumentLoader['load']>) => Promise<LoadedDocument>,
  ) =>
    documentLoaderContract(() => {
      const good = guarded()
      return { load: (request, context) => load(good, request, context) }
    }, options)

  testBroken(documentLoaderContract(guarded, options), [
    { title: 'other bytes', caught: ['answers the bytes'], rules: changed({ bytes: Uint8Array.of(1) }) },
    { title: 'text', caught: ['answers the bytes'], rules: changed({ bytes: '{}' as never }) },
    { title: 'a relative URL', caught: ['where the document came from'], rules: changed({ url: '/context.json' }) },
    {
      title: 'a charset in the media type',
      caught: ['media type'],
      rules: changed({ mediaType: 'application/json; charset=utf-8' }),
    },
    { title: 'an age that is none', caught: ['how long'], rules: changed({ maxAgeSeconds: Number.NaN }) },
    {
      title: 'one byte too strict',
      caught: ['exactly maxBytes'],
      rules: failing((good, request, context) => good.load({ ...request, maxBytes: request.maxBytes - 1 }, context)),
    },
    {
      title: 'no bound',
      caught: ['one byte more'],
      rules: failing((good, request, context) => good.load({ ...request, maxBytes: 1_000_000 }, context)),
    },
    {
      title: 'cut off at the bound',
      caught: ['one byte more'],
      rules: failing(async (good, request, context) => {
        const loaded = await good.load({ ...request, maxBytes: 1_000_000 }, context)
        return { ...loaded, bytes: loaded.bytes.slice(0, request.maxBytes) }
      }),
    },
    {
      title: 'an empty document instead of none',
      caught: ['where there is no document'],
      rules: failing((good, request, context) =>
        good
          .load(request, context)
          .catch(() => ({ url: request.url, bytes: new Uint8Array(), mediaType: 'text/plain' })),
      ),
    },
    {
      title: 'errors of its own',
      caught: ['where there is no document', 'for what is no URL'],
      rules: failing((good, request, context) =>
        good.load(request, context).catch(() => {
          throw new TypeError('fetch failed')
        }),
      ),
    },
    {
      title: 'another URL in its errors',
      caught: ['names the URL'],
      rules: failing((good, request, context) =>
        good.load(request, context).catch(() => {
          throw new ResolutionError('resolve.not_found', 'https://elsewhere.example/', 'not there')
        }),
      ),
    },
    {
      title: 'deaf to aborts',
      caught: ['aborted before'],
      rules: failing((good, request) => good.load(request, {})),
    },
    {
      title: 'an abort as a failure of the network',
      caught: ['aborted before', 'aborted meanwhile'],
      rules: failing(async (good, request, context) => {
        await new Promise<void>((resolve) => setImmediate(resolve))
        return good.load(request, context).catch((error) => {
          throw context.signal?.aborted ? new ResolutionError('resolve.unreachable', request.url, 'broken off') : error
        })
      }),
    },
  ])
})
