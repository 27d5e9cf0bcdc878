/**
 * QR codes (ISO/IEC 18004) as SVG.
 *
 * @module
 */
import { encodeQR } from 'qr'
import { UsageError } from '../errors.js'
import { encodeUtf8 } from '../internal/bytes.js'
import { type Members, oneOf, text as textKind, whole } from '../internal/members.js'
import { demandArgument, demandOptions } from '../report/demand-options.js'
import { html, type SafeHtml } from './safe-html.js'
import { cut, line } from './text.js'

/** How a QR code is drawn. */
export interface QrOptions {
  /** What a screen reader says. Default: the text. */
  readonly label?: string | undefined
  /** How much of it may be damaged: 7, 15, 25 or 30 percent. Default `medium`. */
  readonly errorCorrection?: 'low' | 'medium' | 'quartile' | 'high' | undefined
  /** Modules of white around it. Default 4, which the standard asks for. */
  readonly border?: number | undefined
}

const QR: Members<QrOptions> = {
  label: textKind,
  errorCorrection: oneOf('low', 'medium', 'quartile', 'high'),
  border: whole(1, 64),
}

/** Bytes that the largest symbol (version 40) holds. ISO/IEC 18004:2024 table 7. */
const CAPACITY = { low: 2953, medium: 2331, quartile: 1663, high: 1273 } as const

/**
 * An `svg` element without a fixed size, black on white whatever the theme, as readers need it. Throws UsageError
 * `usage.invalid_option` where the text is empty or does not fit into one symbol.
 */
export function qrSvg(text: string, options: QrOptions = {}): string {
  demandArgument(text, textKind, 'text')
  demandOptions(options, QR)
  return qrMarkup(text, options).toString()
}

export function qrMarkup(text: string, options: QrOptions): SafeHtml {
  const { errorCorrection = 'medium', border = 4, label = line(cut(text, 200)) } = options
  const capacity = CAPACITY[errorCorrection]
  const { length } = encodeUtf8(text)
  if (length === 0 || length > capacity)
    throw new UsageError(
      'usage.invalid_option',
      `a QR code holds 1 to ${capacity} bytes, and this text has ${length}: use a shorter URL`,
      { option: 'text' },
    )
  const rows = encodeQR(text, 'raw', { ecc: errorCorrection, border, encoding: 'byte' })
  const size = rows.length
  const path = rows
    .map((row, y) =>
      runs(row)
        .map(([x, width]) => `M${x} ${y}h${width}v1h-${width}z`)
        .join(''),
    )
    .join('')
  return html`<svg class="bw-qr" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" role="img" aria-label="${label}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}h-${size}z"/><path fill="#000" d="${path}"/></svg>`
}

/** Where dark modules begin in a row, and how many there are. */
function runs(row: readonly boolean[]): (readonly [number, number])[] {
  const found: (readonly [number, number])[] = []
  for (let x = 0; x < row.length; x++) {
    const start = x
    while (row[x] === true) x++
    if (x > start) found.push([start, x - start])
  }
  return found
}
