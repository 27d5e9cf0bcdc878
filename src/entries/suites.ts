/**
 * `badgewright/suites`: the proof suites, to choose among them or to add one.
 *
 * @module
 */
export { type LinkedDataSuiteOptions, linkedDataSuite } from '../defaults/linked-data-suite.js'
export { dataIntegritySuite } from '../proof/data-integrity.js'
export type { DataIntegrityRow } from '../proof/data-integrity-row.js'
export { defaultSuites } from '../proof/default-suites.js'
export { ecdsaJcs2019 } from '../proof/ecdsa-jcs-2019.js'
export { ecdsaRdfc2019 } from '../proof/ecdsa-rdfc-2019.js'
export { type EcdsaSd2023Options, ecdsaSd2023, ecdsaSd2023Suite } from '../proof/ecdsa-sd-2023.js'
export { ed25519Signature2020 } from '../proof/ed25519-signature-2020.js'
export { eddsaJcs2022 } from '../proof/eddsa-jcs-2022.js'
export { eddsaRdfc2022 } from '../proof/eddsa-rdfc-2022.js'
export type { LinkedDataLoader, LinkedDataSuite } from '../proof/linked-data-suite.js'
export type { PreparedProof, PrepareOptions, ProofOptions, ProofSuite } from '../proof/suite.js'
