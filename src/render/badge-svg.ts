/**
 * A badge as a card: one SVG document.
 *
 * @module
 */

import type { FindingCode } from '../report/findings.js'
import { isSigned } from '../report/signature.js'
import { text } from './claims.js'
import { plainDay, plainMoment } from './dates.js'
import { MARKS } from './marks.js'
import type { Look } from './messages.js'
import { type RenderOptions, type Settings, settingsOf } from './options.js'
import { partyName, recipientText } from './party.js'
import { type Picture, pictureOf } from './picture.js'
import { attributesOf, html, type SafeHtml } from './safe-html.js'
import { claimsOf } from './signed-order.js'
import { isolatedText } from './text.js'
import { wrapped } from './text-width.js'
import { ownNameOf, subjectOf, titleOf } from './titles.js'
import { type AnyReport, countsFor, isConfirmed, judged, lookOf } from './verdict.js'

const WIDTH = 640
const MARGIN = 28
const IMAGE = 152
const BANNER = 64

interface Colors {
  readonly ink: string
  readonly ground: string
}

const COLORS: Readonly<Record<Look, Colors>> = {
  verified: { ink: '#116329', ground: '#dafbe1' },
  signed: { ink: '#0550ae', ground: '#ddf4ff' },
  reserved: { ink: '#7d4e00', ground: '#fff8c5' },
  invalid: { ink: '#a40e26', ground: '#ffebe9' },
  indeterminate: { ink: '#7d4e00', ground: '#fff8c5' },
}

interface Line {
  readonly text: string
  readonly size: number
  readonly weight?: number
  readonly color: string
}

/**
 * An SVG document of 640 by about 300 pixels, with title and description for whoever does not see it. Whatever the badge says is text; its image is an
 * embedded one, or one that `images` permits. Of a badge that does not count it shows no image, unless nothing but its dates or its status is against it: then
 * it is dimmed, and "Expired", "Revoked", ... stands across it. Of one about which nothing is proven it shows no word.
 *
 * Throws UsageError `usage.invalid_option` for an option that is not one.
 */
export function renderBadgeSvg(whole: AnyReport, options?: RenderOptions): string {
  const settings = settingsOf(options)
  const { messages, idPrefix } = settings
  const report = judged(whole)
  const look = lookOf(report)
  const image = pictureOf(claimsOf(report), report, settings)
  const room = WIDTH - 2 * MARGIN - (image === undefined ? 0 : IMAGE + MARGIN)
  const lines = linesOf(report, settings).flatMap((each) =>
    wrapped(each.text, room / each.size, 3).map((part) => ({ ...each, text: part })),
  )
  const height =
    Math.max(
      lines.reduce((sum, { size }) => sum + size * 1.5, 0),
      image === undefined ? 0 : IMAGE,
    ) +
    2 * MARGIN
  const rtl = messages.direction === 'rtl'
  const x = (offset: number) => (rtl ? WIDTH - offset : offset)
  let y = MARGIN
  const texts = lines.map((each) => {
    y += each.size * 1.5
    return textAt(x(image === undefined ? MARGIN : IMAGE + 2 * MARGIN), y - each.size * 0.4, each)
  })
  const { ink, ground } = COLORS[look]
  const checked = messages.checkedAt.replace('{date}', () => plainMoment(report.at, settings))
  const words = `${messages.verdict[look]}. ${lines.map((each) => each.text).join(' ')} ${checked}`
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height + BANNER}" width="${WIDTH}" height="${height + BANNER}" role="img" aria-labelledby="${idPrefix}-svg-title ${idPrefix}-svg-desc" xml:lang="${messages.language}" direction="${messages.direction}" font-family="system-ui, sans-serif" class="bw-svg bw-${look}"><title id="${idPrefix}-svg-title">${messages.verdict[look]}: ${lines[0]?.text}</title><desc id="${idPrefix}-svg-desc">${words}</desc>
<rect x="1" y="1" width="${WIDTH - 2}" height="${height + BANNER - 2}" rx="12" fill="#fff" stroke="${ink}" stroke-width="2"/>${
    image !== undefined && pictureAt(rtl ? WIDTH - MARGIN - IMAGE : MARGIN, image, rtl, COLORS[look])
  }${texts}
