import {
  type AuditPlan,
  type AuditReport,
  type AuditSample,
  auditPopulation,
  drawSample,
  explainAudit,
  explainAuditPlan,
  judgeAudit,
  operatingCurve,
  planAudit,
} from '../../entries/predictability.js'
import { renderOperatingCurve } from '../../entries/render.js'
import { readAuditBadges, readAuditFile, readResults } from '../audit-files.js'
import { defineCommand, type Values } from '../command.js'
import { EXIT, type ExitCode } from '../exit.js'
import { about, misuse } from '../failure.js'
import { shownName } from '../files.js'
import { printable, toJson } from '../printable.js'
import type { Session } from '../session.js'
import { didYouMean } from '../suggest.js'

const ACTIONS = ['plan', 'sample', 'judge'] as const

const OPTIONS = {
  badges: {
    type: 'string',
    value: 'path',
    multiple: true,
    description: 'All badges to draw from: folders, files, or a CSV table with the columns id, issuer, achievement.',
  },
  count: { type: 'string', value: 'number', description: 'plan: how many badges there are, instead of --badges.' },
  tolerate: {
    type: 'string',
    value: 'share',
    description: 'plan: the share that may fail, such as 0.1: where more do, it must not accept.',
  },
  confidence: { type: 'string', value: 'share', description: 'plan: how sure that is. Default 0.95.' },
  expect: {
    type: 'string',
    value: 'share',
    description: 'plan: the share that fails where all is well. Then some failures are allowed.',
  },
  sequential: { type: 'boolean', description: 'plan: stop as soon as enough is known. Needs --expect.' },
  plan: { type: 'string', value: 'file', description: 'sample: the plan, as plan --out wrote it.' },
  seed: {
    type: 'string',
    value: 'text',
    description: 'sample: what nobody could choose, such as the numbers of a lottery to come.',
  },
  sample: { type: 'string', value: 'file', description: 'judge: the sample, as sample --out wrote it.' },
  results: { type: 'string', value: 'file', description: 'judge: a CSV table with the columns badge, outcome.' },
  commitment: { type: 'string', value: 'digest', description: 'judge: what was published when it was drawn.' },
  out: { type: 'string', value: 'file', description: 'Where to write the plan, the sample or the report as JSON.' },
  plot: { type: 'string', value: 'file', description: 'plan: where to write how often it accepts, as an SVG picture.' },
  json: { type: 'boolean', description: 'As JSON on standard output.' },
} as const

export const audit = defineCommand({
  name: 'audit',
  summary: 'have a third party look at some badges again: how many, which, and what it shows',
  description: [
    'plan: how many badges have to be judged anew, and how often that errs. sample: draws them by a seed, the same on every machine, and prints a commitment to publish. judge: results against the plan. Badges are read and NOT VERIFIED: verify them before.',
    'Exit code of judge 0: accepted, 1: rejected, 2: not decided yet.',
  ],
  operands: { name: 'action', description: 'plan, sample or judge.', min: 1, max: 1 },
  options: OPTIONS,
  examples: [
    { title: 'How many of 400?', line: 'audit plan --count 400 --tolerate 0.1 --out plan.json' },
    {
      title: 'Which ones?',
      line: 'audit sample --plan plan.json --badges list.csv --seed "lottery of 5 May: 4 8 15 16 23" --out sample.json',
    },
    {
      title: 'What does it show?',
      line: 'audit judge --sample sample.json --results results.csv --commitment 5c0e --badges list.csv',
    },
  ],
  run: async ({ options, operands: [action = ''] }, session): Promise<ExitCode> => {
    if (action === 'plan') return plan(options, session)
    if (action === 'sample') return sample(options, session)
    if (action === 'judge') return judge(options, session)
    throw misuse(`audit does ${ACTIONS.join(', ')}, not "${action}"${didYouMean(action, ACTIONS)}`)
  },
})

type Options = Values<typeof OPTIONS>

