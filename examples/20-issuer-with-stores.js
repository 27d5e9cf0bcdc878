// An issuer that remembers: the same award is one badge, and a badge can be revoked. In production embeddedStores or postgresStores.
import { createAchievement, createIssuer, createSigner, createVerifier, generateKey } from 'badgewright'
import { memoryStores } from 'badgewright/store/memory'

const signer = await createSigner({ key: await generateKey() })
const profile = { id: signer.controller, name: 'Example School of Education' }
const stores = memoryStores()
const issuer = createIssuer({
  profile,
  signer,
  status: { store: stores.status, listUrl: (listId) => `https://school.example/status/${listId}` },
  credentials: stores.credentials,
})

const achievement = createAchievement({
  id: 'https://school.example/achievements/giving-feedback',
  name: 'Giving Feedback',
  description: 'Feedback that helps others grow.',
  criteria: { narrative: 'Gave three colleagues feedback that they could act on, and followed up.' },
})
const award = { id: 'award-2030-17', achievement, recipient: { email: 'ada@example.org' } }
const badge = await issuer.issue(award)
console.log('the same badge again:', (await issuer.issue(award)).id === badge.id)

// A reader fetches the list from where it is published; here from the issuer itself.
const loader = {
  load: async ({ url }) => {
    const list = await issuer.statusListCredential(url.split('/').at(-1))
    return { url, bytes: new TextEncoder().encode(JSON.stringify(list)), mediaType: 'application/vc' }
  },
}
const verifier = createVerifier({ trustedIssuers: [profile.id], loader })
console.log('before:', (await verifier.verify(badge)).outcome)
await issuer.revoke(badge.id, { reason: 'awarded by mistake', by: 'clerk 7' })
console.log('after:', (await createVerifier({ trustedIssuers: [profile.id], loader }).verify(badge)).because.join())
