/**
 * What a suite of W3C Data Integrity is made from, and what it signs.
 *
 * @module
 */
import type { JsonLdProblem } from '../canonical/types.js'
import type { Bytes } from '../internal/types.js'
import type { KeyAlgorithm } from '../keys/signer.js'

/** Everything known about one suite. */
export interface DataIntegrityRow {
  /** The first is the one that is written. */
  readonly names: readonly [string, ...string[]]
  readonly algorithms: readonly KeyAlgorithm[]
  /** `rdfc`: RDFC-1.0 of the JSON-LD graph. `jcs`: RFC 8785 of the JSON. */
  readonly transformation: 'rdfc' | 'jcs'
  /** For legacy suites, from before `DataIntegrityProof`: the name is the proof's type and there is no `cryptosuite`. */
  readonly ownType?: true | undefined
}

/** The bytes that are signed (vc-di-eddsa section 3.2.4), or why there are none. */
export type HashData = { readonly bytes: Bytes } | { readonly problems: readonly JsonLdProblem[] }
