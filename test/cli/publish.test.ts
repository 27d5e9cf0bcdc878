/** `badgewright publish`: the status lists of an issuer's folder as files. */
import { readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import { issuerOf, openIssuerFolder } from '../../src/cli/issuer-folder.js'
import { createSession } from '../../src/cli/session.js'
import { issuerUrls } from '../../src/entries/http.js'
import { createAchievement, type Issuer } from '../../src/entries/index.js'
import { workshop } from './harness.js'

const shop = workshop()
const URL_OF_ALL = 'https://badges.school.example/a'
const achievement = createAchievement({ name: 'x', description: 'y', criteria: { narrative: 'z' } })

const session = createSession({
  stdin: (async function* () {})(),
  stdout: { write: () => undefined },
  stderr: { write: () => undefined },
  env: {},
  cwd: shop.folder,
  signal: new AbortController().signal,
})

/** As a process of its own would. */
async function withIssuer(folder: string, url: string | undefined, work: (issuer: Issuer) => Promise<unknown>) {
  const opened = await openIssuerFolder(folder, { name: 'Hill School', url }, session)
  await work(issuerOf(opened, opened.stores, issuerUrls(url ?? 'http://127.0.0.1:8080'), session))
  await opened.stores.close()
}
const award = { id: 'award-1', achievement, recipient: { id: 'did:example:1' } }
const options = { now: () => new Date() }
const LIST = 'public/a/status/revocation-1'

beforeAll(() => withIssuer('issuer', URL_OF_ALL, (issuer) => issuer.issue(award)))

test('writes what changed, under the paths of the URLs, and nothing that is secret', async () => {
  const first = await shop.cli(['publish', '--data', 'issuer', '--out', 'public'], options)
  expect([first.code, first.err, first.out]).toEqual([0, '', '2 of 2 status lists written into public\n'])
  expect(
    readdirSync(shop.path('public'), { recursive: true })
      .map(String)
      .filter((name) => !name.includes('.badgewright'))
      .sort(),
  ).toEqual([
    'a',
    'a/status',
    ...['revocation-1', 'revocation-1.gz', 'suspension-1', 'suspension-1.gz'].map((name) => `a/status/${name}`),
  ])
  expect(JSON.parse(shop.text(LIST))).toMatchObject({
    id: `${URL_OF_ALL}/status/revocation-1`,
    issuer: 'did:web:badges.school.example:a',
  })
  const before = shop.text(LIST)
  expect((await shop.cli(['publish', '--data', 'issuer', '--out', 'public'], options)).out).toContain(
    '0 of 2 status lists written into public, the rest is as it was',
  )
  expect(shop.text(LIST)).toBe(before)
  await withIssuer('issuer', URL_OF_ALL, async (issuer) => {
    for await (const line of issuer.export()) {
      const { kind, credentialId } = line as { kind: string; credentialId: string }
      if (kind === 'credential') await issuer.revoke(credentialId)
    }
  })
  expect((await shop.cli(['publish', '--data', 'issuer', '--out', 'public'], options)).out).toContain('1 of 2')
  expect(shop.text(LIST)).not.toBe(before)
  expect(gunzipSync(readFileSync(shop.path(`${LIST}.gz`))).toString()).toBe(shop.text(LIST))
})

test('a folder without an issuer is left alone', async () => {
  const { code, err } = await shop.cli(['publish', '--data', 'none', '--out', 'public'])
  expect([code, err]).toEqual([66, expect.stringContaining('none: is no issuer')])
  expect(readdirSync(shop.folder)).not.toContain('none')
})

test('an issuer that does not know its URL: 64, and where to write it', async () => {
  await withIssuer('try-out', undefined, (issuer) => issuer.issue(award))
  const { code, err } = await shop.cli(['publish', '--data', 'try-out', '--out', 'out'], options)
  expect([code, err]).toEqual([64, expect.stringContaining('settings.json')])
})

test('a place that cannot be written: 74, and why', async () => {
  shop.write('taken', 'a file')
  const { code, err } = await shop.cli(['publish', '--data', 'issuer', '--out', 'taken'], options)
  expect([code, err]).toEqual([74, expect.stringMatching(/could not .* a\/status\/revocation-1.*(ENOTDIR|EEXIST)/)])
})
