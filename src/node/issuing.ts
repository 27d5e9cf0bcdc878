/**
 * Issuing, in a worker thread: an issuer like any other, whose key may be in another thread, and whose stores are.
 *
 * @module
 */
import { type IssuerOptions, issuerSettings } from '../defaults/issue.js'
import { createSigner } from '../defaults/keys.js'
import { inOrder } from '../internal/in-order.js'
import type { Award } from '../issue/award.js'
import { makeAwarding } from '../issue/awarding.js'
import type { IssuedText } from '../issue/batch.js'
import type { CredentialStore } from '../issue/credential-store.js'
import type { SignerOptions } from '../keys/local-signer.js'
import type { Signer } from '../keys/signer.js'
import { distantLoader } from './distant-loader.js'
import { noteOf } from './error-note.js'
import type { AwardInput, AwardOutput, IssueJob, SentPlace, Work } from './messages.js'
import type { Ask } from './switchboard.js'

/** What came with the awards of a chunk. */
interface Brought {
  readonly ids: NonNullable<AwardInput['badge']>[]
  /** By award id. */
  readonly places: Map<string, readonly SentPlace[]>
}

/** Badges in a message: with more, what is done waits longer, and is moved about by the garbage collector meanwhile. */
const ANSWERED_AT_ONCE = 16

export async function createIssuing({ options, key, now, concurrency, has }: IssueJob, ask: Ask): Promise<Work> {
  const plain = options as Omit<IssuerOptions, 'signer'>
  const brought: Brought = { ids: [], places: new Map() }
  const refreshUrls = new Map<string, string>()
  const takeId = (uuid: string) => {
    const badge = brought.ids.shift()
    if (badge?.refreshUrl !== undefined) refreshUrls.set(badge.id, badge.refreshUrl)
    return badge?.id ?? `urn:uuid:${uuid}`
  }
  const settings = issuerSettings({
    ...plain,
    signer: await signerOf(key, ask),
    ...(now === undefined ? {} : { now: () => new Date(now) }),
    ...(has.loader ? { loader: distantLoader(ask) } : {}),
    ...(has.status ? { status: distantStatus(plain.status, brought, ask) } : {}),
    ...(has.credentials ? { credentials: distantCredentials(ask) } : {}),
    ...(has.ids ? { credentialId: takeId } : {}),
    ...(has.refresh ? { refreshUrl: (id: string) => refreshUrls.get(id) ?? '' } : {}),
  })
  // All chunks are one batch: what the first badge of a kind has shown serves all.
  const batch = makeAwarding(settings).batch()
  // A key in this thread signs at once: who waits for others has several under way.
  const isLocal = 'key' in key && !has.credentials
  const issue = (award: unknown, index: number) => batch.textFor({ award: award as Award, index })
  return async (inputs, answer) => {
    let outputs: AwardOutput[] = []
    const put = (issued: IssuedText): void => {
      outputs.push(outputOf(issued))
      if (outputs.length === ANSWERED_AT_ONCE) send()
    }
    const send = (): void => {
      answer(outputs)
      outputs = []
    }
    const awards = (inputs as readonly AwardInput[]).map(({ award, badge, places }) => {
      if (badge !== undefined) brought.ids.push(badge)
      if (places !== undefined) brought.places.set((award as Award).id as string, places)
      return award
    })
    if (isLocal) for (const [index, award] of awards.entries()) put(await issue(award, index))
    else {
      const many = { concurrency, clock: settings.clock }
      for await (const issued of inOrder(
        [...awards.entries()],
        ([index, award]) => issue(award, index),
        many,
        () => false,
      ))
        put(issued)
    }
    brought.ids.length = 0
    brought.places.clear()
    refreshUrls.clear()
    if (outputs.length > 0) send()
  }
}

const outputOf = ({ text, error }: IssuedText): AwardOutput =>
  error === undefined ? { text } : { error: noteOf(error) }

function signerOf(key: IssueJob['key'], ask: Ask): Promise<Signer> {
  if ('key' in key) return createSigner(key as SignerOptions)
  return Promise.resolve({ ...key, sign: (message: Uint8Array) => ask('sign', message) })
}

/** Where a list is published comes with its name, because an issuer asks for that synchronously. */
function distantStatus(
  plain: IssuerOptions['status'],
  { places }: Brought,
  ask: Ask,
): NonNullable<IssuerOptions['status']> {
  const urls = new Map<string, string>()
  return {
    ...plain,
    store: {
      allocate: async (request) => {
        const taken = places.get(request.key)?.find(({ purpose }) => purpose === request.purpose)
        const { listId, index, url } = taken ?? ((await ask('allocate', request)) as SentPlace)
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
