// JSON-LD 1.1 section 4.2.3: where a term has the type "@id", a text is the id of a node.
import { expect, test } from 'vitest'
import { REFERENCES } from '../../src/canonical/unstated.js'
import { bundledContext, bundledContextUrls } from '../../src/resolve/contexts/bundle.js'

/** Members of proofs and keys, which are in no view, and those whose value is a class or an algorithm. */
const ELSEWHERE =
  /^(?:assertionMethod|authentication|capability.*|caveat|creator|delegator|invocationTarget|invoker|keyAgreement|owner|parentCapability|previousProof|privateKey|proof|proofPurpose|publicKey|publicKeyService|verifiableCredential|verificationMethod)$/

test('the members of credentials that hold ids, as the bundled contexts have them', () => {
  const found = new Set<string>()
  const walk = (context: unknown): void => {
    if (Array.isArray(context)) for (const each of context) walk(each)
    if (typeof context !== 'object' || context === null) return
    for (const [name, term] of Object.entries(context)) {
      if (typeof term !== 'object' || term === null) continue
      if (['@id', '@vocab'].includes(term['@type'])) found.add(name)
      if (term['@context']) walk(term['@context'])
    }
  }
  for (const url of bundledContextUrls) walk((bundledContext(url) as { '@context': unknown })['@context'])
  expect([...REFERENCES].sort()).toEqual([...found].filter((name) => !ELSEWHERE.test(name)).sort())
})
