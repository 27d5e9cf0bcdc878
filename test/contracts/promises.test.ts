// Each rule says which sentence of its port it enforces: the sentences are there.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import {
  awardStoreContract,
  cacheContract,
  credentialStoreContract,
  documentLoaderContract,
  jobQueueContract,
  keyResolverContract,
  objectStoreContract,
  proofSuiteContract,
  resultSinkContract,
  signerContract,
  statusStoreContract,
  storeBackupContract,
} from '../../src/entries/contracts.js'
import { eddsaJcs2022 } from '../../src/entries/suites.js'

const request = { id: 'did:example:1#1', issuer: 'did:example:1', purpose: 'assertionMethod' } as const
const never = () => {
  throw new TypeError('no rule is run here')
}
const CONTRACTS = {
  'jobs/job-queue.ts': jobQueueContract(never, { transaction: never }),
  'keys/signer.ts': signerContract(never, { makeFailing: never }),
  'resolve/context.ts': cacheContract(never),
  'resolve/document-loader.ts': documentLoaderContract(never, {
    known: { url: 'https://a.example/', bytes: Uint8Array.of(1) },
    missing: 'https://a.example/b',
  }),
  'resolve/key-resolver.ts': keyResolverContract(never, { known: request, foreign: request, unknown: request }),
  'proof/suite.ts': proofSuiteContract(() => ({ ...eddsaJcs2022, derive: never })),
  'status/status-store.ts': statusStoreContract(never),
  'issue/credential-store.ts': credentialStoreContract(never),
  'issue/award-store.ts': awardStoreContract(never),
  'issue/object-store.ts': objectStoreContract(never),
  'store/store-backup.ts': storeBackupContract(never),
  'jobs/batch-types.ts': resultSinkContract(never),
}
/** What ports refer to. */
const BESIDES = ['model/jwk.ts', 'resolve/context.ts', 'resolve/document-loader.ts']

const source = (file: string) => readFileSync(new URL(`../../src/${file}`, import.meta.url), 'utf8')
/** One line, without the marks of comments and of trailing commas. */
const words = (text: string) =>
  text
    .replace(/^\s*(?:\/\*\*|\*\/|\*|\/\/)/gm, '')
    .replace(/\s*\*\/$/gm, '')
    .replace(/\s+/g, ' ')
    .replace(/\( /g, '(')
    .replace(/,? \)/g, ')')

test.each(Object.entries(CONTRACTS))('the rules of %s quote it', (file, rules) => {
  const text = [file, ...BESIDES].map((each) => words(source(each))).join(' ')
  expect(rules.length).toBeGreaterThan(5)
  expect(rules.map(({ promise }) => promise).filter((promise) => !text.includes(words(promise)))).toEqual([])
})
