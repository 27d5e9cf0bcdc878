/** `badgewright serve --data <folder>`, and `badgewright verify` against it over http on loopback. */
import { chmodSync, statSync } from 'node:fs'
import { connect } from 'node:net'
import { describe, expect, test } from 'vitest'
import { run } from '../../src/cli/run.js'
import { ACHIEVEMENT, PNG, workshop } from './harness.js'

const shop = workshop()

/** Starts it on a free port; `end` is Ctrl-C. */
async function serving(folder: string, ...words: string[]) {
  const controller = new AbortController()
  let [out, err] = ['', '']
  let start = (): void => undefined
  const started = new Promise<void>((resolve) => {
    start = resolve
  })
  const done = run(['serve', '--data', folder, '--port', '0', ...words], {
    stdin: (async function* () {})(),
    stdout: {
      write: (chunk) => {
        out += String(chunk)
        start()
      },
    },
    stderr: {
      write: (chunk) => {
        err += String(chunk)
      },
    },
    env: {},
    cwd: shop.folder,
    signal: controller.signal,
  })
  await Promise.race([started, done])
  const origin = /http:\/\/127\.0\.0\.1:\d+/.exec(out)?.[0] ?? ''
  const token = () => shop.text(`${folder}/token`).trim()
  const post = (path: string, body: object) =>
    fetch(`${origin}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token()}` },
      body: JSON.stringify(body),
    })
  return {
    origin,
    post,
    out: () => out,
    err: () => err,
    end: () => {
      controller.abort()
      return done
    },
  }
}

const award = { id: 'award-1', achievement: ACHIEVEMENT, recipient: { id: 'did:example:teacher-1' } }

test('an issuer in one line: award, verify over loopback, revoke, verify, fetch the image; and again after a new start', async () => {
  const server = await serving('issuer')
  const issuer = /did:key:\w+/.exec(server.out())?.[0] ?? ''
  const awarded = await server.post('/awards', award)
  expect(awarded.status).toBe(201)
  const location = awarded.headers.get('location') ?? ''
  shop.write('badge.json', await awarded.text())
  const verify = () =>
    shop.cli(['verify', 'badge.json', '--trust', issuer, '--insecure-network', '--json'], { now: () => new Date() })
  const good = await verify()
  expect(good.code, good.out).toBe(0)
  expect(JSON.parse(good.out).checks.status.findings[0].code).toBe('status.active')
  expect(JSON.parse(good.out).checks.refresh.findings[0].code).toBe('refresh.current')
  expect((await server.post(`${new URL(location).pathname}/revoke`, { reason: 'a test' })).status).toBe(204)
  const bad = await verify()
  expect([bad.code, JSON.parse(bad.out).because]).toEqual([1, ['status.revoked']])
  expect(await server.end()).toBe(0)

  shop.write('issuer/badge.png', PNG)
  const port = new URL(server.origin).port
  const again = await serving('issuer', '--url', server.origin)
  expect(again.out()).toContain(issuer)
  // The same badge: what was issued is remembered.
  expect(await (await again.post('/awards', award)).text()).toBe(shop.text('badge.json'))
  const image = await fetch(`${again.origin}${new URL(location).pathname}`, { headers: { accept: 'image/png' } })
  expect(image.headers.get('content-type')).toBe('image/png')
  expect(port).not.toBe('')
  await again.end()
})

test('the key and the token are for their owner only', async () => {
  const server = await serving('secrets')
  await server.end()
  for (const file of ['issuer-key.json', 'token'])
    if (process.platform !== 'win32') expect(statSync(shop.path(`secrets/${file}`)).mode & 0o077).toBe(0)
})

test('with a public URL the issuer is did:web of it, and did.json says its keys', async () => {
  const server = await serving('web', '--url', 'https://badges.school.example/a', '--name', 'Example School')
  const did = 'did:web:badges.school.example:a'
  expect(server.out()).toContain(did)
  const document = await (await fetch(`${server.origin}/a/did.json`)).json()
  expect(document).toMatchObject({ id: did, assertionMethod: [`${did}#key-1`] })
  expect(await (await fetch(`${server.origin}/a/issuer`)).json()).toMatchObject({ name: 'Example School' })
  await server.end()
})

