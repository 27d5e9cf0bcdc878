/** RFC 7638 section 3.1: the example's thumbprint, and jose's for every kind of key. */
import { calculateJwkThumbprint } from 'jose'
import { expect, test } from 'vitest'
import { generateKey, thumbprint } from '../../src/entries/index.js'
import { publicJwk } from '../../src/keys/jwk.js'

test.each(['EdDSA', 'ES256', 'ES384', 'RS256'] as const)('%s: as jose has it, private or public', async (algorithm) => {
  const key = await generateKey(algorithm)
  expect(thumbprint(key)).toBe(await calculateJwkThumbprint(publicJwk(key) as never))
  expect(thumbprint(publicJwk(key))).toBe(thumbprint(key))
})

test('RFC 8037 appendix A.3', () => {
  const key = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' } as const
  expect(thumbprint(key)).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k')
})
