/**
 * Values as RDF terms: JSON-LD 1.1 API section 8.2.2, Object to RDF Conversion, and the canonical lexical forms of section 8.6.
 *
 * @module
 */
import { canonicalJson } from '../internal/jcs.js'
import { JsonError } from '../internal/json-error.js'
import type { Json } from '../internal/types.js'
import { JsonLdSyntaxError } from './keywords.js'
import { iriText, stringText } from './nquads.js'

const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'
const XSD = 'http://www.w3.org/2001/XMLSchema#'

export const RDF_TYPE = iriText(`${RDF}type`)
export const RDF_FIRST = iriText(`${RDF}first`)
export const RDF_REST = iriText(`${RDF}rest`)
export const RDF_NIL = iriText(`${RDF}nil`)

const XSD_DOUBLE = `${XSD}double`
/** Datatypes that N-Quads does not write: RDFC-1.0 section 5. */
const UNWRITTEN: ReadonlySet<string> = new Set([`${XSD}string`, `${RDF}langString`])

/** A string, boolean or number with its datatype; null leaves the datatype to the kind of value. */
export function literal(value: string | number | boolean, datatype: string | null): string {
  if (typeof value === 'string') return typed(value, datatype)
  if (typeof value === 'boolean') return typed(String(value), datatype ?? `${XSD}boolean`)
  // Step 10: also integers that have no exact decimal form of their own.
  if (!Number.isInteger(value) || Math.abs(value) >= 1e21 || datatype === XSD_DOUBLE)
    return typed(canonicalDouble(value), datatype ?? XSD_DOUBLE)
  return typed(value.toFixed(0), datatype ?? `${XSD}integer`)
}

/** A string with a language, in lower case. */
export function languageString(value: string, language: string): string {
  return `${stringText(value)}@${language}`
}

/** Begins the datatypes of texts with a base direction: JSON-LD 1.1 section 4.2.4.1, "The i18n Namespace". */
export const I18N = 'https://www.w3.org/ns/i18n#'

/**
 * A string with a base direction and, where there is one, a language: JSON-LD 1.1 API section 8.2.2 step 13 with `rdfDirection` set to `i18n-datatype`,
 * as the suites of VC Data Integrity canonicalize it.
 */
export function directionalString(value: string, language: string | null, direction: string): string {
  return typed(value, `${I18N}${(language ?? '').toLowerCase()}_${direction}`)
}

/** The JSON datatype, in the form of RFC 8785. Throws JsonLdSyntaxError for what has none. */
export function jsonLiteral(value: Json): string {
  try {
    return typed(canonicalJson(value), `${RDF}JSON`)
  } catch (cause) {
    if (cause instanceof JsonError) throw new JsonLdSyntaxError('invalid JSON literal', cause.message)
    throw cause
  }
}

function typed(lexical: string, datatype: string | null): string {
  return stringText(lexical, endOf(datatype))
}

/** What literals of the datatype end with. */
export function endOf(datatype: string | null): string {
  return datatype === null || UNWRITTEN.has(datatype) ? '"' : `"^^${iriText(datatype)}`
}

/** Section 8.6: printf's `%1.15E` without needless zeros: 5.3 is `5.3E0`. */
function canonicalDouble(value: number): string {
  return value.toExponential(15).replace(/(\d)0*e\+?/, '$1E')
}
