/**
 * Is the evidence that is there the evidence that was judged? On request, beside a report, and never one of its checks: a badge stays what its
 * issuer signed, whatever became of a page.
 *
 * @module
 */
import type { ResolutionErrorCode } from '../error-codes.js'
import { DefectError, invalidOption, ResolutionError } from '../errors.js'
import { readDataUrl } from '../internal/data-url.js'
import { readIntegrity, readMultihash, type StatedDigest, writeIntegrity } from '../internal/digests.js'
import { listOf } from '../internal/json-object.js'
import { callable, having, kindOf, type Members, signal as signalKind, whole } from '../internal/members.js'
import type { Bytes, Json, JsonObject } from '../internal/types.js'
import type { Evidence } from '../model/types.js'
import { type StreamHashes, streamHashes } from '../platform/stream-hash.js'
import { demandOptions } from '../report/demand-options.js'
import { demandWholeReport } from '../report/demand-report.js'
import type { VerificationReport } from '../report/report.js'
import type { DocumentLoader, LoadedDocument } from '../resolve/document-loader.js'
import { type EvidenceSource, feed, sourceKind } from './digest-evidence.js'

/** What is to be compared with. */
export interface CompareEvidenceOptions {
  /** Loads URLs: `createLoader()` of `badgewright` refuses private addresses. Without it only what is `given` is compared. */
  readonly loader?: DocumentLoader | undefined
  /** Evidence that is there already, by its id: it is not loaded. A stream is read once. */
  readonly given?: ReadonlyMap<string, Exclude<EvidenceSource, string>> | undefined
  /** Of one piece of evidence; more is not compared. Default 50 MiB. */
  readonly maxBytes?: number | undefined
  /** So many pieces are loaded, and no more. Default 50. */
  readonly most?: number | undefined
  readonly signal?: AbortSignal | undefined
  /**
   * Is given the bytes that were loaded and compared, with their media type: show these. Whoever loads the URL again may be answered
   * otherwise: a server can tell a verifier from a browser. May be async; what it throws goes on.
   */
  readonly seen?: ((evidence: Evidence, bytes: Bytes, mediaType: string) => unknown) | undefined
  /**
   * How alike what is there is to what was signed, by a perceptual or fuzzy hash of your own, which the issuer signed into the evidence; asked for
   * `other` and `changing` alone. It is reported, and decides nothing. Such hashes err: TLSH below 40 finds 49.6 % of what is alike and
   * takes 0.07 % of all pairs for alike that are not; below 100 it is 94.5 % and 6.43 %. In 1000 portfolios there are 499 500 pairs: 0.07 %
   * are 350 of them. Hashes of images miss a crop (a distance of 22 of 64 bits, where 5 is a usual limit), and can be evaded
   * (McKeown and Buchanan, arXiv 2212.08035); lesson plans share templates.
   */
  readonly similarity?:
    | ((evidence: Evidence, bytes: Bytes, mediaType: string) => number | undefined | Promise<number | undefined>)
    | undefined
}

/** Why a piece of evidence was not compared. */
export type NotCompared =
  | ResolutionErrorCode
  /** Its digest is of no kind that is known here (SHA-256, 384 and 512, as SRI or multihash). */
  | 'digest_unknown'
  /** It has no https or data: URL, and was not given. */
  | 'no_url'
  /** Its data: URL cannot be read. */
  | 'no_data'
  /** It would have to be loaded, and there is no `loader`. */
  | 'no_loader'
  /** More pieces than `most`. */
  | 'too_many'

/** What became of one piece of evidence. */
export interface EvidenceComparison {
  /** Its place in the badge's `evidence`. */
  readonly index: number
  readonly id?: string
  /**
   * `same`: the bytes that were signed. `other`: other bytes, twice the same. `changing`: other bytes, and others again when they were read a
   * second time: a page that is made anew each time has no digest to keep. `gone`: the server says that it is not there (404, 410).
   * `not-bound`: the badge has no digest of it, so that nobody can tell; it is not loaded. `not-compared`: `why` says why.
   */
  readonly outcome: 'same' | 'other' | 'changing' | 'gone' | 'not-bound' | 'not-compared'
  readonly why?: NotCompared
  /** What was read: how many bytes, and their digest (SRI, sha384). */
  readonly read?: { readonly bytes: number; readonly digestSRI: string }
  /** What `similarity` answered. */
  readonly similarity?: number
}

