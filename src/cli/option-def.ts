/**
 * What an option of a command is.
 *
 * @module
 */

export interface OptionDef {
  readonly type: 'boolean' | 'string'
  readonly description: string
  /** What stands for the value in the help: `file`, `id`. */
  readonly value?: string
  readonly choices?: readonly string[]
  readonly default?: string
  /** One letter. */
  readonly alias?: string
  /** May be given more than once. */
  readonly multiple?: true
  readonly required?: true
  /** The option of the library that it becomes: where the library refuses that, people read of this one. Default: its name in camel case. */
  readonly sets?: string
}

export type OptionsDef = Readonly<Record<string, OptionDef>>
