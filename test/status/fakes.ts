/**
 * A VerifyContext without keys and network: documents by URL, and a verifier that says of lists what a test wants it to say.
 *
 * @module
 */
import { ResolutionError } from '../../src/errors.js'
import { encodeBase64url } from '../../src/internal/base64url.js'
import { decodeUtf8, encodeUtf8 } from '../../src/internal/bytes.js'
import { parseJson } from '../../src/internal/json.js'
import type { JsonObject } from '../../src/internal/types.js'
import { readModel } from '../../src/model/read.js'
import type { VerifiableCredential } from '../../src/model/types.js'
import { check, type Finding, finding } from '../../src/report/check.js'
import { decide, decideWithReasons, strictPolicy } from '../../src/report/decide.js'
import type { FindingCode } from '../../src/report/findings.js'
import type { Limits } from '../../src/report/limits.js'
import type { CheckId, Checks, VerificationReport } from '../../src/report/report.js'
import type { Cache } from '../../src/resolve/context.js'
import type { LoadedDocument, LoadRequest } from '../../src/resolve/document-loader.js'
import { createMemoryCache } from '../../src/resolve/memory-cache.js'
import { createBitstring, encodeBitstring, writeEntry } from '../../src/status/bitstring.js'
import type { StatusMethod, VerifyContext } from '../../src/status/status-method.js'

export const NOW = new Date('2030-06-01T12:00:00Z')
export const ISSUER = 'did:web:school.example'
export const LIST_URL = 'https://school.example/status/1'

export const LIMITS: Limits = {
  documentBytes: 1_048_576,
  imageBytes: 16_777_216,
  statusListBytes: 16_777_216,
  depth: 64,
  canonicalSteps: 65_536,
  nesting: 2,
  endorsements: 100,
  fetches: 64,
}

type Served = object | string | Uint8Array | ResolutionError | Partial<LoadedDocument>

export interface FakeOptions {
  readonly web?: Readonly<Record<string, Served>>
  /** Codes of the nested report, one or more for each check that they name; else everything is as it should be. */
  readonly nested?: readonly FindingCode[]
  readonly trusts?: 'yes' | 'no' | 'not-asked'
  readonly now?: Date
  readonly cache?: Cache
  readonly limits?: Partial<Limits>
  readonly maxAgeSeconds?: number
}

export interface Fake {
  readonly context: VerifyContext
  readonly asked: LoadRequest[]
  /** How many lists were verified, and who was asked about. */
  readonly verified: unknown[]
  readonly trustAsked: string[]
}

export function fake(options: FakeOptions = {}): Fake {
  const { web = {}, nested = [], trusts = 'not-asked', now = NOW } = options
  const asked: LoadRequest[] = []
  const verified: unknown[] = []
  const trustAsked: string[] = []
  const context: VerifyContext = {
    now,
    cache: options.cache ?? createMemoryCache({ now: () => now.getTime(), maxBytes: 16_777_216 }),
    limits: { ...LIMITS, ...options.limits },
    loader: {
      load: async (request) => {
        asked.push(request)
        const served = web[request.url]
        if (served === undefined)
          throw new ResolutionError('resolve.not_found', request.url, 'there is no such document')
        if (served instanceof ResolutionError) throw served
        const age = options.maxAgeSeconds === undefined ? {} : { maxAgeSeconds: options.maxAgeSeconds }
        return { url: request.url, bytes: bytesOf(served), mediaType: 'text/plain', ...age }
      },
    },
    verifyNested: async (input) => {
      verified.push(input)
      return report(input as Uint8Array, nested)
    },
    trusts: async (issuer) => {
      trustAsked.push(issuer)
      return trusts
    },
  }
  return { context, asked, verified, trustAsked }
}

function bytesOf(served: Served): Uint8Array {
  if (served instanceof Uint8Array) return served
  return encodeUtf8(typeof served === 'string' ? served : JSON.stringify(served))
}

const GOOD = {
  format: 'format.parsed',
  schema: 'schema.not_applicable',
  key: 'key.resolved',
  proof: 'proof.verified',
  refresh: 'refresh.absent',
  validity: 'validity.current',
  status: 'status.absent',
  issuer: 'issuer.not_asked',
  recipient: 'recipient.not_asked',
  endorsements: 'endorsements.absent',
} as const satisfies Record<CheckId, FindingCode>

/** The report of a verification that found these codes. */
export function report(input: Uint8Array, codes: readonly FindingCode[]): VerificationReport<VerifiableCredential> {
  const checks = Object.fromEntries(
    (Object.keys(GOOD) as CheckId[]).map((id) => {
      const own = codes.filter((code) => code.startsWith(`${id}.`))
      const notes = own.every((code) => finding(code, '').note)
      return [id, check([...(notes ? [GOOD[id]] : []), ...own].map((code) => finding(code, '')) as Finding[])]
    }),
  ) as unknown as Checks
  const outcome = decide(checks, strictPolicy)
  const base = { checks, policy: strictPolicy, at: NOW.toISOString() }
  const document = parseJson(decodeUtf8(input) ?? '', { maxDepth: 64 }) as JsonObject
  const reading = readModel(document, 'credential')
  const credential = reading.ok ? reading.value : undefined
  if (outcome === 'valid' && credential !== undefined)
    return { ...base, outcome, credential, secured: '', issuerTrusted: false }
  const because = decideWithReasons(checks, strictPolicy).because as [FindingCode]
  const failed = outcome === 'valid' ? 'invalid' : outcome
  return { ...base, outcome: failed, because, ...(credential === undefined ? {} : { unverified: credential }) }
}

export interface ListOptions {
  readonly entries?: number
  readonly statusSize?: number
  readonly values?: Readonly<Record<number, number>>
  readonly subject?: object
  readonly credential?: object
}

/** A BitstringStatusListCredential, as it would be when its proof is gone. */
export async function listCredential({ values = {}, ...options }: ListOptions = {}): Promise<object> {
  const { entries, statusSize = 1, subject = {}, credential = {} } = options
  const bits = createBitstring(entries, statusSize)
  for (const [index, value] of Object.entries(values)) writeEntry(bits, Number(index), statusSize, value)
  return {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    id: LIST_URL,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer: ISSUER,
    validFrom: '2030-01-01T00:00:00Z',
    credentialSubject: {
      id: `${LIST_URL}#list`,
      type: 'BitstringStatusList',
      statusPurpose: 'revocation',
      encodedList: await encodeBitstring(bits),
      ...subject,
    },
    ...credential,
  }
}

/** `encodedList` of any bytes, also of fewer than may be written. */
export async function encodeAny(bytes: Uint8Array): Promise<string> {
  const { gzipSync } = await import('node:zlib')
  return `u${encodeBase64url(new Uint8Array(gzipSync(bytes)))}`
}

export const entry = (members: object = {}): object => ({
  id: `${LIST_URL}#entry`,
  type: 'BitstringStatusListEntry',
  statusPurpose: 'revocation',
  statusListIndex: '5',
  statusListCredential: LIST_URL,
  ...members,
})

export const badge = (members: object = {}): VerifiableCredential =>
  ({
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    id: 'https://school.example/badges/1',
    type: ['VerifiableCredential'],
    issuer: { id: ISSUER },
    credentialSubject: { id: 'did:example:ada' },
    ...members,
  }) as VerifiableCredential

/** The codes that a method finds. */
export async function codes(
  method: StatusMethod,
  { context }: Fake,
  of: object,
  credential = badge(),
): Promise<string[]> {
  return (await method.check(of, credential, context)).map(({ code }) => code)
}