const MIB = 2 ** 20
const OPTIONS: Members<CompareEvidenceOptions> = {
  loader: having('load'),
  given: kindOf('a Map', (value) => value instanceof Map),
  maxBytes: whole(1),
  most: whole(0, 10_000),
  signal: signalKind,
  seen: callable,
  similarity: callable,
}

/** What one comparison needs. */
interface Work {
  readonly options: CompareEvidenceOptions
  readonly maxBytes: number
  readonly hashes: StreamHashes
  /** URLs that may still be loaded. */
  left: number
}

/**
 * Compares the evidence of a badge with the digests that its issuer signed (`digestSRI`, `digestMultibase` of the evidence, or of a
 * `relatedResource` with its id: VCDM 2.0 section 5.3): one answer for each, in the order of the badge. Where it has several digests, all must hold. One
 * after the other, and what is not the same is read twice.
 *
 * `same` says that the bytes are those that were signed: not that they are the holder's work, which no digest can tell.
 *
 * Throws UsageError `usage.invalid_option` for what is no report, and where no proof verified: then nobody signed the digests. What fails
 * to load is an answer, with the code of its ResolutionError. An abort rejects with the signal's reason; what no loader throws, with a DefectError.
 */
export async function compareEvidence(
  report: VerificationReport,
  options: CompareEvidenceOptions = {},
): Promise<EvidenceComparison[]> {
  demandWholeReport(report)
  demandOptions(options, OPTIONS)
  const { given, maxBytes = 50 * MIB, most = 50, signal } = options
  for (const [id, source] of given ?? []) {
    if (typeof id !== 'string' || typeof source === 'string' || sourceKind(source, '') !== undefined)
      throw invalidOption(
        'given',
        'has for each id of evidence bytes, a Blob, a web stream or an async iterable of bytes',
      )
  }
  if (report.checks.proof.status !== 'valid')
    throw invalidOption('report', 'is of a badge whose proof did not verify: nobody signed its digests')
  const credential = report.outcome === 'valid' ? report.credential : report.unverified
  const work: Work = { options, maxBytes, hashes: await streamHashes(), left: most }
  const related = listOf((credential as unknown as JsonObject | undefined)?.relatedResource)
  const found: EvidenceComparison[] = []
  for (const [index, piece] of listOf(credential?.evidence as unknown as Json).entries()) {
    signal?.throwIfAborted()
    if (typeof piece !== 'object' || piece === null) continue
    const evidence = piece as unknown as Evidence
    const id = typeof evidence.id === 'string' ? { id: evidence.id } : {}
    found.push({ index, ...id, ...(await compared(evidence, digestsOf(evidence, related), work)) })
  }
  return found
}

type Answer = Omit<EvidenceComparison, 'index' | 'id'>

/** A digest as it is written, and what of it is understood: any of these will do. */
type Stated = readonly StatedDigest[]

function digestsOf(evidence: Evidence, related: readonly Json[]): Stated[] {
  const same = related.filter(
    (one): one is JsonObject =>
      typeof one === 'object' && one !== null && evidence.id !== undefined && (one as JsonObject).id === evidence.id,
  )
  return [evidence as unknown as JsonObject, ...same].flatMap(({ digestSRI, digestMultibase }) => [
    ...listOf(digestSRI).map((text) => (typeof text === 'string' ? readIntegrity(text) : [])),
    ...listOf(digestMultibase).map((text) => (typeof text === 'string' ? readMultihash(text) : [])),
  ])
}

