/**
 * Who may ask a running issuer to do something: a token for each clerk, of which only the hash is kept.
 *
 * @module
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, rm } from 'node:fs/promises'
import type { Clerk, ClerkRight } from '../../entries/http.js'
import { formatDateTime } from '../../model/date-time.js'
import { readJsonObject } from '../documents.js'
import { EXIT } from '../exit.js'
import { CommandFailure } from '../failure.js'
import { toJson } from '../printable.js'
import type { Session } from '../session.js'
import { type At, FILES } from './layout.js'

export const RIGHTS = ['award', 'revoke', 'read'] as const satisfies readonly ClerkRight[]

export interface TokenFile {
  /** Of the clerk, and of the file. */
  readonly name: string
  readonly rights: readonly ClerkRight[]
  readonly created: string
  /** SHA-256 of the token in hexadecimal. It is as long as a key: nobody tries all of them. */
  readonly sha256: string
}

/** A name that is a file's on every system. */
export const isTokenName = (name: string): boolean => /^[a-z0-9][a-z0-9-]{0,39}$/.test(name)

export async function readTokens(at: At, session: Session): Promise<readonly TokenFile[]> {
  const names = existsSync(at(FILES.tokens)) ? await readdir(at(FILES.tokens)) : []
  const found: TokenFile[] = []
  for (const file of names.sort()) {
    const [, name = ''] = /^(.+)\.json$/.exec(file) ?? []
    if (!isTokenName(name)) continue
    const { rights, created, sha256 } = await readJsonObject(at(`${FILES.tokens}/${file}`), 'a token', session)
    const isRead =
      Array.isArray(rights) &&
      rights.every((right) => RIGHTS.some((each) => each === right)) &&
      typeof sha256 === 'string' &&
      /^[0-9a-f]{64}$/.test(sha256)
    if (!isRead)
      throw new CommandFailure(EXIT.data, `${at(`${FILES.tokens}/${file}`)}: is not what "tokens add" writes`)
    found.push({ name, rights: rights as unknown as readonly ClerkRight[], created: String(created), sha256 })
  }
  return found
}

/** Answers the token: nobody can read it from the file. `replace`: the one of before is good no more. Throws CommandFailure 74 where the name is taken. */
export async function writeToken(
  at: At,
  {
    name,
    rights,
    replace,
  }: { readonly name: string; readonly rights: readonly ClerkRight[]; readonly replace: boolean },
  session: Session,
): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await mkdir(at(FILES.tokens), { recursive: true, mode: 0o700 })
  const file = { rights, created: formatDateTime(session.now()), sha256: hashOf(token).toString('hex') }
  await session.files.write(at(`${FILES.tokens}/${name}.json`), `${toJson(file, 2)}\n`, { secret: true, replace })
  return token
}

export const removeToken = (at: At, name: string): Promise<void> => rm(at(`${FILES.tokens}/${name}.json`))

/** Whose token it is; undefined where nobody's. In a time that says nothing of how much was right. */
export function clerkOf(request: Request, owner: string, tokens: readonly TokenFile[]): Clerk | undefined {
  const [, given] = /^Bearer (.+)$/i.exec(request.headers.get('authorization') ?? '') ?? []
  if (given === undefined) return undefined
  const hash = hashOf(given)
  let found: Clerk | undefined = timingSafeEqual(hash, hashOf(owner)) ? { name: 'token' } : undefined
  for (const { name, rights, sha256 } of tokens)
    if (timingSafeEqual(hash, Buffer.from(sha256, 'hex'))) found = { name, may: rights }
  return found
}

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()
