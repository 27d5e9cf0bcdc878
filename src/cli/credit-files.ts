/**
 * What credit decisions read: policies, facts as a table, parameters, earlier decisions.
 *
 * @module
 */
import {
  type CreditDecision,
  type CreditOptions,
  type CreditPolicy,
  type Fact,
  type KindTable,
  parsePolicy,
} from '../entries/credit.js'
import type { JsonObject } from '../internal/types.js'
import { readCsvTable } from './csv-table.js'
import { readJsonObject, readJsonObjects } from './documents.js'
import { EXIT } from './exit.js'
import { about, CommandFailure } from './failure.js'
import { shownName } from './files.js'
import type { Session } from './session.js'

export async function readPolicyFile(name: string, session: Session): Promise<CreditPolicy> {
  const value = await readJsonObject(name, 'a credit policy', session)
  return about(shownName(name), () => parsePolicy(value))
}

/** Values by the name of the parameter. */
export async function readParameters(
  name: string,
  session: Session,
): Promise<NonNullable<CreditOptions['parameters']>> {
  return (await readJsonObject(name, 'parameters by name', session)) as NonNullable<CreditOptions['parameters']>
}

/** Kinds by the id of an achievement: a CSV table with the columns achievement and kind, one kind a row. */
export async function readKindTable(name: string, session: Session): Promise<KindTable> {
  const { header, rows } = await readCsvTable(name, session)
  const [achievement, kind] = ['achievement', 'kind'].map((column) => columnOf(header, column, name)) as [
    number,
    number,
  ]
  const table = new Map<string, string[]>()
  for (const row of rows) {
    const id = row[achievement] ?? ''
    table.set(
      id,
      [...(table.get(id) ?? []), row[kind] ?? ''].filter((one) => one !== ''),
    )
  }
  return Object.fromEntries(table)
}

/** Earlier decisions, as `credit --json` printed them: one, or an array. */
export async function readHistory(name: string, session: Session): Promise<readonly CreditDecision[]> {
  return (await readJsonObjects(name, 'decisions', session)) as unknown as readonly CreditDecision[]
}

const COLUMNS = [
  'person',
  'fact',
  'activity',
  'about',
  'value',
  'on',
  'from',
  'to',
  'id',
  'course',
  'amount',
  'kinds',
  'by',
  'stated',
]

function columnOf(header: readonly string[], name: string, file: string): number {
  const at = header.findIndex((column) => column.toLowerCase() === name)
  if (at < 0) throw new CommandFailure(EXIT.data, `${shownName(file)}: there is no column "${name}"`)
  return at
}

/**
 * Facts by person; rows without a person, or of a table without that column, are under "". A row is a statement (column `fact`) or an activity
 * (column `activity`). An empty `by` is the name of the file: somebody handed it in.
 */
export async function readFacts(name: string, session: Session): Promise<ReadonlyMap<string, readonly Fact[]>> {
  const { header, rows } = await readCsvTable(name, session)
  const wrong = header.find((column) => !COLUMNS.includes(column.toLowerCase()))
  if (wrong !== undefined)
    throw new CommandFailure(
      EXIT.data,
      `${shownName(name)}: there is no use for the column "${wrong}": there are ${COLUMNS.join(', ')}`,
    )
  columnOf(header, 'stated', name)
  const facts = new Map<string, Fact[]>()
  for (const [index, row] of rows.entries()) {
    const cells = Object.fromEntries(header.map((column, at) => [column.toLowerCase(), row[at] ?? '']))
    const { person = '' } = cells
    const own = facts.get(person) ?? []
    own.push(factOf(cells, `${shownName(name)}: row ${index + 1}`, name, index))
    facts.set(person, own)
  }
  return facts
}

type Cells = Readonly<Record<string, string>>

function factOf(cells: Cells, place: string, file: string, index: number): Fact {
  const { fact = '', activity = '', by = '' } = cells
  if ((fact === '') === (activity === ''))
    throw new CommandFailure(EXIT.data, `${place}: says a fact or an activity, one of the two`)
  const given = (...names: readonly string[]): JsonObject =>
    Object.fromEntries(names.flatMap((name) => (cells[name] ? [[name, cells[name]]] : [])))
  const said = { by: by === '' ? file : by, stated: cells.stated ?? '' }
  if (activity !== '') {
    const kinds = (cells.kinds ?? '').split(/[;\s]+/).filter((kind) => kind !== '')
    const id = cells.id || `${file}#${index + 1}`
    return {
      activity,
      id,
      ...given('course', 'amount', 'on'),
      ...(kinds.length > 0 && { kinds }),
      ...said,
    } as unknown as Fact
  }
  const { value = '' } = cells
  const truth = /^(?:true|yes)$/i.test(value) ? true : /^(?:false|no)$/i.test(value) ? false : value
  return { fact, ...given('about', 'on', 'from', 'to'), ...(value !== '' && { value: truth }), ...said } as Fact
}
