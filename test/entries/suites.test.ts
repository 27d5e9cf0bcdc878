// Nothing misspelt goes through: a walk over what `badgewright/suites` exports.
import { createSigner } from '../../src/entries/index.js'
import { defaultResolvers } from '../../src/entries/resolvers.js'
import * as suites from '../../src/entries/suites.js'
import { KEYS } from '../keys/vectors.js'
import { complete, walkEntry } from './walk.js'

const signer = await createSigner({ key: KEYS.EdDSA })

walkEntry(suites, {
  linkedDataSuite: {
    call: suites.linkedDataSuite,
    right: [
      complete<suites.LinkedDataSuiteOptions>({
        suite: suites.eddsaRdfc2022,
        signer,
        resolvers: defaultResolvers(),
      }),
    ],
    options: 0,
  },
  dataIntegritySuite: {
    call: suites.dataIntegritySuite,
    right: [
      complete<suites.DataIntegrityRow>({
        names: ['own-suite-2030'],
        algorithms: ['EdDSA'],
        transformation: 'jcs',
        ownType: true,
      }),
    ],
    options: 0,
  },
  defaultSuites: { call: suites.defaultSuites, right: [] },
  ecdsaSd2023Suite: {
    call: suites.ecdsaSd2023Suite,
    right: [
      complete<suites.EcdsaSd2023Options>({
        randomBytes: (length: number) => new Uint8Array(length),
        generateKey: () => KEYS.ES256,
      }),
    ],
    options: 0,
  },
})
