/** The rules of the network, with Node's transport: real servers on the loopback interface, under the rules of the open network. */
import { once } from 'node:events'
import { setDefaultAutoSelectFamily } from 'node:net'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { ResolutionError } from '../../src/errors.js'
import { createLoader } from '../../src/resolve/create-loader.js'
import {
  codeFrom,
  HOST,
  loaderIn,
  names,
  PRIVATE,
  PUBLIC,
  serveHttp,
  serveHttps,
  serveTcp,
  wanted,
} from './loopback.js'
import { selfSigned } from './self-signed.js'

afterEach(() => vi.unstubAllEnvs())

describe('a document', () => {
  test('comes with its bytes, media type and lifetime, over a connection that is closed', async () => {
    const heads: unknown[] = []
    const site = await serveHttps((request, response) => {
      heads.push(request.headers)
      response.setHeader('content-type', 'Application/LD+JSON; charset=utf-8')
      response.setHeader('cache-control', 'public, max-age=600')
      response.setHeader('set-cookie', 'tracked=1')
      response.end('{"a":1}')
    })
    const loader = loaderIn()
    const url = `https://${HOST}:${site.port}/context.json`
    const loaded = await loader.load(wanted(`${url}#fragment`), {})
    expect(loaded).toEqual({
      url,
      bytes: new TextEncoder().encode('{"a":1}'),
      mediaType: 'application/ld+json',
      maxAgeSeconds: 600,
    })
    expect(Object.getPrototypeOf(loaded.bytes)).toBe(Uint8Array.prototype)
    await loader.load(wanted(url, { accept: 'application/jwt' }), {})
    expect(heads).toEqual([
      {
        accept: 'application/ld+json, application/json;q=0.9, */*;q=0.1',
        'accept-encoding': 'identity',
        'user-agent': 'badgewright',
        host: `${HOST}:${site.port}`,
        connection: 'close',
      },
      expect.objectContaining({ accept: 'application/jwt' }),
    ])
    await site.idle()
    expect(site.connections).toBe(2)
  })

  test('without a media type or a lifetime says so', async () => {
    const site = await serveHttps((_, response) => void response.end())
    const loaded = await loaderIn().load(wanted(`https://${HOST}:${site.port}/`), {})
    expect(loaded).toEqual({ url: `https://${HOST}:${site.port}/`, bytes: new Uint8Array(0), mediaType: '' })
  })
})

describe('redirects', () => {
  const chain = () =>
    serveHttps((request, response) => {
      const left = Number(request.url?.slice(1))
      if (left > 0)
        response.writeHead([301, 302, 303, 307, 308][left % 5] ?? 302, { location: `./${left - 1}` }).end('moved')
      else response.end(request.url === '/0' ? 'there' : 'lost')
    })

  test('are followed three times, and the URL is the last one', async () => {
    const site = await chain()
    const loaded = await loaderIn().load(wanted(`https://${HOST}:${site.port}/3`), {})
    expect(loaded.url).toBe(`https://${HOST}:${site.port}/0`)
    expect(new TextDecoder().decode(loaded.bytes)).toBe('there')
    await site.idle()
  })

  test('are not followed a fourth time', async () => {
    const site = await chain()
    const url = `https://${HOST}:${site.port}/4`
    const failure = await loaderIn()
      .load(wanted(url), {})
      .catch((error) => error)
    expect(failure).toBeInstanceOf(ResolutionError)
    expect(failure).toMatchObject({ code: 'resolve.too_many_redirects', url })
    expect(site.connections).toBe(4)
    await site.idle()
  })

  test('in a circle end, and with maxRedirects 0 the first one does', async () => {
    const site = await serveHttps((_, response) => void response.writeHead(302, { location: '/' }).end())
    const url = `https://${HOST}:${site.port}/`
    expect(await codeFrom(loaderIn().load(wanted(url), {}))).toBe('resolve.too_many_redirects')
    expect(site.connections).toBe(4)
    expect(await codeFrom(loaderIn({ maxRedirects: 0 }).load(wanted(url), {}))).toBe('resolve.too_many_redirects')
    expect(site.connections).toBe(5)
  })

  test.each([
    ['https://169.254.169.254/latest/meta-data', 'resolve.forbidden_address'],
    ['//169.254.169.254/latest/meta-data', 'resolve.forbidden_address'],
    ['https://[fd00:ec2::254]/', 'resolve.forbidden_address'],
    ['https://2130706433/', 'resolve.forbidden_address'],
    ['https://[::ffff:127.0.0.1]/', 'resolve.forbidden_address'],
    [`http://${HOST}/`, 'resolve.forbidden_url'],
    ['file:///etc/passwd', 'resolve.forbidden_url'],
    ['ftp://other.example/', 'resolve.forbidden_url'],
    ['data:application/json,{}', 'resolve.forbidden_url'],
    ['https://localhost/', 'resolve.forbidden_url'],
    [`https://user:secret@${HOST}/`, 'resolve.forbidden_url'],
    ['https://', 'resolve.forbidden_url'],
    ['https://private.example/', 'resolve.forbidden_address'],
  ])('to %s are refused', async (location, code) => {
    const site = await serveHttps((_, response) => void response.writeHead(302, { location }).end())
    const { lookup } = names({ [HOST]: [[PUBLIC]], 'private.example': [['10.1.2.3']] })
    const url = `https://${HOST}:${site.port}/`
    const failure = await loaderIn({ lookup })
      .load(wanted(url), {})
      .catch((error) => error)
    expect(failure).toMatchObject({ code, url })
    expect(failure.message).not.toContain('secret')
    expect(site.connections).toBe(1)
    await site.idle()
  })

  test('leave no connection open behind them, also where their body never ends', async () => {
    let left: Promise<unknown> = Promise.resolve()
    const site = await serveHttps(async (request, response) => {
      if (request.url === '/') {
        left = once(request.socket, 'close')
        response.writeHead(302, { location: '/next' }).write('moved')
      } else {
        await left
        response.end()
      }
    })
    expect(await codeFrom(loaderIn().load(wanted(`https://${HOST}:${site.port}/`), {}))).toBe('loaded')
  })

  test('without a Location are no answer', async () => {
    const site = await serveHttps((_, response) => void response.writeHead(307).end())
    expect(await codeFrom(loaderIn().load(wanted(`https://${HOST}:${site.port}/`), {}))).toBe('resolve.bad_answer')
  })
})

