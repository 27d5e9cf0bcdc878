/**
 * The worked examples of vc-di-eddsa (appendix B) and vc-di-ecdsa (appendix A): every step to the byte, signing and verifying.
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { analyze } from '../../src/canonical/analyze.js'
import { canonicalize } from '../../src/canonical/canonicalize.js'
import { verifyCredential } from '../../src/entries/index.js'
import { canonicalJson } from '../../src/internal/jcs.js'
import type { JsonObject } from '../../src/internal/types.js'
import { readPrivateKey } from '../../src/keys/import-key.js'
import { publicJwk } from '../../src/keys/jwk.js'
import type { PrivateJwk } from '../../src/model/jwk.js'
import { proofConfiguration } from '../../src/proof/data-integrity.js'
import { defaultSuites } from '../../src/proof/default-suites.js'
import type { ProofSuite } from '../../src/proof/suite.js'
import { anyIssuer } from '../../src/report/symbols.js'
import { resolvedKey } from '../../src/resolve/resolved-key.js'
import { signerOf } from '../issue/badge.js'
import { hex } from '../keys/vectors.js'
import { testContext } from '../resolve/fake-loader.js'
import { describeShared, shared } from '../shared.js'
import { corpusLoader, readVector } from './corpus.js'

const eddsa = shared('corpus/cases/w3c-vc-di-eddsa')
const ecdsa = shared('corpus/cases/w3c-vc-di-ecdsa')
const NOW = new Date('2025-01-01T00:00:00Z')

const GROUPS = [
  [eddsa, 'keyPair.json', ['eddsa-rdfc-2022', 'eddsa-rdfc-2022/employ', 'eddsa-jcs-2022', 'Ed25519Signature2020']],
  [ecdsa, 'p256KeyPair.json', ['ecdsa-rdfc-2019-p256', 'ecdsa-jcs-2019-p256']],
  [ecdsa, 'p384KeyPair.json', ['ecdsa-rdfc-2019-p384', 'ecdsa-jcs-2019-p384']],
] as const
/** What W3C publishes for each suite and key: the whole list. Those of ecdsa-sd-2023 have a test file of their own. */
const PER_SUITE = [
  ['eddsa-rdfc-2022', 'EdDSA', ['eddsa-rdfc-2022', 'eddsa-rdfc-2022/employ']],
  ['eddsa-jcs-2022', 'EdDSA', ['eddsa-jcs-2022']],
  ['Ed25519Signature2020', 'EdDSA', ['Ed25519Signature2020']],
  ['ecdsa-rdfc-2019', 'ES256', ['ecdsa-rdfc-2019-p256']],
  ['ecdsa-rdfc-2019', 'ES384', ['ecdsa-rdfc-2019-p384']],
  ['ecdsa-jcs-2019', 'ES256', ['ecdsa-jcs-2019-p256']],
  ['ecdsa-jcs-2019', 'ES384', ['ecdsa-jcs-2019-p384']],
  ['ecdsa-sd-2023', 'ES256', ['ecdsa-sd-2023/employ']],
] as const
const CASES = GROUPS.flatMap(([folder, keys, names]) => names.map((name) => ({ name, folder, keys })))

function keyOf(folder: string, file: string): Promise<PrivateJwk> {
  const pair = JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as Record<string, string>
  const multikey = (pair.secretKeyMultibase ?? pair.privateKeyMultibase) as string
  return readPrivateKey({ multikey }) as Promise<PrivateJwk>
}

describe('the W3C vectors of each suite, none left out', () => {
  test
    .skipIf(eddsa === undefined || ecdsa === undefined)
    .each(
      PER_SUITE.map(([suite, algorithm, names]) => [suite, algorithm, names.length, names.join(', '), names] as const),
    )('%s by %s keys: %i, %s', (suite, _algorithm, _count, _list, names) => {
    for (const name of names) {
      const folder = [eddsa, ecdsa].find((one) => existsSync(`${one}/${name}`))
      const files = readdirSync(`${folder}/${name}`)
      const signed = JSON.parse(
        readFileSync(`${folder}/${name}/${files.find((file) => /^(signed|addSigned)/.test(file))}`, 'utf8'),
      )
      expect(signed.proof.cryptosuite ?? signed.proof.type).toBe(suite)
    }
  })

  test.skipIf(eddsa === undefined || ecdsa === undefined)(
    'every folder is in the list, and every list in a test',
    () => {
      const folders = [eddsa, ecdsa].flatMap((root) =>
        readdirSync(root as string, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile() && /^(signed|addSigned)/.test(entry.name))
          .map((entry) => entry.parentPath.slice((root as string).length + 1)),
      )
      const listed = PER_SUITE.flatMap(([, , names]): readonly string[] => names)
      expect(folders.sort()).toEqual([...listed].sort())
      expect([...CASES.map(({ name }) => name), 'ecdsa-sd-2023/employ'].sort()).toEqual([...listed].sort())
    },
  )

  test('every suite of ours has some, for every kind of key that it takes', () => {
    const ours = defaultSuites().flatMap(({ names, algorithms }) =>
      algorithms.map((algorithm) => `${names[0]} ${algorithm}`),
    )
    expect(ours.sort()).toEqual(PER_SUITE.map(([suite, algorithm]) => `${suite} ${algorithm}`).sort())
  })
})

