/**
 * An issuer whose stores several processes share, for programs that tests start and kill.
 *
 * @module
 */
import postgres from 'postgres'
import {
  type Award,
  createAchievement,
  createIssuer,
  createSigner,
  type Issuer,
  type PrivateJwk,
} from '../../src/entries/index.js'
import { embeddedStores } from '../../src/entries/store/embedded.js'
import { postgresStores } from '../../src/entries/store/postgres.js'
import type { Stores } from '../../src/store/stores.js'

/** A database file, or the options of the package `postgres`. */
export type Place = { readonly path: string } | { readonly postgres: object }

/** `close` ends the client too. */
export async function openStoresAt(place: Place): Promise<Stores> {
  if ('path' in place) return embeddedStores(place.path)
  const sql = postgres({ ...place.postgres, max: 4, onnotice: () => undefined })
  const stores = await postgresStores(sql)
  return {
    ...stores,
    close: async () => {
      await stores.close()
      await sql.end()
    },
  }
}

export async function issuerWith(stores: Stores, key: PrivateJwk): Promise<Issuer> {
  const signer = await createSigner({ key })
  return createIssuer({
    profile: { id: signer.verificationMethod.split('#')[0] ?? '', type: ['Profile'], name: 'Example School' },
    signer,
    status: { store: stores.status, listUrl: (listId) => `https://school.example/status/${listId}` },
    credentials: stores.credentials,
  })
}

const achievement = createAchievement({
  id: 'https://school.example/achievements/1',
  name: 'Giving Feedback',
  description: 'Feedback that helps.',
  criteria: { narrative: 'Three pieces.' },
})

/** `award-<first>` and those that follow. */
export function awardsFrom(first: number, count: number): Award[] {
  return Array.from({ length: count }, (_, n) => ({
    id: `award-${first + n}`,
    achievement,
    recipient: { id: `did:example:teacher-${first + n}` },
  }))
}
