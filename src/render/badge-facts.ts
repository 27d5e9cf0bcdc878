/**
 * The facts of a badge in short: to whom, when, how long, what kind.
 *
 * @module
 */
import { type Claims, object, objects, text, texts } from './claims.js'
import { day } from './dates.js'
import type { Settings } from './options.js'
import { party, recipient, term } from './party.js'
import { type Content, fill, html, type SafeHtml } from './safe-html.js'
import { achievementOf, ownNameOf, subjectOf } from './titles.js'
import type { AnyReport } from './verdict.js'

/** Keywords and identifiers that are shown. */
const MAX_WORDS = 30

/** What must be known says when it is missing; what need not be there is left out. */
export function badgeFacts(claims: Claims, report: AnyReport, settings: Settings): SafeHtml {
  const { messages, isolate } = settings
  const subject = subjectOf(claims)
  const achievement = achievementOf(claims)
  const ownName = ownNameOf(claims, settings)
  const date = (value: unknown) => {
    const found = text(value)
    return found === undefined ? undefined : day(found, settings)
  }
  const word = (value: unknown) => {
    const found = text(value)
    return found === undefined ? undefined : isolate(term(found, settings))
  }
  const awarded = date(claims.awardedDate)
  const facts: readonly (readonly [string, Content])[] = [
    [messages.recipient, recipient(subject, report, settings)],
    [messages.credentialName, ownName && isolate(ownName)],
    [messages.awarded, awarded],
    [messages.validFrom, date(claims.validFrom) ?? (awarded === undefined && messages.notStated)],
    [messages.validUntil, date(claims.validUntil) ?? messages.noEnd],
    [messages.achievementType, word(achievement?.achievementType)],
    [messages.credits, word(subject?.creditsEarned ?? achievement?.creditsAvailable)],
    [messages.activity, period(date(subject?.activityStartDate), date(subject?.activityEndDate), settings)],
    [messages.role, word(subject?.role)],
    [messages.term, word(subject?.term)],
    [messages.licence, word(subject?.licenseNumber)],
    [messages.field, word(achievement?.fieldOfStudy)],
    [
      messages.creator,
      object(achievement?.creator) !== undefined &&
        !isSameParty(achievement?.creator, claims.issuer) &&
        party(achievement?.creator, settings),
    ],
    [
      messages.identifier,
      words(
        [achievement?.humanCode, ...objects(achievement?.otherIdentifier).map(({ identifier }) => identifier)],
        settings,
      ),
    ],
    [messages.tags, words(texts(achievement?.tag), settings)],
  ]
  return html`<dl class="bw-facts">${facts
    .filter(([, value]) => value !== undefined && value !== false)
    .map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>`
}

function period(from: SafeHtml | undefined, to: SafeHtml | undefined, { messages }: Settings): SafeHtml | undefined {
  return from !== undefined && to !== undefined ? fill(messages.period, { from, to }) : (from ?? to)
}

function words(values: readonly unknown[], { isolate, messages }: Settings): SafeHtml | undefined {
  const found = values.flatMap((value) => text(value) ?? [])
  if (found.length === 0) return undefined
  const shown = found.slice(0, MAX_WORDS).map((each, index) => html`${index > 0 && ', '}${isolate(each)}`)
  return html`${shown}${found.length > MAX_WORDS && html` <span class="bw-more">${fill(messages.andMore, { count: found.length - MAX_WORDS })}</span>`}`
}

function isSameParty(a: unknown, b: unknown): boolean {
  const id = (value: unknown) => text(value) ?? text(object(value)?.id)
  return id(a) !== undefined && id(a) === id(b)
}
