// What code fills in, types do not ask for: no `type`, of the profile, of results and evidence, and achievements inline.
import { describe, expect, test } from 'vitest'
import { createIssuerHandler } from '../../src/entries/http.js'
import { type Award, createIssuer, createSigner, generateKey, verifyCredential } from '../../src/entries/index.js'

const signer = await createSigner({ key: await generateKey() })
const profile = { id: signer.controller, name: 'School', image: 'https://school.example/logo.png' }
const id = 'https://school.example/knots'
const award: Award = {
  id: 'award-1',
  achievement: {
    id,
    name: 'Knots',
    description: 'Ties knots.',
    criteria: { narrative: 'Ties ten.' },
    image: `${id}.png`,
    alignment: [{ targetName: 'Knots', targetUrl: 'https://case.example/knots' }],
    resultDescription: [{ id: `${id}#count`, name: 'Knots', resultType: 'RawScore' }],
  },
  recipient: { email: 'ada@school.example' },
  result: [{ resultDescription: `${id}#count`, value: '12' }],
  evidence: [{ id: 'https://school.example/film', name: 'A film' }],
}

describe.each(['embedded', 'jwt'] as const)('%s', (format) => {
  const issuer = createIssuer({ profile, signer, format })
  test('one, and many with the same template', async () => {
    const badges: unknown[] = [await issuer.issue(award)]
    const many = Array.from({ length: 5 }, (_, index) => ({ ...award, id: `many-${index}` }))
    for await (const { credential, error } of issuer.issueBatch(many)) badges.push(error ?? credential)
    for (const badge of badges) {
      const report = await verifyCredential(badge as object, { trustedIssuers: [signer.controller] })
      expect(report.outcome).toBe('valid')
      expect(report.outcome === 'valid' && report.credential).toMatchObject({
        issuer: { type: ['Profile'], image: { type: 'Image' } },
        evidence: [{ type: ['Evidence'] }],
        credentialSubject: {
          achievement: { type: ['Achievement'], image: { type: 'Image' }, alignment: [{ type: ['Alignment'] }] },
          result: [{ type: ['Result'] }],
        },
      })
    }
  })
})
test('a profile that is served has its type', async () => {
  const url = 'https://school.example/badges'
  const own = { id: `${url}/issuer`, name: 'School' }
  const issuer = createIssuer({ profile, signer })
  const response = await createIssuerHandler({ issuer, profile: own, base: url })(new Request(own.id))
  expect(await response.json()).toEqual({ ...own, type: ['Profile'] })
})
