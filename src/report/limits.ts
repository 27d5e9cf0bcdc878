/**
 * Bounds on everything that is parsed, fetched or computed. A limit hit by the badge itself makes it invalid
 * (`format.too_large`, `format.too_deep`, `proof.too_complex`); one hit by what was fetched is indeterminate (`<check>.limit`).
 */
export interface Limits {
  /** Bytes of a credential, DID document, JWKS, context or registry. Default 1 MiB. */
  readonly documentBytes: number
  /** Bytes of an image. Default 16 MiB. */
  readonly imageBytes: number
  /** Bytes of a status list after decompression. Default 16 MiB. */
  readonly statusListBytes: number
  /** Levels of JSON nesting. Default 64. */
  readonly depth: number
  /** Steps of N-degree hashing in RDFC-1.0 (section 4.8). Default 65 536. */
  readonly canonicalSteps: number
  /** How deep verifications may nest: refreshed credentials, endorsements, list credentials, nested badges. Default 2. */
  readonly nesting: number
  /** Endorsements verified per report; also the credentials in a presentation or learner record. Default 100. */
  readonly endorsements: number
  /** Documents fetched per report. Default 64. */
  readonly fetches: number
}
