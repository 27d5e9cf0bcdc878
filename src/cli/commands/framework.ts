import { summarized } from '../../competency/summarize.js'
import {
  type CompetencyFramework,
  checkFramework,
  outlineOf,
  writeCase,
  writeCtdlAsn,
} from '../../entries/competency.js'
import { defineCommand } from '../command.js'
import { type FrameworkFile, LEVEL_ORDER, readCrosswalkFile, readFrameworkFile } from '../competency-files.js'
import { EXIT, type ExitCode } from '../exit.js'
import { about, CommandFailure, misuse } from '../failure.js'
import { shownName } from '../files.js'
import { printable, toJson } from '../printable.js'
import type { Session } from '../session.js'
import { didYouMean } from '../suggest.js'

const ACTIONS = ['show', 'import', 'export'] as const

export const framework = defineCommand({
  name: 'framework',
  summary: 'show competency frameworks, and take them in and out of CASE and CTDL-ASN',
  description: [
    'show: the competencies as a tree, with levels and everything that is wrong. import: from CASE 1.0 or 1.1, or CTDL-ASN, into our own JSON form. export: to CASE or CTDL-ASN; over the file it came from (--base) nothing of that is lost. What a format cannot say is listed on standard error.',
    'Exit code 0: done; 1: show found errors.',
  ],
  operands: {
    name: 'action file',
    description: 'show, import or export; then the framework. - is standard input.',
    min: 2,
    max: 2,
  },
  options: {
    to: {
      type: 'string',
      choices: ['case', 'case-1.0', 'ctdl'],
      default: 'case',
      description: 'export: which format. case is 1.1.',
    },
    base: {
      type: 'string',
      value: 'file',
      description: 'export: the CASE or CTDL-ASN file that the framework came from.',
    },
    creator: { type: 'string', value: 'name', description: 'export to CASE: who made the framework.' },
    crosswalk: {
      type: 'string',
      value: 'file',
      multiple: true,
      description: 'export to CASE: matches to write into it.',
    },
    'level-order': LEVEL_ORDER,
    out: { type: 'string', value: 'file', description: 'Where to write it. Default: standard output.' },
    json: { type: 'boolean', description: 'show: as JSON.' },
  },
  examples: [
    { title: 'What is in this CASE package?', line: 'framework show package.json' },
    { title: 'Take it over', line: 'framework import package.json --out framework.json' },
    { title: 'And give it back', line: 'framework export framework.json --base package.json --out package-2.json' },
  ],
  run: async ({ options, operands: [action = '', name = ''] }, session): Promise<ExitCode> => {
    if (!(ACTIONS as readonly string[]).includes(action))
      throw misuse(`framework does ${ACTIONS.join(', ')}, not "${action}"${didYouMean(action, ACTIONS)}`)
    const order = options['level-order']
    const file = await readFrameworkFile(name, session, order === undefined ? {} : { levelOrder: order })
    if (action === 'show') return show(file, options.json, session)
    const only = theOnly(file, name)
    if (action === 'import') {
      for (const { message } of file.findings) session.note(printable(message))
      await write(only, options.out, session)
      return EXIT.ok
    }
    const base = options.base === undefined ? undefined : await readFrameworkFile(options.base, session)
    if (base !== undefined && base.format !== (options.to === 'ctdl' ? 'ctdl' : 'case'))
      throw misuse(`--base ${options.base} is no ${options.to === 'ctdl' ? 'CTDL-ASN' : 'CASE'} file`)
    const crosswalks = await Promise.all(options.crosswalk.map((each) => readCrosswalkFile(each, session)))
    if (options.to === 'ctdl') {
      const { document, losses } = writeCtdlAsn(
        only,
        base?.ctdlDocument === undefined ? {} : { base: base.ctdlDocument },
      )
      for (const { message } of losses) session.note(`lost: ${printable(message)}`)
      await write(document, options.out, session)
      return EXIT.ok
    }
    const written = await about(shownName(name), () =>
      writeCase(only, {
        now: session.now(),
        version: options.to === 'case' ? '1.1' : '1.0',
        crosswalks,
        ...(options.creator === undefined ? {} : { creator: options.creator }),
        ...(base?.casePackage === undefined ? {} : { base: base.casePackage }),
      }),
    )
    for (const { kind, pointer, message } of written.differences)
      session.note(printable(`${kind}: ${pointer}: ${message}`))
    for (const { from, to, message } of written.losses)
      session.note(printable(`lost: ${from === to ? from : `${from} to ${to}`}: ${message}`))
    await write(written.package, options.out, session)
    return EXIT.ok
  },
})

function theOnly({ frameworks }: FrameworkFile, name: string): CompetencyFramework {
  const [only, another] = frameworks
  if (only !== undefined && another === undefined) return only
  const names = frameworks.map(({ name }) => name).join(', ')
  throw new CommandFailure(EXIT.data, `${shownName(name)}: has ${frameworks.length} frameworks (${names}): give one`)
}

async function write(value: unknown, out: string | undefined, { files, print }: Session): Promise<void> {
  const text = toJson(value, 2)
  if (out === undefined) print(text)
  else await files.write(out, `${text}\n`)
}

function show(file: FrameworkFile, json: boolean, { style, print, printJson }: Session): ExitCode {
  const findings = file.format === 'badgewright' ? summarized(file.frameworks.flatMap(checkFramework)) : file.findings
  const exit = findings.some(({ severity }) => severity === 'error') ? EXIT.invalid : EXIT.ok
  if (json) {
    printJson({ format: file.format, frameworks: file.frameworks, crosswalks: file.crosswalks, findings }, 2)
    return exit
  }
  const version = file.caseVersion === undefined ? '' : ` ${file.caseVersion}`
  const format = { badgewright: 'our own JSON', case: `CASE${version}`, ctdl: 'CTDL-ASN' }[file.format]
  for (const framework of file.frameworks) {
    const matches = file.crosswalks.reduce((sum, crosswalk) => sum + crosswalk.matches.length, 0)
    print(
      `${style.bold(printable(framework.name))}${framework.version === undefined ? '' : ` ${printable(framework.version)}`}`,
      style.dim(
        `${printable(framework.id)}  (${format}, ${framework.competencies.length} competencies, ${matches} matches)`,
      ),
      ...outlineOf(framework).map(({ competency, depth, again }) => {
        const { name, code, levels = [], levelOrder } = competency
        const scale =
          levels.length === 0
            ? ''
            : style.dim(
                `  [${levels.map((level) => printable(level.name)).join(levelOrder === undefined ? ' < ' : ' ? ')}]`,
              )
        return `${'  '.repeat(depth)}${code === undefined ? '' : `${style.cyan(printable(code))} `}${printable(name, 100)}${scale}${again === true ? ' (see above)' : ''}`
      }),
    )
  }
  for (const { severity, message } of findings)
    print(`${severity === 'error' ? style.red('error') : style.yellow('warning')}: ${printable(message)}`)
  return exit
}
