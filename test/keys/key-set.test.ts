/** Rotation keeps old badges, a compromised key ends them, from the date on. */
import { describe, expect, test } from 'vitest'
import {
  createAchievement,
  createIssuer,
  createKeySet,
  createSigner,
  createVerifier,
  type DocumentLoader,
  generateKey,
  type KeySet,
} from '../../src/entries/index.js'

const DID = 'did:web:school.example'
const signerOf = async (name: string) =>
  createSigner({ key: await generateKey(), verificationMethod: `${DID}#${name}` })
const [old, next] = [await signerOf('key-2030'), await signerOf('key-2031')]
const keyOf = ({ verificationMethod: id, publicKey }: typeof old) => ({ id, publicKey })
const first = createKeySet({ id: DID, keys: [keyOf(old)] })
const rotated = first.rotate(keyOf(next))

const achievement = createAchievement({ name: 'A', description: 'B', criteria: { narrative: 'C' } })
const award = { achievement, recipient: { id: 'did:example:teacher' } }
const issue = async (signer: typeof old, keys: KeySet, now = new Date('2030-06-01T00:00:00Z')) =>
  createIssuer({ profile: { id: DID, type: ['Profile'] }, signer, keys: keys.keys, now: () => now }).issue(award)

async function codeAt(badge: object | string, keys: KeySet, now: string) {
  const loader: DocumentLoader = {
    load: async ({ url }) => ({
      url,
      bytes: new TextEncoder().encode(JSON.stringify(keys.didDocument())),
      mediaType: 'application/did+json',
    }),
  }
  const report = await createVerifier({ trustedIssuers: [DID], loader }).verify(badge, { now: new Date(now) })
  return report.outcome === 'valid' ? 'valid' : report.because[0]
}

describe('a key set', () => {
  test('rotated: old and new badges are good, only the new key signs', async () => {
    const badge = await issue(old, first)
    expect(await codeAt(badge, first, '2030-07-01T00:00:00Z')).toBe('valid')
    expect(await codeAt(badge, rotated, '2035-07-01T00:00:00Z')).toBe('valid')
    expect(await codeAt(await issue(next, rotated), rotated, '2035-07-01T00:00:00Z')).toBe('valid')
    await expect(issue(old, rotated)).rejects.toMatchObject({ code: 'usage.key_not_active' })
  })
  test('compromised: its badges fail from the date on, whatever date they bear; those of other keys do not', async () => {
    const [before, after] = [await issue(old, first), await issue(next, rotated)]
    const revoked = rotated.revoke(`${DID}#key-2030`, new Date('2031-01-01T00:00:00Z'))
    expect(await codeAt(before, revoked, '2031-01-01T00:00:00Z')).toBe('key.revoked')
    expect(await codeAt(after, revoked, '2032-01-01T00:00:00Z')).toBe('valid')
    await expect(issue(old, revoked)).rejects.toMatchObject({ code: 'usage.key_not_active' })
  })
  test('an expired key, and one that is not there, do not sign', async () => {
    const expired = createKeySet({ id: DID, keys: [{ ...keyOf(old), expires: new Date('2030-01-01T00:00:00Z') }] })
    await expect(issue(old, expired)).rejects.toMatchObject({ code: 'usage.key_not_active' })
    await expect(issue(next, first)).rejects.toMatchObject({ code: 'usage.key_not_active' })
  })
  test('publishes what each key is good for', () => {
    const revoked = rotated.revoke(`${DID}#key-2030`, new Date('2031-01-01T00:00:00Z'))
    const document = revoked.didDocument()
    // Verifiers that do not know `revoked` see a key that may not sign credentials.
    expect(document.assertionMethod).toEqual([`${DID}#key-2031`])
    expect(rotated.didDocument().assertionMethod).toEqual([`${DID}#key-2030`, `${DID}#key-2031`])
    // Who has been rotated out, or is not to be believed, does not speak for the issuer.
    expect(document.authentication).toEqual([`${DID}#key-2031`])
    expect(rotated.didDocument().authentication).toEqual([`${DID}#key-2031`])
    expect(document.verificationMethod[0]).toMatchObject({ revoked: '2031-01-01T00:00:00.000Z' })
    expect(rotated.jwks().keys.map(({ kid }) => kid)).toEqual([`${DID}#key-2030`, `${DID}#key-2031`])
    expect(revoked.jwks().keys.map(({ kid }) => kid)).toEqual([`${DID}#key-2031`])
  })
  test('refuses keys of others, twice the same, and what it does not have', () => {
    expect(() => createKeySet({ id: DID, keys: [{ ...keyOf(old), id: 'did:web:other.example#k' }] })).toThrow()
    expect(() => first.rotate(keyOf(old))).toThrow(/twice/)
    expect(() => first.revoke(`${DID}#none`, new Date(0))).toThrow(/key-2030/)
  })
})
