/** decisions/no-exceptions-for-bad-badges.md: what the readers below stumble over is a report. */
import { describe, expect, test } from 'vitest'
import { anyIssuer, verifyCredential } from '../../../src/entries/index.js'
import { badgeOf, codesOf, NOW, newIssuer, signRaw, type Web, web } from '../kit.js'

const issuer = await newIssuer()
const verify = (input: object, loader: Web = web({})) =>
  verifyCredential(input, { trustedIssuers: anyIssuer, now: NOW, loader })

type Loose = Record<string, unknown> & { '@context': unknown[] }
/** A badge that nobody signed: no key is asked before this is read. */
function unsigned(context: object, members: object): Loose {
  const badge = structuredClone(badgeOf(issuer)) as unknown as Loose
  return { ...badge, '@context': [...badge['@context'], context], ...members }
}
const X = 'https://e.example/x'
const map = { [X]: { b: { k: 'v' } } }
const scoped = (keyword: string) => ({ t: { '@id': 'https://e.example/t', '@context': { t: keyword } } })

describe('contexts that jsonld stumbles over, JSON-LD 1.1 API section 5', () => {
  test.each<[string, object, object]>([
    ['an alias of @list with an index map', { b: { '@id': '@list', '@container': '@index' } }, map],
    ['an alias of @set with an id map', { b: { '@id': '@set', '@container': '@id' } }, map],
    ['a term that means @type in its own scope', scoped('@type'), { t: ['x'], [X]: { '@set': ['y'] } }],
    ['a term that means @id in its own scope', scoped('@id'), { t: 'https://e.example/y', [X]: { '@set': ['y'] } }],
  ])('%s', async (_, context, members) => {
    const report = await verify(unsigned(context, members))
    expect(report.outcome).toBe('invalid')
    expect(codesOf(report)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^schema\.(mismatch|undefined_term)$/)]),
    )
  })
})

test('a refresh service that answers with another credential without id, Open Badges 3.0 section 9.2 step 3', async () => {
  const service = 'https://issuer.example/refresh'
  const credential = {
    '@context': ['https://www.w3.org/ns/credentials/v2', { '@vocab': 'https://terms.example/' }],
    type: ['VerifiableCredential'],
    issuer: issuer.id,
    credentialSubject: { id: 'did:example:ada' },
    refreshService: { id: service, type: '1EdTechCredentialRefresh' },
  }
  const signed = await signRaw(issuer, credential)
  const loader = web({ [service]: signed })
  const report = await verifyCredential(signed, {
    trustedIssuers: anyIssuer,
    now: NOW,
    loader,
    accept: 'any-credential',
  })
  expect(report.checks.refresh.findings.map(({ code }) => code)).toEqual(['refresh.failed'])
})
