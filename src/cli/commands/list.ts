import type { AwardRow } from '../../issue/award-pages.js'
import { defineCommand } from '../command.js'
import { csvLine } from '../csv-write.js'
import { readDate } from '../dates.js'
import { EXIT } from '../exit.js'
import { misuse } from '../failure.js'
import { achievementNamed, lookUp } from '../issuer/achievement-files.js'
import { atDesk, DATA, type Desk } from '../issuer/desk.js'
import { listed, type Wanted } from '../issuer/listing.js'
import { printable, toJson } from '../printable.js'
import type { Session } from '../session.js'

const STATES = ['active', 'suspended', 'revoked'] as const

export const list = defineCommand({
  name: 'list',
  summary: 'show what an issuer issued',
  description: [
    'Everything that was issued from the folder, or what the options ask for, in the order of the award ids. A person is found by what was given when the award was made: the store keeps no addresses, so each award is tried.',
    'With --csv or --json (a line of JSON for each) all of it, however long; the table for people ends after --limit and says how to go on.',
  ],
  options: {
    ...DATA,
    achievement: {
      type: 'string',
      value: 'name',
      description: 'Of this achievement: its id, the last part of that, or its name.',
    },
    state: { type: 'string', choices: STATES, description: 'How they stand now.' },
    person: { type: 'string', value: 'id', description: 'Awarded to this person: as --recipient of issue.' },
    from: { type: 'string', value: 'date', description: 'Issued on this day (UTC) or later.' },
    to: { type: 'string', value: 'date', description: 'Issued on this day (UTC) or before.' },
    limit: { type: 'string', value: 'number', default: '50', description: 'Rows of the table.' },
    after: { type: 'string', value: 'award', description: 'Go on after this award.' },
    csv: { type: 'boolean', description: 'As a CSV table.' },
    json: { type: 'boolean', description: 'As JSON, a line for each badge.' },
  },
  examples: [
    { title: 'All', line: 'list --data my-issuer' },
    { title: 'What Ada has', line: 'list --data my-issuer --person ada@example.org' },
    { title: 'This year, for a spreadsheet', line: 'list --data my-issuer --from 2030-01-01 --csv > badges.csv' },
  ],
  run: async ({ options }, session) => {
    const { data, achievement, state, person, from, to, after, csv, json } = options
    if (csv && json) throw misuse('--csv and --json are two ways to say it: choose one')
    const limit = Number(options.limit)
    if (!/^[1-9]\d{0,5}$/.test(options.limit))
      throw misuse(`--limit is a number from 1 to 999999, not "${options.limit}"`)
    return atDesk(data, session, async (desk) => {
      const rows = listed(desk, {
        ...(achievement === undefined ? {} : { achievementId: idOf(achievement, desk) }),
        ...(state === undefined ? {} : { state: state as (typeof STATES)[number] }),
        ...(person === undefined ? {} : { person }),
        ...(from === undefined ? {} : { issuedFrom: readDate('--from', from, 'begins') }),
        // The end of the day stands a second before the next one begins.
        ...(to === undefined ? {} : { issuedBefore: new Date(+readDate('--to', to, 'ends') + 1000) }),
        ...(after === undefined ? {} : { after }),
      } satisfies Wanted)
      if (csv) await printCsv(rows, session)
      else if (json) for await (const row of rows) session.print(toJson(row))
      else await printTable(rows, limit, session)
      return EXIT.ok
    })
  },
})

/** Also of one that the folder has no more, by its whole id. */
function idOf(name: string, { achievements }: Desk): string {
  return lookUp(name, achievements)[0] === undefined && /^[a-z][a-z0-9+.-]*:/i.test(name)
    ? name
    : achievementNamed(name, achievements).id
}

const COLUMNS = [
  'award',
  'badge',
  'state',
  'issued',
  'until',
  'recipient',
  'achievement',
  'achievementName',
  'by',
] as const

async function printCsv(rows: AsyncIterable<AwardRow>, { io }: Session): Promise<void> {
  io.stdout.write(csvLine(COLUMNS))
  for await (const row of rows) io.stdout.write(csvLine(COLUMNS.map((column) => row[column])))
}

async function printTable(rows: AsyncIterable<AwardRow>, limit: number, session: Session): Promise<void> {
  const shown: AwardRow[] = []
  let isMore = false
  for await (const row of rows) {
    if (shown.length === limit) {
      isMore = true
      break
    }
    shown.push(row)
  }
  if (shown.length === 0) {
    session.note('none')
    return
  }
  const cells = shown.map((row) => [
    printable(row.award, 60),
    row.isErased ? `${row.state}, erased` : row.state,
    row.issued.slice(0, 10),
    printable(row.recipient ?? '(hashed)', 40),
    printable(row.achievementName ?? row.achievement, 60),
  ])
  const head = ['award', 'state', 'issued', 'to', 'achievement']
  const widths = head.map((title, index) =>
    Math.max(title.length, ...cells.map((row) => (row[index] as string).length)),
  )
  const line = (row: readonly string[]) =>
    row
      .map((cell, index) => cell.padEnd(widths[index] as number))
      .join('  ')
      .trimEnd()
  session.print(session.style.bold(line(head)), ...cells.map(line))
  if (isMore) session.note(`and more: go on with --after ${printable(shown.at(-1)?.award ?? '', 600)}`)
}