describe('names', () => {
  /** A public and a private server on the same port, so that only the address tells them apart. */
  async function twins() {
    for (let attempt = 0; ; attempt++) {
      const open = await serveHttps((request, response) => {
        if (request.url === '/again') response.writeHead(302, { location: '/' }).end()
        else response.end('public')
      })
      try {
        return {
          open,
          closed: await serveHttps((_, response) => void response.end('private'), {
            address: PRIVATE,
            port: open.port,
          }),
        }
      } catch (error) {
        if (attempt === 9) throw error
      }
    }
  }

  test('that change from a public to a private address do not lead there: what is judged is what is connected to', async () => {
    const { open, closed } = await twins()
    const { lookup, asked } = names({ [HOST]: [[PUBLIC], [PRIVATE]] })
    const loader = loaderIn({ lookup })
    const loaded = await loader.load(wanted(`https://${HOST}:${open.port}/`), {})
    expect(new TextDecoder().decode(loaded.bytes)).toBe('public')
    expect(asked).toEqual([HOST])
    const failure = await loader.load(wanted(`https://${HOST}:${open.port}/`), {}).catch((error) => error)
    expect(failure).toMatchObject({ code: 'resolve.forbidden_address' })
    // Whoever brings a badge does not learn the addresses behind names.
    expect(failure.message).not.toContain(PRIVATE)
    expect(closed.connections).toBe(0)
  })

  test('that change in the middle of a redirect do not lead there either', async () => {
    const { open, closed } = await twins()
    const { lookup, asked } = names({ [HOST]: [[PUBLIC], [PRIVATE]] })
    expect(await codeFrom(loaderIn({ lookup }).load(wanted(`https://${HOST}:${open.port}/again`), {}))).toBe(
      'resolve.forbidden_address',
    )
    expect(asked).toEqual([HOST, HOST])
    expect([open.connections, closed.connections]).toEqual([1, 0])
  })

  test.each([
    [[PUBLIC, PRIVATE]],
    [[PRIVATE, PUBLIC]],
    [[PUBLIC, '::1']],
    [[PUBLIC, '::ffff:10.0.0.1']],
    [[PUBLIC, 'fe80::1%eth0']],
  ])('with one address that is not public among %s are refused as a whole', async (addresses) => {
    const { open, closed } = await twins()
    const { lookup } = names({ [HOST]: [addresses] })
    expect(await codeFrom(loaderIn({ lookup }).load(wanted(`https://${HOST}:${open.port}/`), {}))).toBe(
      'resolve.forbidden_address',
    )
    expect([open.connections, closed.connections]).toEqual([0, 0])
  })

  test('with several public addresses are tried at each', async () => {
    const site = await serveHttps((_, response) => void response.end('public'))
    const { lookup } = names({ [HOST]: [[PUBLIC, PUBLIC]] })
    expect(await codeFrom(loaderIn({ lookup }).load(wanted(`https://${HOST}:${site.port}/`), {}))).toBe('loaded')
  })

  test('are judged as well where Node connects to one address only', async () => {
    const { open } = await twins()
    const { lookup } = names({
      [HOST]: [
        [PUBLIC, PUBLIC],
        [PUBLIC, PRIVATE],
      ],
    })
    setDefaultAutoSelectFamily(false)
    try {
      const loader = loaderIn({ lookup })
      expect(await codeFrom(loader.load(wanted(`https://${HOST}:${open.port}/`), {}))).toBe('loaded')
      expect(await codeFrom(loader.load(wanted(`https://${HOST}:${open.port}/`), {}))).toBe('resolve.forbidden_address')
    } finally {
      setDefaultAutoSelectFamily(true)
    }
  })

  test('that nobody knows, or that have no address, are unreachable', async () => {
    const { lookup } = names({ 'empty.example': [[]] })
    expect(await codeFrom(loaderIn({ lookup }).load(wanted('https://gone.example/'), {}))).toBe('resolve.unreachable')
    expect(await codeFrom(loaderIn({ lookup }).load(wanted('https://empty.example/'), {}))).toBe('resolve.unreachable')
  })
})

