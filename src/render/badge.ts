/**
 * A badge as a person wants to see it, with the answer of its verification.
 *
 * @module
 */
import { isSigned } from '../report/signature.js'
import { badgeFacts } from './badge-facts.js'
import { badgeSections } from './badge-sections.js'
import type { Claims } from './claims.js'
import { endorsementSection } from './endorsements.js'
import { deeper, type RenderOptions, type Settings, settingsOf } from './options.js'
import { issuedBy, partyLinks } from './party.js'
import { pictureMarkup } from './picture.js'
import { element, fill, html, nothing, type SafeHtml } from './safe-html.js'
import { claimsOf } from './signed-order.js'
import { titleOf } from './titles.js'
import { type AnyReport, countsFor, isConfirmed, judged, lookOf } from './verdict.js'
import { checksList, verdictBox } from './verdict-box.js'

/**
 * A fragment of HTML: an `article` with the verdict, its reasons, everything the badge says, and the ten checks. Needs `stylesheet`; has no
 * script, no style attribute and no `<style>`, so that a strict Content Security Policy holds. It is well-formed XML too.
 *
 * Whether it looks verified depends on the report alone. What a badge says that does not count (expired, revoked, untrusted) is folded away under the
 * verdict; where nothing is proven it stands there as a claim, without images. The picture of one that is genuine, with nothing against it but its dates
 * or its status, is shown dimmed, with "Expired", "Revoked", ... written across it.
 *
 * Throws UsageError `usage.invalid_option` for an option that is not one.
 */
export function renderBadge(report: AnyReport, options?: RenderOptions): string {
  return badgeArticle(report, settingsOf(options)).toString()
}

/** How deep badges inside badges are shown, and how many of each. */
const MAX_DEPTH = 2
const MAX_NESTED = 20

export function badgeArticle(whole: AnyReport, settings: Settings, depth = 0): SafeHtml {
  const report = judged(whole)
  const { messages, idPrefix } = settings
  const look = lookOf(report)
  const counts = countsFor(look)
  const claims = claimsOf(report)
  const title = counts || isSigned(report.checks) ? titleOf(claims, settings) : undefined
  const words = title === undefined ? messages.unprovenName : settings.isolate(title)
  const id = `${idPrefix}-title`
  const inside = deeper(settings, 'in')
  const content = html`${claims !== undefined && badgeContent(claims, report, inside)}${nested(report, settings, depth)}`
  return html`<article class="bw-badge bw-${look}" lang="${messages.language}" dir="${messages.direction}" aria-labelledby="${id}">
<header class="bw-head">${pictureMarkup(claims, report, settings)}<div>${heading(settings, id, words)}${
    counts && issuerLine(claims, report, settings)
  }${whole !== report && html`<p class="bw-more">${messages.newerShown}</p>`}</div></header>
${verdictBox(report, settings)}${counts ? content : foldedClaims(claims, content, report, settings)}${checksList(report, settings)}</article>`
}

function heading({ headingLevel }: Settings, id: string, content: SafeHtml | string): SafeHtml {
  return element(`h${headingLevel}` as 'h2', { id, class: 'bw-title' }, content)
}

function issuerLine(claims: Claims | undefined, report: AnyReport, settings: Settings): SafeHtml {
  const links = partyLinks(claims?.issuer)
  return html`<p class="bw-issuer">${issuedBy(claims?.issuer, isConfirmed(report), settings)}</p>${links !== undefined && html`<p class="bw-more">${links}</p>`}`
}

function badgeContent(claims: Claims, report: AnyReport, settings: Settings): SafeHtml {
  return html`${badgeFacts(claims, report, settings)}${badgeSections(claims, report, settings)}${endorsementSection(report, settings)}`
}

/** Closed: nobody mistakes what stands there for the answer. */
function foldedClaims(claims: Claims | undefined, content: SafeHtml, report: AnyReport, settings: Settings): SafeHtml {
  const { messages } = settings
  if (claims === undefined) return html`<p class="bw-more">${messages.nothingReadable}</p>`
  const issuer = html`<p class="bw-issuer">${issuedBy(claims.issuer, false, settings)}</p>`
  if (isSigned(report.checks))
    return html`<details class="bw-claims"><summary>${messages.whatItSaid}</summary>${issuer}${content}</details>`
  const name = html`<p class="bw-claimed-name">${settings.isolate(titleOf(claims, settings))}</p>`
  return html`<details class="bw-claims bw-unproven"><summary>${messages.unprovenClaims}</summary><p class="bw-warning">${messages.unprovenWarning}</p>${name}${issuer}${content}</details>`
}

function nested({ nested = [] }: AnyReport, settings: Settings, depth: number): SafeHtml {
  if (nested.length === 0) return nothing
  const { messages } = settings
  const all =
    depth >= MAX_DEPTH
      ? []
      : nested
          .slice(0, MAX_NESTED)
          .map((each, index) => badgeArticle(each, deeper(deeper(settings, `${index}`), 'n'), depth + 1))
  const left = nested.length - all.length
  return html`<section class="bw-nested">${element(`h${Math.min(settings.headingLevel + 1, 6)}` as 'h3', {}, messages.contained)}${all}${
    left > 0 && html`<p class="bw-more">${fill(messages.andMore, { count: left })}</p>`
  }</section>`
}
