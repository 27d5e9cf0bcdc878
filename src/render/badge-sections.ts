/**
 * What a badge says at length: what it is about, how it is earned, what was reached, what it stands for, what it rests on.
 *
 * @module
 */
import { type Claims, objects, said, text } from './claims.js'
import { address, named } from './links.js'
import { markdownBlock } from './markdown.js'
import type { Settings } from './options.js'
import { term } from './party.js'
import { oneResult } from './results.js'
import { type Content, element, fill, html, nothing, type SafeHtml } from './safe-html.js'
import { signedOrderOf } from './signed-order.js'
import { paragraph } from './text.js'
import type { AnyReport } from './verdict.js'

/** Entries of a list that are shown. */
const MAX_ENTRIES = 50

export function badgeSections(claims: Claims, report: AnyReport, settings: Settings): SafeHtml {
  const { messages, locale } = settings
  const subject = objects(claims.credentialSubject)[0]
  const achievement = objects(subject?.achievement)[0]
  const description =
    said(achievement?.description, locale, text(achievement?.inLanguage)) ?? said(claims.description, locale)
  return html`${[
    section(messages.description, description && paragraph(description, messages), settings),
    section(messages.criteria, achievement && criteria(achievement, settings), settings),
    section(messages.narrative, markdown(subject?.narrative, settings), settings),
    section(messages.results, results(subject, report, settings), settings),
    section(messages.alignments, achievement && alignments(achievement.alignment, settings), settings),
    section(messages.evidence, evidence(claims.evidence, settings), settings),
  ]}`
}

function results(subject: Claims | undefined, report: AnyReport, settings: Settings): SafeHtml | undefined {
  const scales = {
    descriptions: objects(objects(subject?.achievement)[0]?.resultDescription),
    signed: signedOrderOf(report),
  }
  return entries(objects(subject?.result), (result) => oneResult(result, scales, settings), settings)
}

export function section(title: string, content: Content, settings: Settings): SafeHtml {
  if (content === undefined || content === false) return nothing
  const heading = element(`h${Math.min(settings.headingLevel, 6)}` as 'h3', {}, title)
  return html`<section class="bw-section">${heading}${content}</section>`
}

export function markdown(value: unknown, { messages, budget }: Settings): SafeHtml | undefined {
  const found = text(value)
  return found === undefined ? undefined : markdownBlock(found, messages, budget)
}

function criteria(achievement: Claims, settings: Settings): SafeHtml {
  const found = objects(achievement.criteria)[0]
  const narrative = markdown(found?.narrative, settings)
  const id = text(found?.id) ?? text(achievement.criteria)
  const { messages } = settings
  if (narrative === undefined && id === undefined) return html`<p>${messages.notStated}</p>`
  return html`${narrative}${id !== undefined && html`<p>${messages.criteriaAt} ${address(id)}</p>`}`
}

/** Undefined where there is none: nothing needs to be aligned. */
function alignments(value: unknown, settings: Settings): SafeHtml | undefined {
  return entries(objects(value), alignment, settings)
}

function alignment(found: Claims, settings: Settings): SafeHtml {
  const { isolate, messages } = settings
  const name = isolate(text(found.targetName) ?? text(found.targetCode) ?? text(found.targetUrl) ?? messages.notStated)
  const code = text(found.targetCode)
  const framework = text(found.targetFramework)
  const description = text(found.targetDescription)
  return html`${named(name, text(found.targetUrl))}${code !== undefined && html` <span class="bw-tag">${isolate(code)}</span>`}${
    framework !== undefined && html`<br/><span class="bw-more">${isolate(framework)}</span>`
  }${description !== undefined && paragraph({ text: description }, messages)}`
}

function evidence(value: unknown, settings: Settings): SafeHtml {
  return entries(objects(value), oneEvidence, settings) ?? html`<p>${settings.messages.noEvidence}</p>`
}

function oneEvidence(found: Claims, settings: Settings): SafeHtml {
  const { isolate, messages } = settings
  const id = text(found.id)
  const label = text(found.name)
  const genre = text(found.genre)
  const description = text(found.description)
  const unnamed = id === undefined ? html`${messages.evidence}` : address(id)
  const head = label === undefined ? unnamed : named(isolate(label), id)
  return html`${head}${genre !== undefined && html` <span class="bw-tag">${isolate(term(genre, settings))}</span>`}${
    description !== undefined && paragraph({ text: description }, messages)
  }${markdown(found.narrative, settings)}`
}

/** A list; undefined where there is nothing in it. */
export function entries<Item>(
  items: readonly Item[],
  render: (item: Item, settings: Settings) => SafeHtml,
  settings: Settings,
): SafeHtml | undefined {
  if (items.length === 0) return undefined
  const left = items.length - MAX_ENTRIES
  return html`<ul class="bw-entries">${items.slice(0, MAX_ENTRIES).map((item) => html`<li>${render(item, settings)}</li>`)}${
    left > 0 && html`<li class="bw-more">${fill(settings.messages.andMore, { count: left })}</li>`
  }</ul>`
}
