/**
 * What stands in the `proofValue` of ecdsa-sd-2023 (vc-di-ecdsa sections 3.5.2, 3.5.3, 3.5.7 and 3.5.8): multibase `u`, three
 * bytes that tell a base proof from a derived one, and an array of five in CBOR.
 *
 * @module
 */
import { decodeBase64url, encodeBase64url } from '../internal/base64url.js'
import { concatBytes } from '../internal/bytes.js'
import type { Bytes } from '../internal/types.js'
import { CborError, CborReader, cborArray, cborBytes, cborMap, cborText, cborUint } from './sd-cbor.js'

/** Bytes of a P-256 signature, r||s. */
export const SIGNATURE_BYTES = 64
/** Bytes of a P-256 Multikey: two for the multicodec header, 33 for the compressed point. */
const PUBLIC_KEY_BYTES = 35
/** Bytes of an HMAC-SHA256 key and of what it makes. */
export const HMAC_BYTES = 32

const HEADER = { base: [0xd9, 0x5d, 0x00], derived: [0xd9, 0x5d, 0x01] } as const

interface Common {
  /** The issuer's. */
  readonly baseSignature: Bytes
  /** The Multikey of the key that is this proof's alone, and signed each statement that may be withheld. */
  readonly publicKey: Bytes
  /** In the order of the statements that are not mandatory. */
  readonly signatures: readonly Bytes[]
}

/** For the holder: with the key that relabels blank nodes, and a signature for all that may be withheld. */
export interface BaseProofValue extends Common {
  readonly hmacKey: Bytes
  readonly mandatoryPointers: readonly string[]
}

/** For verifiers. */
export interface DerivedProofValue extends Common {
  /** For each blank node of what is revealed: the number of its canonical identifier, and the HMAC that labels it. */
  readonly labels: ReadonlyMap<number, Bytes>
  /** Places among the revealed statements in their order. Each once. */
  readonly mandatoryIndexes: readonly number[]
}

/** What a proof value says it is, however broken the rest may be: by its first four characters, which are the three bytes. */
export function kindOfProofValue(text: unknown): 'base' | 'derived' | undefined {
  const bytes = typeof text === 'string' && text.startsWith('u') ? decodeBase64url(text.slice(1, 5)) : undefined
  if (bytes === undefined) return undefined
  return startsWith(bytes, HEADER.base) ? 'base' : startsWith(bytes, HEADER.derived) ? 'derived' : undefined
}

/** A text says what is wrong. `maxLength` of the proof value, in characters. */
export function readBaseProofValue(text: unknown, maxLength: number): BaseProofValue | string {
  return read(text, maxLength, HEADER.base, (reader) => ({
    baseSignature: reader.bytes(SIGNATURE_BYTES),
    publicKey: reader.bytes(PUBLIC_KEY_BYTES),
    hmacKey: reader.bytes(HMAC_BYTES),
    signatures: readSignatures(reader),
    mandatoryPointers: items(reader.array(1), () => reader.text()),
  }))
}

/** As readBaseProofValue. */
export function readDerivedProofValue(text: unknown, maxLength: number): DerivedProofValue | string {
  return read(text, maxLength, HEADER.derived, (reader) => ({
    baseSignature: reader.bytes(SIGNATURE_BYTES),
    publicKey: reader.bytes(PUBLIC_KEY_BYTES),
    signatures: readSignatures(reader),
    labels: readLabels(reader),
    mandatoryIndexes: readIndexes(reader),
  }))
}

function read<Value>(
  text: unknown,
  maxLength: number,
  header: readonly number[],
  readFive: (reader: CborReader) => Value,
): Value | string {
  if (typeof text !== 'string') return 'it is not a text'
  if (text.length > maxLength) return `it has more than ${maxLength} characters`
  const bytes = text.startsWith('u') ? decodeBase64url(text.slice(1)) : undefined
  if (bytes === undefined) return 'it is not "u" and base64url'
  if (!startsWith(bytes, header)) return 'it does not begin with the header of ecdsa-sd-2023'
  try {
    const reader = new CborReader(bytes, header.length)
    if (reader.array(1) !== 5) throw new CborError('an array of five is expected')
    const value = readFive(reader)
    reader.end()
    return value
  } catch (error) {
    if (error instanceof CborError) return error.message
    throw error
  }
}

const startsWith = (bytes: Bytes, header: readonly number[]): boolean =>
  header.every((byte, index) => bytes[index] === byte)

function readSignatures(reader: CborReader): Bytes[] {
  // A byte string of this length has a head of two bytes.
  return items(reader.array(SIGNATURE_BYTES + 2), () => reader.bytes(SIGNATURE_BYTES))
}

/**
 * Two canonical identifiers with one label would make one node of the signed graph out of two of the document, between which a
 * holder could divide what the issuer said of one. No text of the standard forbids it; here it is malformed.
 */
function readLabels(reader: CborReader): ReadonlyMap<number, Bytes> {
  const labels = new Map<number, Bytes>()
  const seen = new Set<string>()
  const count = reader.map(HMAC_BYTES + 3)
  for (let index = 0; index < count; index++) {
    const key = reader.uint()
    const label = reader.bytes(HMAC_BYTES)
    labels.set(key, label)
    seen.add(encodeBase64url(label))
  }
  if (labels.size < count || seen.size < count) throw new CborError('two blank nodes share an identifier or a label')
  return labels
}

function readIndexes(reader: CborReader): number[] {
  const indexes = items(reader.array(1), () => reader.uint())
  if (new Set(indexes).size < indexes.length) throw new CborError('a mandatory index is there twice')
  return indexes
}

function items<T>(count: number, read: () => T): T[] {
  const made: T[] = []
  for (let index = 0; index < count; index++) made.push(read())
  return made
}

export function writeBaseProofValue(value: BaseProofValue): string {
  return write(HEADER.base, [
    cborBytes(value.baseSignature),
    cborBytes(value.publicKey),
    cborBytes(value.hmacKey),
    cborArray(value.signatures.map(cborBytes)),
    cborArray(value.mandatoryPointers.map(cborText)),
  ])
}

export function writeDerivedProofValue(value: DerivedProofValue): string {
  // Shorter encodings are those of smaller numbers, so this is the order of the bytes too.
  const labels = [...value.labels].sort(([a], [b]) => a - b)
  return write(HEADER.derived, [
    cborBytes(value.baseSignature),
    cborBytes(value.publicKey),
    cborArray(value.signatures.map(cborBytes)),
    cborMap(labels.map(([key, label]) => [cborUint(key), cborBytes(label)])),
    cborArray(value.mandatoryIndexes.map(cborUint)),
  ])
}

function write(header: readonly number[], five: readonly Bytes[]): string {
  return `u${encodeBase64url(concatBytes(new Uint8Array(header), cborArray(five)))}`
}
