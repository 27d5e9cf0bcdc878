import { ecdsaJcs2019 } from './ecdsa-jcs-2019.js'
import { ecdsaRdfc2019 } from './ecdsa-rdfc-2019.js'
import { ecdsaSd2023 } from './ecdsa-sd-2023.js'
import { ed25519Signature2020 } from './ed25519-signature-2020.js'
import { eddsaJcs2022 } from './eddsa-jcs-2022.js'
import { eddsaRdfc2022 } from './eddsa-rdfc-2022.js'
import type { ProofSuite } from './suite.js'

/** All suites of this library. Signing takes the first that fits the key, so the order is also the preference. */
export function defaultSuites(): ProofSuite[] {
  return [eddsaRdfc2022, ecdsaRdfc2019, eddsaJcs2022, ecdsaJcs2019, ed25519Signature2020, ecdsaSd2023]
}
