// Issue a badge: from a competency to a signed Open Badge 3.0.
// #region readme
import { createAchievement, createCredential, createSigner, generateKey, signCredential } from 'badgewright'

const signer = await createSigner({ key: await generateKey() }) // keep the key: npx badgewright keygen
export const issuer = { id: signer.controller, name: 'Example School of Education' }
const criteria = { narrative: 'Gave three colleagues feedback that they could act on, and followed up.' }
const achievement = createAchievement({ name: 'Giving Feedback', description: 'Helps others grow.', criteria })
const credentialSubject = { id: 'did:example:teacher-17', achievement }
export const badge = await signCredential(createCredential({ issuer, credentialSubject }), { signer })
// #endregion

console.log(JSON.stringify(badge, null, 2))
