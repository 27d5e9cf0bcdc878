/**
 * A folder that is an issuer: its key, its profile, its stores. Made when it is asked for first.
 *
 * @module
 */

import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type Achievement,
  createAchievement,
  createSigner,
  generateKey,
  type IssuerKey,
  type Profile,
  parseProfile,
  type Signer,
} from '../entries/index.js'
import { embeddedStores, type Stores } from '../entries/store/embedded.js'
import { JsonError, parseJson } from '../internal/json.js'
import { MAX_DEPTH } from '../internal/json-object.js'
import type { AchievementInput } from '../model/types.js'
import { readJsonObject, readPrivateKeyFile } from './documents.js'
import { EXIT } from './exit.js'
import { about, CommandFailure, misuse } from './failure.js'
import { toJson } from './printable.js'
import type { Session } from './session.js'
import { controllerOf } from './signing.js'

export interface IssuerFolder {
  readonly profile: Profile
  readonly signer: Signer
  /** To publish; none for an issuer that is its own key. */
  readonly keys: readonly IssuerKey[]
  readonly stores: Stores
  readonly achievements: readonly Achievement[]
  /** Whoever sends it may award and revoke. */
  readonly token: string
  readonly tokenFile: string
  readonly image: Uint8Array | undefined
  readonly isNew: boolean
}

/** Files of the folder. */
const KEY = 'issuer-key.json'
const PROFILE = 'issuer.json'
const TOKEN = 'token'
const STORE = 'badges.db'
const ACHIEVEMENTS = 'achievements.json'
const IMAGE = 'badge.png'

export async function openIssuerFolder(
  folder: string,
  { name, url }: { readonly name: string; readonly url: string | undefined },
  session: Session,
): Promise<IssuerFolder> {
  const at = (file: string) => join(session.files.resolve(folder), file)
  // What was issued to whom is nobody else's affair.
  await mkdir(session.files.resolve(folder), { recursive: true, mode: 0o700 })
  const isNew = !existsSync(at(KEY))
  if (isNew) await makeIssuer(at, { name, url }, session)
  const key = await readPrivateKeyFile(at(KEY), session)
  const profile = await about(PROFILE, async () => parseProfile(await readJsonObject(at(PROFILE), 'profile', session)))
  const signer = await createSigner({ key, ...(key.kid === undefined ? {} : { verificationMethod: key.kid }) })
  if (controllerOf(signer.verificationMethod) !== profile.id)
    throw misuse(`${PROFILE} is of ${profile.id}, but ${KEY} is a key of ${controllerOf(signer.verificationMethod)}`)
  const isOwnKey = /^did:(?:key|jwk):/.test(profile.id)
  return {
    profile,
    signer,
    keys: isOwnKey ? [] : [{ id: signer.verificationMethod, publicKey: signer.publicKey }],
    stores: await embeddedStores(at(STORE)),
    achievements: existsSync(at(ACHIEVEMENTS))
      ? await about(ACHIEVEMENTS, () => readAchievements(at(ACHIEVEMENTS)))
      : [],
    token: (await readFile(at(TOKEN), 'utf8')).trim(),
    tokenFile: at(TOKEN),
    image: existsSync(at(IMAGE)) ? new Uint8Array(await readFile(at(IMAGE))) : undefined,
    isNew,
  }
}

/** The key last: a folder with a key is whole. */
async function makeIssuer(
  at: (file: string) => string,
  { name, url }: { readonly name: string; readonly url: string | undefined },
  session: Session,
): Promise<void> {
  const key = await generateKey()
  const did = url?.startsWith('https:') ? didWebOf(url) : undefined
  const { verificationMethod } = await createSigner({
    key,
    ...(did === undefined ? {} : { verificationMethod: `${did}#key-1` }),
  })
  const profile = {
    id: controllerOf(verificationMethod),
    type: ['Profile'],
    name,
    ...(url === undefined ? {} : { url }),
  }
  // A start that was cut off leaves these without a key: then they are made anew.
  await session.files.write(at(PROFILE), `${toJson(profile, 2)}\n`, { replace: true })
  await session.files.write(at(TOKEN), `${randomBytes(24).toString('base64url')}\n`, { secret: true, replace: true })
  await session.files.write(at(KEY), `${toJson({ ...key, kid: verificationMethod }, 2)}\n`, { secret: true })
}

/** did:web method specification, section 3.1. */
function didWebOf(base: string): string {
  const { host, pathname } = new URL(base)
  const path = pathname.split('/').filter((part) => part !== '')
  return ['did:web', host.replace(':', '%3A'), ...path].join(':')
}

async function readAchievements(file: string): Promise<readonly Achievement[]> {
  const value = readJson(await readFile(file, 'utf8'), file)
  if (!Array.isArray(value)) throw new CommandFailure(EXIT.data, `${file} is a JSON array of achievements`)
  return value.map((entry: AchievementInput | undefined, index) => {
    // A fresh id at each start would make it another achievement each time.
    if (typeof entry?.id !== 'string') throw new CommandFailure(EXIT.data, `${file}: achievement ${index} has no "id"`)
    return createAchievement(entry)
  })
}

function readJson(text: string, file: string): unknown {
  try {
    return parseJson(text, { maxDepth: MAX_DEPTH })
  } catch (cause) {
    if (!(cause instanceof JsonError)) throw cause
    throw new CommandFailure(EXIT.data, `${file} is not JSON: ${cause.message}`, [], { cause })
  }
}
