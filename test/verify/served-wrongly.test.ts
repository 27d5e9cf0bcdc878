/**
 * What the world serves wrongly says nothing of the badge: digitalcredentials/verifier-plus#198 and reports like it. Every document
 * that a verification fetches, answered by everything that servers answer instead of it.
 */
import { describe, expect, test } from 'vitest'
import { anyIssuer, createVerifier, didDocument, explain, verifyCredential } from '../../src/entries/index.js'
import { dccRegistry } from '../../src/entries/trust.js'
import { codesOf, NOW, newIssuer, signed, web } from './kit.js'

const HTML = '<!doctype html><html><body>We are down for maintenance</body></html>'

/** With status 200, all of them. */
const ANSWERS: readonly (readonly [string, unknown])[] = [
  ['a web page', HTML],
  ['a web page with a byte order mark', `\ufeff${HTML}`],
  ['nothing', ''],
  ['white space', ' \n'],
  ['a list', '[]'],
  ['null', 'null'],
  ['a text', '"Not found"'],
  ['a number', '404'],
  ['an error message in JSON', { error: 'not_found', message: 'No such document' }],
  ['a problem in JSON', { type: 'about:blank', title: 'Not Found', status: 404 }],
  ['an empty object', {}],
  ['the beginning of a document', '{"id":"did:web:school.example","verificationMethod":[{'],
  ['two documents', '{}{}'],
  ['bytes that are no text', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0)],
  ['a login page of a proxy', '<html><head><title>Sign in</title></head></html>'],
  ['XML', '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>'],
  ['a member twice', '{"id":"a","id":"b"}'],
  ['JSON in depth', `${'['.repeat(500)}${']'.repeat(500)}`],
]

const DID = 'did:web:school.example'
const HTTPS = 'https://school.example/issuers/1'
const own = await newIssuer()
const byDid = await newIssuer('EdDSA', `${DID}#key-1`)
const byUrl = await newIssuer('EdDSA', `${HTTPS}#key-1`)

describe('instead of the document with the key', () => {
  test.each(ANSWERS)('%s', async (_what, answer) => {
    for (const [issuer, location] of [
      [byDid, 'https://school.example/.well-known/did.json'],
      [byUrl, HTTPS],
    ] as const) {
      const report = await verifyCredential(await signed(issuer), {
        trustedIssuers: anyIssuer,
        now: NOW,
        loader: web({ [location]: answer }),
      })
      expect(report.outcome).toBe('indeterminate')
      expect(codesOf(report).filter((code) => code.startsWith('key.'))).toEqual(['key.unreachable'])
      expect(JSON.stringify(explain(report))).toContain(
        "The issuer's key could not be read from where it is published. Try again later.",
      )
    }
  })

  test('the document itself, once it is there again', async () => {
    const location = 'https://school.example/.well-known/did.json'
    const keys = [{ id: `${DID}#key-1`, publicKey: byDid.signer.publicKey }] as never
    const documents: Record<string, unknown> = { [location]: HTML }
    const verifier = createVerifier({ trustedIssuers: anyIssuer, now: NOW, loader: web(documents) })
    const badge = await signed(byDid)
    expect((await verifier.verify(badge)).outcome).toBe('indeterminate')
    documents[location] = didDocument({ id: DID, keys })
    expect((await verifier.verify(badge)).outcome).toBe('valid')
  })
})

/** The other documents, each with the badge that leads to it. */
const LOCATION = 'https://school.example/document'
const EXTENSIONS = { contexts: ['https://purl.imsglobal.org/spec/ob/v3p0/extensions.json'], properties: {} }
const OTHERS: readonly (readonly [string, object, object])[] = [
  [
    'the list of revoked badges',
    { credentialStatus: { id: LOCATION, type: '1EdTechRevocationList' }, extensions: EXTENSIONS },
    {},
  ],
  [
    'the status list',
    {
      credentialStatus: {
        id: `${LOCATION}#1`,
        type: 'BitstringStatusListEntry',
        statusPurpose: 'revocation',
        statusListIndex: '1',
        statusListCredential: LOCATION,
      },
    },
    {},
  ],
  [
    'the newer version',
    { refreshService: { id: LOCATION, type: '1EdTechCredentialRefresh' }, extensions: EXTENSIONS },
    {},
  ],
  ['the schema', { credentialSchema: [{ id: LOCATION, type: 'JsonSchema' }] }, {}],
  ['the registry of issuers', {}, { trustedIssuers: [dccRegistry({ url: LOCATION })] }],
]

describe.each(OTHERS)('instead of %s', (_document, members, options) => {
  test.each(ANSWERS)('%s', async (_what, answer) => {
    const report = await verifyCredential(await signed(own, members), {
      trustedIssuers: anyIssuer,
      now: NOW,
      loader: web({ [LOCATION]: answer }),
      ...options,
    })
    // A schema is a note, and where there is no newer version to be had the badge stands for itself.
    const decides = !('credentialSchema' in members || 'refreshService' in members)
    expect(report.outcome).toBe(decides ? 'indeterminate' : 'valid')
    for (const code of ['status.active', 'refresh.current', 'refresh.refreshed'])
      expect(codesOf(report)).not.toContain(code)
  })
})

describe('a schema that is none', () => {
  test.each([
    { $ref: '#/nowhere' },
    { $ref: '#' },
    { $ref: 'https://elsewhere.example/schema.json' },
    { $recursiveRef: '#' },
    { allOf: [{ $ref: '#' }] },
    { properties: null },
    { properties: { id: { pattern: '(' } } },
    { patternProperties: { '(': true } },
    { required: 7 },
    { anyOf: null },
    { allOf: {} },
    { enum: 7 },
    { type: 'error', message: 'No such schema' },
    { type: ['object', 'thing'] },
    { type: 500 },
    { type: null },
  ])('says nothing of the badge: %j', async (schema) => {
    const badge = await signed(own, { credentialSchema: [{ id: LOCATION, type: 'JsonSchema' }] })
    const report = await verifyCredential(badge, {
      trustedIssuers: anyIssuer,
      now: NOW,
      loader: web({ [LOCATION]: schema }),
    })
    expect(report.outcome).toBe('valid')
    expect(codesOf(report)).toContain('schema.declared_unreachable')
  })

  test('one that is a schema does, and may refuse it', async () => {
    const badge = await signed(own, { credentialSchema: [{ id: LOCATION, type: 'JsonSchema' }] })
    const judged = async (schema: object) =>
      (await verifyCredential(badge, { trustedIssuers: anyIssuer, now: NOW, loader: web({ [LOCATION]: schema }) }))
        .outcome
    expect(await judged({ type: ['object', 'null'], required: ['name'] })).toBe('invalid')
    expect(await judged({ type: 'object', required: ['issuer'] })).toBe('valid')
  })
})
