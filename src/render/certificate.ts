/**
 * A badge on paper.
 *
 * @module
 */
import { invalidOption } from '../errors.js'
import { type Members, text as textKind } from '../internal/members.js'
import { shown } from '../internal/shown.js'
import { demandOptions } from '../report/demand-options.js'
import { said, text } from './claims.js'
import { day, moment } from './dates.js'
import { imageOf } from './images.js'
import { addressOf } from './links.js'
import { mark } from './marks.js'
import { completed, RENDER, type RenderOptions, type Settings } from './options.js'
import { party, recipientName, recipientText } from './party.js'
import { qrMarkup } from './qr.js'
import { achievedLevels } from './results.js'
import { element, fill, html, nothing, SafeHtml } from './safe-html.js'
import { claimsOf } from './signed-order.js'
import { stylesheet } from './stylesheet.js'
import { cut, line, name, readable } from './text.js'
import { achievementOf, ownNameOf, subjectOf, titleOf } from './titles.js'
import { type AnyReport, isConfirmed, judged, lookOf } from './verdict.js'
import { verdictBox } from './verdict-box.js'

/** What a certificate has besides the badge. */
export interface CertificateOptions extends RenderOptions {
  /** Where the signed badge is: the QR code leads there. http or https. Default: no QR code. */
  readonly url?: string | undefined
  /**
   * Where `stylesheet` is served, for pages whose policy allows no `<style>`. http, https, or relative to the page. Default: the document
   * has the styles in it, and stands alone.
   */
  readonly stylesheetUrl?: string | undefined
}

const CERTIFICATE: Members<CertificateOptions> = { ...RENDER, url: textKind, stylesheetUrl: textKind }

/** Letters of a description: a certificate has one page. */
const DESCRIPTION = 320
const NAME = 90

/**
 * A whole HTML document, made to be printed: A4 or Letter, landscape, one page. Only a badge that is valid, with nothing overlooked, gets a
 * certificate; of any other the document says that there is none, and why. No script; its own policy forbids any.
 *
 * Throws UsageError `usage.invalid_option` for an option that is not one, such as a `url` that is not http or https, or too long for a QR code.
 */
export function renderCertificate(whole: AnyReport, options: CertificateOptions = {}): string {
  demandOptions(options, CERTIFICATE)
  const settings = completed(options)
  const { messages } = settings
  const report = judged(whole)
  const look = lookOf(report)
  const counts = look === 'verified' || look === 'signed'
  const title = counts ? line(cut(titleOf(claimsOf(report), settings).text, NAME)) : messages.certificate.refused
  const url = options.url === undefined ? undefined : urlOf(options.url)
  const body = counts ? certificate(report, url, settings) : refused(report, settings)
  return html`${DOCTYPE}
<html lang="${messages.language}" dir="${messages.direction}"><head><meta charset="utf-8"/><meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta http-equiv="Content-Security-Policy" content="${policy(options)}"/><title>${title}</title>${styles(options)}</head>
<body class="bw-page">${body}</body></html>`.toString()
}

const DOCTYPE = SafeHtml.of(['<!DOCTYPE html>'], [])

function urlOf(text: string): string {
  const found = typeof text === 'string' && /^https?:/i.test(text) ? addressOf(text) : undefined
  if (found === undefined)
    throw invalidOption('url', `must be an http or https address without a user name, not ${shown(text)}`)
  return found.href
}

function policy({ stylesheetUrl, images }: CertificateOptions): string {
  const style = stylesheetUrl === undefined ? "'unsafe-inline'" : "'self' https: http:"
  return `default-src 'none'; style-src ${style}; img-src data:${images === undefined ? '' : ' blob: https: http:'}`
}

function styles({ stylesheetUrl }: CertificateOptions): SafeHtml {
  if (stylesheetUrl === undefined) return SafeHtml.of([`<style>${stylesheet}</style>`], [])
  if (typeof stylesheetUrl !== 'string' || /^\s*(?!https?:)[\w+.-]+:/i.test(stylesheetUrl))
    throw invalidOption('stylesheetUrl', `must be an http, https or relative address, not ${shown(stylesheetUrl)}`)
  return html`<link rel="stylesheet" href="${stylesheetUrl}"/>`
}

function refused(report: AnyReport, settings: Settings): SafeHtml {
  const look = lookOf(report)
  return html`<main class="bw-certificate bw-refused bw-${look}">${element('h1', {}, settings.messages.certificate.refused)}${verdictBox(report, settings)}</main>`
}

function certificate(report: AnyReport, url: string | undefined, settings: Settings): SafeHtml {
  const { messages, locale } = settings
  const words = messages.certificate
  const look = lookOf(report)
  const claims = claimsOf(report)
  const subject = subjectOf(claims)
  const achievement = achievementOf(claims)
  const description = said(achievement?.description, locale, text(achievement?.inLanguage))
  const whole = description === undefined ? '' : readable(description.text).text
  const short = cut(whole, DESCRIPTION)
  const awarded = text(claims?.awardedDate) ?? text(claims?.validFrom)
  const until = text(claims?.validUntil)
  const image = imageOf([claims?.image, subject?.image, achievement?.image].flat(), settings)
  const levels = achievedLevels(subject, settings)
  const issuer = party(claims?.issuer, settings)
  const named = recipientName(subject, settings)
  const ownName = ownNameOf(claims, settings)
  const recipient = named === undefined ? recipientText(subject, settings) : name(named, messages, NAME)
  return html`<main class="bw-certificate bw-${look}">
<p class="bw-kind">${words.title}</p>${image !== undefined && html`<img class="bw-image" src="${image.src}" alt="${image.caption ?? messages.imageOf}" width="120" height="120"/>`}
<p>${words.awardedTo}</p><p class="bw-name">${recipient}</p><p>${words.achieved}</p>
<h1 class="bw-title">${settings.isolate(titleOf(claims, settings))}</h1>${ownName !== undefined && html`<p class="bw-own-name">${name(ownName, messages, NAME)}</p>`}${levels.length > 0 && html`<p class="bw-levels">${levels}</p>`}${
    short !== '' && html`<p class="bw-description" dir="auto">${short}${short !== whole && '\u2026'}</p>`
  }<p>${awarded !== undefined && fill(words.on, { date: day(awarded, settings) })}${until !== undefined && html`<br/>${fill(words.until, { date: day(until, settings) })}`}</p>
<p class="bw-issuer">${fill(isConfirmed(report) ? messages.issuedBy : messages.saysIssuedBy, { issuer })}</p>
<footer class="bw-foot"><div class="bw-verdict"><p class="bw-verdict-words">${mark(look)}<strong>${messages.verdict[look]}</strong></p><p>${messages.meaning[look]} ${fill(messages.checkedAt, { date: moment(report.at, settings) })}</p><p class="bw-more">${words.paperProvesNothing}</p></div>${
    url === undefined ? nothing : code(url, settings)
  }</footer></main>`
}

function code(url: string, { messages }: Settings): SafeHtml {
  const words = messages.certificate
  const label = line(words.qrLabel.replace('{url}', () => url))
  const { host } = new URL(url)
  return html`<figure class="bw-code">${qrMarkup(url, { label })}<figcaption>${words.scan}<br/><span class="bw-host" dir="ltr">${host}</span></figcaption></figure>`
}
