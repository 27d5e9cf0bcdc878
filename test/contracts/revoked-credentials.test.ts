/** The contract of RevokedCredentials: kept by the memory store, and each promise is missed by a store that breaks it. */
import { describe, expect, test } from 'vitest'
import { ContractViolation, revokedCredentialsContract } from '../../src/entries/contracts.js'
import { memoryStores } from '../../src/entries/store/memory.js'

const memory = () => memoryStores().credentials
type Store = ReturnType<typeof memory>

describe('a store that keeps it', () => {
  for (const { name, run } of revokedCredentialsContract(memory)) test(name, run)
})

const BROKEN: Readonly<Record<string, (store: Store) => Partial<Store>>> = {
  'RevokedCredentials.revoked: those that are': (store) => ({
    revoked: async function* () {
      for await (const page of store.revoked()) yield page.map(({ id }) => ({ id }))
    },
  }),
  'RevokedCredentials.revoked: more than fit': (store) => ({
    revoked: async function* () {
      for await (const page of store.revoked()) yield page.slice(0, 5000)
    },
  }),
  'RevokedCredentials.revokedVersion: changes': () => ({ revokedVersion: async () => 'the first' }),
}

test.each(Object.entries(BROKEN))('a store that breaks it is noticed: %s', async (name, broken) => {
  const rule = revokedCredentialsContract(() => {
    const store = memory()
    return { ...store, ...broken(store) }
  }).find((each) => each.name.startsWith(name))
  await expect(rule?.run()).rejects.toBeInstanceOf(ContractViolation)
})
