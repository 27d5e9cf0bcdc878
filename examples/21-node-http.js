// The issuer's documents under node:http: keys, status lists, hosted badges.
import { createServer } from 'node:http'
import { createAchievement, createIssuer, createSigner, generateKey } from 'badgewright'
import { createIssuerHandler, issuerUrls } from 'badgewright/http'
import { memoryStores } from 'badgewright/store/memory'

/** The documents are only read here: no body is passed on. */
export function listener(handler) {
  return async (incoming, outgoing) => {
    const { method, headers, url } = incoming
    const response = await handler(new Request(new URL(url, 'http://localhost'), { method, headers }))
    outgoing.writeHead(response.status, Object.fromEntries(response.headers))
    outgoing.end(new Uint8Array(await response.arrayBuffer()))
  }
}

const server = createServer((incoming, outgoing) => listener(handler)(incoming, outgoing))
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
