// EXAMPLES section 10: a contract suite beside each port. The port: src/proof/suite.ts.
import { describe } from 'vitest'
import { EXAMPLE } from '../../src/contracts/signed-document.js'
import { proofSuiteContract } from '../../src/entries/contracts.js'
import { defaultSuites, eddsaJcs2022, type ProofSuite } from '../../src/entries/suites.js'
import { finding } from '../../src/report/check.js'
import { testBroken, testContract } from './broken.js'

const WITH_2020_CONTEXT = {
  ...EXAMPLE,
  '@context': [...(EXAMPLE['@context'] as readonly string[]), 'https://w3id.org/security/suites/ed25519-2020/v1'],
}

describe.each(defaultSuites().map((suite) => [suite.names[0], suite] as const))('the suite %s', (_, suite) => {
  // A suite from before DataIntegrityProof needs its own context.
  const options = suite.names.includes('Ed25519Signature2020') ? { document: WITH_2020_CONTEXT } : {}
  testContract(proofSuiteContract(() => suite, options))
})

describe('broken suites are found', () => {
  const good = eddsaJcs2022
  const rulesOf = (change: Partial<ProofSuite>) => proofSuiteContract(() => ({ ...good, ...change }))
  const verified = [finding('proof.verified', 'whatever it is')]

  testBroken(
    [...proofSuiteContract(() => good), ...proofSuiteContract(() => ({ ...good, derive: async () => ({}) }))],
    [
      { title: 'no name', caught: ['has a name'], rules: rulesOf({ names: [] }) },
      {
        title: 'an algorithm that nobody knows',
        caught: ['has a name'],
        rules: rulesOf({ algorithms: ['HS256' as never] }),
      },
      {
        title: 'verifies nothing',
        caught: ['verifies what it has signed'],
        rules: rulesOf({ verify: () => [finding('proof.mismatch', 'no')] }),
      },
      {
        title: 'says nothing',
        caught: ['verifies what it has signed', 'refuses another key'],
        rules: rulesOf({ verify: () => [] }),
      },
      {
        title: 'verifies everything',
        caught: ['that was changed', 'whose options were changed', 'refuses another key', 'proof value is none'],
        rules: rulesOf({ verify: () => verified }),
      },
      {
        title: 'throws for a bad badge',
        caught: ['proof value is none'],
        rules: rulesOf({
          verify: (document, proof, key, context) => {
            if (typeof proof.proofValue !== 'string') throw new TypeError('proofValue')
            return good.verify(document, proof, key, context)
          },
        }),
      },
      {
        title: 'undecided about a wrong signature',
        caught: ['refuses another key'],
        rules: rulesOf({ verify: () => [finding('proof.blocked', 'who knows')] }),
      },
      {
        title: 'forgets a member',
        caught: ['refuses a document that was changed'],
        rules: rulesOf({
          prepare: (document, options, context) => good.prepare({ ...document, name: '' }, options, context),
          verify: (document, proof, key, context) => good.verify({ ...document, name: '' }, proof, key, context),
        }),
      },
      {
        title: 'forgets its own options',
        caught: ['whose options were changed'],
        rules: rulesOf({
          verify: (document, proof, key, context) =>
            good.verify(
              document,
              { ...proof, created: '2030-01-01T00:00:00Z', proofPurpose: 'assertionMethod' },
              key,
              context,
            ),
        }),
      },
      {
        title: 'leaves out what was asked for',
        caught: ['that was asked for'],
        rules: rulesOf({
          prepare: (document, { challenge, ...options }, context) => good.prepare(document, options, context),
        }),
      },
      {
        title: 'names another suite',
        caught: ['that was asked for'],
        rules: rulesOf({ names: ['ecdsa-jcs-2019'] }),
      },
      {
        title: 'writes into the document',
        caught: ['prepare: keeps the document', 'verify: keeps what it is given'],
        rules: rulesOf({
          prepare: async (document, options, context) => {
            const prepared = await good.prepare(document, options, context)
            Object.assign(document, { signed: true })
            return prepared
          },
          verify: async (document, proof, key, context) => {
            const findings = await good.verify(document, proof, key, context)
            Object.assign(document, { checked: String(Object.keys(document).length) })
            return findings
          },
        }),
      },
      {
        title: 'takes a base proof',
        caught: ['takes disclosures only'],
        rules: rulesOf({ derive: async (document) => document }),
      },
    ],
  )
})
