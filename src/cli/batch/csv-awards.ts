/**
 * Awards from CSV: RFC 4180 with a header, as spreadsheets write it. A byte order mark, line breaks of either kind, quotes, and
 * `;` or a tab instead of the comma are all right.
 *
 * @module
 */
import { ReadableStream } from 'node:stream/web'
import { CsvError, parse } from 'csv-parse/stream'
import { defaultLimits } from '../../entries/index.js'
import type { Bytes } from '../../internal/types.js'
import { EXIT } from '../exit.js'
import { CommandFailure } from '../failure.js'
import { type AwardLine, type FieldName, fieldNamed } from './award-line.js'

interface Row {
  readonly info: { readonly lines: number }
  readonly record: readonly string[]
}

/** Throws CommandFailure 65 for a header that is wrong, and where the quotes do not close: what follows cannot be told apart. */
export async function* csvAwards(name: string, chunks: AsyncIterable<Bytes>): AsyncGenerator<AwardLine> {
  const { first, all } = await peek(chunks, (head) => refuseSpreadsheet(name, head))
  const start = new TextDecoder().decode(first)
  const hint = SEPARATOR.exec(start)
  let header: readonly FieldName[] | undefined
  try {
    for await (const { info, record } of rows(textOnly(name, all), {
      delimiter: hint?.[1] ?? delimiterOf(start),
      firstLine: hint === null ? 1 : 2,
    })) {
      if (header === undefined) header = readHeader(name, record)
      else yield awardLine(info.lines, header, record)
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new CommandFailure(EXIT.data, `${name}: is not CSV: ${reasonOf(error)}`, [], { cause: error })
  }
  if (header === undefined) throw new CommandFailure(EXIT.data, `${name}: is empty: its first line names the columns`)
}

/** What Excel writes and reads as a first line, so that it needs not guess. */
const SEPARATOR = /^\ufeff?"?sep=([,;|\t])"?\r?\n/i

interface Layout {
  readonly delimiter: string
  /** The line of the header, from 1. */
  readonly firstLine: number
}

/** All rows of a table that is there as a whole, the header first. */
export async function* csvRows(name: string, bytes: Bytes): AsyncGenerator<readonly string[]> {
  const start = new TextDecoder().decode(bytes.subarray(0, 65_536))
  refuseSpreadsheet(name, bytes)
  const hint = SEPARATOR.exec(start)
  const layout = { delimiter: hint?.[1] ?? delimiterOf(start), firstLine: hint === null ? 1 : 2 }
  const whole = (async function* () {
    yield bytes
  })()
  try {
    for await (const { record } of rows(textOnly(name, whole), layout)) yield record
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new CommandFailure(EXIT.data, `${name}: is not CSV: ${reasonOf(error)}`, [], { cause: error })
  }
}

function rows(chunks: AsyncIterable<Bytes>, { delimiter, firstLine }: Layout): AsyncIterable<Row> {
  const parser = parse({
    bom: true,
    delimiter,
    from_line: firstLine,
    info: true,
    skip_empty_lines: true,
    // How many cells a row has is judged by us, row by row.
    relax_column_count: true,
    max_record_size: defaultLimits.documentBytes,
  })
  return ReadableStream.from(chunks).pipeThrough(parser as never) as unknown as AsyncIterable<Row>
}

function readHeader(name: string, cells: readonly string[]): readonly FieldName[] {
  const fields = cells.map((cell) => {
    const found = fieldNamed(cell)
    if ('problem' in found) throw new CommandFailure(EXIT.data, `${name}: the column ${found.problem}`)
    return found.field
  })
  const twice = fields.find((field, index) => fields.indexOf(field) !== index)
  if (twice !== undefined) throw new CommandFailure(EXIT.data, `${name}: the column "${twice}" is there twice`)
  const missing = (['id', 'recipient'] as const).find((field) => !fields.includes(field))
  if (missing !== undefined)
    throw new CommandFailure(EXIT.data, `${name}: there is no column "${missing}"; its first line names the columns`)
  return fields
}

function awardLine(line: number, header: readonly FieldName[], cells: readonly string[]): AwardLine {
  if (cells.length !== header.length)
    return { line, fault: `the row has ${cells.length} cells, the header ${header.length}: is a quote missing?` }
  return { line, fields: Object.fromEntries(header.map((field, index) => [field, (cells[index] ?? '').trim()])) }
}

/** What separates the names of the columns: none of these is part of one. */
function delimiterOf(start: string): string {
  const header = start.split(/\r?\n/, 1)[0] ?? ''
  if (header.includes(',')) return ','
  return header.includes(';') ? ';' : header.includes('\t') ? '\t' : ','
}

const WAY_OUT = 'save it as "CSV UTF-8", and give that file'

/** Their first bytes; a ZIP file may be something else, and is no CSV either. */
function refuseSpreadsheet(name: string, [a, b, c, d]: Bytes): void {
  const isZip = a === 0x50 && b === 0x4b && c === 0x03 && d === 0x04
  const isOld = a === 0xd0 && b === 0xcf && c === 0x11 && d === 0xe0
  if (!isZip && !isOld) return
  const what =
    isOld || /\.xls[xmb]?$/i.test(name)
      ? 'a workbook of Excel'
      : 'a workbook of Excel or LibreOffice, or another ZIP file'
  throw new CommandFailure(EXIT.data, `${name}: is ${what}, and no CSV: ${WAY_OUT}`)
}

/**
 * A part of the stream that holds the first line (or is longer than any header), and the whole stream. `judge` may refuse the part: the file is
 * closed then, as it is when the whole is left before its end.
 */
async function peek(
  chunks: AsyncIterable<Bytes>,
  judge: (first: Bytes) => void,
): Promise<{ first: Bytes; all: AsyncIterable<Bytes> }> {
  const source = chunks[Symbol.asyncIterator]()
  const { value = new Uint8Array(), done } = await source.next()
  try {
    judge(value)
  } catch (error) {
    await source.return?.()
    throw error
  }
  return {
    first: value,
    all: (async function* () {
      try {
        if (!done) yield value
        yield* { [Symbol.asyncIterator]: () => source }
      } finally {
        await source.return?.()
      }
    })(),
  }
}

/** Spreadsheets write the code page of their country unless they are told otherwise; names would come out wrong. */
async function* textOnly(name: string, chunks: AsyncIterable<Bytes>): AsyncGenerator<Bytes> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const demand = (bytes?: Bytes) => {
    try {
      decoder.decode(bytes, { stream: bytes !== undefined })
    } catch (cause) {
      throw new CommandFailure(EXIT.data, `${name}: is not text in UTF-8: export it as "CSV UTF-8"`, [], { cause })
    }
  }
  for await (const chunk of chunks) {
    demand(chunk)
    yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
  }
  demand()
}

function reasonOf({ code, message }: CsvError): string {
  if (code === 'CSV_QUOTE_NOT_CLOSED') return `a quote is not closed (${message})`
  if (code === 'CSV_MAX_RECORD_SIZE') return `a row has more than ${defaultLimits.documentBytes} characters`
  return message
}
