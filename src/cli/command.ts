/**
 * What a command is: its options, its help, its work. Everything known about one command sits in one value.
 *
 * @module
 */
import type { ExitCode } from './exit.js'
import type { OptionDef, OptionsDef } from './option-def.js'
import type { Session } from './session.js'

type Value<Def extends OptionDef> = Def extends { readonly type: 'boolean' }
  ? boolean
  : Def extends { readonly multiple: true }
    ? readonly string[]
    : (Def extends { readonly choices: readonly (infer Choice)[] } ? Choice : string) | Absent<Def>

type Absent<Def extends OptionDef> = Def extends { readonly default: string } | { readonly required: true }
  ? never
  : undefined

/** What was given, by name; absent booleans are false, absent lists are empty. */
export type Values<Options extends OptionsDef> = { readonly [Name in keyof Options]: Value<Options[Name]> }

/** The words that are no options. */
export interface OperandsDef {
  /** `file` */
  readonly name: string
  readonly description: string
  readonly min: number
  readonly max: number
}

export interface Example {
  /** What it is for. */
  readonly title: string
  /** Without the name of the program. */
  readonly line: string
}

export interface Invocation<Options extends OptionsDef = OptionsDef> {
  readonly options: Values<Options>
  readonly operands: readonly string[]
}

export interface Command<Options extends OptionsDef = OptionsDef> {
  readonly name: string
  /** One line. */
  readonly summary: string
  /** Paragraphs for `--help`. */
  readonly description: readonly string[]
  readonly operands?: OperandsDef
  readonly options: Options
  /** Two or three that work as they stand, with files of the user's own. */
  readonly examples: readonly Example[]
  run(invocation: Invocation<Options>, session: Session): Promise<ExitCode>
}

/** Keeps the types of the options for `run`, and forgets them for the list of commands. */
export function defineCommand<const Options extends OptionsDef>(command: Command<Options>): Command {
  return command as unknown as Command
}
