/**
 * What others say in favour of a badge. Only what verified is shown.
 *
 * @module
 */
import { entries, markdown, section } from './badge-sections.js'
import { objects, text } from './claims.js'
import type { Settings } from './options.js'
import { party } from './party.js'
import { fill, html, nothing, type SafeHtml } from './safe-html.js'
import { claimsOf } from './signed-order.js'
import { line } from './text.js'
import { type AnyReport, isConfirmed, lookOf } from './verdict.js'

export function endorsementSection(report: AnyReport, settings: Settings): SafeHtml {
  const { endorsements = [] } = report
  if (endorsements.length === 0) return nothing
  // Those that are about something else than what they stand in count for nothing; their report has its place as its name.
  const unrelated = new Set(
    report.checks.endorsements.findings
      .filter(({ code }) => code === 'endorsements.unrelated')
      .map(({ pointer }) => pointer),
  )
  const shown = endorsements.filter(({ name }) => name === undefined || !unrelated.has(name))
  return section(settings.messages.endorsements, entries(shown, endorsement, settings), settings)
}

function endorsement(report: AnyReport, settings: Settings): SafeHtml {
  const { messages } = settings
  const look = lookOf(report)
  if (look === 'invalid') return html`<p class="bw-warning">${messages.endorsementFailed} ${codes(report)}</p>`
  if (report.outcome !== 'valid' || look === 'indeterminate' || look === 'reserved')
    return html`<p class="bw-warning">${messages.endorsementOpen} ${codes(report)}</p>`
  const claims = claimsOf(report)
  const comment = objects(claims?.credentialSubject)[0]?.endorsementComment
  const who = isConfirmed(report) ? messages.endorsedBy : messages.saysIssuedBy
  return html`<p>${fill(who, { issuer: party(claims?.issuer, settings) })}</p>${
    look === 'signed' && html`<p class="bw-more">${messages.endorserUnknown}</p>`
  }${markdown(text(comment), settings)}`
}

function codes(report: AnyReport): SafeHtml {
  const because = report.outcome === 'valid' ? [] : report.because
  return html`<code>${because.map(line).join(', ').slice(0, 200)}</code>`
}
