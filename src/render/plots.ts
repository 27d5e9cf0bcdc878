/**
 * Plots of audits and track records: one SVG document each, and the same numbers as a table, for whoever does not see it.
 *
 * @module
 */
import { arrayOf, type Kind, kindOf, type Members, open, text } from '../internal/members.js'
import type { OperatingPoint } from '../predictability/audit-plan.js'
import type { TrackRecord, TrackRow } from '../predictability/track-types.js'
import { demandArgument, demandOptions } from '../report/demand-options.js'
import { attributesOf, html, type SafeHtml } from './safe-html.js'
import { isolatedText } from './text.js'
import { wrapped } from './text-width.js'

/** A plot, and its numbers. */
export interface Plot {
  /** An SVG document, 640 wide, with title and description. */
  readonly svg: string
  /** A fragment of HTML: a `table` with a caption. Put it beside the picture. */
  readonly table: string
}

/** What may be said of a plot. */
export interface PlotOptions {
  /** Its title. Default in English. */
  readonly title?: string | undefined
  /** Begins the ids in the document: of two plots on a page each needs its own. Default `bw`. */
  readonly idPrefix?: string | undefined
}

/** What may be said of an operating curve. */
export interface OperatingCurveOptions extends PlotOptions {
  /** The share that may fail: a line is drawn there. */
  readonly tolerate?: number | undefined
}

const share = kindOf('a number from 0 to 1', (value) => typeof value === 'number' && value >= 0 && value <= 1)
const amount = kindOf('a number of at least 0', (value) => typeof value === 'number' && value >= 0 && value < 1e12)
const prefix = kindOf(
  'letters, digits, "-" and "_", beginning with a letter',
  (value) => typeof value === 'string' && /^[A-Za-z][\w-]*$/.test(value),
)
const PLOT: Members<PlotOptions> = { title: text, idPrefix: prefix }
const CURVE: Members<OperatingCurveOptions> = { ...PLOT, tolerate: share }
const few = (kind: Kind): Kind => {
  const several = arrayOf(kind)
  return (value, path) =>
    several(value, path) ??
    ((value as readonly unknown[]).length <= MOST_POINTS
      ? undefined
      : { path, says: `is more than ${MOST_POINTS} points` })
}
const MOST_POINTS = 1000
const points = few(open({ failing: share, accepted: share, looked: amount }, ['failing', 'accepted', 'looked']))
const interval = open({ low: share, high: share, confidence: share }, ['low', 'high', 'confidence'])
const row = open(
  {
    name: text,
    version: text,
    awards: amount,
    confirmed: open({ badges: amount, confirmed: amount, share, interval }, ['badges', 'confirmed']),
  },
  ['name', 'awards', 'confirmed'],
)
const record = open({ confidence: share, rows: arrayOf(row) }, ['confidence', 'rows'])

const WIDTH = 640
/** Dark enough on white for text: 5 to 1 and more (WCAG 2.2, 1.4.3). */
const INK = '#1b1f24'
const QUIET = '#57606a'
const GRID = '#d0d7de'
const LINE = '#0550ae'
const MARK = '#a40e26'
const FRAME = { left: 64, right: 616, top: 56, bottom: 316 }

const percent = (value: number) => `${Number((value * 100).toFixed(1))} %`
const at = (value: number) => Number(value.toFixed(1))

function words(x: number, y: number, content: string, more: Parameters<typeof attributesOf>[0] = {}): SafeHtml {
  return html`<text x="${at(x)}" y="${at(y)}"${attributesOf({ 'font-size': 13, fill: INK, ...more })}>${content}</text>`
}

function line(
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  stroke: string,
  more: Parameters<typeof attributesOf>[0] = {},
) {
  return html`<line x1="${at(x1)}" y1="${at(y1)}" x2="${at(x2)}" y2="${at(y2)}" stroke="${stroke}"${attributesOf(more)}/>`
}

