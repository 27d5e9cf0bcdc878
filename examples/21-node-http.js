// The issuer's documents under node:http: keys, status lists, hosted badges.
import { createServer } from 'node:http'
import { createAchievement, createIssuer, createSigner, generateKey } from 'badgewright'
import { createIssuerHandler, issuerUrls, nodeListener } from 'badgewright/http'
import { memoryStores } from 'badgewright/store/memory'

// The handler is made when the port is known.
const server = createServer((incoming, outgoing) => nodeListener(handler)(incoming, outgoing))
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const urls = issuerUrls(`http://127.0.0.1:${server.address().port}`)

const signer = await createSigner({ key: await generateKey() })
const profile = { id: signer.controller, name: 'Example School of Education' }
const { status: store, credentials } = memoryStores()
const { listUrl, credentialId, refreshUrl } = urls
const issuer = createIssuer({ profile, signer, status: { store, listUrl }, credentials, credentialId, refreshUrl })
const handler = createIssuerHandler({ issuer, profile, base: urls.base, credentials })

const criteria = { narrative: 'Gave three colleagues feedback that they could act on.' }
const achievement = createAchievement({ name: 'Giving Feedback', description: 'Feedback that helps.', criteria })
const { id, credentialStatus } = await issuer.issue({
  id: 'a1',
  achievement,
  recipient: { id: 'did:example:teacher-17' },
})
for (const url of [id, credentialStatus.statusListCredential, `${urls.base}/status/none`]) {
  const response = await fetch(url)
  console.log(response.status, response.headers.get('content-type'), response.headers.get('cache-control'))
}
server.close()
