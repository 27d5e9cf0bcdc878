/** Whatever is given to a wallet is answered with badges, messages and typed problems, and within bounds. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { importBadges } from '../../src/entries/wallet.js'

const TYPED = /^(parse|resolve)\.[a-z_0-9]+$/

async function onlyTyped(input: unknown): Promise<void> {
  const { problems } = await importBadges(input)
  for (const { code, message, place } of problems) {
    expect(code).toMatch(TYPED)
    expect(message).not.toBe('')
    expect(place).toMatch(/^(\/|$)/)
  }
}

describe('importBadges never throws', () => {
  test('for any value of the language', async () => {
    const anything = fc.anything({
      withBigInt: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
      withDate: true,
      withNullPrototype: true,
      withSparseArray: true,
    })
    await fc.assert(fc.asyncProperty(anything, onlyTyped), { numRuns: 400 })
  })

  test('for JSON made of the words that wallets look for, as value and as text', async () => {
    const name = fc.constantFrom(
      ...[
        'type',
        'verifiableCredential',
        'verifiablePresentation',
        'credential',
        'compactJwsString',
        'dataType',
        'data',
      ],
      ...[
        'id',
        'protocols',
        'verifiablePresentationRequest',
        'query',
        'credentialRequestOptions',
        'web',
        'issueRequest',
      ],
      ...['proof', 'issuer', '@context', 'credential_issuer'],
    )
    const leaf = fc.constantFrom<unknown>(
      ...['VerifiablePresentation', 'VerifiableCredential', 'EnvelopedVerifiableCredential', 'data:,x', 'javascript:x'],
      ...['data:application/vc+jwt,eyJ.e.e', 'https://x.example', 1, null, true, 'https://w3id.org/openbadges/v2'],
      'dccrequest://request?issuer=a&vc_request_url=https://a.example',
    )
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 5 },
        leaf,
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(name, tie('value'), { maxKeys: 5 }),
      ),
    }))
    await fc.assert(
      fc.asyncProperty(value, async (input) => {
        await onlyTyped(input)
        await onlyTyped(JSON.stringify(input))
      }),
      { numRuns: 400 },
    )
  })

  test('for bytes that begin like something', async () => {
    const heads = fc.constantFrom('', '{', '[', 'data:', 'data:;base64,', '\x89PNG\r\n\x1a\n', '<svg', 'eyJ', 'https:')
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 80 }), heads, async (bytes, head) => {
        await onlyTyped(Buffer.concat([Buffer.from(head, 'latin1'), bytes]))
      }),
      { numRuns: 400 },
    )
  })

  test.each([
    ['a text that never closes', () => '{"a":'.repeat(500_000)],
    ['half a million objects', () => `[${'{},'.repeat(500_000)}{}]`],
    ['a link of megabytes', () => 'a:'.repeat(5_000_000)],
    ['data of megabytes', () => `data:;base64,${'A'.repeat(25_000_000)}`],
    ['data in percent-encoding that ends too early', () => `data:,${'%41'.repeat(100_000)}%`],
    [
      'data: URLs inside each other',
      () => Array.from({ length: 12 }).reduce<string>((inner) => `data:,${encodeURIComponent(inner)}`, 'x'),
    ],
    ['nothing but white space', () => ' '.repeat(5_000_000)],
    ['a hundred megabytes of zeros', () => new Uint8Array(100_000_000)],
    ['names that turn the direction of writing', () => '\u202e\u2066gepj.egdab\u0000'],
  ])('for %s', async (_, input) => {
    const { badges, problems } = await importBadges(input(), { maxItems: 100 })
    expect(badges).toEqual([])
    expect(problems.length).toBeGreaterThan(0)
    expect(problems.length).toBeLessThanOrEqual(101)
    for (const { code } of problems) expect(code).toMatch(TYPED)
  })
})
