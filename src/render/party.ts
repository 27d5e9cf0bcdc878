/**
 * Who issued, created, endorsed, and to whom it was awarded.
 *
 * @module
 */
import { isSigned } from '../report/signature.js'
import { type Claims, idOf, object, objects, said, text } from './claims.js'
import { address, addressOf, named } from './links.js'
import type { Settings } from './options.js'
import { fill, html, type SafeHtml } from './safe-html.js'
import { isolatedText, type Said } from './text.js'
import { type AnyReport, hasFinding } from './verdict.js'

/** The name of a profile, else what identifies it. */
export function partyName(profile: unknown, { locale }: Settings): Said | undefined {
  const name = said(object(profile)?.name, locale)
  const id = idOf(profile)
  return name ?? (id === undefined ? undefined : { text: id })
}

/** Its name, and what identifies it: a name alone can be taken by anybody. */
export function party(profile: unknown, settings: Settings): SafeHtml {
  const { messages, isolate, locale } = settings
  const id = idOf(profile)
  const name = said(object(profile)?.name, locale)
  if (name !== undefined) return named(isolate(name), id)
  return id === undefined ? html`${messages.notStated}` : address(id)
}

/** The pages and addresses that a profile gives of itself. */
export function partyLinks(profile: unknown): SafeHtml | undefined {
  const found = object(profile)
  const links = [text(found?.url), text(found?.email)?.replace(/^(?!mailto:)/i, 'mailto:')].filter(
    (each) => each !== undefined && addressOf(each) !== undefined && each !== idOf(profile),
  )
  return links.length === 0
    ? undefined
    : html`${links.map((each, index) => html`${index > 0 && ', '}${address(each ?? '')}`)}`
}

/** Identifiers of a recipient that are shown. */
const MAX_IDENTIFIERS = 10

/** To whom it was awarded, as far as the badge says: a name, and what identifies its person. */
export function recipient(subject: Claims | undefined, report: AnyReport, settings: Settings): SafeHtml {
  const { messages, isolate, locale } = settings
  const id = text(subject?.id)
  const name = said(subject?.name, locale)
  const identifiers = objects(subject?.identifier).slice(0, MAX_IDENTIFIERS)
  const identities = identifiers.map(({ hashed, identityHash, identityType }) => {
    const value = text(identityHash)
    const type = text(identityType)
    const kind = type !== undefined && isolate(term(type, settings))
    return hashed === false && value !== undefined
      ? html`${isolate(value)}${kind && html` <span class="bw-more">(${kind})</span>`}`
      : html`<span class="bw-more">${kind}${kind && ', '}${messages.recipientHashed}</span>`
  })
  // Many say it as an identifier too.
  const isRepeated = identifiers.some(({ hashed, identityHash }) => hashed === false && identityHash === name?.text)
  const all = [
    ...(name === undefined || isRepeated ? [] : [isolate(name)]),
    ...identities,
    ...(id === undefined ? [] : [address(id)]),
  ]
  const matched =
    isSigned(report.checks) &&
    hasFinding(report, 'recipient.matched') &&
    html`<br/><strong>${messages.recipientMatched}</strong>`
  return all.length === 0
    ? html`${messages.recipientAbsent}`
    : html`${all.map((each, index) => html`${index > 0 && html`<br/>`}${each}`)}${matched}`
}

/** The recipient's name where the badge says it, else another identifier. Undefined where it is hashed, or where nobody is named. */
export function recipientName(subject: Claims | undefined, { locale }: Settings): Said | undefined {
  const clear = objects(subject?.identifier).filter(({ hashed }) => hashed === false)
  const words = (value: unknown) => {
    const found = text(value)
    return found === undefined ? undefined : { text: found }
  }
  return (
    words(clear.find(({ identityType }) => identityType === 'name')?.identityHash) ??
    said(subject?.name, locale) ??
    words(clear[0]?.identityHash) ??
    words(subject?.id)
  )
}

/** The same as a text that is no markup; what there is instead where there is none. */
export function recipientText(subject: Claims | undefined, settings: Settings): string {
  const { messages } = settings
  const name = recipientName(subject, settings)
  if (name !== undefined) return isolatedText(name.text)
  return objects(subject?.identifier).length > 0 ? messages.recipientHashed : messages.recipientAbsent
}

/** A term of the standard in words; one that is not in the table as it is. */
export function term(word: string, { messages }: Settings): string {
  return Object.hasOwn(messages.terms, word) ? (messages.terms[word] ?? word) : word
}

export function issuedBy(issuer: unknown, confirmed: boolean, settings: Settings): SafeHtml {
  const { messages } = settings
  return fill(confirmed ? messages.issuedBy : messages.saysIssuedBy, { issuer: party(issuer, settings) })
}
