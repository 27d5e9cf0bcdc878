/**
 * A report in sentences for people: first what the answer is, then why, in order of weight, then remarks.
 *
 * @module
 */
import { parseDateTime } from '../model/date-time.js'
import type { VerifiableCredential } from '../model/types.js'
import type { Check, Finding } from '../report/check.js'
import { CHECK_IDS } from '../report/decide.js'
import { FINDINGS, type FindingCode, type FindingRow } from '../report/findings.js'
import type { VerificationReport } from '../report/report.js'
import { SENTENCES } from './sentences.js'

const VERDICT = {
  valid: 'This badge is valid.',
  invalid: 'This badge is not valid.',
  indeterminate: 'Whether this badge is valid cannot be said now.',
} as const

const ORDER = ['invalid', 'indeterminate', 'valid', 'note'] as const

/**
 * Sentences for people, in order of weight. Of a badge that is not valid only what is wrong is said, not what was right. Names and
 * ids are the badge's own words: they stand in quotes, without characters that could make them look like ours.
 */
export function explain(report: VerificationReport<VerifiableCredential>): string[] {
  // The answer is about the newer version, and so are the reasons.
  const { refreshed } = report
  if (refreshed !== undefined) return [...explain(refreshed), SENTENCES['refresh.refreshed'] as string]
  const codes = CHECK_IDS.flatMap((id) => (report.checks[id] as Check).findings as readonly Finding[]).map(
    ({ code }) => code as FindingCode,
  )
  const failed = report.outcome !== 'valid'
  const said = ORDER.flatMap((status) =>
    status === 'valid' && failed ? [] : codes.filter((code) => (FINDINGS[code] as FindingRow).status === status),
  )
  const notAsked = codes.filter((code) => code === 'issuer.not_asked' && !failed)
  const sentences = [...said, ...notAsked].flatMap((code) => sentenceOf(code, report) ?? [])
  return [...new Set([VERDICT[report.outcome], ...origin(report), ...sentences])]
}

function credentialOf(report: VerificationReport<VerifiableCredential>): VerifiableCredential | undefined {
  return report.outcome === 'valid' ? report.credential : report.unverified
}

function sentenceOf(code: FindingCode, report: VerificationReport<VerifiableCredential>): string | null {
  const credential = credentialOf(report)
  if (code === 'validity.expired') return dated('It expired on', credential?.validUntil) ?? SENTENCES[code]
  if (code === 'validity.not_yet') return dated('It is not valid before', credential?.validFrom) ?? SENTENCES[code]
  return SENTENCES[code]
}

/** The day in UTC: which one it is elsewhere, the reader would have to say. */
function dated(text: string, value: string | undefined): string | undefined {
  const moment = value === undefined ? undefined : parseDateTime(value)
  return moment === undefined ? undefined : `${text} ${new Date(moment.time).toISOString().slice(0, 10)}.`
}

/** Only where the proof verified may a name be said without doubt. */
function origin(report: VerificationReport<VerifiableCredential>): string[] {
  const credential = credentialOf(report)
  if (report.checks.proof.status !== 'valid' || credential === undefined) return []
  const { issuer } = credential
  const who = typeof issuer === 'string' ? quoted(issuer) : nameOf(issuer.name, issuer.id)
  const authenticated =
    report.checks.issuer.findings.every(({ code }) => code !== 'issuer.unauthenticated') &&
    report.checks.key.findings.every(({ code }) => code !== 'key.self_asserted' && code !== 'key.other_controller')
  return authenticated
    ? [`It was issued by ${who} and has not been changed.`]
    : [`It says it was issued by ${who}, and has not been changed since it was signed.`]
}

function nameOf(name: unknown, id: string): string {
  const [first] = [name].flat() as unknown[]
  const text = typeof first === 'object' && first !== null ? (first as { '@value'?: unknown })['@value'] : first
  return typeof text === 'string' && plain(text) !== ''
    ? `${quoted(text)} (${plain(id).replaceAll(' ', '%20')})`
    : quoted(id)
}

const quoted = (text: string): string => `"${plain(text)}"`

/**
 * Control characters, lone surrogates, bidirectional controls and what is invisible everywhere. The joiners U+200C and U+200D stay:
 * Persian and emoji need them.
 */
const UNSAFE =
  /[\p{Cc}\p{Cs}\p{Bidi_Control}\u{ad}\u{200b}\u{2060}-\u{2064}\u{feff}\u{fff9}-\u{fffb}\u{e0000}-\u{e007f}]/gu
/** What could end our quotes. */
const QUOTES = /["\u201c-\u201f\u00ab\u00bb\u2033\u2036\u301d-\u301f\uff02]/g

/** One line, no longer than fits one, that begins and ends where we say. */
function plain(text: string): string {
  const line = text
    .replace(/[\p{Z}\s]+/gu, ' ')
    .replace(UNSAFE, '')
    .replace(QUOTES, "'")
    .trim()
  const letters = [...line]
  return letters.length > 120 ? `${letters.slice(0, 119).join('')}\u2026` : line
}
