/**
 * What stands where in the folder that is an issuer.
 *
 * @module
 */
import { join } from 'node:path'
import type { Session } from '../session.js'

/** Names within the folder. Each file is put in place whole, so that a copy of the folder made at any time can be used. */
export const FILES = {
  /** The first private key. Its presence says that the folder is an issuer. */
  key: 'issuer-key.json',
  /** Further private keys: `keys/key-2.json` and so on. */
  keys: 'keys',
  /** An Open Badges Profile. */
  profile: 'issuer.json',
  settings: 'settings.json',
  /** Whoever sends it may award and revoke by http. */
  token: 'token',
  /** Tokens of clerks, as hashes: a file each. */
  tokens: 'tokens',
  store: 'badges.db',
  /** A file for each achievement. */
  achievements: 'achievements',
  /** Or one array of them, as version 0.1 began. */
  achievementsFile: 'achievements.json',
  image: 'badge.png',
  awards: 'awards.csv',
} as const

/** A path in the folder, as the operating system takes it. */
export type At = (file: string) => string

export const placesIn =
  (folder: string, { files }: Session): At =>
  (file) =>
    join(files.resolve(folder), file)