function documentOf(
  height: number,
  title: string,
  description: string,
  id: string,
  content: readonly SafeHtml[],
): string {
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="${id}-plot-title ${id}-plot-desc" font-family="system-ui, sans-serif"><title id="${id}-plot-title">${title}</title><desc id="${id}-plot-desc">${description}</desc>
<rect width="${WIDTH}" height="${height}" fill="#fff"/>${words(24, 32, wrapped(title, (WIDTH - 48) / 17, 1)[0] ?? '', { 'font-size': 17, 'font-weight': 700 })}${content}</svg>`.toString()
}

function tableOf(caption: string, heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = heads.map((each) => html`<th scope="col">${each}</th>`)
  const body = rows.map(
    ([first, ...cells]) => html`<tr><th scope="row">${first}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`,
  )
  return html`<table><caption>${caption}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`.toString()
}

/**
 * The operating curve of an audit: for each share that fails, how often the plan accepts. `curve`: what `operatingCurve` of
 * `badgewright/predictability` answers, at most 1000 points.
 *
 * Throws UsageError `usage.invalid_option`.
 */
export function renderOperatingCurve(curve: readonly OperatingPoint[], options: OperatingCurveOptions = {}): Plot {
  demandArgument(curve, points, 'curve')
  demandOptions(options, CURVE)
  const { title = 'How often this audit accepts', idPrefix = 'bw', tolerate } = options
  const sorted = [...curve].sort((a, b) => a.failing - b.failing)
  const most = Math.max(tolerate ?? 0, sorted.at(-1)?.failing ?? 0) || 1
  const { left, right, top, bottom } = FRAME
  const x = (failing: number) => left + (failing / most) * (right - left)
  const y = (accepted: number) => bottom - accepted * (bottom - top)
  const fifths = [0, 0.25, 0.5, 0.75, 1]
  const path = sorted.map(({ failing, accepted }) => `${at(x(failing))},${at(y(accepted))}`).join(' ')
  const bound =
    tolerate === undefined
      ? []
      : [
          line(x(tolerate), top, x(tolerate), bottom, MARK, { 'stroke-dasharray': '6 4', 'stroke-width': 2 }),
          words(x(tolerate) + (tolerate > most * 0.7 ? -6 : 6), top + 14, `tolerated: ${percent(tolerate)}`, {
            fill: MARK,
            'text-anchor': tolerate > most * 0.7 && 'end',
          }),
        ]
  const content = [
    ...fifths.flatMap((part) => [
      line(left, y(part), right, y(part), GRID),
      words(left - 8, y(part) + 4, percent(part), { 'text-anchor': 'end', fill: QUIET }),
      line(x(part * most), bottom, x(part * most), bottom + 5, QUIET),
      words(x(part * most), bottom + 20, percent(part * most), { 'text-anchor': 'middle', fill: QUIET }),
    ]),
    words((left + right) / 2, bottom + 44, 'share of badges that fail', { 'text-anchor': 'middle' }),
    words(left, top - 8, 'accepted', {}),
    ...bound,
    html`<polyline points="${path}" fill="none" stroke="${LINE}" stroke-width="2.5" stroke-linejoin="round"/>`,
    ...(sorted.length > 60
      ? []
      : sorted.map(
          ({ failing, accepted }) =>
            html`<circle cx="${at(x(failing))}" cy="${at(y(accepted))}" r="3.5" fill="${LINE}"/>`,
        )),
  ]
  const told = sorted.filter((_, index) => index % Math.ceil(sorted.length / 8) === 0)
  const description = told.map(
    ({ failing, accepted }) => `Where ${percent(failing)} fail, ${percent(accepted)} are accepted.`,
  )
  return {
    svg: documentOf(376, title, description.join(' '), idPrefix, content),
    table: tableOf(
      title,
      ['Share that fails', 'Accepted', 'Badges looked at'],
      sorted.map(({ failing, accepted, looked }) => [percent(failing), percent(accepted), String(at(looked))]),
    ),
  }
}

const MOST_ROWS = 100
const ROW = 44

/**
 * A track record: for each kind of badge the share that was confirmed, as a point, and its interval, as a line. `record`: what `trackRecord` of
 * `badgewright/predictability` answers; its first 100 rows. Rows of which nothing is known have neither.
 *
 * Throws UsageError `usage.invalid_option`.
 */
export function renderTrackRecord(given: Pick<TrackRecord, 'confidence' | 'rows'>, options: PlotOptions = {}): Plot {
  demandArgument(given, record, 'record')
  demandOptions(options, PLOT)
  const { confidence, rows } = given
  const { title = `Badges that were confirmed (${percent(confidence)} confidence)`, idPrefix = 'bw' } = options
  const shown = rows.slice(0, MOST_ROWS)
  const further = rows.length - shown.length
  const [left, right, top] = [280, 540, 56]
  const bottom = top + shown.length * ROW
  const x = (value: number) => left + value * (right - left)
  const content = [
    ...[0, 0.25, 0.5, 0.75, 1].flatMap((part) => [
      line(x(part), top, x(part), bottom, GRID),
      words(x(part), bottom + 18, percent(part), { 'text-anchor': 'middle', fill: QUIET }),
    ]),
    ...shown.flatMap((one, index) => rowOf(one, top + index * ROW + ROW / 2, x)),
    ...(further > 0 ? [words(24, bottom + 40, `and ${further} more`)] : []),
  ]
  return {
    svg: documentOf(bottom + (further > 0 ? 56 : 32), title, shown.map(sentence).join(' '), idPrefix, content),
    table: tableOf(
      title,
      ['Badge', 'Confirmed', 'Judged anew', 'Interval', 'Badges'],
      shown.map(({ confirmed: { badges, confirmed, interval: range }, awards, ...one }) => [
        isolatedText(labelOf(one)),
        String(confirmed),
        String(badges),
        range === undefined ? 'not known' : `${percent(range.low)} to ${percent(range.high)}`,
        String(awards),
      ]),
    ),
  }
}

const labelOf = ({ name, version }: Pick<TrackRow, 'name' | 'version'>) =>
  version === undefined ? name : `${name}, version ${version}`

/** Two lines: a name that is cut must not take the version with it, by which rows differ. */
function linesOf({ name, version }: Pick<TrackRow, 'name' | 'version'>): readonly string[] {
  const room = 240 / 13
  if (version === undefined) return wrapped(isolatedText(name), room, 2)
  return [...wrapped(isolatedText(name), room, 1), ...wrapped(isolatedText(`version ${version}`), room, 1)]
}

function sentence({ confirmed: { badges, confirmed, interval: range }, ...one }: TrackRow): string {
  const said =
    range === undefined
      ? 'not known'
      : `${confirmed} of ${badges}, between ${percent(range.low)} and ${percent(range.high)}`
  return `${isolatedText(labelOf(one))}: ${said}.`
}

function rowOf(
  { confirmed: { badges, confirmed, share: middle, interval: range }, ...one }: TrackRow,
  y: number,
  x: (value: number) => number,
): SafeHtml[] {
  const label = linesOf(one)
  const labels = label.map((part, index) => words(24, y + 4 + (index - (label.length - 1) / 2) * 16, part))
  if (range === undefined || middle === undefined)
    return [...labels, words(x(0.375), y + 4, 'not known', { 'text-anchor': 'middle', fill: QUIET })]
  return [
    ...labels,
    line(x(range.low), y, x(range.high), y, LINE, { 'stroke-width': 2.5 }),
    line(x(range.low), y - 6, x(range.low), y + 6, LINE, { 'stroke-width': 2.5 }),
    line(x(range.high), y - 6, x(range.high), y + 6, LINE, { 'stroke-width': 2.5 }),
    html`<circle cx="${at(x(middle))}" cy="${at(y)}" r="5" fill="${LINE}"/>`,
    words(552, y + 4, `${confirmed} of ${badges}`),
  ]
}
