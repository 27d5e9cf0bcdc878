/**
 * `--help`: what a command is for, by example, then its options.
 *
 * @module
 */
import type { Command, Example } from './command.js'
import { EXIT } from './exit.js'
import type { OptionsDef } from './option-def.js'
import type { Style } from './style.js'

export const PROGRAM = 'badgewright'

/** Options that every command has. */
export const COMMON_OPTIONS = {
  help: { type: 'boolean', alias: 'h', description: 'Show this help.' },
} as const satisfies OptionsDef

const EXIT_CODES: readonly (readonly [code: number, meaning: string])[] = [
  [EXIT.ok, 'done; verify: every badge is valid'],
  [EXIT.invalid, 'verify: a badge is not valid'],
  [EXIT.indeterminate, 'verify: it cannot be said now (unreachable, unknown)'],
  [EXIT.usage, 'the command was given wrongly'],
  [EXIT.data, 'an input cannot be read'],
  [EXIT.noInput, 'no such file'],
  [EXIT.unreachable, 'something on the network could not be reached'],
  [EXIT.bug, 'a bug in badgewright'],
  [EXIT.file, 'a file cannot be read or written'],
  [EXIT.interrupted, 'interrupted (Ctrl-C)'],
]

/** The program's help. */
export function overview(commands: readonly Command[], style: Style): string[] {
  return [
    `${style.bold(PROGRAM)}: Open Badges 3.0: issue, bake, verify.`,
    '',
    `${style.bold('Usage')}  ${PROGRAM} <command> [options]`,
    '',
    style.bold('Commands'),
    ...columns(commands.map(({ name, summary }) => [style.cyan(name), name.length, summary])),
    '',
    ...examples(OVERVIEW, style),
    '',
    `${PROGRAM} <command> --help has examples and options of each. A file named - is standard input.`,
    '',
    style.bold('Exit codes'),
    ...columns(EXIT_CODES.map(([code, meaning]) => [String(code), String(code).length, meaning])),
  ]
}

const OVERVIEW: readonly Example[] = [
  { title: 'A key for your school', line: 'keygen --out issuer-key.json' },
  {
    title: 'A badge for Ada, in an image',
    line: 'issue --key issuer-key.json --issuer-name "Hill School" --achievement feedback.json --recipient ada@example.org --image badge.png --out ada.png',
  },
  { title: 'Is it good? Say whom you trust', line: 'verify --trust did:web:school.example ada.png' },
]

export function commandHelp(
  { name, summary, description, operands, options, examples: own }: Command,
  style: Style,
): string[] {
  const usage = `${PROGRAM} ${name} [options]${operands === undefined ? '' : ` ${operandUsage(operands)}`}`
  const all = { ...options, ...COMMON_OPTIONS }
  return [
    `${style.bold(`${PROGRAM} ${name}`)}: ${summary}`,
    '',
    `${style.bold('Usage')}  ${usage}`,
    ...description.flatMap((paragraph) => ['', ...wrap(paragraph, 100)]),
    '',
    ...examples(own, style),
    ...(operands === undefined
      ? []
      : [
          '',
          style.bold('Operands'),
          ...columns([[style.cyan(operands.name), operands.name.length, operands.description]]),
        ]),
    '',
    style.bold('Options'),
    ...columns(Object.entries(all).map((entry) => optionRow(entry, style))),
  ]
}

function operandUsage({ name, min, max }: NonNullable<Command['operands']>): string {
  return `${min === 0 ? `[${name}` : `<${name}`}${max > 1 ? '...' : ''}${min === 0 ? ']' : '>'}`
}

type Row = readonly [shown: string, width: number, text: string]

function optionRow([name, def]: [string, OptionsDef[string]], style: Style): Row {
  const { alias, type, value = 'value', choices, multiple, required, description, default: preset } = def
  const flag = `${alias === undefined ? '' : `-${alias}, `}--${name}`
  const shown = type === 'boolean' ? flag : `${flag} <${choices?.join('|') ?? value}>`
  const remarks = [
    ...(required ? ['required'] : []),
    ...(multiple ? ['repeatable'] : []),
    ...(preset === undefined ? [] : [`default ${preset}`]),
  ]
  return [style.cyan(shown), shown.length, `${description}${remarks.length > 0 ? ` (${remarks.join(', ')})` : ''}`]
}

function examples(list: readonly Example[], style: Style): string[] {
  return [
    style.bold('Examples'),
    ...list.flatMap(({ title, line }) => [`  ${style.dim(`# ${title}`)}`, `  ${PROGRAM} ${line}`]),
  ]
}

/** Two columns; what is too long for the first has a line of its own. */
function columns(rows: readonly Row[]): string[] {
  const width = Math.min(30, Math.max(...rows.map(([, length]) => length)))
  return rows.flatMap(([shown, length, text]) => {
    const lines = wrap(text, 96 - width)
    const indented = lines.map((line) => `  ${' '.repeat(width)}  ${line}`)
    if (length > width) return [`  ${shown}`, ...indented]
    return [`  ${shown}${' '.repeat(width - length)}  ${lines[0] ?? ''}`, ...indented.slice(1)]
  })
}

/** Lines of at most `width` characters, broken between words. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}
