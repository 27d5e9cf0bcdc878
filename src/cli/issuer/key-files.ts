/**
 * The keys of an issuer's folder: a file each. What a key is good for follows from the files alone, so that each step is one file
 * that is put in place whole: where the power goes in the middle of a rotation, there is the old key or the new one, and never none.
 *
 * @module
 */
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { generateKey, type IssuerKey, type PrivateJwk } from '../../entries/index.js'
import type { JsonObject } from '../../internal/types.js'
import { publicJwk } from '../../keys/jwk.js'
import { formatDateTime, parseDateTime } from '../../model/date-time.js'
import { readPrivateKeyFile } from '../documents.js'
import { EXIT } from '../exit.js'
import { CommandFailure, misuse } from '../failure.js'
import { toJson } from '../printable.js'
import type { Session } from '../session.js'
import { type At, FILES } from './layout.js'

/**
 * `signing`: the newest that may sign. `next`: published, so that verifiers know it, and signs from the next rotation on. `verify-only`: rotated out;
 * what it signed stays good. `revoked`: nothing that it signed counts.
 */
export type KeyState = 'signing' | 'next' | 'verify-only' | 'revoked'

export interface FolderKey {
  /** The verification method. */
  readonly id: string
  readonly file: string
  readonly key: PrivateJwk
  readonly state: KeyState
  readonly revoked?: Date
  /** From 1. */
  readonly number: number
}

interface KeyFile extends Omit<FolderKey, 'state'> {
  readonly isNext: boolean
}

/** In the order in which they came. Throws CommandFailure 65 and 66. */
export async function readKeys(at: At, session: Session): Promise<readonly FolderKey[]> {
  const further = existsSync(at(FILES.keys)) ? await readdir(at(FILES.keys)) : []
  const numbers = further.flatMap((name) => {
    const [, number] = /^key-(\d{1,6})\.json$/.exec(name) ?? []
    return number === undefined ? [] : [Number(number)]
  })
  const read: KeyFile[] = [await readKeyFile(at(FILES.key), 1, session)]
  for (const number of numbers.sort((a, b) => a - b)) read.push(await readKeyFile(at(fileOf(number)), number, session))
  const signing = read.findLast(({ isNext, revoked }) => !isNext && revoked === undefined)
  return read.map(({ isNext, ...key }) => ({
    ...key,
    state:
      key.revoked !== undefined
        ? 'revoked'
        : isNext
          ? 'next'
          : key.number === signing?.number
            ? 'signing'
            : 'verify-only',
  }))
}

/** As they are published: a key that is to come may be believed already, and speaks for nobody yet. */
export function publishedKeys(keys: readonly FolderKey[]): readonly IssuerKey[] {
  return keys.map(({ id, key, state, revoked }) => ({
    id,
    publicKey: publicJwk(key),
    state: state === 'signing' ? 'active' : state === 'next' ? 'verify-only' : state,
    ...(revoked === undefined ? {} : { revoked }),
  }))
}

/** Throws CommandFailure 64 where every key is revoked. */
export function signingKey(keys: readonly FolderKey[]): FolderKey {
  const found = keys.find(({ state }) => state === 'signing')
  if (found === undefined) throw misuse('every key of this issuer is revoked: make one with badgewright keys rotate')
  return found
}

/** A fresh key beside the others. Of two at once one makes it, and the other is told (CommandFailure 74). */
export async function addKey(
  at: At,
  keys: readonly FolderKey[],
  { isNext, now }: { readonly isNext: boolean; readonly now: Date },
  session: Session,
): Promise<string> {
  const [first] = keys as [FolderKey]
  const number = (keys.at(-1) as FolderKey).number + 1
  const controller = first.id.slice(0, first.id.indexOf('#'))
  const kid = `${controller}#key-${number}`
  await mkdir(at(FILES.keys), { recursive: true, mode: 0o700 })
  const text = keyText({ ...(await generateKey()), kid }, { created: now, isNext })
  await session.files.write(at(fileOf(number)), text, { secret: true })
  return kid
}

/** From now on, nothing that it signed counts. */
export async function revokeKey({ file, key }: FolderKey, since: Date, session: Session): Promise<void> {
  const { created } = await extrasOf(file)
  await session.files.write(file, keyText(key, { created, revoked: since }), { secret: true, replace: true })
}

/** It signs from now on. */
export async function beginKey({ file, key }: FolderKey, session: Session): Promise<void> {
  const { created } = await extrasOf(file)
  await session.files.write(file, keyText(key, { created }), { secret: true, replace: true })
}

const fileOf = (number: number): string => `${FILES.keys}/key-${number}.json`

interface Extras {
  readonly created?: Date | undefined
  readonly isNext?: boolean
  readonly revoked?: Date | undefined
}

/** A JWK with members that others pass over (RFC 7517 section 4). */
function keyText(key: PrivateJwk, { created, isNext = false, revoked }: Extras): string {
  return `${toJson(
    {
      ...key,
      ...(created === undefined ? {} : { created: formatDateTime(created) }),
      ...(isNext ? { next: true } : {}),
      ...(revoked === undefined ? {} : { revoked: formatDateTime(revoked) }),
    },
    2,
  )}\n`
}

async function readKeyFile(file: string, number: number, session: Session): Promise<KeyFile> {
  const key = await readPrivateKeyFile(file, session)
  const { isNext = false, revoked } = await extrasOf(file)
  const id = key.kid
  if (number > 1 && id === undefined) throw new CommandFailure(EXIT.data, `${file}: has no "kid"`)
  return { id: id ?? '', file, key, number, isNext, ...(revoked === undefined ? {} : { revoked }) }
}

/** What is not in the key itself. It was read as JSON before. */
async function extrasOf(file: string): Promise<Extras> {
  const { created, next, revoked } = JSON.parse(await readFile(file, 'utf8')) as JsonObject
  const date = (name: string, value: unknown): Date | undefined => {
    if (value === undefined) return undefined
    const time = typeof value === 'string' ? parseDateTime(value)?.time : undefined
    // A misspelt date must not leave a stolen key in force.
    if (time === undefined) throw new CommandFailure(EXIT.data, `${file}: "${name}" is no date and time`)
    return new Date(time)
  }
  return { created: date('created', created), isNext: next === true, revoked: date('revoked', revoked) }
}
