/**
 * HMAC-SHA256 (RFC 2104), synchronous everywhere for the reason that hash.ts gives: selective disclosure asks for one per blank
 * node, between steps that are synchronous.
 *
 * @module
 */
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import type { Bytes } from '../internal/types.js'
import { nodeBuiltin } from './builtin.js'

/** 32 bytes. */
export type Hmac = (key: Bytes, data: Bytes) => Bytes

export const hmacSha256: Hmac = (key, data) => {
  chosen ??= nodeHmac() ?? portableHmac
  return chosen(key, data)
}

/** A runtime does not change while it runs. */
let chosen: Hmac | undefined

/** Exported for its test: what browsers and workers use. */
export const portableHmac: Hmac = (key, data) => hmac(sha256, key, data)

function nodeHmac(): Hmac | undefined {
  const crypto = nodeBuiltin('node:crypto')
  if (crypto === undefined) return undefined
  // A copy: what leaves here is a plain Uint8Array.
  return (key, data) => new Uint8Array(crypto.createHmac('sha256', key).update(data).digest())
}
