/**
 * The answer and its reasons, and the ten checks one by one.
 *
 * @module
 */

import type { Check, CheckStatus, Finding } from '../report/check.js'
import { CHECK_IDS } from '../report/decide.js'
import { FINDINGS, type FindingCode } from '../report/findings.js'
import { moment } from './dates.js'
import { mark } from './marks.js'
import type { Settings } from './options.js'
import { type Content, fill, html, nothing, type SafeHtml } from './safe-html.js'
import { cut, line } from './text.js'
import { type AnyReport, countsFor, lookOf, sentence, sentencesOf } from './verdict.js'

export function verdictBox(report: AnyReport, settings: Settings): SafeHtml {
  const { messages } = settings
  const look = lookOf(report)
  const { reasons, remarks } = sentencesOf(report, settings)
  return html`<div class="bw-verdict"><p class="bw-verdict-words">${mark(look)}<strong>${messages.verdict[look]}</strong></p>
<p>${messages.meaning[look]}</p>${list(messages.reasons, reasons)}${list(messages.remarks, remarks)}
<p class="bw-more">${fill(messages.checkedAt, { date: moment(report.at, settings) })}</p></div>`
}

function list(label: string, items: readonly Content[]): SafeHtml {
  if (items.length === 0) return nothing
  return html`<p class="bw-label">${label}</p><ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`
}

/** Findings of one check that are shown. */
const MAX_FINDINGS = 50

export function checksList(report: AnyReport, settings: Settings): SafeHtml {
  const { messages } = settings
  const counts = countsFor(lookOf(report))
  const rows = CHECK_IDS.map((id) => {
    const check = report.checks[id] as Check | undefined
    const findings = (check?.findings ?? []) as readonly Finding[]
    const status = Object.hasOwn(KINDS, check?.status ?? '') ? (check?.status as CheckStatus) : 'indeterminate'
    const notAsked = status === 'skipped' && findings.some(({ code }) => code === `${id}.not_asked`)
    // Where a badge counts for nothing, no check looks as if something had been verified.
    const kind = counts || status !== 'valid' ? KINDS[status] : KINDS.skipped
    const shown = findings.slice(0, MAX_FINDINGS).map((each) => finding(each, report, settings))
    const left = findings.length - MAX_FINDINGS
    const word = messages.statuses[notAsked ? 'notAsked' : status]
    return html`<li class="bw-check bw-${kind}"><p>${mark(kind)}<strong>${messages.checks[id]}</strong> <span class="bw-status">${word}</span></p>${shown}${left > 0 && html`<p class="bw-more">${fill(messages.andMore, { count: left })}</p>`}</li>`
  })
  return html`<details class="bw-checks"><summary>${messages.allChecks}</summary><ul class="bw-plain">${rows}</ul></details>`
}

const KINDS = { valid: 'passed', invalid: 'failed', indeterminate: 'open', skipped: 'skipped' } as const

/** Our sentence, then what the verifier noted: in English, whatever the table. */
function finding({ code, message, pointer }: Finding, report: AnyReport, settings: Settings): SafeHtml {
  const said = sentence(code as FindingCode, report, settings)
  const isNote = Object.hasOwn(FINDINGS, code) && FINDINGS[code as FindingCode].status === 'note'
  const label = isNote && html`<span class="bw-status">${settings.messages.statuses.note}</span> `
  return html`${said !== undefined && html`<p>${label}${said}</p>`}<p class="bw-technical" lang="en" dir="ltr">${line(cut(message, 500))} <code>${line(cut(code, 80))}</code>${
    pointer !== undefined && pointer !== '' && html` <code>${line(cut(pointer, 200))}</code>`
  }</p>`
}
