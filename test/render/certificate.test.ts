import decodeQR from 'qr/decode.js'
import { describe, expect, test } from 'vitest'
import { qrSvg, renderCertificate } from '../../src/entries/render.js'
import { UsageError } from '../../src/errors.js'
import { parse } from './markup.js'
import { fullBadge, reportOn } from './reports.js'

const badge = fullBadge((place) => `claim:${place}`)
const certificate = (options?: Parameters<typeof renderCertificate>[1]) =>
  parse(renderCertificate(reportOn(badge), options), 'document')

/** What a camera would read: the modules of the path as pixels. */
function scanned(svg: string): string {
  const size = Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1])
  const scale = 4
  const data = new Uint8Array((size * scale) ** 2 * 4).fill(255)
  for (const [, x, y, width] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g))
    for (let row = 0; row < scale; row++)
      for (let column = 0; column < Number(width) * scale; column++)
        data.fill(
          0,
          ((Number(y) * scale + row) * size * scale + Number(x) * scale + column) * 4,
          ((Number(y) * scale + row) * size * scale + Number(x) * scale + column) * 4 + 3,
        )
  return decodeQR({ width: size * scale, height: size * scale, data })
}

describe('a certificate', () => {
  test('says who, what, when, by whom, and what it is worth', () => {
    const { text } = certificate()
    for (const place of [
      'recipient.name',
      'achievement.name',
      'name',
      'awardedDate',
      'validUntil',
      'issuer.name',
      'issuer.id',
      'result.name',
      'high',
    ])
      expect(text).toContain(`claim:${place}`)
    expect(text).toContain('Paper proves nothing')
  })
  test('leads to the hosted badge by a QR code, and names its host', () => {
    const url = 'https://school.example/badges/17?of=a&b'
    const html = renderCertificate(reportOn(badge), { url })
    expect(scanned(/<svg class="bw-qr".*<\/svg>/.exec(html)?.[0] ?? '')).toBe(url)
    expect(parse(html, 'document').text).toContain('Scan to check it now')
    expect(parse(html, 'document').text).toContain('school.example')
    expect(certificate().elements.some(({ attributes }) => attributes.class === 'bw-qr')).toBe(false)
  })
  test('is a document of its own, in which nothing may run', () => {
    const html = renderCertificate(reportOn(badge))
    expect(html).toMatch(/^<!DOCTYPE html>/)
    const policy = certificate().elements.find(({ attributes }) => attributes['http-equiv'] !== undefined)?.attributes
      .content
    expect(policy).toBe("default-src 'none'; style-src 'unsafe-inline'; img-src data:")
  })
  test('takes its styles from an address where a page demands it', () => {
    const html = renderCertificate(reportOn(badge), { stylesheetUrl: '/style.css' })
    expect(html).not.toContain('<style')
    expect(html).toContain('<link rel="stylesheet" href="/style.css"/>')
  })
  test.each([
    [{ url: 'javascript:alert(1)' }, /"url"/],
    [{ url: 'mailto:a@a.example' }, /"url"/],
    [{ url: 'https://a@b.example/' }, /"url"/],
    [{ url: 'no url' }, /"url"/],
    [{ url: 7 as never }, /"url"/],
    [{ url: `https://a.example/${'\u00e4'.repeat(600)}` }, /QR code/],
    [{ stylesheetUrl: 'javascript:alert(1)' }, /"stylesheetUrl"/],
    [{ stylesheetUrl: 'data:text/css,' }, /"stylesheetUrl"/],
    [{ headingLevel: 9 as never }, /"headingLevel"/],
    [{ idPrefix: '"><script>' }, /"idPrefix"/],
    [{ locale: 'not a locale' }, /"locale"/],
    [{ timeZone: 'Mars/Olympus' }, /"timeZone"/],
  ])('refuses the option %j', (options, message) => {
    expect(() => renderCertificate(reportOn(badge), options)).toThrow(UsageError)
    expect(() => renderCertificate(reportOn(badge), options)).toThrow(message)
  })
})

describe('QR codes', () => {
  test.each(['https://a.example/', 'a', 'ABC 123', '\u00e4\u{1f600}', 'x'.repeat(2331)])(
    'say what they should: %s',
    (text) => {
      expect(scanned(qrSvg(text))).toBe(text)
    },
  )
  test('have a label, a quiet zone and levels of correction', () => {
    expect(qrSvg('a')).toContain('role="img" aria-label="a"')
    expect(qrSvg('a', { label: 'The "badge"' })).toContain('aria-label="The &quot;badge&quot;"')
    expect(qrSvg('a')).toContain('viewBox="0 0 29 29"')
    expect(qrSvg('a', { border: 1 })).toContain('viewBox="0 0 23 23"')
    expect(scanned(qrSvg('abc', { errorCorrection: 'high' }))).toBe('abc')
  })
  test.each([
    ['', {}],
    ['x'.repeat(2332), {}],
    ['a', { errorCorrection: 'best' as never }],
    ['a', { border: 0 }],
    ['a', { border: 1e9 }],
  ])('that cannot be are refused', (text, options) => {
    expect(() => qrSvg(text, options)).toThrow(UsageError)
  })
})
