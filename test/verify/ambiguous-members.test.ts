/**
 * One signature has one reading (src/decisions/one-reading.md): an RDF proof secures a graph, and our checks read JSON. Each rewrite here keeps the canonical
 * form (jsonld agrees), so the signature still fits, and takes a member away from whoever reads the JSON.
 */
import jsonld from 'jsonld'
import { describe, expect, test } from 'vitest'
import { anyIssuer, verifyCredential } from '../../src/entries/index.js'
import { bundledContext } from '../../src/resolve/contexts/bundle.js'
import { badgeOf, codesOf, NOW, newIssuer, signed, signRaw, web } from './kit.js'

const VC = 'https://www.w3.org/2018/credentials#'
const DATE = 'http://www.w3.org/2001/XMLSchema#dateTime'
const EXTENSIONS = { contexts: ['https://purl.imsglobal.org/spec/ob/v3p0/extensions.json'], properties: {} }

const issuer = await newIssuer()
const badge = (await signed(issuer, {
  validUntil: '2026-03-01T00:00:00Z',
  credentialStatus: { id: 'https://issuer.example/status/1', type: '1EdTechRevocationList' },
  refreshService: { id: 'https://issuer.example/refresh/1', type: '1EdTechCredentialRefresh' },
  extensions: EXTENSIONS,
})) as unknown as Node

type Node = Record<string, unknown>
interface Row {
  readonly member: string
  readonly iri: string
  /** How the term reads its value, which a rewrite has to say again. */
  readonly type?: string
  /** Where it stands: the credential, or its subject. */
  readonly inSubject?: true
}

const ROWS: readonly Row[] = [
  { member: 'validUntil', iri: `${VC}validUntil`, type: DATE },
  { member: 'validFrom', iri: `${VC}validFrom`, type: DATE },
  { member: 'credentialStatus', iri: `${VC}credentialStatus` },
  { member: 'issuer', iri: `${VC}issuer` },
  { member: 'credentialSubject', iri: `${VC}credentialSubject` },
  { member: 'achievement', iri: 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#achievement', inSubject: true },
  { member: 'refreshService', iri: `${VC}refreshService` },
]

const contextsOf = (document: Node) => document['@context'] as unknown[]

/** Applies a rewrite of one node to the document. */
function rewrite(document: Node, { inSubject }: Row, change: (node: Node) => Node): Node {
  return inSubject ? { ...document, credentialSubject: change(document.credentialSubject as Node) } : change(document)
}

const FORMS: Readonly<Record<string, (document: Node, row: Row) => Node>> = {
  'renamed to its IRI': (document, row) =>
    rewrite(document, row, ({ [row.member]: value, ...rest }) => ({
      ...rest,
      [row.iri]: row.type === undefined ? value : { '@type': row.type, '@value': value },
    })),
  'aliased in an appended context': (document, row) => {
    const alias = { alias: { '@id': row.iri, ...(row.type === undefined ? {} : { '@type': row.type }) } }
    const renamed = rewrite(document, row, ({ [row.member]: value, ...rest }) => ({ ...rest, alias: value }))
    return { ...renamed, '@context': [...contextsOf(document), alias] }
  },
  'moved into an @included node': (document, row) => {
    const node = (row.inSubject ? document.credentialSubject : document) as Node
    const moved = { id: node.id, type: node.type, [row.member]: node[row.member] }
    const without = rewrite(document, row, ({ [row.member]: _, ...rest }) => rest)
    return { ...without, '@included': [moved] }
  },
}

async function canonicalForm({ proof, ...document }: Node): Promise<string> {
  return jsonld.canonize(
    document as never,
    {
      algorithm: 'RDFC-1.0',
      safe: true,
      documentLoader: async (url: string) => ({ documentUrl: url, document: bundledContext(url) as never }),
    } as never,
  ) as Promise<string>
}

const verify = (document: object, now = NOW) =>
  verifyCredential(document, { trustedIssuers: anyIssuer, now, loader: web({}) })

describe('ambiguous members', () => {
  for (const row of ROWS) {
    for (const [form, apply] of Object.entries(FORMS)) {
      test(`${row.member}, ${form}`, async () => {
        const rewritten = apply(badge, row)
        expect(await canonicalForm(rewritten)).toBe(await canonicalForm(badge))
        const report = await verify(rewritten)
        expect(report.outcome).toBe('invalid')
        expect(codesOf(report)).toContain('proof.ambiguous_member')
        expect(codesOf(report)).not.toContain('proof.verified')
      })
    }
  }

  test('the finding has the place', async () => {
    const report = await verify((FORMS['renamed to its IRI'] as (typeof FORMS)[string])(badge, ROWS[0] as Row))
    const finding = report.checks.proof.findings.find(({ code }) => code === 'proof.ambiguous_member')
    expect(finding?.pointer).toBe('/https:~1~1www.w3.org~12018~1credentials#validUntil')
  })

  test('such a document is never signed', async () => {
    const document = (FORMS['renamed to its IRI'] as (typeof FORMS)[string])(
      badgeOf(issuer, { validUntil: '2030-01-01T00:00:00Z' }) as never,
      ROWS[0] as Row,
    )
    await expect(signRaw(issuer, document)).rejects.toMatchObject({ code: 'parse.ambiguous_member' })
  })

  test('what only looks different reads the same, and verifies: members in another order, an array of one', async () => {
    const current = (await signed(issuer)) as unknown as Node
    const reordered = Object.fromEntries(Object.entries(current).reverse())
    expect((await verify(reordered)).outcome).toBe('valid')
    const subject = current.credentialSubject as Node
    expect((await verify({ ...current, credentialSubject: { ...subject, type: 'AchievementSubject' } })).outcome).toBe(
      'valid',
    )
  })
})
