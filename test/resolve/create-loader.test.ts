/** `createLoader` and each of its options. */
import { describe, expect, test } from 'vitest'
import { UsageError } from '../../src/errors.js'
import { isNode } from '../../src/platform/builtin.js'
import { insecureNetwork } from '../../src/report/symbols.js'
import { createLoader, type LoaderOptions } from '../../src/resolve/create-loader.js'
import { codeFrom, serveHttp, serveHttps, wanted } from './loopback.js'

describe('an option that is wrong is a UsageError that names it', () => {
  test.each<[string, unknown]>([
    ['timeoutMs', 0],
    ['timeoutMs', -1],
    ['timeoutMs', 1.5],
    ['timeoutMs', Number.NaN],
    ['timeoutMs', Number.POSITIVE_INFINITY],
    ['timeoutMs', 2 ** 31],
    ['maxRedirects', -1],
    ['maxRedirects', '3'],
    ['allowHosts', 'school.example'],
    ['allowHosts', ['']],
    ['allowHosts', ['https://school.example']],
    ['allowHosts', ['school.example/path']],
    ['allowHosts', ['*.school.example']],
    ['allowHosts', ['user@school.example']],
    ['allowHosts', ['school.example:99999']],
    ['allowHosts', [7]],
    ['allowPrivateAddresses', true],
    ['allowPrivateAddresses', Symbol('insecureNetwork')],
    ['fetch', 'https://proxy.example'],
  ])('%s: %s', (name, value) => {
    const make = () => createLoader({ [name]: value } as LoaderOptions)
    expect(make).toThrow(UsageError)
    expect(make).toThrow(
      expect.objectContaining({ code: 'usage.invalid_option', message: expect.stringContaining(`"${name}"`) }),
    )
  })
})

describe('allowHosts', () => {
  const loaderFor = (...allowHosts: string[]) => createLoader({ allowHosts, fetch: async () => new Response('{}') })
  test.each<[string, string, boolean]>([
    ['school.example', 'https://school.example/', true],
    ['school.example', 'https://SCHOOL.example:443/', true],
    ['school.example', 'https://school.example./', true],
    ['School.Example.', 'https://school.example/', true],
    ['school.example:443', 'https://school.example/', true],
    ['school.example:8443', 'https://school.example:8443/', true],
    ['bücher.example', 'https://xn--bcher-kva.example/', true],
    ['[2606:4700::1]', 'https://[2606:4700:0:0:0:0:0:1]/', true],
    ['school.example', 'https://school.example:8443/', false],
    ['school.example:8443', 'https://school.example/', false],
    ['school.example', 'https://www.school.example/', false],
    ['school.example', 'https://school.example.evil.example/', false],
    ['school.example', 'https://evilschool.example/', false],
  ])('%s and %s: %s', async (host, url, allowed) => {
    expect(await codeFrom(loaderFor(host).load(wanted(url), {}))).toBe(allowed ? 'loaded' : 'resolve.forbidden_url')
  })

  test('does not lift the rules for addresses and names', async () => {
    const loader = loaderFor('127.0.0.1', 'localhost')
    expect(await codeFrom(loader.load(wanted('https://127.0.0.1/'), {}))).toBe('resolve.forbidden_address')
    expect(await codeFrom(loader.load(wanted('https://localhost/'), {}))).toBe('resolve.forbidden_url')
  })

  test('that is empty allows nothing', async () => {
    expect(await codeFrom(loaderFor().load(wanted('https://school.example/'), {}))).toBe('resolve.forbidden_url')
  })
})

describe('insecureNetwork', () => {
  const loader = createLoader({ allowPrivateAddresses: insecureNetwork, timeoutMs: 5000 })

  test('lets http and loopback through, by address and by name', async () => {
    const site = await serveHttp((_, response) => void response.end('{}'))
    for (const host of ['127.0.0.1', '2130706433'])
      expect((await loader.load(wanted(`http://${host}:${site.port}/`), {})).bytes).toHaveLength(2)
    await site.idle()
  })

  test('still checks certificates', async () => {
    const site = await serveHttps((_, response) => void response.end('{}'), { address: '127.0.0.1' })
    expect(await codeFrom(loader.load(wanted(`https://127.0.0.1:${site.port}/`), {}))).toBe('resolve.tls')
  })

  test('still refuses other schemes and passwords, and the way from https to http', async () => {
    for (const url of ['file:///etc/passwd', 'data:,x', 'ftp://127.0.0.1/', 'http://a@127.0.0.1/'])
      expect(await codeFrom(loader.load(wanted(url), {}))).toBe('resolve.forbidden_url')
    const redirect = new Response(null, { status: 302, headers: { location: 'http://127.0.0.1/' } })
    const given = createLoader({ allowPrivateAddresses: insecureNetwork, fetch: async () => redirect })
    expect(await codeFrom(given.load(wanted('https://127.0.0.1/'), {}))).toBe('resolve.forbidden_url')
  })
})

describe('the transport with the checked lookup', () => {
  test.each<[string, unknown, boolean]>([
    ['Node 20', { process: { versions: { node: '20.20.0' } } }, true],
    ['Node 24', { process: { versions: { node: '24.1.0' } }, navigator: { userAgent: 'Node.js/24' } }, true],
    ['Bun', { process: { versions: { node: '22.6.0', bun: '1.2.0' } } }, false],
    ['Deno', { process: { versions: { node: '22.6.0', deno: '2.3.0' } } }, false],
    [
      'Cloudflare',
      { process: { versions: { node: '22.6.0' } }, navigator: { userAgent: 'Cloudflare-Workers' } },
      false,
    ],
    ['a browser', { navigator: { userAgent: 'Mozilla/5.0' } }, false],
    ['a bundler that fakes process', { process: { env: {} } }, false],
  ])('in %s: %s', (_, runtime, expected) => {
    expect(isNode(runtime)).toBe(expected)
  })
})
