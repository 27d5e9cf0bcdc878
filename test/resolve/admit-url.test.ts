/** Which URLs are asked for at all. RFC 6761, 6762, 7686, 8375 for the names. */
import { describe, expect, test } from 'vitest'
import { admitUrl } from '../../src/resolve/admit-url.js'

const open = { insecure: false, allowHosts: undefined }
const admit = (url: string, from?: string) =>
  admitUrl(url, 'asked', open, from === undefined ? undefined : new URL(from))
const refused = expect.objectContaining({ code: 'resolve.forbidden_url', url: 'asked' })

describe('names of closed networks', () => {
  test.each([
    'localhost',
    'LOCALHOST',
    'localhost.',
    'api.localhost',
    'localhost.localdomain',
    'printer.local',
    'metadata.google.internal',
    'router.lan',
    'nas.home.arpa',
    'wiki.corp',
    'db.private',
    'hidden.onion',
    'intranet',
    'kubernetes',
    'issuer.intranet.',
  ])('%s is refused', (name) => {
    expect(() => admit(`https://${name}/`)).toThrow(refused)
  })
  test.each(['issuer.example', 'local.example', 'localhost.example', 'mylocal.example', 'internal.co', 'co.uk.'])(
    '%s is not one',
    (name) => {
      expect(admit(`https://${name}/`).hostname).toBe(name)
    },
  )
})

test('a URL comes back without its fragment, and otherwise as a URL parser writes it', () => {
  expect(admit('HTTPS://Issuer.Example:443/a/../b?c#d').href).toBe('https://issuer.example/b?c')
})

test('a URL without end is refused', () => {
  const url = 'https://issuer.example/'
  expect(admit(url.padEnd(8192, 'x')).href).toHaveLength(8192)
  expect(() => admit(url.padEnd(8193, 'x'))).toThrow(refused)
})

test('a redirect is relative to where it comes from, and may not leave https', () => {
  expect(admit('../b', 'https://issuer.example/x/a').href).toBe('https://issuer.example/b')
  const rules = { insecure: true, allowHosts: undefined }
  expect(admitUrl('https://b.example/', 'asked', rules, new URL('http://a.example/')).href).toBe('https://b.example/')
  expect(() => admitUrl('http://b.example/', 'asked', rules, new URL('https://a.example/'))).toThrow(refused)
})

test('a message is one line, has no password and is not endless', () => {
  const url = `https://user:secret@issuer.example/\n${'x'.repeat(5000)}`
  let message = ''
  try {
    admitUrl(url, url, open)
  } catch (error) {
    message = (error as Error).message
  }
  expect(message).toMatch(/^https:\/\/issuer\.example\/\?x+\.\.\.: has a user name or password/)
  expect(message.length).toBeLessThan(400)
})
