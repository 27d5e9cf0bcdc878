/**
 * Digests of evidence: what an issuer signs into a badge, so that nobody can exchange the work behind it.
 *
 * @module
 */
import { invalidOption } from '../errors.js'
import { type Sha2, writeIntegrity, writeMultihash } from '../internal/digests.js'
import { having, kindOf, type Members, oneOf, signal as signalKind, whole } from '../internal/members.js'
import type { Bytes } from '../internal/types.js'
import { type StreamHash, streamHashes } from '../platform/stream-hash.js'
import { demandArgument, demandOptions } from '../report/demand-options.js'
import type { DocumentLoader } from '../resolve/document-loader.js'

/** What can be read piece by piece: a web stream, as far as it is used here. */
export interface ReadableBytes {
  /** As the Streams standard has it. */
  readonly getReader: () => BytesReader
}

/** The reader of such a stream. */
export interface BytesReader {
  /** The next piece. */
  readonly read: () => Promise<{ readonly done: boolean; readonly value?: Bytes | undefined }>
  /** Nobody reads on. */
  readonly cancel: (reason?: unknown) => Promise<unknown>
}

/** A Blob or File, as far as it is used here. */
export interface BlobBytes {
  /** As the File API has it. */
  readonly stream: () => ReadableBytes
}

/**
 * Evidence: an https URL (with a `loader`), bytes, a Blob or File, a web stream, or any async iterable of bytes, such as a file stream of Node.
 */
export type EvidenceSource = string | Bytes | BlobBytes | ReadableBytes | AsyncIterable<Bytes>

/** How a digest is made. */
export interface DigestEvidenceOptions {
  /** Default `sha384`, the least that VCDM 2.0 section 5.3 says one should take. */
  readonly algorithm?: 'sha384' | 'sha512' | 'sha256' | undefined
  /** Of evidence that has more bytes no digest is made. Default 1 GiB; of a URL, which the loader keeps in memory, 100 MiB. */
  readonly maxBytes?: number | undefined
  /** Loads URLs: `createLoader()` of `badgewright` refuses private addresses. */
  readonly loader?: DocumentLoader | undefined
  readonly signal?: AbortSignal | undefined
}

/** A digest in both forms, and of what. */
export interface EvidenceDigest {
  /** One of them is enough; put it, or both, beside the `id` of the evidence. VCDM 2.0 section 5.3. */
  readonly digest: { readonly digestSRI: string; readonly digestMultibase: string }
  readonly bytes: number
  /** Of a URL: as served. */
  readonly mediaType?: string
}

const MIB = 2 ** 20
const OPTIONS: Members<DigestEvidenceOptions> = {
  algorithm: oneOf('sha384', 'sha512', 'sha256'),
  maxBytes: whole(1),
  loader: having('load'),
  signal: signalKind,
}
const hasMethod = (value: unknown, name: PropertyKey) =>
  typeof value === 'object' && value !== null && typeof (value as Record<PropertyKey, unknown>)[name] === 'function'
export const sourceKind = kindOf(
  'a URL, bytes, a Blob, a web stream or an async iterable of bytes',
  (value) =>
    typeof value === 'string' ||
    value instanceof Uint8Array ||
    hasMethod(value, 'stream') ||
    hasMethod(value, 'getReader') ||
    hasMethod(value, Symbol.asyncIterator),
)

/**
 * The digest of evidence, read piece by piece: memory does not grow with it, but for a URL, which the loader keeps while it is read. What is
 * behind a URL is read once: who serves it must not change it any more.
 *
 * Throws UsageError `usage.invalid_option` for evidence of more than `maxBytes`, and for pieces that are not bytes; ResolutionError as the
 * loader does (`resolve.forbidden_address` for a private one); what a stream throws. An abort rejects with the signal's reason.
 */
export async function digestEvidence(
  source: EvidenceSource,
  options: DigestEvidenceOptions = {},
): Promise<EvidenceDigest> {
  demandArgument(source, sourceKind, 'source')
  demandOptions(options, OPTIONS)
  const { algorithm = 'sha384', loader, signal } = options
  const { maxBytes = typeof source === 'string' ? 100 * MIB : 1024 * MIB } = options
  signal?.throwIfAborted()
  if (typeof source === 'string') {
    if (loader === undefined)
      throw invalidOption('loader', 'is needed to read a URL: give createLoader() of badgewright')
    const loaded = await loader.load(
      { url: source, kind: 'evidence', maxBytes, accept: '*/*' },
      signal ? { signal } : {},
    )
    return { ...(await digestOf(loaded.bytes, algorithm, maxBytes, signal)), mediaType: loaded.mediaType }
  }
  return digestOf(source, algorithm, maxBytes, signal)
}

async function digestOf(
  source: Exclude<EvidenceSource, string>,
  algorithm: Sha2,
  maxBytes: number,
  signal: AbortSignal | undefined,
): Promise<EvidenceDigest> {
  const hash = (await streamHashes())(algorithm)
  const bytes = await feed(source, [hash], maxBytes, signal)
  if (bytes === undefined) throw invalidOption('source', `has more than ${maxBytes} bytes: raise "maxBytes"`)
  const stated = { algorithm, bytes: hash.digest() }
  return { digest: { digestSRI: writeIntegrity(stated), digestMultibase: writeMultihash(stated) }, bytes }
}

/** Reads a source into hashes, and answers how many bytes it had; undefined as soon as there is one more than `maxBytes`. */
export async function feed(
  source: Exclude<EvidenceSource, string>,
  hashes: readonly StreamHash[],
  maxBytes: number,
  signal: AbortSignal | undefined,
): Promise<number | undefined> {
  let length = 0
  for await (const piece of piecesOf(source)) {
    signal?.throwIfAborted()
    if (!(piece instanceof Uint8Array))
      throw invalidOption('source', 'has a piece that is not bytes: read it without an encoding')
    length += piece.length
    if (length > maxBytes) return undefined
    for (const hash of hashes) hash.update(piece)
  }
  return length
}

async function* piecesOf(source: Exclude<EvidenceSource, string>): AsyncGenerator<Bytes> {
  if (source instanceof Uint8Array) yield source
  else if (Symbol.asyncIterator in source) yield* source
  else {
    const reader = ('getReader' in source ? source : source.stream()).getReader()
    try {
      // Not every runtime's web streams can be iterated.
      for (let next = await reader.read(); !next.done; next = await reader.read())
        if (next.value !== undefined) yield next.value
    } finally {
      // Of a stream that has ended this does nothing.
      await reader.cancel()
    }
  }
}
