/** What the page says where badgewright does not: about files, hosts, and its own work. */
import type { Verdict } from './protocol.js'

export const VERDICT: Readonly<Record<Verdict, string>> = {
  verified: 'Verified',
  signed: 'Genuine, issuer not confirmed',
  invalid: 'Not valid',
  indeterminate: 'Could not be decided',
}

/** Where there is little room. */
export const SHORT: Readonly<Record<Verdict, string>> = { ...VERDICT, signed: 'Genuine', indeterminate: 'Undecided' }

export const STATE = {
  waiting: 'Waiting',
  checking: 'Checking…',
  failed: 'Not checked',
} as const

const KINDS: Readonly<Record<string, string>> = {
  badge: 'the badge',
  context: 'a vocabulary',
  key: "the issuer's key",
  status: 'the list of revoked badges',
  schema: 'rules the badge says it follows',
  refresh: 'a newer version',
  registry: 'a register of issuers',
}
export const kindInWords = (kind: string): string => KINDS[kind] ?? kind

/** In a few words; what it means for the badge is said above it. */
const IN_SHORT: Readonly<Record<string, string>> = {
  'resolve.unreachable': 'unreachable, or closed to web pages',
  'resolve.timeout': 'no answer in time',
  'resolve.not_found': 'nothing there',
}
export const shortReason = (code: string): string => IN_SHORT[code] ?? reasonInWords(code)

const FAILURES: Readonly<Record<string, string>> = {
  'resolve.unreachable':
    'the host does not answer, or does not let web pages read this (CORS); a browser does not say which. That is no fault of the badge',
  'resolve.timeout': 'the host did not answer in time',
  'resolve.not_found': 'the host says that there is nothing at this address',
  'resolve.http_status': 'the host refused to give it',
  'resolve.too_large': 'it is larger than it should be',
  'resolve.too_many_redirects': 'it leads from one address to the next without an end',
  'resolve.forbidden_url': 'only public https addresses are asked',
  'resolve.forbidden_address': 'this address is in a private network; only public ones are asked',
  'resolve.limit': 'the badge names more documents than may be asked for',
}
export const reasonInWords = (code: string): string => FAILURES[code] ?? `it could not be read (${code})`

/** For the address of a badge. */
export function failureInWords(code: string, url: string): string {
  const reason = reasonInWords(code)
  return `The badge could not be fetched from ${hostOf(url)}: ${reason}. Download the file yourself and drop it here.`
}

export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host || url : url
}

export function size(bytes: number): string {
  const [unit, divisor] = bytes >= 1_048_576 ? ['MB', 1_048_576] : ['KB', 1024]
  return bytes < 1024 ? `${bytes} bytes` : `${(bytes / divisor).toFixed(bytes < divisor * 10 ? 1 : 0)} ${unit}`
}

export const count = (number: number, one: string, many: string): string => `${number} ${number === 1 ? one : many}`