async function compared(evidence: Evidence, stated: readonly Stated[], work: Work): Promise<Answer> {
  if (stated.length === 0) return { outcome: 'not-bound' }
  if (stated.some((digests) => digests.length === 0)) return { outcome: 'not-compared', why: 'digest_unknown' }
  const { id = '' } = evidence
  const source = work.options.given?.get(id)
  if (source !== undefined) return ofSource(source, stated, work)
  if (/^data:/i.test(id)) {
    const bytes = readDataUrl(id, work.maxBytes)
    return typeof bytes === 'string' ? { outcome: 'not-compared', why: 'no_data' } : ofSource(bytes, stated, work)
  }
  if (!/^https?:/i.test(id)) return { outcome: 'not-compared', why: 'no_url' }
  return ofUrl(evidence, id, stated, work)
}

async function ofSource(
  source: Exclude<EvidenceSource, string>,
  stated: readonly Stated[],
  work: Work,
): Promise<Answer> {
  const found = await measure(source, stated, work)
  return found === undefined ? TOO_LARGE : { outcome: found.isSame ? 'same' : 'other', read: found.read }
}

const TOO_LARGE: Answer = { outcome: 'not-compared', why: 'resolve.too_large' }

async function ofUrl(evidence: Evidence, url: string, stated: readonly Stated[], work: Work): Promise<Answer> {
  const { loader, seen, similarity } = work.options
  if (loader === undefined) return { outcome: 'not-compared', why: 'no_loader' }
  if (work.left === 0) return { outcome: 'not-compared', why: 'too_many' }
  work.left--
  const loaded = await load(loader, url, work)
  if (typeof loaded === 'string')
    return loaded === 'resolve.not_found' ? { outcome: 'gone', why: loaded } : { outcome: 'not-compared', why: loaded }
  const { bytes, mediaType } = loaded
  const found = await measure(bytes, stated, work)
  if (found === undefined) return TOO_LARGE
  const { isSame, read } = found
  await seen?.(evidence, bytes, mediaType)
  if (isSame) return { outcome: 'same', read }
  const again = await load(loader, url, work)
  const second = typeof again === 'string' ? undefined : await measure(again.bytes, stated, work)
  const isChanging = second !== undefined && second.read.digestSRI !== read.digestSRI
  const alike = await similarity?.(evidence, bytes, mediaType)
  return {
    outcome: isChanging ? 'changing' : 'other',
    read,
    ...(typeof alike === 'number' && Number.isFinite(alike) ? { similarity: alike } : {}),
  }
}

/** A code says what failed. */
async function load(
  loader: DocumentLoader,
  url: string,
  { maxBytes, options: { signal } }: Work,
): Promise<LoadedDocument | ResolutionErrorCode> {
  try {
    return await loader.load({ url, kind: 'evidence', maxBytes, accept: '*/*' }, signal ? { signal } : {})
  } catch (error) {
    signal?.throwIfAborted()
    if (error instanceof ResolutionError) return error.code
    throw new DefectError('defect.unexpected', 'a loader threw what no loader throws', { cause: error })
  }
}

/** Undefined beyond `maxBytes`. */
async function measure(source: Exclude<EvidenceSource, string>, stated: readonly Stated[], work: Work) {
  const { hashes, maxBytes, options } = work
  const algorithms = [...new Set(['sha384' as const, ...stated.flat().map(({ algorithm }) => algorithm)])]
  const own = algorithms.map((algorithm) => ({ algorithm, hash: hashes(algorithm) }))
  const length = await feed(
    source,
    own.map(({ hash }) => hash),
    maxBytes,
    options.signal,
  )
  if (length === undefined) return undefined
  const digests = own.map(({ algorithm, hash }) => ({ algorithm, bytes: hash.digest() }))
  const texts = new Set(digests.map(writeIntegrity))
  return {
    isSame: stated.every((any) => any.some((one) => texts.has(writeIntegrity(one)))),
    read: { bytes: length, digestSRI: writeIntegrity(digests[0] as StatedDigest) },
  }
}
