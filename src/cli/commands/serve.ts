/**
 * `badgewright serve`: an issuer in one line, on the embedded store.
 *
 * @module
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import { createIssuerHandler, issuerUrls } from '../../entries/http.js'
import { createIssuer } from '../../entries/index.js'
import { defineCommand } from '../command.js'
import { EXIT } from '../exit.js'
import { CommandFailure, misuse } from '../failure.js'
import { openIssuerFolder } from '../issuer-folder.js'
import { listen } from '../node-listener.js'

export const serve = defineCommand({
  name: 'serve',
  summary: 'run an issuer: award, revoke, publish',
  description: [
    'Keeps an issuer in a folder (key, profile, what it issued, status lists) and serves what verifiers ask for: keys, profile, status lists, badges. Needs the package libsql: npm install libsql.',
    'The first start makes a key. With --url https://... the issuer is did:web of that host, to be reached there through a proxy that speaks TLS; without it, it is its own key, good for trying out.',
    'Awards are posted as JSON to <url>/awards, changes to <url>/credentials/<id>/revoke (suspend, reinstate, renew), with "Authorization: Bearer" and the token from the folder. badge.png and achievements.json in the folder are used where they are there.',
  ],
  options: {
    data: { type: 'string', value: 'folder', required: true, description: 'Where the issuer is kept. Keep a copy.' },
    port: { type: 'string', value: 'number', default: '8080', description: 'Where to listen; 0 takes a free one.' },
    host: { type: 'string', value: 'address', default: '127.0.0.1', description: 'Where to listen.' },
    url: {
      type: 'string',
      sets: 'base',
      value: 'url',
      description: 'The public URL, which stands in every badge: keep it. Default: the address that is listened at.',
    },
    name: { type: 'string', value: 'text', default: 'An issuer', description: 'The name of a new issuer.' },
  },
  examples: [
    { title: 'An issuer to try out', line: 'serve --data my-issuer' },
    {
      title: 'Behind a proxy, under your own name',
      line: 'serve --data my-issuer --url https://badges.school.example --name "Example School"',
    },
  ],
  run: async ({ options }, session) => {
    const { data, host, url, name } = options
    const port = Number(options.port)
    if (!/^\d{1,5}$/.test(options.port) || port > 65_535)
      throw misuse(`--port is a number up to 65535, not "${options.port}"`)
    if (url !== undefined) issuerUrls(url)
    const folder = await openIssuerFolder(data, { name, url }, session)
    const { profile, signer, keys, stores, achievements, image, token } = folder
    const { signal } = session.io
    try {
      const listener = await listen({ host, port }, async (origin) => {
        const urls = issuerUrls(url ?? origin)
        const issuer = createIssuer({
          profile,
          signer,
          now: session.now,
          status: { store: stores.status, listUrl: urls.listUrl, purposes: ['revocation'] },
          credentials: stores.credentials,
          credentialId: urls.credentialId,
          refreshUrl: urls.refreshUrl,
          ...(keys.length === 0 ? {} : { keys }),
        })
        return createIssuerHandler({
          issuer,
          profile,
          base: urls.base,
          keys,
          credentials: stores.credentials,
          achievements,
          authorize: async (request) => (isToken(request.headers.get('authorization'), token) ? 'token' : undefined),
          onError: (error) => session.note(`serve: ${error instanceof Error ? error.message : String(error)}`),
          ...(image === undefined ? {} : { image: async () => image }),
        })
      }).catch((cause: NodeJS.ErrnoException) => {
        if (cause.code === undefined || cause.syscall !== 'listen') throw cause
        throw new CommandFailure(EXIT.unreachable, `cannot listen at ${host}:${port}: ${cause.code}`, [], { cause })
      })
      const { bold } = session.style
      session.print(
        `${bold('issuer')}  ${profile.id}`,
        `${bold('at')}      ${listener.origin}${url === undefined ? '' : `, for ${url}`}`,
        `${bold('token')}   ${folder.tokenFile}`,
        'Ctrl-C ends it.',
      )
      await new Promise<void>((resolve) => {
        if (signal.aborted) resolve()
        else signal.addEventListener('abort', () => resolve(), { once: true })
      })
      await listener.close()
    } finally {
      await stores.close()
    }
    return EXIT.ok
  },
})

/** In a time that says nothing of how much was right. */
function isToken(header: string | null, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(header ?? ''), digest(`Bearer ${token}`))
}
