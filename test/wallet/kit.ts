/** What the wallet's tests stand on: badges of a school, and a holder with a key. */
import {
  createSigner,
  generateKey,
  type SecuredCredential,
  type Signer,
  signCredential,
  type VerifiableCredential,
} from '../../src/entries/index.js'
import type { HeldBadge } from '../../src/entries/wallet.js'
import { badgeOf, type Issuer, newIssuer } from '../verify/kit.js'

export const SIGNED = new Date('2026-01-01T00:00:00Z')

export async function newHolder(): Promise<{ readonly id: string; readonly signer: Signer }> {
  const signer = await createSigner({ key: await generateKey() })
  return { id: signer.verificationMethod.split('#')[0] as string, signer }
}

/** As a wallet holds it. */
export const held = (
  secured: SecuredCredential<VerifiableCredential>,
  unverified?: VerifiableCredential,
): HeldBadge => ({
  secured,
  unverified: unverified ?? (secured as VerifiableCredential),
})

/** With a base proof, from which parts can be shown. */
export async function selective(overrides: Parameters<typeof badgeOf>[1] = {}) {
  const issuer: Issuer = await newIssuer('ES256')
  const badge = badgeOf(issuer, {
    ...overrides,
    credentialSubject: {
      ...overrides.credentialSubject,
      result: [
        { type: ['Result'], value: '12' },
        { type: ['Result'], value: '14' },
      ],
      narrative: 'Private: took three attempts.',
    },
  })
  const secured = await signCredential(badge, { signer: issuer.signer, suite: 'ecdsa-sd-2023', now: SIGNED })
  return { issuer, badge, secured: secured as Extract<SecuredCredential<VerifiableCredential>, object> }
}
