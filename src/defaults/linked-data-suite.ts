/**
 * The public functions with their defaults. Our suites inside @digitalbazaar/vc.
 *
 * @module
 */
import { arrayOf, having, type Members } from '../internal/members.js'
import type { Signer } from '../keys/signer.js'
import { type LinkedDataSuite, makeLinkedDataSuite } from '../proof/linked-data-suite.js'
import { type ProofSuite, proofSuite } from '../proof/suite.js'
import { demandOptions } from '../report/demand-options.js'
import { defaultResolvers } from '../resolve/default-resolvers.js'
import type { KeyResolver } from '../resolve/key-resolver.js'
import { defaultLimits, newCache, now } from './platform.js'

/** A suite, and the keys it works with. */
export interface LinkedDataSuiteOptions {
  readonly suite: ProofSuite
  /** Needed to sign. */
  readonly signer?: Signer | undefined
  /** Needed to verify. Default: `defaultResolvers()`. */
  readonly resolvers?: readonly KeyResolver[] | undefined
}

const LINKED_DATA: Members<LinkedDataSuiteOptions> = {
  suite: proofSuite,
  signer: having('sign'),
  resolvers: arrayOf(having('resolve')),
}

/**
 * A suite as `@digitalbazaar/vc` and jsonld-signatures take it: `vc.issue({ credential, suite, documentLoader })` and
 * `vc.verifyCredential({ credential, suite, documentLoader })`. Contexts and keys that are not bundled come through their loader.
 * Throws UsageError for wrong options.
 */
export function linkedDataSuite(options: LinkedDataSuiteOptions): LinkedDataSuite {
  demandOptions(options, LINKED_DATA, { required: ['suite'] })
  const { suite, signer, resolvers } = options
  const cache = newCache()
  return makeLinkedDataSuite({
    suite,
    signer,
    resolvers: resolvers ?? defaultResolvers(),
    context: () => ({ now: now(), cache, limits: defaultLimits }),
    ownType: !/-\d{4}$/.test(suite.names[0] ?? ''),
  })
}
