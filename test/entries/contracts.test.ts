// Nothing misspelt goes through: a walk over what `badgewright/contracts` exports.
import * as contracts from '../../src/entries/contracts.js'
import { type Cache, createLoader, createSigner } from '../../src/entries/index.js'
import type { JobQueue } from '../../src/entries/jobs.js'
import { didKeyResolver } from '../../src/entries/resolvers.js'
import { memoryStores } from '../../src/entries/store/memory.js'
import { eddsaJcs2022 } from '../../src/entries/suites.js'
import { KEYS } from '../keys/vectors.js'
import { complete, walkEntry } from './walk.js'

const makeSigner = () => createSigner({ key: KEYS.EdDSA })

walkEntry(
  contracts,
  {
    cacheContract: {
      call: contracts.cacheContract,
      right: [() => new Map() as Cache, complete<contracts.CacheContractOptions>({ wait: () => undefined })],
      options: 1,
    },
    awardStoreContract: { call: contracts.awardStoreContract, right: [() => memoryStores()] },
    credentialStoreContract: { call: contracts.credentialStoreContract, right: [() => memoryStores().credentials] },
    resultSinkContract: { call: contracts.resultSinkContract, right: [() => ({})] },
    revokedCredentialsContract: {
      call: contracts.revokedCredentialsContract,
      right: [() => memoryStores().credentials],
    },
    statusStoreContract: { call: contracts.statusStoreContract, right: [() => memoryStores().status] },
    documentLoaderContract: {
      call: contracts.documentLoaderContract,
      right: [
        createLoader,
        complete<contracts.DocumentLoaderContractOptions>({
          known: { url: 'https://a.example/', bytes: new Uint8Array(3) },
          missing: 'https://a.example/404',
          kind: 'context',
        }),
      ],
      options: 1,
    },
    jobQueueContract: {
      call: contracts.jobQueueContract,
      right: [
        () => ({}) as JobQueue,
        complete<contracts.JobQueueContractOptions>({ transaction: () => Promise.reject(new Error('none')) }),
      ],
      options: 1,
    },
    objectStoreContract: { call: contracts.objectStoreContract, right: [() => ({})] },
    storeBackupContract: { call: contracts.storeBackupContract, right: [() => ({})] },
    keyResolverContract: {
      call: contracts.keyResolverContract,
      right: [
        didKeyResolver,
        complete<contracts.KeyResolverContractOptions>({
          known: { id: 'did:key:a#a', issuer: 'did:key:a' },
          foreign: { id: 'did:web:a#a', issuer: 'did:web:a' },
          unknown: { id: 'did:key:b#b', issuer: 'did:key:b' },
          loader: createLoader(),
        }),
      ],
      options: 1,
    },
    proofSuiteContract: {
      call: contracts.proofSuiteContract,
      right: [
        () => eddsaJcs2022,
        complete<contracts.ProofSuiteContractOptions>({ document: { name: 'Badge' }, secured: 'name' }),
      ],
      options: 1,
    },
    signerContract: {
      call: contracts.signerContract,
      right: [makeSigner, complete<contracts.SignerContractOptions>({ makeFailing: makeSigner })],
      options: 1,
    },
  },
  // An error of its own, that implementations of rules throw.
  ['ContractViolation'],
)
