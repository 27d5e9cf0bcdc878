/**
 * @digitalcredentials/verifier-core. It fetches the list of issuers, the published schema and the status list: all are answered
 * from memory here, the schema with one that accepts everything, which favours it.
 *
 * @module
 */
import { verifyCredential } from '@digitalcredentials/verifier-core'

export function answerFetches(documents) {
  globalThis.fetch = async (request) => {
    const url = typeof request === 'string' ? request : request.url
    const body = documents[url] ?? (/\/schema\//.test(url) ? {} : undefined)
    return body === undefined
      ? new Response('not found', { status: 404 })
      : new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' } })
  }
}

export async function verify(text) {
  const result = await verifyCredential({ credential: JSON.parse(text), knownDIDRegistries: [] })
  const signature = result.log?.find(({ id }) => id === 'valid_signature')
  if (signature?.valid !== true)
    throw new Error(`verifier-core: ${JSON.stringify(result.errors ?? result.log).slice(0, 500)}`)
}
