import { createVerifier, type Outcome, type PresentationReport, type VerificationReport } from '../../entries/index.js'
import type { Bytes } from '../../internal/types.js'
import { type Aside, badgeInputs } from '../badge-inputs.js'
import { defineCommand } from '../command.js'
import { EXIT, type ExitCode, worse } from '../exit.js'
import { failureOf, misuse } from '../failure.js'
import { STANDARD, shownName } from '../files.js'
import { PROGRAM } from '../help.js'
import { listFiles } from '../list-files.js'
import { presentationLines, presentationSummary } from '../presentation-view.js'
import { printable } from '../printable.js'
import { progressLine } from '../progress.js'
import { reportLines, summaryLine } from '../report-view.js'
import type { Session } from '../session.js'
import { readPresentation, readVerifyOptions, VERIFY_OPTIONS, type VerifyCommandOptions } from '../verify-options.js'

const EXIT_OF: Readonly<Record<Outcome, ExitCode>> = {
  valid: EXIT.ok,
  invalid: EXIT.invalid,
  indeterminate: EXIT.indeterminate,
}

export const verify = defineCommand({
  name: 'verify',
  summary: 'is this badge genuine, current, and by somebody you trust?',
  description: [
    'Shows each of the ten checks with its result and its reason, then the answer in words. You say whom you trust: a signature proves who signed, not that you should believe them.',
    'Exit code 0: valid, 1: invalid, 2: it cannot be said now. Of several badges the worst counts; a file that cannot be read is worse than an invalid badge (66, 74) and does not stop the others.',
    "A presentation (a wallet's answer with badges inside) is verified as one: say the challenge that you gave the presenter.",
  ],
  operands: {
    name: 'file',
    description:
      'Badges: JSON, JWT, PNG, SVG, told apart by content, and answers of servers or exports of wallets with badges inside. Folders are searched, https URLs are fetched. - is standard input.',
    min: 1,
    max: Number.POSITIVE_INFINITY,
  },
  options: VERIFY_OPTIONS,
  examples: [
    {
      title: 'By a school that you trust, for this person',
      line: 'verify --trust did:web:school.example --recipient ada@example.org ada.png',
    },
    { title: 'A folder, one line each', line: 'verify --trust-file schools.txt --summary badges/' },
    { title: 'Only whether it is genuine, for a program', line: 'verify --any-issuer --json - < ada.json' },
  ],
  run: async ({ options, operands }, session) => {
    const { verifier: settings, perCall } = await readVerifyOptions(options, session)
    const presentation = readPresentation(options)
    const list = await listFiles(operands, session)
    const verifier = createVerifier(settings)
    const presented = async (input: Bytes, name: string): Promise<PresentationReport> => {
      if (presentation === undefined)
        throw misuse(
          `${shownName(name)}: is a presentation: say --challenge <text>, what its presenter was asked to sign, or --no-challenge`,
        )
      return verifier.verifyPresentation(input, { ...perCall, ...presentation })
    }
    const { inputs, asideBefore, isSingle } = badgeInputs(list, session, settings.loader, presented)
    const progress = progressLine(session.io, list.entries.length)
    const output = createOutput(options, isSingle, session)
    try {
      for await (const report of verifier.verifyAll(inputs, {
        ...perCall,
        onProgress: progress.show,
      })) {
        progress.clear()
        asideBefore().forEach(output.aside)
        if (report.outcome !== undefined) output.report(report)
        else {
          const name = report.name ?? STANDARD
          output.aside({ name, failure: failureOf(shownName(name), report.error) })
        }
      }
      asideBefore().forEach(output.aside)
    } finally {
      progress.clear()
    }
    return output.end()
  },
})

interface ReportOutput {
  report(report: VerificationReport): void
  aside(input: Aside): void
  /** The worst of all. */
  end(): ExitCode
}

function createOutput(
  { json, summary }: VerifyCommandOptions,
  isSingle: () => boolean,
  session: Session,
): ReportOutput {
  const { style, io } = session
  const view = { style, columns: io.stdout.isTTY ? io.stdout.columns : undefined }
  const counts = { valid: 0, invalid: 0, indeterminate: 0, unreadable: 0, failed: 0 }
  let worst: ExitCode = EXIT.ok
  const presented = (file: string, report: PresentationReport) => {
    counts[report.outcome]++
    worst = worse(worst, EXIT_OF[report.outcome])
    const name = printable(shownName(file))
    if (json) session.printJson({ name: file, ...report }, isSingle() ? 2 : undefined)
    else if (summary) session.print(presentationSummary(name, report, style))
    else session.print(...presentationLines(name, report, view), ...(isSingle() ? [] : ['']))
  }
  return {
    report: (report) => {
      counts[report.outcome]++
      worst = worse(worst, exitOf(report))
      const name = printable(shownName(report.name ?? STANDARD))
      if (json) session.printJson(report, isSingle() ? 2 : undefined)
      else if (summary) session.print(summaryLine(name, report, style))
      else session.print(...reportLines(name, report, view), ...(isSingle() ? [] : ['']))
    },
    aside: ({ name, failure, presentation }) => {
      if (failure === undefined) {
        presented(name, presentation)
        return
      }
      counts[failure.exit === EXIT.bug ? 'failed' : 'unreadable']++
      worst = worse(worst, failure.exit)
      // A line of its own among the reports: who reads them by machine must not take it for a verdict.
      if (json && !isSingle()) session.printJson({ name, error: { exit: failure.exit, message: failure.message } })
      session.note(`${PROGRAM}: ${printable(failure.message)}`)
      for (const line of failure.details) session.note(printable(line))
    },
    end: () => {
      if (!isSingle() && !json) session.print(tally(counts))
      return worst
    },
  }
}

/** What cannot be read as a badge at all is no badge that fails. */
function exitOf({ outcome, checks }: VerificationReport): ExitCode {
  return checks.format.status === 'invalid' ? EXIT.data : EXIT_OF[outcome]
}

function tally(counts: Readonly<Record<Outcome | 'unreadable' | 'failed', number>>): string {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const parts = Object.entries(counts).flatMap(([what, count]) => (count === 0 ? [] : [`${count} ${what}`]))
  return `${total} ${total === 1 ? 'badge' : 'badges'}: ${parts.join(', ')}`
}
