/**
 * Which signature primitives the runtime offers. node:crypto is taken where the runtime has it: its one-shot
 * calls are synchronous and take two thirds of WebCrypto's time. Elsewhere WebCrypto does the same work asynchronously.
 *
 * Nothing here knows what a key is for; `keys/` decides which keys are taken.
 *
 * @module
 */
import { nodeBuiltin } from './builtin.js'
import type { CryptoPlatform } from './crypto-platform.js'
import { nodeCrypto } from './node-crypto.js'
import { webCrypto } from './web-crypto.js'

/** The best of this runtime. A runtime with neither has no secure randomness either, and cannot be used. */
export function cryptoPlatform(): CryptoPlatform {
  chosen ??= choose()
  return chosen
}

/** A runtime does not change while it runs. */
let chosen: CryptoPlatform | undefined

function choose(): CryptoPlatform {
  const builtin = nodeBuiltin('node:crypto')
  if (builtin !== undefined) return nodeCrypto(builtin)
  if (globalThis.crypto?.subtle !== undefined) return webCrypto(globalThis.crypto)
  throw new TypeError(
    'this runtime has neither node:crypto nor WebCrypto; in browsers WebCrypto needs https or localhost',
  )
}

/** WebCrypto where a CryptoKey was given: only the interface that made it can use it. */
export function webCryptoPlatform(): CryptoPlatform {
  return webCrypto(globalThis.crypto)
}
