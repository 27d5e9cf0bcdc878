/**
 * `--issuer`: an id, or a file with a Profile.
 *
 * @module
 */
import type { ProfileInput } from '../entries/index.js'
import { readJsonObject } from './documents.js'
import { misuse } from './failure.js'
import type { Session } from './session.js'

/** A file with a Profile, where it is one; an id otherwise. */
export async function readProfile(issuer: string | undefined, session: Session): Promise<ProfileInput | undefined> {
  if (issuer === undefined) return undefined
  if (/\.json$/i.test(issuer) && !/^[a-z][a-z0-9+.-]+:/i.test(issuer)) {
    const profile = await readJsonObject(issuer, 'a Profile', session)
    if (typeof profile.id !== 'string') throw misuse(`${issuer}: a Profile has an "id": the DID or URL of the issuer`)
    return profile as unknown as ProfileInput
  }
  if (!/^[a-z][a-z0-9+.-]+:\S+$/i.test(issuer))
    throw misuse(`--issuer is a DID, a URL or a .json file, not "${issuer}"`)
  return { id: issuer }
}
