/**
 * A folder that is an issuer: its keys, its profile, its settings, its stores.
 *
 * @module
 */
import { existsSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { type IssuerUrls, issuerUrls } from '../entries/http.js'
import {
  type Achievement,
  createIssuer,
  createSigner,
  type Issuer,
  type IssuerKey,
  type Profile,
  parseProfile,
  type Signer,
} from '../entries/index.js'
import { embeddedStores, type Stores } from '../entries/store/embedded.js'
import { readJsonObject } from './documents.js'
import { EXIT } from './exit.js'
import { about, CommandFailure, misuse } from './failure.js'
import { readAchievements } from './issuer/achievement-files.js'
import { type FolderKey, publishedKeys, readKeys, signingKey } from './issuer/key-files.js'
import { type At, FILES, placesIn } from './issuer/layout.js'
import { makeIssuer } from './issuer/make-issuer.js'
import { readSettings, type Settings } from './issuer/settings.js'
import { readTokens, type TokenFile } from './issuer/token-files.js'
import type { Session } from './session.js'
import { controllerOf } from './signing.js'

export interface IssuerFolder extends IssuerFiles {
  readonly stores: Stores
  /** Whoever sends it may award and revoke. */
  readonly token: string
  readonly tokenFile: string
}

/** What can change while a command runs, because another one changes it: to be read again. */
export interface IssuerFiles {
  readonly profile: Profile
  readonly signer: Signer
  readonly folderKeys: readonly FolderKey[]
  /** To publish; none for an issuer that is its own key. */
  readonly keys: readonly IssuerKey[]
  readonly settings: Settings
  readonly achievements: readonly Achievement[]
  readonly tokens: readonly TokenFile[]
  readonly image: Uint8Array | undefined
}

/** Makes the issuer where the folder has none. */
export async function openIssuerFolder(
  folder: string,
  { name, url }: { readonly name: string; readonly url: string | undefined },
  session: Session,
): Promise<IssuerFolder> {
  const at = placesIn(folder, session)
  demandFolder(folder, at('.'))
  if (!existsSync(at(FILES.key))) await makeIssuer(at, { name, ...(url === undefined ? {} : { url }) }, session)
  return openExisting(at, session)
}

/** Throws CommandFailure 66 where the folder is no issuer. */
export async function openIssuer(folder: string, session: Session): Promise<IssuerFolder> {
  const at = placesIn(folder, session)
  demandIssuer(folder, at)
  return openExisting(at, session)
}

export function demandIssuer(folder: string, at: At): void {
  demandFolder(folder, at('.'))
  if (!existsSync(at(FILES.key)))
    throw new CommandFailure(EXIT.noInput, `${folder}: is no issuer: make one with badgewright init ${folder}`)
}

function demandFolder(folder: string, path: string): void {
  if (existsSync(path) && !statSync(path).isDirectory())
    throw new CommandFailure(EXIT.file, `${folder}: is a file: an issuer is a folder`)
}

async function openExisting(at: At, session: Session): Promise<IssuerFolder> {
  for (const file of [FILES.key, FILES.token]) demandPrivate(at(file))
  return {
    ...(await readIssuerFiles(at, session)),
    stores: await embeddedStores(at(FILES.store)),
    token: (await readFile(at(FILES.token), 'utf8')).trim(),
    tokenFile: at(FILES.token),
  }
}

/** Whoever reads it can issue in this name. Windows has no such bits. */
function demandPrivate(path: string): void {
  if (process.platform === 'win32' || (statSync(path).mode & 0o077) === 0) return
  throw new CommandFailure(EXIT.file, `${path}: others can read it, and issue in your name with it`, [
    `If nobody has: chmod 600 ${path}. If somebody may have: make another, and revoke this one`,
  ])
}

/** Throws CommandFailure 64 and 65. */
export async function readIssuerFiles(at: At, session: Session): Promise<IssuerFiles> {
  const folderKeys = await readKeys(at, session)
  const { key, id } = signingKey(folderKeys)
  const { profile: file } = FILES
  const profile = await about(file, async () => parseProfile(await readJsonObject(at(file), 'profile', session)))
  const signer = await createSigner({ key, ...(id === '' ? {} : { verificationMethod: id }) })
  if (controllerOf(signer.verificationMethod) !== profile.id)
    throw misuse(`${file} is of ${profile.id}, but its key is one of ${controllerOf(signer.verificationMethod)}`)
  const isOwnKey = /^did:(?:key|jwk):/.test(profile.id)
  return {
    profile,
    signer,
    folderKeys,
    keys: isOwnKey ? [] : publishedKeys(folderKeys),
    settings: await readSettings(at, session),
    achievements: await readAchievements(at, session),
    tokens: await readTokens(at, session),
    image: existsSync(at(FILES.image)) ? new Uint8Array(await readFile(at(FILES.image))) : undefined,
  }
}

/** What every command issues and revokes with: the same as `serve`. */
export function issuerOf(
  { profile, signer, keys }: IssuerFiles,
  { status, credentials }: Stores,
  urls: IssuerUrls,
  session: Session,
): Issuer {
  return createIssuer({
    profile,
    signer,
    now: session.now,
    status: { store: status, listUrl: urls.listUrl, purposes: ['revocation', 'suspension'] },
    credentials,
    credentialId: urls.credentialId,
    refreshUrl: urls.refreshUrl,
    ...(keys.length === 0 ? {} : { keys }),
  })
}

/** Where it is published. Throws CommandFailure 64 where nobody said. */
export function urlsOf(folder: string, { settings }: Pick<IssuerFiles, 'settings'>): IssuerUrls {
  if (settings.url === undefined)
    throw misuse(
      `${folder} does not know its public URL, which stands in every badge: write it into ${FILES.settings}, as { "url": "https://badges.school.example" }`,
    )
  return issuerUrls(settings.url)
}
