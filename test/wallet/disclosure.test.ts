/** Selective disclosure as the holder sees it (vc-di-ecdsa section 3.4): what is listed is what derived credentials show. */
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { deriveCredential, ParseError, UsageError, verifyCredential } from '../../src/entries/index.js'
import { discloseBadge, disclosureChoices, hasBaseProof } from '../../src/entries/wallet.js'
import { parsePointer, resolvePointer } from '../../src/internal/json-pointer.js'
import type { Json, JsonObject } from '../../src/internal/types.js'
import { NOW, newIssuer, signed, web, withMember } from '../verify/kit.js'
import { selective } from './kit.js'

let badge: Awaited<ReturnType<typeof selective>>
let secured: never
beforeAll(async () => {
  badge = await selective()
  secured = badge.secured as never
})

/** The values that stand in a document, with the names on their way: indexes shift in a part. */
function* values(value: Json, path = ''): Generator<string> {
  if (typeof value !== 'object' || value === null) yield `${path}=${JSON.stringify(value)}`
  else
    for (const [name, member] of Object.entries(value as JsonObject))
      if (path !== '' || (name !== '@context' && name !== 'proof'))
        yield* values(member, `${path}/${Array.isArray(value) ? '' : name}`)
}
const named = (pointer: string, document: JsonObject) => {
  let at: Json = document
  let path = ''
  for (const token of parsePointer(pointer) ?? []) {
    path += `/${Array.isArray(at) ? '' : token}`
    at = (at as JsonObject)[token] as Json
  }
  return `${path}=${JSON.stringify(resolvePointer(document, pointer))}`
}

describe('disclosureChoices', () => {
  test("says what is mandatory and what is the holder's choice", () => {
    const { choices, isCut } = disclosureChoices(secured)
    const shown = Object.fromEntries(choices.map((each) => [each.pointer, each.shown]))
    expect(isCut).toBe(false)
    expect(shown).toMatchObject({
      '/id': 'always',
      '/type': 'always',
      '/type/1': 'always',
      '/issuer/id': 'always',
      '/validFrom': 'always',
      '/credentialSubject': 'partly',
      '/credentialSubject/id': 'always',
      '/credentialSubject/achievement/name': 'always',
      '/credentialSubject/narrative': 'choice',
      '/credentialSubject/result': 'choice',
      '/credentialSubject/result/0/value': 'choice',
    })
    expect(choices.find(({ pointer }) => pointer === '/credentialSubject/narrative')?.value).toBe(
      'Private: took three attempts.',
    )
    expect(choices.map(({ pointer }) => pointer)).not.toContain('/proof')
  })
  test('a badge without base proof has no choices', async () => {
    const plain = await signed(await newIssuer())
    expect(hasBaseProof(plain)).toBe(false)
    expect(() => disclosureChoices(plain)).toThrow(UsageError)
    await expect(discloseBadge(plain, { reveal: [] })).rejects.toThrow(UsageError)
  })
  test('a broken base proof is a ParseError with its place', () => {
    const proof = [badge.secured.proof].flat()[0] as unknown as JsonObject
    const broken = withMember(badge.secured, ['proof'], {
      ...proof,
      proofValue: `${String(proof.proofValue).slice(0, 60)}`,
    })
    expect(() => disclosureChoices(broken as never)).toThrow(ParseError)
  })
  test('of a document of thousands of members the first', () => {
    const large = withMember(
      badge.secured,
      ['evidence'],
      Array.from({ length: 4000 }, (_, index) => ({ id: `urn:${index}` })),
    )
    const { choices, isCut } = disclosureChoices(large as never)
    expect([choices.length, isCut]).toEqual([5000, true])
  })
})

describe('discloseBadge', () => {
  test('verifies, and shows what it says', async () => {
    const { credential, shown, withheld } = await discloseBadge(secured, { reveal: ['/credentialSubject/result/1'] })
    const report = await verifyCredential(credential, { trustedIssuers: [badge.issuer.id], loader: web({}), now: NOW })
    expect(report.outcome).toBe('valid')
    expect(shown).toContain('/credentialSubject/result/1/value')
    expect(withheld).toContain('/credentialSubject/result/0/value')
    expect(withheld).toContain('/credentialSubject/narrative')
    expect(JSON.stringify(credential)).not.toContain('Private')
  })
  test('pointers that name nothing are refused', async () => {
    await expect(discloseBadge(secured, { reveal: ['/nothing'] })).rejects.toMatchObject({
      code: 'usage.unknown_pointer',
    })
  })
  test('law: `shown` are the values of the derived credential, `withheld` the others', async () => {
    const pointers = disclosureChoices(secured).choices.map(({ pointer }) => pointer)
    await fc.assert(
      fc.asyncProperty(fc.subarray(pointers, { maxLength: 4 }), async (reveal) => {
        const document = badge.secured as unknown as JsonObject
        const { credential, shown, withheld } = await discloseBadge(secured, { reveal })
        expect(shown.map((each) => named(each, document)).sort()).toEqual(
          [...values(credential as unknown as Json)].sort(),
        )
        const { proof: _, ...whole } = document
        expect([...shown, ...withheld].map((each) => named(each, document)).sort()).toEqual([...values(whole)].sort())
        expect(await deriveCredential(secured, { reveal })).toEqual(credential)
      }),
      { numRuns: 15 },
    )
  })
  test('the choices that are `always` show without being asked for, the others do not', async () => {
    const { credential } = await discloseBadge(secured, { reveal: [] })
    const bare = [...values(credential as unknown as Json)].sort()
    const always = disclosureChoices(secured).choices.filter((each) => each.shown === 'always' && 'value' in each)
    expect(always.map(({ pointer }) => named(pointer, badge.secured as unknown as JsonObject)).sort()).toEqual(bare)
  })
})