describeShared('each vector', { eddsa: 'corpus/cases/w3c-vc-di-eddsa', ecdsa: 'corpus/cases/w3c-vc-di-ecdsa' }, () => {
  describe.each(CASES)('$name', ({ name, folder, keys }) => {
    const vector = folder === undefined ? undefined : readVector(folder, name)
    const { proof, ...document } = vector?.signed ?? { proof: {} }
    const suiteName = proof.cryptosuite ?? proof.type
    const suite = defaultSuites().find(({ names }) => names.includes(suiteName as string)) as ProofSuite
    const hash = keys.startsWith('p384') ? 'sha384' : 'sha256'
    const context = () => testContext({ loader: corpusLoader(), now: NOW })

    test('the canonical forms', async () => {
      const { proofValue, ...options } = proof
      if (suiteName?.includes('jcs')) {
        expect(canonicalJson(document as JsonObject)).toBe(vector?.canonDoc)
        expect(canonicalJson(options)).toBe(vector?.proofCanon)
        return
      }
      const shared = context()
      const limits = { hash: hash === 'sha384' ? 'SHA-384' : 'SHA-256', maxSteps: 65_536 } as const
      const ofDocument = await analyze(document as JsonObject, shared)
      const configuration = proofConfiguration(document as JsonObject, proof as JsonObject, shared)
      expect(configuration).toEqual(vector?.proofConfig)
      const ofProof = await analyze(configuration, shared)
      expect([...ofDocument.problems, ...ofProof.problems]).toEqual([])
      expect(canonicalize(ofDocument.dataset as never, limits)).toBe(vector?.canonDoc)
      expect(canonicalize(ofProof.dataset as never, limits)).toBe(vector?.proofCanon)
    })

    test('the hashes of the example are those of its canonical forms', () => {
      const digest = (text = '') => createHash(hash).update(text).digest('hex')
      expect(digest(vector?.canonDoc)).toBe(vector?.docHash)
      expect(digest(vector?.proofCanon)).toBe(vector?.proofHash)
      expect(vector?.combinedHash).toBe(`${vector?.proofHash}${vector?.docHash}`)
    })

    test('signing with its key and date: the hash data, the proof, of Ed25519 the signature to the byte', async () => {
      const key = await keyOf(folder as string, keys)
      const signer = await signerOf(key, proof.verificationMethod)
      const prepared = await suite.prepare(
        document,
        {
          verificationMethod: signer.verificationMethod,
          purpose: 'assertionMethod',
          created: new Date(proof.created as string),
          algorithm: signer.algorithm,
        },
        context(),
      )
      expect(Buffer.from(prepared.data).toString('hex')).toBe(vector?.combinedHash)
      // With the signature of the example the document is the example.
      expect(prepared.complete(hex(vector?.sigHex as string))).toEqual(vector?.signed)
      const signature = await signer.sign(prepared.data)
      if (signer.algorithm === 'EdDSA') expect(Buffer.from(signature).toString('hex')).toBe(vector?.sigHex)
      else expect(signature.length).toBe((vector?.sigHex.length as number) / 2)
    })

    test('verifying: the suite alone', async () => {
      expect(proof.proofValue).toBe(vector?.sigBTC58)
      const key = await resolvedKey({
        id: proof.verificationMethod as string,
        controller: '',
        purposes: [],
        publicJwk: publicJwk(await keyOf(folder as string, keys)),
        evidence: {},
      })
      const verify = (changed: object) => suite.verify(changed, proof as never, key, context())
      expect(await verify(document)).toMatchObject([{ code: 'proof.verified' }])
      expect(await verify({ ...document, name: 'Another name' })).toMatchObject([{ code: 'proof.mismatch' }])
    })

    test('verifying: the whole, for who checks the proof alone', async () => {
      const report = await verifyCredential(vector?.signed as object, {
        trustedIssuers: anyIssuer,
        accept: 'any-credential',
        policy: { keyBinding: 'report-only' },
        loader: corpusLoader(),
        now: NOW,
      })
      expect(report.checks.proof).toMatchObject({ status: 'valid' })
      expect(report.checks.key.findings.map(({ code }) => code)).toEqual(['key.resolved', 'key.other_controller'])
      expect(report.outcome).toBe('valid')
    })
  })
})
