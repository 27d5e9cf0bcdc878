/**
 * A report in sentences for people: first what the answer is, then why, in order of weight, then remarks.
 *
 * @module
 */
import { record } from '../internal/members.js'
import { parseDateTime } from '../model/date-time.js'
import { chooseText, type Tagged } from '../model/text.js'
import type { VerifiableCredential } from '../model/types.js'
import type { Check, Finding } from '../report/check.js'
import { CHECK_IDS } from '../report/decide.js'
import { demandWholeReport } from '../report/demand-report.js'
import { FINDINGS, type FindingCode, type FindingRow } from '../report/findings.js'
import type { VerificationReport } from '../report/report.js'
import { isSigned, isSignedByIssuer } from '../report/signature.js'
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
 *
 * Throws UsageError `usage.invalid_option` for what is no report.
 */
export function explain(report: VerificationReport<VerifiableCredential>): string[] {
  demandWholeReport(report)
  // The answer is about the newer version, and so are the reasons.
  const { refreshed } = report
  if (refreshed !== undefined) return [...explain(refreshed), SENTENCES['refresh.refreshed'] as string]
  const codes = CHECK_IDS.flatMap((id) => (report.checks[id] as Check).findings as readonly Finding[]).map(
    ({ code }) => code as FindingCode,
  )
  const failed = report.outcome !== 'valid'
  const said = ORDER.flatMap((status) =>
    status === 'valid' && failed
      ? []
      : codes.filter((code) => (FINDINGS[code] as FindingRow | undefined)?.status === status),
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
function dated(text: string, value: unknown): string | undefined {
  const moment = typeof value === 'string' ? parseDateTime(value) : undefined
  return moment === undefined ? undefined : `${text} ${new Date(moment.time).toISOString().slice(0, 10)}.`
}

/** Only where the proof verified may a name be said without doubt. */
function origin(report: VerificationReport<VerifiableCredential>): string[] {
  const credential = credentialOf(report)
  if (!isSigned(report.checks) || record(credential, '') !== undefined) return []
  // A report that was kept as JSON may have lost it.
  const issuer: unknown = credential?.issuer
  const { id, name } = (typeof issuer === 'object' && issuer !== null ? issuer : { id: issuer }) as Members
  if (typeof id !== 'string') return []
  const who = nameOf(name, id)
  const authenticated =
    isSignedByIssuer(report.checks) &&
    report.checks.issuer.findings.every(({ code }) => code !== 'issuer.unauthenticated')
  return authenticated
    ? [`It was issued by ${who} and has not been changed.`]
    : [`It says it was issued by ${who}, and has not been changed since it was signed.`]
}

type Members = Readonly<Record<'id' | 'name', unknown>>

function nameOf(name: unknown, id: string): string {
  const text = chooseText([name].flat().flatMap(taggedText), LANGUAGE)?.text
  return text !== undefined && plain(text) !== '' ? `${quoted(text)} (${plain(id).replaceAll(' ', '%20')})` : quoted(id)
}

/** The language of our sentences. */
const LANGUAGE = 'en'

function taggedText(value: unknown): Tagged[] {
  const { '@value': text, '@language': language } = (
    typeof value === 'object' && value !== null ? value : { '@value': value }
  ) as Readonly<Record<'@value' | '@language', unknown>>
  return typeof text === 'string' ? [{ text, ...(typeof language === 'string' ? { language } : {}) }] : []
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
