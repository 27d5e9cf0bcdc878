/**
 * Inputs of commands: JSON documents, badges, keys, lists, each with a bound and a reason where it cannot be read.
 *
 * @module
 */

import { defaultLimits, importPrivateKey, importPublicKey, type PrivateJwk, type PublicJwk } from '../entries/index.js'
import { decodeUtf8 } from '../internal/bytes.js'
import { JsonError, parseJson } from '../internal/json.js'
import { isObject } from '../internal/json-object.js'
import type { Bytes, Json, JsonObject } from '../internal/types.js'
import { publicJwk } from '../keys/jwk.js'
import { isCryptoKey } from '../keys/local-signer.js'
import { EXIT } from './exit.js'
import { about, CommandFailure } from './failure.js'
import { shownName } from './files.js'
import type { Session } from './session.js'

const KEY_BYTES = 65_536

/** A badge in any of its forms: an image may be larger than a document. */
export async function readBadge(name: string, { files }: Session): Promise<Bytes> {
  return bounded(name, await files.read(name, defaultLimits.imageBytes), defaultLimits.imageBytes)
}

export async function readJsonObject(name: string, what: string, session: Session): Promise<JsonObject> {
  const text = await readText(name, defaultLimits.documentBytes, session)
  return objectOf(name, text, what)
}

/** One JSON object, or an array of some. */
export async function readJsonObjects(name: string, what: string, session: Session): Promise<readonly JsonObject[]> {
  const value = jsonOf(name, await readText(name, defaultLimits.documentBytes, session), what)
  const objects = (Array.isArray(value) ? value : [value]) as readonly Json[]
  if (objects.length === 0 || !objects.every(isObject))
    throw unreadable(name, `is not ${what}: neither a JSON object nor an array of some`)
  return objects as readonly JsonObject[]
}

/** One id a line; what follows `#` after white space, or begins a line, is a remark. */
export async function readList(name: string, session: Session): Promise<readonly string[]> {
  const text = await readText(name, defaultLimits.documentBytes, session)
  const lines = text.split(/\r?\n/).map((line) => line.replace(/(?:^|\s)#.*$/, '').trim())
  const wrong = lines.findIndex((line) => /\s/.test(line))
  if (wrong !== -1) throw unreadable(name, `line ${wrong + 1} is not one id: one id a line`)
  const ids = lines.filter((line) => line !== '')
  if (ids.length === 0) throw unreadable(name, 'names nobody: one id a line')
  return ids
}

/** A JWK, a Multikey document, a bare Multikey or PKCS#8 in PEM. Nothing of it is ever quoted. */
export async function readPrivateKeyFile(name: string, session: Session): Promise<PrivateJwk> {
  const text = (await readText(name, KEY_BYTES, session)).trim()
  return about(shownName(name), async () => {
    const key = await importPrivateKey(keyInput(name, text, 'secretKeyMultibase'))
    if (isCryptoKey(key)) throw new TypeError('a file cannot hold a CryptoKey')
    return key
  })
}

/** The public key of a file that holds a public or a private one. */
export async function readPublicKeyFile(name: string, session: Session): Promise<PublicJwk> {
  const text = (await readText(name, KEY_BYTES, session)).trim()
  return about(shownName(name), async () => {
    if (isPrivate(text)) {
      const key = await importPrivateKey(keyInput(name, text, 'secretKeyMultibase'))
      if (isCryptoKey(key)) throw new TypeError('a file cannot hold a CryptoKey')
      return publicJwk(key)
    }
    return importPublicKey(keyInput(name, text, 'publicKeyMultibase'))
  })
}

/** Verification methods and JWKs, for `givenKeys`: a JWK, a JWKS, a verification method, or a document that has some. */
export async function readKnownKeys(name: string, session: Session): Promise<readonly object[]> {
  const document = objectOf(
    name,
    await readText(name, defaultLimits.documentBytes, session),
    'a JWK, a JWKS or a verification method',
  )
  const lists = [document.keys, document.verificationMethod].filter(Array.isArray) as (readonly Json[])[]
  const keys = (lists.length > 0 ? lists.flat() : [document]).filter((key) => typeof key === 'object' && key !== null)
  if (keys.length === 0) throw unreadable(name, 'holds no key')
  return keys as readonly object[]
}

function isPrivate(text: string): boolean {
  return /-----BEGIN [A-Z ]*PRIVATE KEY-----|"secretKeyMultibase"|"d"\s*:/.test(text)
}

/** importPrivateKey and importPublicKey judge what is in it. */
function keyInput(name: string, text: string, multibase: 'secretKeyMultibase' | 'publicKeyMultibase') {
  if (text.startsWith('-----BEGIN')) return { pem: text }
  if (/^z[1-9A-HJ-NP-Za-km-z]+$/.test(text)) return { multikey: text }
  const { [multibase]: multikey, ...jwk } = objectOf(name, text, 'a JWK, a Multikey or a PEM')
  return typeof multikey === 'string' ? { multikey } : (jwk as unknown as PrivateJwk)
}

async function readText(name: string, maxBytes: number, { files }: Session): Promise<string> {
  const bytes = bounded(name, await files.read(name, maxBytes), maxBytes)
  const text = decodeUtf8(bytes)
  if (text === undefined) throw unreadable(name, 'is not text in UTF-8')
  // A byte order mark: Windows editors write one.
  return text.replace(/^\ufeff/, '')
}

function bounded(name: string, bytes: Bytes, maxBytes: number): Bytes {
  if (bytes.length > maxBytes) throw unreadable(name, `has more than ${maxBytes} bytes`)
  return bytes
}

function jsonOf(name: string, text: string, what: string): Json {
  try {
    return parseJson(text, { maxDepth: defaultLimits.depth })
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    throw unreadable(name, `is not ${what}: ${error.message}${error.pointer === '' ? '' : ` (at ${error.pointer})`}`)
  }
}

function objectOf(name: string, text: string, what: string): JsonObject {
  const value = jsonOf(name, text, what)
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw unreadable(name, `is not ${what}: not a JSON object`)
  return value as JsonObject
}

function unreadable(name: string, reason: string): CommandFailure {
  return new CommandFailure(EXIT.data, `${shownName(name)}: ${reason}`)
}