<path d="M2 ${height}h${WIDTH - 4}v${BANNER - 14}a12 12 0 0 1 -12 12h-${WIDTH - 28}a12 12 0 0 1 -12 -12z" fill="${ground}"/>
<g transform="translate(${rtl ? WIDTH - MARGIN - 24 : MARGIN} ${height + 18})"><path d="${MARKS[look]}" fill="none" stroke="${ink}" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/></g>
${textAt(x(MARGIN + 36), height + 28, { text: messages.verdict[look], size: 18, weight: 700, color: ink })}${textAt(x(MARGIN + 36), height + 49, { text: checked, size: 13, color: '#1b1f24' })}</svg>`.toString()
}

/** A stamp is as wide as the picture: nobody can cut it off and keep the rest. */
function pictureAt(x: number, { src, stamp }: Picture, rtl: boolean, { ink, ground }: Colors): SafeHtml {
  const image = html`<image href="${src}" x="${x}" y="${MARGIN}" width="${IMAGE}" height="${IMAGE}" preserveAspectRatio="xMidYMid meet"${attributesOf({ opacity: stamp && 0.4 })}/>`
  if (stamp === undefined) return image
  const size = 17
  const lines = wrapped(stamp, (IMAGE - 16) / size, 3)
  const height = lines.length * size * 1.3 + 10
  const top = MARGIN + (IMAGE - height) / 2
  const words = lines.map((line, index) =>
    textAt(rtl ? x + IMAGE - 8 : x + 8, top + (index + 1) * size * 1.3, { text: line, size, weight: 700, color: ink }),
  )
  return html`${image}<rect x="${x}" y="${top}" width="${IMAGE}" height="${height}" fill="${ground}" stroke="${ink}" stroke-width="2"/>${words}`
}

function textAt(x: number, y: number, { text, size, weight, color }: Line): SafeHtml {
  return html`<text x="${x}" y="${Math.round(y)}"${attributesOf({ 'font-size': size, 'font-weight': weight, fill: color })}>${text}</text>`
}

function linesOf(report: AnyReport, settings: Settings): readonly Line[] {
  const { messages } = settings
  const look = lookOf(report)
  const counts = countsFor(look)
  const claims = claimsOf(report)
  const title = (content: string): Line => ({
    text: content,
    size: 26,
    weight: 700,
    color: counts ? '#1b1f24' : '#57606a',
  })
  const small = (content: string): Line => ({ text: content, size: 15, color: '#1b1f24' })
  const meaning = small(messages.meaning[look])
  const reasons = report.outcome === 'valid' ? [] : plainReasons(report.because, report, settings).map(small)
  if (!counts && !isSigned(report.checks)) return [title(messages.unprovenName), meaning, ...reasons]
  const name = title(isolatedText(titleOf(claims, settings).text))
  if (!counts) return [name, meaning, ...reasons]
  const issuer = isolatedText(partyName(claims?.issuer, settings)?.text ?? messages.notStated)
  const issued = (isConfirmed(report) ? messages.issuedBy : messages.saysIssuedBy).replace('{issuer}', () => issuer)
  const from = text(claims?.awardedDate) ?? text(claims?.validFrom)
  const until = text(claims?.validUntil)
  const dates = [
    ...(from === undefined ? [] : [`${messages.awarded}: ${plainDay(from, settings)}`]),
    `${messages.validUntil}: ${until === undefined ? messages.noEnd : plainDay(until, settings)}`,
  ]
  const ownName = ownNameOf(claims, settings)
  return [
    name,
    ...(ownName === undefined ? [] : [small(`${messages.credentialName}: ${isolatedText(ownName.text)}`)]),
    small(issued),
    small(`${messages.recipient}: ${recipientText(subjectOf(claims), settings)}`),
    ...dates.map(small),
    ...(look === 'verified' ? [] : [meaning]),
  ]
}

/** Why it does not count, in a sentence or two. */
function plainReasons(because: readonly FindingCode[], report: AnyReport, settings: Settings): readonly string[] {
  const { messages } = settings
  const claims = claimsOf(report)
  const dates = {
    'validity.expired': [messages.expiredOn, claims?.validUntil],
    'validity.not_yet': [messages.notBefore, claims?.validFrom],
  } as const
  const said = because.flatMap((code) => {
    const [dated, value] = code === 'validity.expired' || code === 'validity.not_yet' ? dates[code] : []
    const date = text(value)
    if (dated !== undefined && date !== undefined) return [dated.replace('{date}', () => plainDay(date, settings))]
    return (Object.hasOwn(messages.findings, code) ? messages.findings[code] : null) ?? []
  })
  return [...new Set(said)].slice(0, 2)
}
