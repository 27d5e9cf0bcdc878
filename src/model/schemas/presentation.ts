/** Presentations: VCDM 2.0 section 4.13. @module */
import * as z from 'zod/mini'
import { compactJws, expecting, many, open, optional, types, uri } from './blocks.js'
import { credentialContexts, envelopeContexts } from './contexts.js'
import { termsOfUse, verifiableCredential } from './credential.js'
import { proofs } from './proof.js'

const aDataUrl = 'a data URL with the credential, e.g. "data:application/vc+jwt,..."'
const isEnvelope = ({ type }: { readonly type?: unknown }) =>
  (Array.isArray(type) ? type : [type]).includes('EnvelopedVerifiableCredential')
export const enveloped = open(
  'EnvelopedVerifiableCredential',
  {
    '@context': envelopeContexts,
    id: z.string(expecting(aDataUrl)).check(z.regex(/^data:/i, expecting(aDataUrl))),
    type: types(['EnvelopedVerifiableCredential']),
  },
  { when: isEnvelope },
)
const presented = z.union([enveloped, verifiableCredential, compactJws], expecting('a credential'))
const holder = open('PresentationHolder', { id: uri })

// Open: VCDM 2.0 section 5.2.
export const verifiablePresentation = open(
  'VerifiablePresentation',
  {
    '@context': credentialContexts,
    id: optional(uri),
    type: types(['VerifiablePresentation']),
    holder: optional(z.union([uri, holder], expecting('an absolute URI, or an object with an id'))),
    verifiableCredential: optional(many(presented)),
    termsOfUse: optional(many(termsOfUse)),
    proof: optional(proofs),
  },
  { document: true },
)
