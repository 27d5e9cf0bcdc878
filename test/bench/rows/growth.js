import { CONTEXTS, typicalBadge } from '../badges.js'
import { bundleCanonical } from '../canonical.js'
import { fromPackage } from '../installed.js'
import { race } from '../measure.js'
import { digitalbazaar } from '../setting.js'
import { fact, line, timesFaster } from '../table.js'

export const title = 'Cost growth'

const KB = 1024
const SIZES = [16, 64, 256, 960].map((kilobytes) => kilobytes * KB)
const ENDORSEMENTS = 100
/** Badges of each size and documents of each kind, each another one: nobody meets the same one twice in a row of so many. */
const DIFFERENT = 20

export const contestants = {
  ...Object.fromEntries(
    SIZES.map((size) => [
      `verify ${size}`,
      async ({ installed, identity }) => {
        const { createSigner, createVerifier, signCredential } = await fromPackage(installed)
        const signer = await createSigner({ key: identity.privateJwk })
        const verifier = createVerifier({ trustedIssuers: [identity.did] })
        const texts = []
        for (let serial = 0; serial < DIFFERENT; serial++)
          texts.push(JSON.stringify(await signCredential(ofSize(identity.did, size, serial), { signer })))
        return async (index) => {
          const text = texts[index % DIFFERENT]
          const { outcome, because } = await verifier.verify(text)
          if (outcome !== 'valid') throw new Error(`a badge of ${text.length} is ${outcome}: ${because}`)
        }
      },
    ]),
  ),
  canonicalize: async ({ canonical, identity }) => {
    const { canonicalizeDocument } = await import(canonical)
    const documents = endorsedOnes(identity.did)
    return (index) => canonicalizeDocument(documents[index % DIFFERENT])
  },
  jsonld: async ({ peers, identity }) => {
    const { canonize } = await digitalbazaar({ peers, identity })
    const documents = endorsedOnes(identity.did)
    return (index) => canonize(documents[index % DIFFERENT])
  },
}

export async function run({ files: _, ...setting }) {
  const sizes = await race(
    import.meta.url,
    SIZES.map((size) => `verify ${size}`),
    setting,
    { rounds: 9 },
  )
  const perByte = SIZES.map((size) => sizes.median(`verify ${size}`) / size)
  const canonical = await bundleCanonical(setting.folder)
  const names = ['canonicalize', 'jsonld']
  const endorsements = await race(import.meta.url, names, { ...setting, canonical }, { rounds: 7 })
  return [
    ...SIZES.map((size) => fact(`verify a badge of ${size / KB} KB`, sizes.median(`verify ${size}`) / 1000, 'ms')),
    // Linear: a byte of the largest costs no more than a byte of the smallest, give or take the noise.
    line('a byte at 960 KB against one at 16 KB', { reached: perByte.at(-1) / perByte[0], floor: 1.5, atMost: true }),
    fact(`canonicalize a badge with ${ENDORSEMENTS} endorsements`, endorsements.median('canonicalize') / 1000, 'ms'),
    timesFaster(`canonicalize, ${ENDORSEMENTS} endorsements: jsonld`, endorsements, 'jsonld', 'canonicalize', 150),
  ]
}

/** A badge whose text has about `size` characters: evidence upon evidence. Of each `serial` another one. */
function ofSize(did, size, serial) {
  const { credentialStatus: _, ...badge } = typicalBadge(did, serial)
  const one = (index) => ({
    id: `https://college.example.edu/learners/${1000 + serial}/evidence/${index}`,
    type: ['Evidence'],
    name: `Portfolio, part ${index}`,
    narrative: 'Two units on fractions, with what learners made of them, and what came of it in the end.',
    genre: 'Portfolio',
  })
  const count = Math.floor((size - JSON.stringify(badge).length) / (JSON.stringify(one(1000)).length + 1))
  return { ...badge, evidence: Array.from({ length: count }, (_, index) => one(index)) }
}

const endorsedOnes = (did) => Array.from({ length: DIFFERENT }, (_, serial) => endorsed(did, serial))

function endorsed(did, serial) {
  const { credentialStatus: _, ...badge } = typicalBadge(did, serial)
  const endorsement = Array.from({ length: ENDORSEMENTS }, (_, index) => ({
    '@context': CONTEXTS,
    id: `urn:uuid:5b0a1d6e-2222-4000-8000-${String(serial * ENDORSEMENTS + index).padStart(12, '0')}`,
    type: ['VerifiableCredential', 'EndorsementCredential'],
    name: 'Endorsement',
    issuer: { id: `did:example:endorser-${index}`, type: ['Profile'], name: `Endorser ${index}` },
    validFrom: '2026-01-01T00:00:00Z',
    credentialSubject: { id: badge.id, type: ['EndorsementSubject'], endorsementComment: `Well done, ${index} times.` },
  }))
  return { ...badge, endorsement }
}
