import {
  agreementReport,
  explainAgreement,
  type Rating,
  type RatingTable,
  ratingRows,
  ratingTable,
} from '../../entries/predictability.js'
import { defineCommand } from '../command.js'
import { readCsvTable } from '../csv-table.js'
import { EXIT, type ExitCode } from '../exit.js'
import { about, misuse } from '../failure.js'
import { shownName } from '../files.js'
import { printable } from '../printable.js'
import type { Session } from '../session.js'

export const agreement = defineCommand({
  name: 'agreement',
  summary: 'do these raters agree?',
  description: [
    'Ratings of the same work by several people: percent agreement, kappa, AC and alpha, each with its interval, what may be claimed of them, who rates harder, and what all of that does not show.',
    'The table has the columns item, rater, level; or else one row for each item: its name, then one column for each rater, empty where there is no rating.',
  ],
  operands: { name: 'file', description: 'A CSV table. - is standard input.', min: 1, max: 1 },
  options: {
    levels: {
      type: 'string',
      value: 'list',
      description: 'All levels of the rubric, lowest first, with commas between, used or not.',
    },
    pass: {
      type: 'string',
      value: 'level',
      sets: 'passLevel',
      description: 'The lowest level that passes: adds the agreement on that.',
    },
    scale: {
      type: 'string',
      choices: ['ordered', 'names'],
      default: 'ordered',
      description: 'names: levels are kinds, and none is above another.',
    },
    json: { type: 'boolean', description: 'The report as JSON.' },
  },
  examples: [
    {
      title: 'Two raters, three levels',
      line: 'agreement ratings.csv --levels "Beginning,Developing,Proficient" --pass Proficient',
    },
    { title: 'For a program', line: 'agreement ratings.csv --levels 1,2,3,4 --json' },
  ],
  run: async ({ options, operands: [name = ''] }, session): Promise<ExitCode> => {
    const { levels: given, pass, scale, json } = options
    if (given === undefined) throw misuse('name all levels of the rubric, lowest first: --levels low,middle,high')
    const levels = given.split(',').map((level) => level.trim())
    const table = await readRatings(name, levels, session)
    const report = agreementReport(table, { scale, ...(pass === undefined ? {} : { passLevel: pass }) })
    if (json) session.printJson(report, 2)
    else session.print(...explainAgreement(report).map((line) => printable(line)))
    return EXIT.ok
  },
})

async function readRatings(name: string, levels: readonly string[], session: Session): Promise<RatingTable> {
  const { header, rows } = await readCsvTable(name, session)
  const [item, rater, level] = ['item', 'rater', 'level'].map((column) =>
    header.findIndex((one) => one.toLowerCase() === column),
  ) as [number, number, number]
  return about(shownName(name), () => {
    if (item >= 0 && rater >= 0 && level >= 0) {
      const ratings = rows.map(
        (row): Rating => ({ item: row[item] ?? '', rater: row[rater] ?? '', level: row[level] ?? '' }),
      )
      return ratingTable(ratings, { levels })
    }
    return ratingRows(
      rows.map(([, ...cells]) => cells),
      { levels, raters: header.slice(1), items: rows.map(([first = ''], index) => first || `row ${index + 1}`) },
    )
  })
}
