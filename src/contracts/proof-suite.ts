/**
 * The contract of `ProofSuite`: run it on a suite of your own. It makes a key for each of the suite's algorithms, signs with it,
 * verifies, and tampers.
 *
 * @module
 */

import { isSameJson } from '../internal/json-equal.js'
import { callable, type Members, record, text } from '../internal/members.js'
import type { JsonObject } from '../internal/types.js'
import type { KeyAlgorithm } from '../keys/signer.js'
import { type ProofSuite, proofSuite } from '../proof/suite.js'
import type { Finding } from '../report/check.js'
import { demandArgument, demandOptions } from '../report/demand-options.js'
import { FINDINGS, type FindingRow } from '../report/findings.js'
import { printableValue } from './printable-value.js'
import { type ContractRule, demand } from './rule.js'
import { EXAMPLE, makeSigner, presentable, signWith, verifyWith } from './signed-document.js'

/** What the suite under test signs. */
export interface ProofSuiteContractOptions {
  /** What is signed. Default: an Open Badge whose contexts are bundled. */
  readonly document?: object | undefined
  /** What is tampered with: a member of the document that holds a text. Default `name`. */
  readonly secured?: string | undefined
}

const ALGORITHMS: readonly string[] = ['EdDSA', 'ES256', 'ES384', 'RS256'] satisfies KeyAlgorithm[]

const OPTIONS: Members<ProofSuiteContractOptions> = { document: record, secured: text }

/** `algorithms`: the suite's own, so that there is a set of rules for each. */
export function proofSuiteContract(
  make: () => ProofSuite,
  options: ProofSuiteContractOptions = {},
): readonly ContractRule[] {
  demandArgument(make, callable, 'make')
  demandOptions(options, OPTIONS)
  const { document = EXAMPLE, secured = 'name' } = options
  const made = make()
  demandArgument(made, proofSuite, 'make()')
  const { algorithms } = made
  return [
    {
      name: 'ProofSuite: has a name, and algorithms that there are',
      promise: 'Cryptosuite names, or the proof type of suites that have none.',
      run: async () => {
        const { names } = make()
        demand(
          names.length > 0 && names.every((name) => typeof name === 'string' && name !== ''),
          `names has texts: it is ${printableValue(names)}`,
        )
        demand(
          algorithms.length > 0 && algorithms.every((algorithm) => ALGORITHMS.includes(algorithm)),
          `algorithms are of ${ALGORITHMS.join(', ')}: they are ${printableValue(algorithms)}`,
        )
      },
    },
    ...algorithms.flatMap((algorithm) => rulesFor(algorithm, make, document as JsonObject, secured)),
  ]
}

