/**
 * The picture of a badge, and what is written across it where the badge does not count: a picture may show a seal or say "verified", and is
 * the first thing that people look at.
 *
 * @module
 */
import type { Claims } from './claims.js'
import { imageOf, type ShownImage } from './images.js'
import type { Lapse } from './messages.js'
import type { Settings } from './options.js'
import { html, nothing, type SafeHtml } from './safe-html.js'
import { achievementOf, subjectOf } from './titles.js'
import { type AnyReport, countsFor, hasFinding, hasLapsed, lookOf } from './verdict.js'

export interface Picture extends ShownImage {
  /** Written across it, and said before what it shows; undefined where the badge counts. */
  readonly stamp?: string
}

/** The picture of what counts, and of what is genuine and has only ended, not begun or been taken back: the holder's own badge, for what it is. */
export function pictureOf(claims: Claims | undefined, report: AnyReport, settings: Settings): Picture | undefined {
  const counts = countsFor(lookOf(report))
  if (!counts && !hasLapsed(report)) return undefined
  const image = imageOf([claims?.image, subjectOf(claims)?.image, achievementOf(claims)?.image].flat(), settings)
  return image === undefined || counts ? image : { ...image, stamp: stampOf(report, settings) }
}

/** What cannot be undone before what can. */
const LAPSES: readonly Lapse[] = ['status.revoked', 'validity.expired', 'status.suspended', 'validity.not_yet']

function stampOf(report: AnyReport, { messages }: Settings): string {
  const lapse = LAPSES.find((code) => hasFinding(report, code))
  return lapse === undefined ? messages.verdict[lookOf(report)] : messages.stamps[lapse]
}

export function pictureMarkup(claims: Claims | undefined, report: AnyReport, settings: Settings): SafeHtml {
  const picture = pictureOf(claims, report, settings)
  if (picture === undefined) return nothing
  const { src, caption = settings.messages.imageOf, stamp } = picture
  const alt = stamp === undefined ? caption : `${stamp}: ${caption}`
  const image = html`<img class="bw-image" src="${src}" alt="${alt}" width="160" height="160"/>`
  return stamp === undefined
    ? image
    : html`<figure class="bw-lapsed">${image}<figcaption class="bw-stamp" aria-hidden="true">${stamp}</figcaption></figure>`
}
