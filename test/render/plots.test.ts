// Plots: well-formed whatever names say, where the numbers put things, and the same numbers as a table.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { operatingCurve, planAudit, wilson } from '../../src/entries/predictability.js'
import { type Plot, renderOperatingCurve, renderTrackRecord } from '../../src/entries/render.js'
import { parse } from './markup.js'

const plan = planAudit({ badges: 60, tolerate: 0.2, expect: 0.05 })
const row = (name: string, confirmed: number, badges: number, version?: string) => ({
  name,
  awards: 100,
  ...(version === undefined ? {} : { version }),
  confirmed: {
    badges,
    confirmed,
    ...(badges === 0 ? {} : { share: confirmed / badges, interval: wilson(confirmed, badges) }),
  },
})
const recordOf = (...rows: ReturnType<typeof row>[]) => ({ confidence: 0.95, rows }) as never
const numbers = (svg: string, pattern: RegExp) => [...svg.matchAll(pattern)].map(([, ...all]) => all.map(Number))
const wellFormed = ({ svg, table }: Plot) => {
  parse(svg, 'svg')
  parse(table)
}

describe('an operating curve', () => {
  const curve = operatingCurve(plan)
  test('falls from the top left: higher is smaller, and more failures accept less often', () => {
    const { svg } = renderOperatingCurve(curve, { tolerate: 0.2 })
    const circles = numbers(svg, /<circle cx="([\d.]+)" cy="([\d.]+)"/g)
    expect(circles).toHaveLength(curve.length)
    expect(circles[0]).toEqual([64, 56])
    for (const [index, [x, y]] of circles.entries()) {
      const [beforeX, beforeY] = circles[index - 1] ?? [0, 0]
      expect(x).toBeGreaterThan(beforeX as number)
      expect(y).toBeGreaterThanOrEqual(beforeY as number)
      expect(y).toBeLessThanOrEqual(316)
      expect(x).toBeLessThanOrEqual(616)
    }
    // What is tolerated is a quarter of what is drawn: 64 + 552 / 4.
    expect(svg).toContain('<line x1="202" y1="56" x2="202" y2="316"')
  })
  test('is told as words and as a table, in any order of points', () => {
    const plot = renderOperatingCurve([...curve].reverse())
    expect(plot).toEqual(renderOperatingCurve(curve))
    expect(plot.svg).toMatch(
      /<title id="bw-plot-title">How often this audit accepts<\/title><desc id="bw-plot-desc">Where 0 % fail, 100 % are accepted\./,
    )
    expect(plot.svg).toContain('role="img" aria-labelledby="bw-plot-title bw-plot-desc"')
    expect(plot.table.match(/<tr>/g)).toHaveLength(curve.length + 1)
    expect(plot.table).toContain('<tr><th scope="row">0 %</th><td>100 %</td><td>24</td></tr>')
    wellFormed(plot)
  })
  test('of nothing, of one point, of too many', () => {
    wellFormed(renderOperatingCurve([]))
    wellFormed(renderOperatingCurve([{ failing: 0, accepted: 1, looked: 0 }]))
    const many = Array.from({ length: 1001 }, () => ({ failing: 0, accepted: 1, looked: 0 }))
    expect(() => renderOperatingCurve(many)).toThrow(/more than 1000 points/)
    expect(() => renderOperatingCurve([{ failing: 2, accepted: 1, looked: 0 }])).toThrow(/curve\[0\]\.failing/)
  })
})

describe('a track record', () => {
  test('each share lies within its interval, where the scale has it', () => {
    const { svg } = renderTrackRecord(recordOf(row('Questions', 13, 24, '1'), row('Questions', 24, 24, '2')))
    const circles = numbers(svg, /<circle cx="([\d.]+)" cy="([\d.]+)"/g)
    const bars = numbers(svg, /<line x1="([\d.]+)" y1="([\d.]+)" x2="([\d.]+)" y2="[\d.]+" stroke="#0550ae"/g).filter(
      ([from, , to]) => from !== to,
    )
    // 280 is 0 %, 540 is 100 %.
    const { low, high } = wilson(13, 24)
    expect(circles.map(([x]) => x)).toEqual([Number((280 + (13 / 24) * 260).toFixed(1)), 540])
    expect(bars[0]?.[0]).toBeCloseTo(280 + low * 260, 1)
    expect(bars[0]?.[2]).toBeCloseTo(280 + high * 260, 1)
    for (const [index, [x = 0, y]] of circles.entries()) {
      const [from = 0, at, to = 0] = bars[index] ?? []
      expect(at).toBe(y)
      expect(from).toBeLessThan(x)
      expect(to).toBeGreaterThanOrEqual(x)
    }
  })
  test('0 of 0 is not known, and no point', () => {
    const { svg, table } = renderTrackRecord(recordOf(row('Questions', 0, 0)))
    expect(svg).not.toContain('<circle')
    expect(svg).toContain('>not known</text>')
    expect(table).toContain('<td>not known</td>')
  })
  test('a name that is cut keeps its version', () => {
    const long = 'Giving Feedback That People Act On In The Next Lesson'
    const { svg } = renderTrackRecord(recordOf(row(long, 1, 2, '1'), row(long, 2, 2, '2')))
    expect(svg).toMatch(/>\u2068version 1\u2069<\/text>/)
    expect(svg).toMatch(/>\u2068version 2\u2069<\/text>/)
  })
  test('a hundred rows, and how many more', () => {
    const plot = renderTrackRecord(recordOf(...Array.from({ length: 130 }, (_, index) => row(`Badge ${index}`, 1, 2))))
    expect(plot.svg.match(/<circle/g)).toHaveLength(100)
    expect(plot.svg).toContain('>and 30 more</text>')
    expect(plot.table.match(/<tr>/g)).toHaveLength(101)
    wellFormed(plot)
  })
  test('any text in any place', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom('<script>', '"onload="', ']]>', '\u202e', '\ud800', '&lt;', 'x'.repeat(5000)),
    )
    fc.assert(
      fc.property(text, text, text, (name, version, title) => {
        wellFormed(renderTrackRecord(recordOf(row(name, 3, 4, version)), { title }))
        wellFormed(renderOperatingCurve(operatingCurve(plan), { title }))
      }),
      { numRuns: 60 },
    )
  })
})
