/** `Limits`: each has a code, and the bound is exact. */
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import {
  anyHolder,
  anyIssuer,
  createEndorsement,
  createPresentation,
  defaultLimits,
  type Limits,
  noChallenge,
  signCredential,
  type VerifyOptions,
  verifyCredential,
  verifyPresentation,
} from '../../src/entries/index.js'
import { drawPng } from '../bake/make-png.js'
import { badgeOf, codesOf, NOW, newIssuer, signed, signRaw, web } from './kit.js'

const issuer = await newIssuer()
const good = await signed(issuer)
const LIST = 'https://issuer.example/status/1'
const run = async (input: object | string | Uint8Array, limits: Partial<Limits>, more: Partial<VerifyOptions> = {}) =>
  codesOf(await verifyCredential(input, { trustedIssuers: anyIssuer, now: NOW, loader: web({}), ...more, limits }))

const endorsementOf = (subject: string) =>
  signCredential(
    createEndorsement({
      name: 'A good badge',
      issuer: issuer.id,
      validFrom: '2026-01-01T00:00:00Z',
      credentialSubject: { id: subject },
    }),
    { signer: issuer.signer, now: NOW },
  )
const id = badgeOf(issuer).id
const endorsed = async (count: number) =>
  signed(issuer, { endorsement: (await Promise.all(Array.from({ length: count }, () => endorsementOf(id)))) as never })
const revocationList = { id: LIST, type: '1EdTechRevocationList' }
const extensions = { contexts: ['https://purl.imsglobal.org/spec/ob/v3p0/extensions.json'], properties: {} }
const listed = (count: number) =>
  signed(issuer, {
    extensions,
    credentialStatus: Array.from({ length: count }, (_, n) => ({ ...revocationList, id: `${LIST}/${n}` })) as never,
  })
const listCredential = (bytes: number) =>
  signRaw(issuer, {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer: issuer.id,
    credentialSubject: {
      id: `${LIST}#list`,
      type: 'BitstringStatusList',
      statusPurpose: 'revocation',
      encodedList: `u${gzipSync(new Uint8Array(bytes)).toString('base64url')}`,
    },
  })
const inList = await signed(issuer, {
  credentialStatus: {
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: '7',
    statusListCredential: LIST,
  } as never,
})

interface Row {
  readonly limit: keyof Limits
  readonly within: () => Promise<string[]>
  readonly beyond: () => Promise<string[]>
  readonly code: string
}
const text = JSON.stringify(good)
const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0
const png = drawPng(2, 2, () => [0, 0, 0])

const ROWS: readonly Row[] = [
  {
    limit: 'documentBytes',
    within: () => run(text, { documentBytes: text.length }),
    beyond: () => run(text, { documentBytes: text.length - 1 }),
    code: 'format.too_large',
  },
  {
    limit: 'imageBytes',
    within: () => run(png, { imageBytes: png.length }),
    beyond: () => run(png, { imageBytes: png.length - 1 }),
    code: 'format.too_large',
  },
  {
    limit: 'depth',
    within: () => run(good, { depth: depthOf(good) }),
    beyond: () => run(good, { depth: depthOf(good) - 1 }),
    code: 'format.too_deep',
  },
  {
    limit: 'canonicalSteps',
    within: async () => run(twins(), { canonicalSteps: 1_000 }),
    beyond: async () => run(twins(), { canonicalSteps: 3 }),
    code: 'proof.too_complex',
  },
  {
    limit: 'statusListBytes',
    within: async () =>
      run(inList, { statusListBytes: 16_384 }, { loader: web({ [LIST]: await listCredential(16_384) }) }),
    beyond: async () =>
      run(inList, { statusListBytes: 16_383 }, { loader: web({ [LIST]: await listCredential(16_384) }) }),
    code: 'status.limit',
  },
  {
    limit: 'fetches',
    within: async () => run(await listed(3), { fetches: 3 }),
    beyond: async () => run(await listed(3), { fetches: 2 }),
    code: 'status.limit',
  },
  {
    limit: 'endorsements',
    within: async () => run(await endorsed(2), { endorsements: 2 }),
    beyond: async () => run(await endorsed(2), { endorsements: 1 }),
    code: 'endorsements.limit',
  },
  {
    limit: 'nesting',
    within: async () => run(await endorsed(1), { nesting: 1 }),
    beyond: async () => run(await endorsed(1), { nesting: 0 }),
    code: 'endorsements.limit',
  },
]

/** Four blank nodes that only permutations tell apart. */
function twins() {
  const nodes = Array.from({ length: 4 }, (_, n) => ({
    id: `_:n${n}`,
    'https://example.org/knows': { id: `_:n${(n + 1) % 4}` },
  }))
  return { ...good, 'https://example.org/ring': nodes }
}

test('every limit has a row', () => {
  expect(ROWS.map(({ limit }) => limit).sort()).toEqual(Object.keys(defaultLimits).sort())
})

describe.each(ROWS)('$limit', ({ within, beyond, code }) => {
  test('within', async () => expect(await within()).not.toContain(code))
  test(`beyond: ${code}`, async () => expect(await beyond()).toContain(code))
})

describe('a limit hit by the badge itself is invalid, one hit by what was fetched is indeterminate', () => {
  const outcome = async (input: object | string, options: Partial<VerifyOptions>) =>
    (await verifyCredential(input, { trustedIssuers: anyIssuer, now: NOW, loader: web({}), ...options })).outcome
  test('its own size and depth', async () => {
    expect(await outcome(text, { limits: { documentBytes: 100 } })).toBe('invalid')
    expect(await outcome(text, { limits: { depth: 2 } })).toBe('invalid')
    expect(await outcome(twins(), { limits: { canonicalSteps: 3 } })).toBe('invalid')
  })
  test('the size of its status list, the number of its fetches', async () => {
    const loader = web({ [LIST]: await listCredential(16_384) })
    expect(await outcome(inList, { limits: { statusListBytes: 100 }, loader })).toBe('indeterminate')
    expect(await outcome(inList, { limits: { fetches: 0 }, loader })).toBe('indeterminate')
  })
  test('credentials of a presentation', async () => {
    const presentation = createPresentation({ holder: issuer.id, credentials: [good, good] })
    const report = await verifyPresentation(presentation, {
      trustedIssuers: anyIssuer,
      now: NOW,
      challenge: noChallenge,
      holder: anyHolder,
      unsignedPresentation: true,
      limits: { endorsements: 1 },
    })
    expect(report.outcome !== 'valid' && report.because).toEqual(['holder.limit'])
  })
})
