/** The class Proof. @module */
import * as z from 'zod/mini'
import { dateTime, expecting, oneOrMany, open, optional, token } from './blocks.js'
import { contextEntry } from './contexts.js'

const tokens = z.union([token, z.array(token)], expecting('a string, or an array of strings'))

// Open: VC Data Integrity section 2.1, suites have members of their own.
export const proof = open('Proof', {
  id: optional(token),
  type: token,
  cryptosuite: optional(token),
  created: optional(dateTime),
  expires: optional(dateTime),
  proofPurpose: optional(token),
  verificationMethod: optional(token),
  challenge: optional(token),
  domain: optional(tokens),
  nonce: optional(token),
  proofValue: optional(token),
  previousProof: optional(tokens),
  '@context': optional(z.union([contextEntry, z.array(contextEntry)], expecting('a context, or an array of contexts'))),
})

/** As it is read: what was signed is never rearranged. */
export const proofs = oneOrMany(proof)
