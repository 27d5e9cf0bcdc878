/**
 * CSV that spreadsheets open: RFC 4180, and nothing in it that they would run.
 *
 * @module
 */

/** A spreadsheet takes a cell that begins so for a formula; an apostrophe before it keeps it a text (OWASP, CSV Injection). */
const FORMULA = /^[\s]*[=+\-@\t\r]/

/** One line, with its end. */
export function csvLine(cells: readonly (string | undefined)[]): string {
  return `${cells.map((cell = '') => csvCell(cell)).join(',')}\r\n`
}

function csvCell(text: string): string {
  const harmless = FORMULA.test(text) ? `'${text}` : text
  return /[",\r\n']/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
