/**
 * A small badge and the settings to sign it, for tests of keys, proofs and issuing.
 *
 * @module
 */

import { didOf } from '../../src/keys/did-key.js'
import { publicJwk } from '../../src/keys/jwk.js'
import { createLocalSigner } from '../../src/keys/local-signer.js'
import type { Signer } from '../../src/keys/signer.js'
import type { PrivateJwk } from '../../src/model/jwk.js'
import type { OpenBadgeCredential } from '../../src/model/types.js'
import { cryptoPlatform, webCryptoPlatform } from '../../src/platform/crypto.js'
import { defaultSuites } from '../../src/proof/default-suites.js'
import type { SignSettings } from '../../src/proof/signing.js'
import { KEYS } from '../keys/vectors.js'
import { testContext } from '../resolve/fake-loader.js'

export const NOW = new Date('2030-01-02T03:04:05Z')
export const VC_V2 = 'https://www.w3.org/ns/credentials/v2'
export const OB_V3 = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'

/** Issued by the did:key of `KEYS.EdDSA` unless `changes` says otherwise. */
export function badge(changes: object = {}): OpenBadgeCredential {
  return {
    '@context': [VC_V2, OB_V3],
    id: 'urn:uuid:8a3c0b3e-0000-4000-8000-000000000001',
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: 'Giving Feedback',
    issuer: { id: issuerOf(KEYS.EdDSA), type: ['Profile'], name: 'School of Examples' },
    validFrom: '2030-01-01T00:00:00Z',
    credentialSubject: {
      id: 'did:example:learner',
      type: ['AchievementSubject'],
      achievement: {
        id: 'https://school.example/achievements/giving-feedback',
        type: ['Achievement'],
        name: 'Giving Feedback',
        description: 'Gives feedback that helps.',
        criteria: { narrative: 'Two observed lessons.' },
      },
    },
    ...changes,
  } as unknown as OpenBadgeCredential
}

export const issuerOf = (key: PrivateJwk): string => didOf(publicJwk(key)).did

export function signerOf(key: PrivateJwk, verificationMethod?: string): Promise<Signer> {
  return createLocalSigner(
    { key, ...(verificationMethod === undefined ? {} : { verificationMethod }) },
    cryptoPlatform(),
    webCryptoPlatform,
  )
}

export function signSettings(settings: Pick<SignSettings, 'signer'> & Partial<SignSettings>): SignSettings {
  return {
    suites: defaultSuites(),
    now: NOW,
    proven: new WeakSet(),
    context: testContext({ now: NOW }),
    ...settings,
  }
}
