/**
 * `badgewright/contracts`: what an implementation of a port must keep to, as rules for any test framework:
 *
 *     import { signerContract } from 'badgewright/contracts'
 *     for (const rule of signerContract(() => kmsSigner(client))) test(rule.name, rule.run)
 *
 * @module
 */
export { type AwardStores, awardStoreContract } from '../contracts/award-store.js'
export { type CacheContractOptions, cacheContract } from '../contracts/cache.js'
export { credentialStoreContract } from '../contracts/credential-store.js'
export { type DocumentLoaderContractOptions, documentLoaderContract } from '../contracts/document-loader.js'
export { type JobQueueContractOptions, jobQueueContract } from '../contracts/job-queue.js'
export { type KeyResolverContractOptions, keyResolverContract } from '../contracts/key-resolver.js'
export { objectStoreContract } from '../contracts/object-store.js'
export { type ProofSuiteContractOptions, proofSuiteContract } from '../contracts/proof-suite.js'
export { resultSinkContract } from '../contracts/result-sink.js'
export { revokedCredentialsContract } from '../contracts/revoked-credentials.js'
export { type ContractRule, ContractViolation } from '../contracts/rule.js'
export { type SignerContractOptions, signerContract } from '../contracts/signer.js'
export { statusStoreContract } from '../contracts/status-store.js'
export { type BackedUpStores, storeBackupContract } from '../contracts/store-backup.js'