function rulesFor(
  algorithm: KeyAlgorithm,
  make: () => ProofSuite,
  document: JsonObject,
  member: string,
): ContractRule[] {
  /** Signed, and as it would be shown to a verifier. */
  const show = async () => {
    const suite = make()
    const signer = await makeSigner(algorithm)
    return { suite, signer, signed: await presentable(suite, await signWith(suite, document, signer)) }
  }
  const rule = (name: string, promise: string, run: () => Promise<void>): ContractRule => ({
    name: `ProofSuite.${name} (${algorithm})`,
    promise,
    run,
  })
  return [
    rule(
      'verify: verifies what it has signed',
      'What to do with the signature: the document with its proof.',
      async () => {
        const { suite, signer, signed } = await show()
        const findings = await verifyWith(suite, signed, signer)
        demand(
          findings.some(({ code }) => code === 'proof.verified') &&
            findings.every((each) => weight(each) === 'valid' || weight(each) === 'note'),
          `an untouched document verifies: ${codes(findings)}`,
        )
      },
    ),
    rule('prepare: writes the proof that was asked for', 'What a caller may ask of a proof.', async () => {
      const suite = make()
      const signer = await makeSigner(algorithm)
      const asked = {
        id: 'urn:uuid:9d0e1f2a-0000-4000-8000-000000000001',
        expires: new Date('2031-01-01T00:00:00Z'),
        domain: 'school.example',
        challenge: 'c-1',
      }
      const { proof } = await signWith(suite, document, signer, asked)
      const expected: Readonly<Record<string, unknown>> = {
        id: asked.id,
        verificationMethod: signer.signer.verificationMethod,
        proofPurpose: 'assertionMethod',
        created: '2030-01-01T00:00:00Z',
        expires: '2031-01-01T00:00:00Z',
        domain: asked.domain,
        challenge: asked.challenge,
      }
      for (const [name, value] of Object.entries(expected))
        demand(
          proof[name] === value,
          `"${name}" of the proof is ${printableValue(value)}, not ${printableValue(proof[name])}`,
        )
      const kind = proof.type === 'DataIntegrityProof' ? proof.cryptosuite : proof.type
      demand(
        suite.names.includes(kind as string),
        `the proof names its suite (${suite.names.join(', ')}), not ${printableValue(kind)}`,
      )
    }),
    rule(
      'prepare: keeps the document as it is',
      'What to do with the signature: the document with its proof.',
      async () => {
        const copy = structuredClone(document)
        const signed = await signWith(make(), document, await makeSigner(algorithm))
        demand(isSameJson(document, copy), 'prepare or complete changed the document that it was given')
        demand(isSameJson(signed.document, document), 'besides its proof the signed document is the one that was given')
      },
    ),
    rule(
      'verify: keeps what it is given as it is',
      'verify(document: object, proof: Proof, key: ResolvedKey, context: Context)',
      async () => {
        const { suite, signer, signed } = await show()
        const copy = structuredClone(signed)
        await verifyWith(suite, signed, signer)
        demand(
          isSameJson(signed.document, copy.document) && isSameJson(signed.proof, copy.proof),
          'verify changed the document or the proof',
        )
      },
    ),
    rule(
      'verify: refuses a document that was changed',
      'verify(document: object, proof: Proof, key: ResolvedKey, context: Context)',
      async () => {
        const { suite, signer, signed } = await show()
        const changed = { ...signed.document, [member]: `${String(signed.document[member])}, changed` }
        demandInvalid(await verifyWith(suite, { ...signed, document: changed }, signer), `"${member}" was changed`)
        const { [member]: removed, ...shorter } = signed.document
        if (removed !== undefined)
          demandInvalid(await verifyWith(suite, { ...signed, document: shorter }, signer), `"${member}" was removed`)
      },
    ),
    rule(
      'verify: refuses a proof whose options were changed',
      'verify(document: object, proof: Proof, key: ResolvedKey, context: Context)',
      async () => {
        const { suite, signer, signed } = await show()
        for (const [name, value] of [
          ['created', '2029-12-31T23:59:59Z'],
          ['proofPurpose', 'authentication'],
          ['expires', '2040-01-01T00:00:00Z'],
        ] as const)
          demandInvalid(
            await verifyWith(suite, { ...signed, proof: { ...signed.proof, [name]: value } }, signer),
            `"${name}" of the proof was changed`,
          )
      },
    ),
    rule(
      'verify: refuses another key',
      'verify(document: object, proof: Proof, key: ResolvedKey, context: Context)',
      async () => {
        const { suite, signed } = await show()
        demandInvalid(await verifyWith(suite, signed, await makeSigner(algorithm)), 'it was signed with another key')
      },
    ),
    rule('verify: answers a finding where the proof value is none', 'MaybePromise<readonly Finding<', async () => {
      const { suite, signer, signed } = await show()
      const { proofValue, ...without } = signed.proof
      const text = String(proofValue)
      for (const value of ['', 'z', 'u', '!', 'z0OIl', text.slice(0, -2), `${text}1`, text.slice(1), 7, null, ['z']])
        demandInvalid(
          await verifyWith(suite, { ...signed, proof: { ...without, proofValue: value } }, signer),
          `"proofValue" is ${printableValue(value)}`,
        )
      demandInvalid(await verifyWith(suite, { ...signed, proof: without }, signer), 'there is no "proofValue"')
    }),
    ...(make().derive === undefined ? [] : [refusesBaseProof(algorithm, make, document)]),
  ]
}

function refusesBaseProof(algorithm: KeyAlgorithm, make: () => ProofSuite, document: JsonObject): ContractRule {
  return {
    name: `ProofSuite.verify: takes disclosures only, not what they are derived from (${algorithm})`,
    promise: 'Suites with selective disclosure: a document that reveals these pointers besides the mandatory ones.',
    run: async () => {
      const suite = make()
      const signer = await makeSigner(algorithm)
      const findings = await verifyWith(suite, await signWith(suite, document, signer), signer)
      demand(
        findings.some(({ code }) => code === 'proof.not_derived'),
        `a base proof is proof.not_derived: ${codes(findings)}`,
      )
    },
  }
}

function weight({ code }: Finding<'proof'>): FindingRow['status'] | undefined {
  return (FINDINGS as Readonly<Record<string, FindingRow>>)[code]?.status
}

/** Wrong is wrong: indeterminate would say that asking again may help. */
function demandInvalid(findings: readonly Finding<'proof'>[], what: string): void {
  const foreign = findings.find((each) => weight(each) === undefined || !each.code.startsWith('proof.'))
  demand(foreign === undefined, `findings are codes of the check "proof": there is no ${foreign?.code}`)
  demand(
    findings.some((each) => weight(each) === 'invalid') && findings.every(({ code }) => code !== 'proof.verified'),
    `${what}, so a finding that is invalid is expected: ${codes(findings)}`,
  )
}

const codes = (findings: readonly Finding<'proof'>[]): string =>
  `it answered ${findings.map(({ code }) => code).join(', ')}`
