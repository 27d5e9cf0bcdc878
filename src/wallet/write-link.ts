/**
 * Links that open the Learner Credential Wallet, and others that know its deep links.
 *
 * @module
 */

import { invalidOption, missingOption, UsageError } from '../errors.js'
import { JsonError, snapshotJson } from '../internal/json.js'
import { isObject } from '../internal/json-object.js'
import { anything, type Kind, type Members, oneOf, problemOf, record } from '../internal/members.js'
import { demandArgument, demandOptions } from '../report/demand-options.js'
import type { WalletMessage } from './message.js'
import { messageOf } from './read-message.js'
import { urlFault } from './safe-url.js'

/** What kind of link to write. */
export interface LinkOptions {
  /**
   * `https` (the default) is `https://lcw.app/request`, which opens a page where the app is missing; `app` is `dccrequest://request`,
   * which opens nothing there.
   */
  readonly scheme?: 'https' | 'app' | undefined
}

/** What a link can say. */
export type LinkMessage =
  | {
      readonly issuer: string
      /** https: the wallet sends a presentation there (POST) and gets the badge. */
      readonly requestUrl: string
      /** What the presentation must sign, unguessable. */
      readonly challenge: string
    }
  | { readonly protocols: Readonly<Record<string, string>> }
  | { readonly verifiablePresentationRequest: object }
  | { readonly interactionUrl: string }

const LINK: Members<LinkOptions> = { scheme: oneOf('https', 'app') }

/** The members of each kind of message; of what stands inside them the message is asked. */
const MESSAGES: readonly Readonly<Record<string, Kind>>[] = [
  { issuer: anything, requestUrl: anything, challenge: anything },
  { protocols: record },
  { verifiablePresentationRequest: record },
  { interactionUrl: anything },
]
/** All that a message can have, to know what a misspelt member was meant to be. */
const ANY_MESSAGE: Readonly<Record<string, Kind>> = Object.assign({}, ...MESSAGES)

/** Throws UsageError: a member that is misspelt, or of another kind of message. */
function demandMessage(message: unknown): void {
  demandArgument(message, record, 'message')
  const names = Object.keys(message as object)
  const members = MESSAGES.find((each) => names.every((name) => Object.hasOwn(each, name))) ?? ANY_MESSAGE
  const problem = problemOf(message as object, members, { noun: 'member of a link' })
  if (problem !== undefined) throw invalidOption(problem.path, problem.says)
}

/** Characters. What a QR code holds at its lowest correction level, in bytes. */
const MAX_LENGTH = 2953
const BASES = { https: 'https://lcw.app/request', app: 'dccrequest://request' }

/**
 * A link for a button or a QR code, by which a wallet fetches a badge or is asked for one; `readWalletLink` reads it. An
 * interaction URL becomes `interaction:…`, which any wallet of VCALM takes.
 *
 * Throws UsageError `usage.invalid_option` (a URL that is not https, a message of no kind), `usage.link_too_long` (no QR code
 * holds it: put the message behind an interaction URL).
 */
export function createWalletLink(message: LinkMessage, options: LinkOptions = {}): string {
  demandOptions(options, LINK)
  demandMessage(message)
  const { scheme = 'https' } = options
  const link = write(message, BASES[scheme])
  if (link.length > MAX_LENGTH)
    throw new UsageError(
      'usage.link_too_long',
      `the link has ${link.length} characters, and a QR code holds ${MAX_LENGTH}: publish the message, and give its URL as interactionUrl`,
    )
  return link
}

function write(message: LinkMessage, base: string): string {
  if ('interactionUrl' in message) return writeInteraction(message.interactionUrl)
  if ('requestUrl' in message) {
    demandUrl('requestUrl', message.requestUrl)
    for (const name of ['issuer', 'challenge'] as const)
      if (typeof message[name] !== 'string' || message[name] === '') throw missingOption(name, 'is missing')
    const parameters = {
      issuer: message.issuer,
      vc_request_url: message.requestUrl,
      challenge: message.challenge,
      auth_type: 'bearer',
    }
    return `${base}?${new URLSearchParams(parameters)}`
  }
  return `${base}?request=${encodeURIComponent(JSON.stringify(checkMessage(message)))}`
}

function writeInteraction(url: string): string {
  demandUrl('interactionUrl', url)
  if (new URL(url).searchParams.getAll('iuv').join() !== '1')
    throw invalidOption('interactionUrl', 'has no parameter "iuv=1", by which wallets know it')
  return `interaction:${url}`
}

function checkMessage(message: object) {
  try {
    const document = snapshotJson(message, { maxDepth: 32, maxSize: MAX_LENGTH })
    const read: WalletMessage | undefined = isObject(document) ? messageOf(document) : undefined
    if (read?.kind === 'interaction')
      for (const [name, url] of Object.entries((message as { protocols: Record<string, string> }).protocols))
        if (!Object.hasOwn(read.protocols, name)) demandUrl(`protocols.${name}`, url)
    if (read?.kind === 'interaction' || read?.kind === 'presentation-request') return document
  } catch (cause) {
    if (!(cause instanceof JsonError)) throw cause
    throw new UsageError(
      cause.kind === 'size' ? 'usage.link_too_long' : 'usage.invalid_option',
      `the message cannot be written: ${cause.message}`,
      { cause, option: 'message' },
    )
  }
  throw new UsageError(
    'usage.invalid_option',
    'a link is made of { issuer, requestUrl, challenge }, { protocols }, { verifiablePresentationRequest } or { interactionUrl }',
    { option: 'message' },
  )
}

function demandUrl(name: string, url: unknown): void {
  const wrong = typeof url === 'string' ? urlFault(url) : 'it is no text'
  if (wrong !== undefined) throw invalidOption(name, `: ${wrong}`)
}