describe('what others send', () => {
  test('a path with .., as it is: 404 or 400, and no file', async () => {
    const server = await serving('raw')
    for (const path of ['/../issuer-key.json', '/status/../../token', '/%2e%2e/token', '//token', '/..%2ftoken']) {
      const answer = await raw(server.origin, `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
      expect(answer).toMatch(/^HTTP\/1\.1 40[04] /)
      expect(answer).not.toContain(shop.text('raw/token').trim())
    }
    await server.end()
  })
  test('100 MB: refused after the limit, and the connection ends', async () => {
    const server = await serving('large')
    const head = `POST /awards HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${shop.text('large/token').trim()}\r\nContent-Length: 100000000\r\n\r\n`
    const answer = await raw(server.origin, head, 100e6)
    expect(answer).toMatch(/^HTTP\/1\.1 413 /)
    expect(answer).toContain('application/problem+json')
    await server.end()
  })
  test('a port that is taken, a port that is none, a folder of another key', async () => {
    const server = await serving('taken')
    const cli = (...words: string[]) => shop.cli(['serve', '--data', 'taken', ...words])
    const taken = await cli('--port', new URL(server.origin).port)
    expect([taken.code, taken.err]).toEqual([69, expect.stringContaining('EADDRINUSE')])
    expect((await cli('--port', '99999')).code).toBe(64)
    expect((await cli('--url', 'ftp://x')).code).toBe(64)
    await server.end()
    shop.write('taken/issuer.json', { id: 'did:web:other.example', type: ['Profile'], name: 'x' })
    expect((await cli('--port', '0')).err).toContain('did:web:other.example')
  })
})

/** What a client gets that writes on and does not care. */
function raw(origin: string, head: string, bytes = 0): Promise<string> {
  return new Promise((resolve) => {
    let answer = ''
    let left = bytes
    const socket = connect(Number(new URL(origin).port), '127.0.0.1', () => {
      socket.write(head)
      pump()
    })
    const pump = () => {
      while (left > 0 && !socket.destroyed) {
        left -= 65_536
        if (!socket.write(Buffer.alloc(65_536))) {
          socket.once('drain', pump)
          return
        }
      }
    }
    socket.on('data', (chunk) => {
      answer += chunk
      // It has what it wanted to know.
      if (bytes > 0 && answer.includes('\r\n\r\n')) left = 0
    })
    // A server that has answered may cut the line of somebody who goes on sending.
    socket.on('error', () => socket.destroy())
    socket.on('close', () => resolve(answer))
  })
}

describe('for whoever runs it', () => {
  const asking = (origin: string, token: string, path = '/awards') =>
    fetch(`${origin}${path}`, { headers: { authorization: `Bearer ${token}` } })
  const logged = (text: string) =>
    text
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line))

  test('a token for each clerk, with rights; rotated and revoked while it runs', async () => {
    const server = await serving('staff')
    const tokens = async (...words: string[]) => shop.cli(['tokens', ...words, '--data', 'staff'])
    const maria = (await tokens('add', 'maria', '--rights', 'read')).out.trim()
    expect(shop.text('staff/tokens/maria.json')).not.toContain(maria)
    expect((await asking(server.origin, maria)).status).toBe(200)
    const refused = await fetch(`${server.origin}/awards`, {
      method: 'POST',
      headers: { authorization: `Bearer ${maria}` },
      body: JSON.stringify(award),
    })
    expect(refused.status).toBe(403)
    const rotated = (await tokens('rotate', 'maria')).out.trim()
    expect([(await asking(server.origin, maria)).status, (await asking(server.origin, rotated)).status]).toEqual([
      401, 200,
    ])
    await tokens('revoke', 'maria')
    expect((await asking(server.origin, rotated)).status).toBe(401)
    expect((await tokens('list')).err).toContain('none but the file "token"')
    await server.end()
  })
  test.each([
    [['add', 'Maria K.'], 'is no name of a token'],
    [['add', '../x'], 'is no name of a token'],
    [['add', 'eva', '--rights', 'reed'], 'did you mean read?'],
    [['rotate', 'eva'], 'has no token'],
    [['ad', 'eva'], 'did you mean add?'],
    [['add'], 'needs the name'],
  ])('tokens %j is refused', async (words, says) => {
    await shop.cli(['init', 'refusing'])
    const { code, err } = await shop.cli(['tokens', ...words, '--data', 'refusing'])
    expect([code, err]).toEqual([64, expect.stringContaining(says)])
  })
  test('after twenty wrong tokens 429, and the right one is let in all the same', async () => {
    const server = await serving('guessed')
    const codes: number[] = []
    for (let guess = 0; guess < 22; guess++) codes.push((await asking(server.origin, `guess-${guess}`)).status)
    expect(codes.slice(0, 20).every((code) => code === 401)).toBe(true)
    expect(codes.slice(20)).toEqual([429, 429])
    expect((await asking(server.origin, shop.text('guessed/token').trim())).status).toBe(200)
    await server.end()
  })
  test('is it well, and what was asked, without what is personal', async () => {
    const server = await serving('watched', '--log', 'json')
    expect((await fetch(`${server.origin}/healthz`)).status).toBe(200)
    expect(await (await fetch(`${server.origin}/readyz`)).text()).toBe('ok\n')
    await asking(
      server.origin,
      shop.text('watched/token').trim(),
      '/awards/ada@school.example?person=ada@school.example',
    )
    const lines = logged(server.err())
    expect(lines).toMatchObject([
      { method: 'GET', path: '/healthz', status: 200 },
      { path: '/readyz', status: 200 },
      { path: '/awards/:id', status: 404 },
    ])
    expect(server.err()).not.toContain('ada@')
    await server.end()
  })
  test('a token that others can read is not used', async () => {
    if (process.platform === 'win32') return
    await shop.cli(['init', 'open'])
    chmodSync(shop.path('open/token'), 0o644)
    const { code, err } = await shop.cli(['list', '--data', 'open'])
    expect([code, err]).toEqual([74, expect.stringContaining('chmod 600')])
  })
  test('told to end, it answers what was asked before', async () => {
    const server = await serving('ending')
    const { port } = new URL(server.origin)
    const socket = connect(Number(port), '127.0.0.1')
    const body = JSON.stringify(award)
    socket.write(
      `POST /awards HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer ${shop.text('ending/token').trim()}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body.slice(0, 10)}`,
    )
    await new Promise((resolve) => setTimeout(resolve, 100))
    const ended = server.end()
    socket.write(body.slice(10))
    let answer = ''
    for await (const chunk of socket) answer += chunk
    expect(answer).toMatch(/^HTTP\/1\.1 201 /)
    expect(await ended).toBe(0)
  })
})
