/**
 * Issuing, in a worker thread: an issuer like any other, whose key may be in another thread, and whose stores are.
 *
 * @module
 */
import { createIssuer, type IssuerOptions } from '../defaults/issue.js'
import { createSigner } from '../defaults/keys.js'
import type { Award } from '../issue/award.js'
import type { CredentialStore } from '../issue/credential-store.js'
import type { SignerOptions } from '../keys/local-signer.js'
import type { Signer } from '../keys/signer.js'
import type { DocumentLoader } from '../resolve/document-loader.js'
import { noteOf } from './error-note.js'
import { createLane, type Lane } from './lane.js'
import type { AwardInput, AwardOutput, IssueJob } from './messages.js'
import type { Ask } from './switchboard.js'

export async function createIssuing(
  { options, key, now, concurrency, has }: IssueJob,
  ask: Ask,
): Promise<(inputs: readonly unknown[]) => Promise<readonly AwardOutput[]>> {
  const plain = options as Omit<IssuerOptions, 'signer'>
  const ids: NonNullable<AwardInput['badge']>[] = []
  const refreshUrls = new Map<string, string>()
  const takeId = (uuid: string) => {
    const badge = ids.shift()
    if (badge?.refreshUrl !== undefined) refreshUrls.set(badge.id, badge.refreshUrl)
    return badge?.id ?? `urn:uuid:${uuid}`
  }
  const issuer = createIssuer({
    ...plain,
    signer: await signerOf(key, ask),
    ...(now === undefined ? {} : { now: () => new Date(now) }),
    ...(has.loader ? { loader: distantLoader(ask) } : {}),
    ...(has.status ? { status: distantStatus(plain.status, ask) } : {}),
    ...(has.credentials ? { credentials: distantCredentials(ask) } : {}),
    ...(has.ids ? { credentialId: takeId } : {}),
    ...(has.refresh ? { refreshUrl: (id: string) => refreshUrls.get(id) ?? '' } : {}),
  })
  // A key in this thread signs at once: who waits for others has several under way.
  const isLocal = 'key' in key && !has.status && !has.credentials
  const lanes = Array.from({ length: isLocal ? 1 : concurrency }, () => createLane(issuer))
  return async (inputs) => {
    const awards = (inputs as readonly AwardInput[]).map(({ award, badge }) => {
      if (badge !== undefined) ids.push(badge)
      return award as Award
    })
    const issued = await Promise.all(awards.map((award, index) => (lanes[index % lanes.length] as Lane)(award)))
    ids.length = 0
    refreshUrls.clear()
    return issued.map(({ credential, error }): AwardOutput => {
      if (error !== undefined) return { error: noteOf(error) }
      return { text: typeof credential === 'string' ? credential : JSON.stringify(credential) }
    })
  }
}

function signerOf(key: IssueJob['key'], ask: Ask): Promise<Signer> {
  if ('key' in key) return createSigner(key as SignerOptions)
  return Promise.resolve({ ...key, sign: (message: Uint8Array) => ask('sign', message) })
}

export function distantLoader(ask: Ask): DocumentLoader {
  return { load: (request) => ask('load', request) }
}

/** Where a list is published comes with its name, because an issuer asks for that synchronously. */
function distantStatus(plain: IssuerOptions['status'], ask: Ask): NonNullable<IssuerOptions['status']> {
  const urls = new Map<string, string>()
  return {
    ...plain,
    store: {
      allocate: async (request) => {
        const { listId, index, url } = (await ask('allocate', request)) as {
          listId: string
          index: number
          url: string
        }
        urls.set(listId, url)
        return { listId, index }
      },
      ...notHere('set', 'read', 'lists'),
    },
    listUrl: (listId) => urls.get(listId) ?? '',
  }
}

function distantCredentials(ask: Ask): CredentialStore {
  return {
    get: (id) => ask('get', id),
    put: (record) => ask('put', record),
    ...notHere('change', 'list'),
  }
}

/** What issuing never asks for. */
function notHere<Name extends string>(...names: readonly Name[]): Record<Name, () => never> {
  const absent = (name: Name) => (): never => {
    throw new TypeError(`"${name}" is not for worker threads`)
  }
  return Object.fromEntries(names.map((name) => [name, absent(name)])) as Record<Name, () => never>
}
