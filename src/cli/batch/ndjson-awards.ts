/**
 * Awards from NDJSON: a JSON object a line.
 *
 * @module
 */
import { defaultLimits } from '../../entries/index.js'
import { JsonError, parseJson } from '../../internal/json.js'
import type { Bytes, Json, JsonObject } from '../../internal/types.js'
import { CommandFailure } from '../failure.js'
import { type AwardLine, fieldsOf } from './award-line.js'
import { linesOf } from './lines.js'

/** A line that cannot be read is one award that cannot be issued. */
export async function* ndjsonAwards(chunks: AsyncIterable<Bytes>): AsyncGenerator<AwardLine> {
  for await (const { number: line, text, fault } of linesOf(chunks, defaultLimits.documentBytes)) {
    if (text === undefined) yield { line, fault: `the line ${fault}` }
    else if (text.trim() !== '') yield awardLine(line, text)
  }
}

function awardLine(line: number, text: string): AwardLine {
  try {
    const value: Json = parseJson(text, { maxDepth: defaultLimits.depth })
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return { line, fault: 'the line is no JSON object' }
    return { line, fields: fieldsOf(value as JsonObject) }
  } catch (error) {
    if (error instanceof JsonError) return { line, fault: `the line is not JSON: ${error.message}` }
    if (error instanceof CommandFailure) return { line, fault: error.message }
    throw error
  }
}