describe('TLS', () => {
  const certificates = {
    'of an unknown authority': { served: selfSigned([HOST]), ca: undefined },
    'that has expired': { served: selfSigned([HOST], { from: -3, until: -1 }) },
    'that is not yet valid': { served: selfSigned([HOST], { from: 1, until: 3 }) },
    'of another host': { served: selfSigned(['other.example']) },
  }
  test.each(Object.entries(certificates))(
    'a certificate %s is refused, whatever the environment says',
    async (_, entry) => {
      // Node warns of the variable, once a process; the warning is not what is tested.
      vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
      const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
      const requests: unknown[] = []
      const site = await serveHttps(
        (request, response) => {
          requests.push(request.url)
          response.end()
        },
        {
          certificate: entry.served,
        },
      )
      const world = 'ca' in entry ? {} : { ca: entry.served.cert }
      const failure = await loaderIn(world)
        .load(wanted(`https://${HOST}:${site.port}/`), {})
        .catch((error) => error)
      warn.mockRestore()
      expect(failure).toBeInstanceOf(ResolutionError)
      expect(failure).toMatchObject({ code: 'resolve.tls', cause: expect.any(Error) })
      expect(requests).toEqual([])
      await site.idle()
    },
  )

  test('plain http on the port of https is refused', async () => {
    const site = await serveHttp((_, response) => void response.end('{}'), { address: PUBLIC })
    expect(await codeFrom(loaderIn().load(wanted(`https://${HOST}:${site.port}/`), {}))).toBe('resolve.tls')
  })
})

describe('a status other than 200', () => {
  test.each([
    [404, 'resolve.not_found'],
    [410, 'resolve.not_found'],
    [204, 'resolve.http_status'],
    [206, 'resolve.http_status'],
    [300, 'resolve.http_status'],
    [304, 'resolve.http_status'],
    [401, 'resolve.http_status'],
    [429, 'resolve.http_status'],
    [503, 'resolve.http_status'],
  ])('%i is %s, with the status in the message', async (status, code) => {
    const site = await serveHttps((_, response) => void response.writeHead(status).end())
    const failure = await loaderIn()
      .load(wanted(`https://${HOST}:${site.port}/`), {})
      .catch((error) => error)
    expect(failure).toMatchObject({ code, message: expect.stringContaining(String(status)) })
    await site.idle()
  })
})

