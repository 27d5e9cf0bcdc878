/**
 * A backend that is told: a real server on the loopback interface.
 *
 * @module
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { newWebhookSecret, verifyWebhook, type WebhookEvent } from '../../src/entries/webhooks.js'

export interface Receiver {
  readonly url: string
  readonly secret: string
  /** What was signed and answered with 2xx, in the order in which it came. */
  readonly events: WebhookEvent[]
  /** Requests that came, whatever they were answered. */
  readonly requests: { readonly id: string; readonly body: string; readonly headers: IncomingMessage['headers'] }[]
  close(): Promise<void>
}

/** `answer`: the status for a request, after as many others with the same id; undefined lets it hang. */
export async function startReceiver(
  answer: (id: string, before: number, response: ServerResponse) => number | undefined = () => 204,
  secret = newWebhookSecret(),
): Promise<Receiver> {
  const receiver: Receiver = { url: '', secret, events: [], requests: [], close: async () => undefined }
  const server = createServer(async (request, response) => {
    const chunks: Uint8Array[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    const id = String(request.headers['webhook-id'])
    const before = receiver.requests.filter((each) => each.id === id).length
    receiver.requests.push({ id, body: body.toString(), headers: request.headers })
    const status = answer(id, before, response)
    if (status === undefined) return
    if (status >= 200 && status <= 299)
      receiver.events.push(await verifyWebhook({ headers: request.headers, body }, secret))
    response.writeHead(status).end('what is said here is read by nobody')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return Object.assign(receiver, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  })
}
