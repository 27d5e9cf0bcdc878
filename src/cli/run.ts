/**
 * The command line as a function: words in, an exit code out.
 *
 * @module
 */
import { readArguments } from './arguments.js'
import type { Command, Invocation } from './command.js'
import { COMMANDS } from './commands.js'
import { EXIT, type ExitCode } from './exit.js'
import { CommandFailure, describeFailure, misuse } from './failure.js'
import { COMMON_OPTIONS, commandHelp, overview, PROGRAM } from './help.js'
import type { Io } from './io.js'
import { packageVersion } from './package-files.js'
import { printable } from './printable.js'
import { createSession, type Session } from './session.js'
import { styleOf } from './style.js'
import { didYouMean } from './suggest.js'

/** Never rejects: whatever goes wrong is said on standard error and becomes an exit code. */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  const session = createSession(io)
  const [name = '', ...words] = argv
  const command = COMMANDS.find((candidate) => candidate.name === name)
  try {
    return command === undefined ? await runProgram(argv, session) : await runCommand(command, words, session)
  } catch (error) {
    if (io.signal.aborted) {
      session.note(`${PROGRAM}: interrupted`)
      return EXIT.interrupted
    }
    const { exit, lines } = describeFailure(error, command?.options)
    const { red } = styleOf(io.stderr, io.env)
    const [first = '', ...further] = lines
    session.note(`${PROGRAM}: ${red(first)}`, ...further)
    if (exit === EXIT.usage) session.note(`Try: ${PROGRAM} ${command === undefined ? '' : `${command.name} `}--help`)
    return exit
  }
}

async function runCommand(command: Command, words: readonly string[], session: Session): Promise<ExitCode> {
  // Before anything is judged: who asks for help has not got the rest right yet.
  const end = words.indexOf('--')
  const flags = end === -1 ? words : words.slice(0, end)
  if (flags.includes('--help') || flags.includes(`-${COMMON_OPTIONS.help.alias}`)) {
    session.print(...commandHelp(command, session.style))
    return EXIT.ok
  }
  session.io.signal.throwIfAborted()
  const invocation = readArguments(command, words)
  try {
    return await command.run(invocation, session)
  } catch (error) {
    throw withFlag(error, invocation)
  }
}

/** Which option named the file that a failure begins with: with three files, its name alone says little. */
function withFlag(error: unknown, { options, operands }: Invocation): unknown {
  if (!(error instanceof CommandFailure)) return error
  const begins = (file: unknown) => typeof file === 'string' && error.message.startsWith(`${file}: `)
  const [flag, another] = Object.entries(options).filter(([, value]) => [value].flat().some(begins))
  if (flag === undefined || another !== undefined || operands.some(begins)) return error
  return new CommandFailure(error.exit, `--${flag[0]} ${error.message}`, error.details, { cause: error })
}

/** Without a command: help, version, or a mistake. */
async function runProgram(argv: readonly string[], session: Session): Promise<ExitCode> {
  const [word, topic] = argv
  if (word === undefined) {
    session.note(...overview(COMMANDS, styleOf(session.io.stderr, session.io.env)))
    return EXIT.usage
  }
  if (word === '--help' || word === '-h' || word === 'help') {
    const command = topic === undefined ? undefined : COMMANDS.find(({ name }) => name === topic)
    if (topic !== undefined && command === undefined) throw unknownCommand(topic)
    session.print(...(command === undefined ? overview(COMMANDS, session.style) : commandHelp(command, session.style)))
    return EXIT.ok
  }
  if (word === '--version' || word === '-V' || word === '-v') {
    session.print(await packageVersion(session.io.packageRoot))
    return EXIT.ok
  }
  throw unknownCommand(word)
}

function unknownCommand(word: string): Error {
  const names = COMMANDS.map(({ name }) => name)
  if (word.startsWith('-')) return misuse(`the command comes first: ${PROGRAM} <${names.join('|')}> ${printable(word)}`)
  const called = ELSEWHERE.get(word.toLowerCase())
  const meant = called === undefined ? didYouMean(word, names) : ` (here that is ${called})`
  return misuse(`there is no command ${word}${meant}: there are ${names.join(', ')}`)
}

/** What other programs, and other words of this field, call our commands. */
const ELSEWHERE: ReadonlyMap<string, string> = new Map(
  (
    [
      ['issue', 'sign award create-badge credential'],
      ['verify', 'check validate'],
      ['inspect', 'decode view cat print info'],
      ['unbake', 'extract'],
      ['bake', 'embed'],
      ['init', 'new create setup'],
      ['keygen', 'generate-key genkey'],
      ['keys rotate', 'rotate'],
      ['list', 'ls find search'],
      ['revoke', 'delete rm remove'],
      ['serve', 'server start'],
      ['fit', 'assess stack'],
      ['framework', 'case competencies'],
    ] as const
  ).flatMap(([command, words]) => words.split(' ').map((word) => [word, command] as const)),
)
