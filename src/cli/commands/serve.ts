/**
 * `badgewright serve`: an issuer in one line, on the embedded store.
 *
 * @module
 */
import { statSync } from 'node:fs'
import { createIssuerHandler, type Handler, issuerUrls } from '../../entries/http.js'
import { defineCommand } from '../command.js'
import { EXIT } from '../exit.js'
import { CommandFailure, misuse } from '../failure.js'
import { type At, FILES, placesIn } from '../issuer/layout.js'
import { limitingWrongTokens, withHealth, withLog } from '../issuer/operations.js'
import type { Settings } from '../issuer/settings.js'
import { clerkOf } from '../issuer/token-files.js'
import { type IssuerFiles, issuerOf, openIssuerFolder, readIssuerFiles } from '../issuer-folder.js'
import { listen } from '../node-listener.js'
import type { Session } from '../session.js'

export const serve = defineCommand({
  name: 'serve',
  summary: 'run an issuer: award, revoke, publish',
  description: [
    'Keeps an issuer in a folder (key, profile, what it issued, status lists) and serves what verifiers ask for: keys, profile, status lists, badges. Needs the package libsql: npm install libsql.',
    'The first start makes a key. With --url https://... the issuer is did:web of that host, to be reached there through a proxy that speaks TLS; without it, it is its own key, good for trying out.',
    'Awards are posted as JSON to <url>/awards (with the achievement whole or by its id), listed at <url>/awards, changes to <url>/credentials/<id>/revoke (suspend, reinstate, renew), with "Authorization: Bearer" and the token from the folder, or one that "badgewright tokens add" made. /healthz and /readyz are for whoever watches it. It ends on Ctrl-C or SIGTERM, when what was asked before is answered. badge.png and achievements.json in the folder are used where they are there.',
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
    name: { type: 'string', value: 'text', description: 'The name of a new issuer. Default: An issuer.' },
    log: {
      type: 'string',
      choices: ['json', 'none'],
      default: 'none',
      description: 'json: a line on standard error for each request, with no personal data in it.',
    },
  },
  examples: [
    { title: 'An issuer to try out', line: 'serve --data my-issuer' },
    {
      title: 'Behind a proxy, under your own name',
      line: 'serve --data my-issuer --url https://badges.school.example --name "Example School"',
    },
  ],
  run: async ({ options }, session) => {
    const { data, host, url, name, log } = options
    const port = Number(options.port)
    if (!/^\d{1,5}$/.test(options.port) || port > 65_535)
      throw misuse(`--port is a number up to 65535, not "${options.port}"`)
    if (url !== undefined) issuerUrls(url)
    const folder = await openIssuerFolder(data, { name: name ?? 'An issuer', url }, session)
    const { profile, settings, stores, token } = folder
    const { signal } = session.io
    const known = url ?? settings.url
    try {
      demandSameUrl(url, settings, data)
      if (name !== undefined && name !== profile.name)
        throw misuse(
          `--name ${name}: this issuer is called ${profile.name}: to change that, write it into ${FILES.profile} in ${data}`,
        )
      const listener = await listen({ host, port }, async (origin) => {
        const urls = issuerUrls(known ?? origin)
        const common = {
          base: urls.base,
          credentials: stores.credentials,
          onError: (error: unknown) => session.note(`serve: ${error instanceof Error ? error.message : String(error)}`),
        }
        const clock = () => performance.now()
        const handler = upToDate(data, folder, session, (files) => {
          const authorize = async (request: Request) => clerkOf(request, token, files.tokens)
          const isWrong = (request: Request) =>
            request.headers.has('authorization') && clerkOf(request, token, files.tokens) === undefined
          const issuing = createIssuerHandler({
            ...common,
            authorize,
            issuer: issuerOf(files, stores, urls, session),
            profile: files.profile,
            keys: files.keys,
            achievements: files.achievements,
            ...(files.image === undefined ? {} : { image: async () => files.image }),
          })
          return limitingWrongTokens(issuing, isWrong, clock)
        })
        const healthy = withHealth(handler, stores)
        return log === 'json' ? withLog(healthy, session.note, session.now, clock) : healthy
      }).catch((cause: NodeJS.ErrnoException) => {
        if (cause.code === undefined || cause.syscall !== 'listen') throw cause
        throw new CommandFailure(EXIT.unreachable, `cannot listen at ${host}:${port}: ${cause.code}`, [], { cause })
      })
      const { bold } = session.style
      session.print(
        `${bold('issuer')}  ${profile.id}`,
        `${bold('at')}      ${listener.origin}${known === undefined ? '' : `, for ${known}`}`,
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

/** What stands in badges that are out already cannot be changed by a later start. */
function demandSameUrl(url: string | undefined, settings: Settings, folder: string): void {
  if (url === undefined || settings.url === undefined || issuerUrls(url).base === issuerUrls(settings.url).base) return
  throw misuse(
    `--url ${url}: the badges of ${folder} say ${settings.url}, and verifiers go on asking there`,
    'Leave --url out, or make another issuer: badgewright init',
  )
}

/**
 * A handler of the folder as it is now: another command may have rotated a key or added an achievement. What cannot be read is said, and what was
 * read before goes on.
 */
function upToDate(
  folder: string,
  first: IssuerFiles,
  session: Session,
  make: (files: IssuerFiles) => Handler,
): Handler {
  const at = placesIn(folder, session)
  let seen = versionOf(at)
  let handler = make(first)
  return async (request) => {
    const version = versionOf(at)
    if (version !== seen) {
      seen = version
      try {
        handler = make(await readIssuerFiles(at, session))
      } catch (error) {
        session.note(
          `serve: ${error instanceof Error ? error.message : String(error)}; going on with what was read before`,
        )
      }
    }
    return handler(request)
  }
}

/** Other whenever a file that `readIssuerFiles` reads was put in place: all of them are written by renaming. */
function versionOf(at: At): string {
  const names = [
    FILES.key,
    FILES.keys,
    FILES.profile,
    FILES.settings,
    FILES.achievements,
    FILES.achievementsFile,
    FILES.image,
    FILES.tokens,
  ]
  return names
    .map((name) => {
      const stat = statSync(at(name), { bigint: true, throwIfNoEntry: false })
      return stat === undefined ? '' : `${stat.ino} ${stat.mtimeNs} ${stat.size}`
    })
    .join('|')
}
