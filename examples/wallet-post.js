// What reaches the wallet of 30-wallet.js: two versions of a badge that can be shown in parts, a malicious link, and later a
// request of somebody who wants to see one result.
import { createCredential, createSigner, generateKey, signCredential } from 'badgewright'
import { createWalletLink } from 'badgewright/wallet'
import { givingFeedback as achievement } from './giving-feedback.js'

export const holder = await createSigner({ key: await generateKey() })
const school = await createSigner({ key: await generateKey('ES256') })
const didOf = (signer) => signer.controller
export const schoolId = didOf(school)

const issue = (validFrom, result) => {
  const credentialSubject = { id: didOf(holder), achievement, result, narrative: 'At the third try.' }
  const id = 'urn:uuid:3f0b7c2e-6a55-4a9b-8c5e-0d6a1f2b3c4d'
  const badge = createCredential({ id, issuer: { id: schoolId }, validFrom, credentialSubject })
  return signCredential(badge, { signer: school, suite: 'ecdsa-sd-2023' })
}
const older = await issue('2026-01-01T00:00:00Z', [{ value: '12' }])
const newer = await issue('2026-02-01T00:00:00Z', [{ value: '12' }, { value: '14' }])
export const post = [older, JSON.stringify(newer), 'javascript:alert(1)']

export const asker = { challenge: '99612b24-63d9-11ea-b99f-4f66f3e4f81a', domain: 'https://far.example' }
const example = { type: 'OpenBadgeCredential', credentialSubject: { result: { value: '14' } } }
const query = [{ type: 'QueryByExample', credentialQuery: { reason: 'To know your level.', example } }]
/** As a QR code holds it. */
export const requestLink = createWalletLink({ verifiablePresentationRequest: { query, ...asker } })
