/**
 * The public functions with their defaults. Our suites inside @digitalbazaar/vc.
 *
 * @module
 */
import type { Signer } from '../keys/signer.js'
import { type LinkedDataSuite, makeLinkedDataSuite } from '../proof/linked-data-suite.js'
import type { ProofSuite } from '../proof/suite.js'
import { defaultResolvers } from '../resolve/default-resolvers.js'
import type { KeyResolver } from '../resolve/key-resolver.js'
import { defaultLimits, newCache, now } from './platform.js'

/** A suite, and the keys it works with. */
export interface LinkedDataSuiteOptions {
  readonly suite: ProofSuite
  /** Needed to sign. */
  readonly signer?: Signer
  /** Needed to verify. Default: `defaultResolvers()`. */
  readonly resolvers?: readonly KeyResolver[]
}

/**
 * A suite as `@digitalbazaar/vc` and jsonld-signatures take it: `vc.issue({ credential, suite, documentLoader })` and
 * `vc.verifyCredential({ credential, suite, documentLoader })`. Contexts and keys that are not bundled come through their loader.
 */
export function linkedDataSuite({ suite, signer, resolvers }: LinkedDataSuiteOptions): LinkedDataSuite {
  const cache = newCache()
  return makeLinkedDataSuite({
    suite,
    signer,
    resolvers: resolvers ?? defaultResolvers(),
    context: () => ({ now: now(), cache, limits: defaultLimits }),
    ownType: !/-\d{4}$/.test(suite.names[0] ?? ''),
  })
}
