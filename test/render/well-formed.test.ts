// Whatever a badge says, what comes out is well-formed, and has no element, attribute or address but those that may stand there.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  renderAssessment,
  renderBadge,
  renderBadgeSvg,
  renderCertificate,
  renderMarkdown,
} from '../../src/entries/render.js'
import { parse } from './markup.js'
import { endorsementOf, fullBadge, reportOn } from './reports.js'

const OUTCOMES = ['valid', 'invalid', 'indeterminate'] as const
const LOOKS = [
  {},
  { issuerTrusted: false },
  { codes: { validity: 'validity.expired' } },
  { outcome: 'invalid', codes: { validity: 'validity.expired' } },
  { outcome: 'invalid', codes: { proof: 'proof.mismatch' } },
  { outcome: 'indeterminate', codes: { status: 'status.unreachable' } },
] as const

/** Texts that have ended other programs: pieces of markup, Markdown, controls, long ones. */
const piece = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.constantFrom(
    ...'< > & " \' </p> <script> --> ]]> <!-- <![CDATA[ {name} {issuer} &lt; &#x202e; &#0; \u202e \u2066 \u0000 \ud800 \ufffe ` ``` * ** _ [ ]( ![ | - # > http:// javascript:alert(1) data:text/html, https://a.example/"onerror=" \n \r\n\r\n \t 1. ~~ www.a.example a@b.example'.split(
      ' ',
    ),
  ),
)
const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''))
const json = fc.oneof({ weight: 3, arbitrary: text }, fc.jsonValue(), fc.constant(undefined))
const runs = { numRuns: 60 }

describe('any text in any place', () => {
  test('of a badge: HTML, SVG, certificate', () => {
    fc.assert(
      fc.property(text, text, fc.constantFrom(...LOOKS), (words, url, told) => {
        const endorsement = reportOn(
          endorsementOf(() => words),
          { more: { name: words } },
        )
        const report = reportOn(
          fullBadge(
            () => words,
            () => url,
          ),
          { ...told, more: { endorsements: [endorsement], nested: [reportOn(fullBadge(() => words))] } },
        )
        parse(renderBadge(report))
        parse(renderBadgeSvg(report), 'svg')
        parse(renderCertificate(report, { url: 'https://a.example/' }), 'document')
      }),
      runs,
    )
  })
  test('of Markdown', () => {
    fc.assert(
      fc.property(text, (words) => {
        parse(renderMarkdown(words))
      }),
      { numRuns: 1000 },
    )
  })
  test('of an assessment', () => {
    const requirement = fc.record({
      id: text,
      outcome: fc.constantFrom('met', 'not-met', 'uncertain', 'other' as never),
      because: fc.array(fc.record({ code: text, credential: text }, { requiredKeys: ['code'] }), { maxLength: 3 }),
      by: fc.option(fc.record({ credential: text, issuer: text, level: text, path: fc.constant([]), until: text }), {
        nil: undefined,
      }),
      suggestions: fc.array(text, { maxLength: 3 }),
    })
    fc.assert(
      fc.property(fc.array(requirement, { maxLength: 3 }), text, (requirements, stack) => {
        const parts = requirements as never
        parse(
          renderAssessment({
            stack,
            outcome: 'not-met',
            at: stack,
            expires: stack,
            requirements: requirements.map((each) => ({ ...each, parts })) as never,
          }),
        )
      }),
      runs,
    )
  })
})

test('any JSON in any member: nothing is thrown, and what comes out is well-formed', () => {
  const members = Object.keys(fullBadge(() => ''))
  fc.assert(
    fc.property(
      fc.constantFrom(...members),
      json,
      json,
      fc.constantFrom(...OUTCOMES),
      (member, value, inside, outcome) => {
        const badge: Record<string, unknown> = fullBadge((place) => place)
        const subject = badge.credentialSubject as Record<string, unknown>
        badge[member] = value
        for (const name of ['achievement', 'identifier', 'result']) {
          const changed = { ...badge, credentialSubject: { ...subject, [name]: inside } }
          parse(renderBadge(reportOn(changed, { outcome })))
          parse(renderBadgeSvg(reportOn(changed, { outcome })), 'svg')
        }
        parse(renderBadge(reportOn(badge, { outcome })))
        parse(renderCertificate(reportOn(badge, { outcome })), 'document')
      },
    ),
    { numRuns: 60 },
  )
})

test('a watch that sees nothing proves nothing', () => {
  expect(() => parse('<p>a<br></p>')).toThrow()
  expect(() => parse('<script></script>')).toThrow(/script/)
  expect(() => parse('<p onclick="x">a</p>')).toThrow(/onclick/)
  expect(() => parse('<p style="x">a</p>')).toThrow(/style/)
  expect(() => parse('<a href="javascript:x">a</a>')).toThrow(/href/)
  expect(() => parse('<p id="a"/><p id="a"/>')).toThrow(/twice/)
})