async function plan(options: Options, session: Session): Promise<ExitCode> {
  const { tolerate, sequential, badges, count } = options
  if (tolerate === undefined) throw misuse('say which share may fail: --tolerate 0.1')
  if ((count === undefined) === (badges.length === 0))
    throw misuse('say how many badges there are: --count or --badges')
  const population = count === undefined ? auditPopulation(await readAuditBadges(badges, session)) : undefined
  const planned = planAudit({
    badges: population?.badges ?? wholeOf('count', count),
    tolerate: numberOf('tolerate', tolerate),
    ...(options.confidence === undefined ? {} : { confidence: numberOf('confidence', options.confidence) }),
    ...(options.expect === undefined ? {} : { expect: numberOf('expect', options.expect) }),
    ...(sequential ? { sequential } : {}),
  })
  const lines = [
    ...explainAuditPlan(planned),
    ...(population === undefined ? [] : [`The list of badges has the digest ${population.digest}.`]),
  ]
  await answer(planned, lines, options, session)
  const { plot } = options
  if (plot !== undefined) {
    const { svg } = renderOperatingCurve(operatingCurve(planned), { tolerate: planned.tolerate })
    await session.files.write(plot, `${svg}\n`)
    session.note(`wrote ${printable(plot)}`)
  }
  return EXIT.ok
}

async function sample(options: Options, session: Session): Promise<ExitCode> {
  const { plan: file, seed, badges } = options
  if (file === undefined) throw misuse('say by which plan: --plan <file>')
  if (badges.length === 0) throw misuse('say what to draw from: --badges <path>')
  if (seed === undefined) throw misuse('say by which seed: --seed <text>')
  const planned: AuditPlan = await readAuditFile(file, session)
  const all = await readAuditBadges(badges, session)
  const drawn = await about(shownName(file), () => drawSample(all, planned, seed))
  const lines = [
    `commitment ${drawn.commitment}`,
    'Publish it before the first badge is looked at: judge asks for it.',
    ...drawn.sample.map(({ id, achievement }, index) =>
      printable(
        `${String(index + 1).padStart(String(drawn.sample.length).length)}  ${id}${achievement === undefined ? '' : `  ${achievement}`}`,
      ),
    ),
  ]
  await answer(drawn, lines, options, session)
  return EXIT.ok
}

const EXIT_OF: Readonly<Record<AuditReport['outcome'], ExitCode>> = {
  accept: EXIT.ok,
  reject: EXIT.invalid,
  'go-on': EXIT.indeterminate,
}

async function judge(options: Options, session: Session): Promise<ExitCode> {
  const { sample: file, results, commitment, badges } = options
  if (file === undefined) throw misuse('say which sample: --sample <file>')
  if (results === undefined) throw misuse('say what was found: --results <file>')
  if (commitment === undefined) throw misuse('say what was published when it was drawn: --commitment <digest>')
  const drawn: AuditSample = await readAuditFile(file, session)
  const found = await readResults(results, session)
  const all = badges.length === 0 ? undefined : await readAuditBadges(badges, session)
  const report = await about(shownName(file), () => judgeAudit(drawn, found, { commitment, badges: all }))
  await answer(report, explainAudit(report), options, session)
  return EXIT_OF[report.outcome]
}

async function answer(
  value: object,
  lines: readonly string[],
  { out, json }: Options,
  session: Session,
): Promise<void> {
  if (json) session.printJson(value, 2)
  else session.print(...lines.map((line) => printable(line)))
  if (out === undefined) return
  await session.files.write(out, `${toJson(value, 2)}\n`)
  session.note(`wrote ${printable(out)}`)
}

function wholeOf(flag: string, text: string | undefined): number {
  if (text === undefined || !/^[1-9]\d{0,8}$/.test(text)) throw misuse(`--${flag} is a whole number, not "${text}"`)
  return Number(text)
}

function numberOf(flag: string, text: string | undefined): number {
  const value = Number(text)
  if (text === undefined || text.trim() === '' || Number.isNaN(value))
    throw misuse(`--${flag} is a number, not "${text}"`)
  return value
}