describe('a connection', () => {
  test('that nobody takes is unreachable', async () => {
    const site = await serveTcp((socket) => socket.destroy())
    expect(await codeFrom(loaderIn().load(wanted(`https://${HOST}:${site.port}/`), {}))).toBe('resolve.unreachable')
    const { lookup } = names({ [HOST]: [['127.0.0.3']] })
    const transportRules = { lookup, insecure: true }
    expect(await codeFrom(loaderIn(transportRules).load(wanted(`https://${HOST}:${site.port}/`), {}))).toBe(
      'resolve.unreachable',
    )
  })

  test('that breaks off in the middle of the body is unreachable', async () => {
    const site = await serveHttps((_, response) => {
      response.writeHead(200, { 'content-length': 1000 }).write('{')
      setImmediate(() => response.destroy())
    })
    expect(await codeFrom(loaderIn().load(wanted(`https://${HOST}:${site.port}/`), {}))).toBe('resolve.unreachable')
  })

  test.each([
    ['no HTTP', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['a header without end', `HTTP/1.1 200 OK\r\nx: ${'x'.repeat(40_000)}`],
    ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n{}'],
    ['length and chunks', 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n{}'],
  ])('that speaks %s is a bad answer', async (_, answer) => {
    const site = await serveTcp((socket) => void socket.end(answer), { address: PRIVATE })
    const loader = loaderIn({ insecure: true })
    expect(await codeFrom(loader.load(wanted(`http://127.0.0.1:${site.port}/`), {}))).toBe('resolve.bad_answer')
  })

  test('that changes the protocol is a bad answer', async () => {
    const upgrade = 'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n'
    const site = await serveTcp((socket) => void socket.write(upgrade), { address: PRIVATE })
    expect(await codeFrom(loaderIn({ insecure: true }).load(wanted(`http://127.0.0.1:${site.port}/`), {}))).toBe(
      'resolve.bad_answer',
    )
    await site.idle()
  })
})

describe('an abort', () => {
  const reason = new Error('the user closed the window')

  test('before the call rejects with its reason, and nothing is asked', async () => {
    const { lookup, asked } = names({ [HOST]: [[PUBLIC]] })
    const loading = loaderIn({ lookup }).load(wanted(`https://${HOST}/`), { signal: AbortSignal.abort(reason) })
    await expect(loading).rejects.toBe(reason)
    expect(asked).toEqual([])
  })

  test('while a name is looked up rejects with its reason', async () => {
    const stop = new AbortController()
    const loading = loaderIn({ lookup: () => stop.abort(reason) }).load(wanted(`https://${HOST}/`), {
      signal: stop.signal,
    })
    await expect(loading).rejects.toBe(reason)
  })

  test.each(['head', 'body'])('while the %s is awaited rejects with its reason and closes the socket', async (part) => {
    const stop = new AbortController()
    const site = await serveHttps(async (request, response) => {
      if (part === 'body') response.write('{')
      stop.abort(reason)
      await once(request.socket, 'close')
    })
    const loading = loaderIn().load(wanted(`https://${HOST}:${site.port}/`), { signal: stop.signal })
    await expect(loading).rejects.toBe(reason)
    await site.idle()
  })
})

describe('allowHosts', () => {
  test('lets exactly these hosts through, at the port that is named', async () => {
    const site = await serveHttps((request, response) => {
      if (request.url === '/out') response.writeHead(302, { location: 'https://other.example/' }).end()
      else response.end('{}')
    })
    const { lookup, asked } = names({ [HOST]: [[PUBLIC]], [`${HOST}.`]: [[PUBLIC]], 'other.example': [[PUBLIC]] })
    const loader = loaderIn({ lookup, allowHosts: new Set([`${HOST}:${site.port}`]) })
    expect(await codeFrom(loader.load(wanted(`https://ISSUER.example.:${site.port}/`), {}))).toBe('loaded')
    for (const url of [`https://${HOST}/`, `https://other.example:${site.port}/`, `https://sub.${HOST}:${site.port}/`])
      expect(await codeFrom(loader.load(wanted(url), {}))).toBe('resolve.forbidden_url')
    expect(await codeFrom(loader.load(wanted(`https://${HOST}:${site.port}/out`), {}))).toBe('resolve.forbidden_url')
    expect(asked).not.toContain('other.example')
  })
})

describe('what is not the world failing', () => {
  test('propagates as it is', async () => {
    const bug = new TypeError('a bug')
    const transport = { exchange: () => Promise.reject(bug) }
    await expect(loaderIn({ transport }).load(wanted(`https://${HOST}/`), {})).rejects.toBe(bug)
    const invalid = loaderIn().load(wanted(`https://${HOST}/`, { accept: 'a\nb' }), {})
    await expect(invalid).rejects.toMatchObject({ code: 'ERR_INVALID_CHAR' })
  })
})

describe('createLoader() as it comes', () => {
  test.each([
    ['https://127.0.0.1:9/', 'resolve.forbidden_address'],
    ['https://0x7f.1/', 'resolve.forbidden_address'],
    ['https://0177.0.0.1/', 'resolve.forbidden_address'],
    ['https://2130706433/', 'resolve.forbidden_address'],
    ['https://[::1]:9/', 'resolve.forbidden_address'],
    ['https://localhost:9/', 'resolve.forbidden_url'],
    ['http://issuer.example/', 'resolve.forbidden_url'],
    ['did:web:issuer.example', 'resolve.forbidden_url'],
    ['not a URL', 'resolve.forbidden_url'],
    ['', 'resolve.forbidden_url'],
  ])('refuses %s before it asks anybody', async (url, code) => {
    const failure = await createLoader()
      .load(wanted(url), {})
      .catch((error) => error)
    expect(failure).toBeInstanceOf(ResolutionError)
    expect(failure).toMatchObject({ code, url })
  })
})
