// What to publish, and where.
import { expect, test } from 'vitest'
import { generateKey } from '../../src/entries/index.js'
import { KEY, workshop } from './harness.js'

const shop = workshop()
const { d, ...publicKey } = KEY
const web = 'did:web:school.example'

test('the document of a did:web and its JWKS, with their addresses', async () => {
  const { code, out, err } = await shop.cli(['did', '--id', web, '--key', 'key.json'])
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out).toContain('Publish this at https://school.example/.well-known/did.json\n{')
  expect(out).toContain('and this at https://school.example/.well-known/jwks.json')
  expect(out).not.toContain(d)
})
test.each([
  [web, 'https://school.example/.well-known/did.json'],
  ['did:web:school.example%3A8443', 'https://school.example:8443/.well-known/did.json'],
  ['did:web:school.example:teachers:math', 'https://school.example/teachers/math/did.json'],
  ['https://school.example/issuer', 'https://school.example/issuer'],
])('%s is published at %s', async (id, url) => {
  const { out } = await shop.cli(['did', '--id', id, '--key', 'key.json', '--json'])
  const shown = JSON.parse(out)
  expect(shown.did.url).toBe(url)
  expect(shown.did.document).toMatchObject({
    id,
    verificationMethod: [{ id: `${id}#key-1`, type: 'Multikey', controller: id }],
    assertionMethod: [`${id}#key-1`],
  })
  expect(shown.jwks.url).toBe(`${new URL(url).origin}/.well-known/jwks.json`)
  expect(shown.jwks.document).toMatchObject({
    ...(id.startsWith('https:') ? { iss: id } : {}),
    keys: [{ ...publicKey, kid: `${id}#key-1`, use: 'sig', alg: 'EdDSA' }],
  })
  expect(out).not.toContain(d)
})
test('several keys, of every kind and form, in the order given', async () => {
  shop.write('named.json', { ...(await generateKey('ES256')), kid: `${web}#summer` })
  shop.write('rsa.json', await generateKey('RS256'))
  shop.write('key.multikey', 'z6MktwupdmLXVVqTzCw4i46r4uGyosGXRnR3XjN4Zq7oMMsw\n')
  const files = ['key.multikey', 'named.json', 'rsa.json'].flatMap((file) => ['--key', file])
  const { code, out } = await shop.cli(['did', '--json', '--id', web, ...files])
  expect(code).toBe(0)
  const { verificationMethod } = JSON.parse(out).did.document
  expect(verificationMethod.map(({ id, type }: { id: string; type: string }) => [id, type])).toEqual([
    [`${web}#key-1`, 'Multikey'],
    [`${web}#summer`, 'Multikey'],
    [`${web}#key-3`, 'JsonWebKey'],
  ])
  expect(out).not.toMatch(/"(?:d|p|q|dp|dq|qi)":/)
})
test('the key knows whose it is', async () => {
  await shop.cli(['keygen', '--out', 'mine.json', '--verification-method', `${web}:mine#key-1`])
  const { out } = await shop.cli(['did', '--key', 'mine.json', '--json'])
  expect(JSON.parse(out).id).toBe(`${web}:mine`)
})
test('as files', async () => {
  const { out } = await shop.cli(['did', '--id', web, '--key', 'key.json', '--out-dir', '.'])
  expect(out).toContain('./did.json  publish at https://school.example/.well-known/did.json')
  expect(shop.json('did.json')).toMatchObject({ id: web })
  expect(shop.json('jwks.json')).toMatchObject({ keys: [{ kid: `${web}#key-1` }] })
})
test.each<[string, readonly string[], number, string]>([
  ['no key', ['--id', web], 64, 'did needs a key'],
  ['no name', ['--key', 'key.json'], 64, 'say who you are'],
  ['its own key', ['--key', 'key.json', '--id', 'did:key:z6Mk'], 64, 'nothing to publish'],
  ['another method', ['--key', 'key.json', '--id', 'did:ethr:1'], 64, '--id is did:web'],
  ['a path in the host', ['--key', 'key.json', '--id', 'did:web:school.example/x'], 64, '--id: '],
  ['an unsafe site', ['--key', 'key.json', '--id', 'http://school.example'], 64, '--id is did:web'],
  ['the same key file twice', ['--key', 'mine.json', '--key', 'mine.json'], 64, 'twice'],
  ['no file', ['--key', 'no.json', '--id', web], 66, 'no.json'],
  ['no key in the file', ['--key', 'feedback.json', '--id', web], 65, 'feedback.json: '],
])('refused: %s', async (_, words, code, message) => {
  const result = await shop.cli(['did', ...words])
  expect(result).toMatchObject({ code, out: '' })
  expect(result.err).toContain(message)
})
