// A key, kept from everybody else.
import { chmodSync, statSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { createSigner } from '../../src/entries/index.js'
import { workshop } from './harness.js'

const shop = workshop()
const PRIVATE = ['d', 'p', 'q', 'dp', 'dq', 'qi']

describe.each(['EdDSA', 'ES256', 'ES384', 'RS256'])('keygen --alg %s', (alg) => {
  const file = `${alg}.json`
  test('writes a key that signs, for its owner only, and shows its public part', async () => {
    const { code, out, err } = await shop.cli(['keygen', '--alg', alg, '--out', file])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    if (process.platform !== 'win32') expect(statSync(shop.path(file)).mode & 0o777).toBe(0o600)
    const key = shop.json<Record<string, string>>(file)
    const signer = await createSigner({ key: key as never })
    expect(signer.algorithm).toBe(alg)
    expect(out).toContain(signer.verificationMethod)
    expect(out).toContain(JSON.stringify(signer.publicKey, undefined, 2))
    for (const member of PRIVATE.filter((name) => key[name] !== undefined)) expect(out).not.toContain(key[member])
  })
})

test('the file is issuer-key.json', async () => {
  expect((await shop.cli(['keygen'])).out).toContain('issuer-key.json')
  expect(shop.json('issuer-key.json')).toMatchObject({ kty: 'OKP' })
})
test('a key that is there is never replaced, but by --force', async () => {
  shop.write('old.json', '{"old":true}')
  chmodSync(shop.path('old.json'), 0o644)
  const refused = await shop.cli(['keygen', '--out', 'old.json'])
  expect(refused).toMatchObject({ code: 74, out: '' })
  expect(refused.err).toContain('old.json: is there already, and stays as it is: name another file, or say --force')
  expect(shop.text('old.json')).toBe('{"old":true}')
  expect((await shop.cli(['keygen', '--out', 'old.json', '--force'])).code).toBe(0)
  expect(shop.json('old.json')).toMatchObject({ crv: 'Ed25519' })
  if (process.platform !== 'win32') expect(statSync(shop.path('old.json')).mode & 0o777).toBe(0o600)
})
test('the private key is printed only where that is asked for, and nothing else with it', async () => {
  const { code, out, err } = await shop.cli(['keygen', '--out', '-'])
  const key = JSON.parse(out)
  expect(code).toBe(0)
  expect(key).toMatchObject({ kty: 'OKP', d: expect.any(String) })
  expect(err).toContain('did:key:')
  expect(err).not.toContain(key.d)
})
test('--json describes the public part', async () => {
  const { out } = await shop.cli(['keygen', '--out', 'json.json', '--json'])
  const shown = JSON.parse(out)
  expect(shown).toEqual({
    file: 'json.json',
    issuer: expect.stringMatching(/^did:key:z6Mk/),
    verificationMethod: `${shown.issuer}#${shown.issuer.slice(8)}`,
    publicJwk: { kty: 'OKP', crv: 'Ed25519', x: expect.any(String) },
  })
  expect(out).not.toContain(shop.json<{ d: string }>('json.json').d)
})
test("a key with a name of the issuer's own", async () => {
  const named = 'did:web:school.example#key-1'
  const { out } = await shop.cli(['keygen', '--out', 'named.json', '--verification-method', named, '--json'])
  expect(JSON.parse(out)).toMatchObject({ issuer: 'did:web:school.example', verificationMethod: named })
  expect(shop.json('named.json')).toMatchObject({ kid: named })
})
test.each([
  [['--alg', 'HS256'], 64, '--alg is EdDSA, ES256, ES384, RS256'],
  [['--verification-method', 'key-1'], 64, '--verification-method is'],
  [['--out', '-', '--json'], 64, 'choose'],
  [['--out', 'no/such/folder/key.json'], 74, 'its folder does not exist'],
])('keygen %j', async (words, code, message) => {
  const result = await shop.cli(['keygen', ...words])
  expect(result).toMatchObject({ code, out: '' })
  expect(result.err).toContain(message)
})
