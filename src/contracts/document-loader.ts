/**
 * The contract of `DocumentLoader`: run it on a loader of your own, with one document that it can load and one that it cannot.
 *
 * @module
 */

import { ResolutionError } from '../errors.js'
import { equalBytes } from '../internal/bytes.js'
import { bytes, callable, type Members, open, text } from '../internal/members.js'
import type { Bytes } from '../internal/types.js'
import { demandArgument, demandOptions } from '../report/demand-options.js'
import type { DocumentKind, DocumentLoader, LoadedDocument } from '../resolve/document-loader.js'
import { printableValue } from './printable-value.js'
import { answerOf, type ContractRule, demand, failureOf } from './rule.js'

/** What the loader under test can be asked for. */
export interface DocumentLoaderContractOptions {
  /** A document that the loader has, and what it holds: at least one byte. */
  readonly known: { readonly url: string; readonly bytes: Bytes }
  /** The URL of a document that it does not have. */
  readonly missing: string
  /** What both are asked for as. Default `context`. */
  readonly kind?: DocumentKind | undefined
}

const OPTIONS: Members<DocumentLoaderContractOptions> = {
  known: open({ url: text, bytes }, ['url', 'bytes']),
  missing: text,
  kind: text,
}

/** The rules for a DocumentLoader. */
export function documentLoaderContract(
  make: () => DocumentLoader | Promise<DocumentLoader>,
  options: DocumentLoaderContractOptions,
): readonly ContractRule[] {
  demandArgument(make, callable, 'make')
  demandOptions(options, OPTIONS, { required: ['known', 'missing'] })
  const { known, missing, kind = 'context' } = options
  const ENOUGH = known.bytes.length + 1000
  const load = (loader: DocumentLoader, url: string, maxBytes: number, signal?: AbortSignal) =>
    loader.load({ url, kind, maxBytes }, signal === undefined ? {} : { signal })
  const loadKnown = async (maxBytes = ENOUGH): Promise<LoadedDocument> => {
    const loader = await make()
    return answerOf(() => load(loader, known.url, maxBytes), `it loads ${known.url} within ${maxBytes} bytes`)
  }
  return [
    {
      name: 'DocumentLoader.load: answers the bytes of the document',
      promise: 'Loads bytes.',
      run: async () => {
        const { bytes } = await loadKnown()
        demand(bytes instanceof Uint8Array, `bytes is a Uint8Array, not ${printableValue(bytes)}`)
        demand(
          equalBytes(bytes, known.bytes),
          `it answered ${bytes.length} bytes that are not those of the document (${known.bytes.length})`,
        )
      },
    },
    {
      name: 'DocumentLoader.load: says where the document came from',
      promise: 'After redirects.',
      run: async () => {
        const { url } = await loadKnown()
        demand(typeof url === 'string' && URL.canParse(url), `url is an absolute URL, not ${printableValue(url)}`)
      },
    },
    {
      name: 'DocumentLoader.load: names the media type without parameters',
      promise: 'As served, without parameters;',
      run: async () => {
        const { mediaType } = await loadKnown()
        demand(
          typeof mediaType === 'string' && !/[;\s]/.test(mediaType),
          `mediaType is "application/json" and the like, not ${printableValue(mediaType)}`,
        )
      },
    },
    {
      name: 'DocumentLoader.load: says how long the document keeps, or nothing',
      promise: 'From Cache-Control or Expires, where the server said so.',
      run: async () => {
        const { maxAgeSeconds } = await loadKnown()
        demand(
          maxAgeSeconds === undefined || (Number.isFinite(maxAgeSeconds) && maxAgeSeconds >= 0),
          `maxAgeSeconds is absent or a number of at least 0, not ${printableValue(maxAgeSeconds)}`,
        )
      },
    },
    {
      name: 'DocumentLoader.load: loads a document of exactly maxBytes',
      promise: 'The loader stops reading, and throws `resolve.too_large`, at one byte more.',
      run: async () => {
        const { bytes } = await loadKnown(known.bytes.length)
        demand(bytes.length === known.bytes.length, `it answered ${bytes.length} bytes of ${known.bytes.length}`)
      },
    },
    {
      name: 'DocumentLoader.load: refuses a document of one byte more than maxBytes',
      promise: 'The loader stops reading, and throws `resolve.too_large`, at one byte more.',
      run: async () => {
        const loader = await make()
        const maxBytes = known.bytes.length - 1
        const error = await failureOf(
          () => load(loader, known.url, maxBytes),
          `a document of more than ${maxBytes} bytes is refused`,
        )
        demandResolutionError(error, known.url)
        demand(error.code === 'resolve.too_large', `the code is resolve.too_large, not ${error.code}`)
      },
    },
    {
      name: 'DocumentLoader.load: throws a ResolutionError that names the URL where there is no document',
      promise: 'Throws only ResolutionError;',
      run: async () => {
        const loader = await make()
        const error = await failureOf(() => load(loader, missing, ENOUGH), `there is no document at ${missing}`)
        demandResolutionError(error, missing)
      },
    },
    {
      name: 'DocumentLoader.load: throws a ResolutionError for what is no URL',
      promise: 'Throws only ResolutionError;',
      run: async () => {
        const loader = await make()
        for (const url of ['', 'not a url', 'https://']) {
          const error = await failureOf(() => load(loader, url, ENOUGH), `"${url}" is no document's URL`)
          demandResolutionError(error, url)
        }
      },
    },
    {
      name: 'DocumentLoader.load: rejects with the reason of a signal that was aborted before',
      promise: "an abort rejects with the signal's reason.",
      run: async () => {
        const loader = await make()
        const reason = new Error('aborted by the contract')
        const error = await failureOf(
          () => load(loader, known.url, ENOUGH, AbortSignal.abort(reason)),
          'an aborted load rejects',
        )
        demand(error === reason, `it rejects with the signal's reason, not with ${printableValue(error)}`)
      },
    },
    {
      name: 'DocumentLoader.load: rejects with the reason of a signal that is aborted meanwhile, or is done already',
      promise: "an abort rejects with the signal's reason.",
      run: async () => {
        const loader = await make()
        const reason = new Error('aborted by the contract')
        const controller = new AbortController()
        const loading = Promise.resolve(load(loader, known.url, ENOUGH, controller.signal)).catch(
          (error: unknown) => error,
        )
        controller.abort(reason)
        const answer = await loading
        demand(
          !(answer instanceof Error) || answer === reason,
          `it rejects with the signal's reason, not with ${printableValue(answer)}`,
        )
      },
    },
  ]
}

function demandResolutionError(error: unknown, url: string): asserts error is ResolutionError {
  demand(error instanceof ResolutionError, `a loader throws only ResolutionError, not ${printableValue(error)}`)
  demand(/^resolve\.[a-z_]+$/.test(error.code), `its code is resolve.*, not ${error.code}`)
  demand(error.url === url, `its url is what was asked for (${url}), not ${error.url}`)
}
