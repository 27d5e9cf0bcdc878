/**
 * From words to options. citty reads them, but takes whatever it is given: an option it does not know, a value that is
 * missing, one given twice. All of those are refused first, because a mistyped `--trust` must not verify something else.
 *
 * @module
 */
import { type ArgsDef, parseArgs } from 'citty'
import type { Command, Invocation } from './command.js'
import { misuse } from './failure.js'
import type { OptionDef, OptionsDef } from './option-def.js'
import { didYouMean } from './suggest.js'

interface Given {
  readonly name: string
  readonly value?: string
}

/** Throws CommandFailure with exit code 64. */
export function readArguments({ name, options, operands: wanted }: Command, words: readonly string[]): Invocation {
  const { given, operands } = scan(options, words)
  checkOperands(name, wanted, operands, given.at(-1))
  for (const [option, { required, value = 'value' }] of Object.entries(options))
    if (required && !given.some((other) => other.name === option)) throw misuse(`${name} needs --${option} <${value}>`)
  // Booleans are read from what was given: citty takes --no-x for the opposite of x.
  const valued = given.flatMap(({ name, value }) => (value === undefined ? [] : [`--${name}=${value}`]))
  const parsed = parseArgs(valued, cittyArguments(options))
  const values = Object.entries(options).map(([option, def]) => {
    if (def.type === 'boolean') return [option, given.some(({ name }) => name === option)]
    // citty keeps the last of several.
    if (def.multiple) return [option, given.flatMap(({ name, value = '' }) => (name === option ? [value] : []))]
    return [option, parsed[option]]
  })
  return { options: Object.fromEntries(values) as Invocation['options'], operands }
}

function cittyArguments(options: OptionsDef): ArgsDef {
  return Object.fromEntries(
    Object.entries(options).map(([name, { type, default: value }]) => [
      name,
      type === 'boolean' ? { type } : { type, ...(value === undefined ? {} : { default: value }) },
    ]),
  )
}

/** Every word is an option that there is, its value, or an operand. `--` ends the options; `-` is standard input. */
function scan(options: OptionsDef, words: readonly string[]): { given: Given[]; operands: string[] } {
  const given: Given[] = []
  const operands: string[] = []
  const rest = [...words]
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--') {
      operands.push(...rest)
      break
    }
    if (word === '-' || !word.startsWith('-')) {
      operands.push(word)
      continue
    }
    const { name, def, inline } = findOption(options, word)
    if (!def.multiple && given.some((other) => other.name === name)) throw misuse(`--${name} is given twice`)
    if (def.type === 'boolean') {
      if (inline !== undefined) throw misuse(`--${name} takes no value`)
      given.push({ name })
    } else given.push({ name, value: readValue(name, def, inline ?? nextValue(rest, options)) })
  }
  return { given, operands }
}

function findOption(options: OptionsDef, word: string): { name: string; def: OptionDef; inline: string | undefined } {
  const [, flag = word, inline] = /^([^=]*)=(.*)$/s.exec(word) ?? []
  const found = Object.entries(options).find(([name, { alias }]) => flag === `--${name}` || flag === `-${alias}`)
  if (found === undefined) {
    const known = Object.keys(options).map((name) => `--${name}`)
    throw misuse(`there is no option ${flag}${didYouMean(flag, known)}`)
  }
  return { name: found[0], def: found[1], inline }
}

/** The next word, unless it is an option itself: then the value has been forgotten. */
function nextValue(rest: string[], options: OptionsDef): string | undefined {
  const [next] = rest
  const isOption =
    next?.startsWith('--') || Object.values(options).some(({ alias }) => alias !== undefined && next === `-${alias}`)
  return isOption ? undefined : rest.shift()
}

function readValue(name: string, { value = 'value', choices }: OptionDef, text: string | undefined): string {
  if (text === undefined) throw misuse(`--${name} needs a value: --${name} <${value}>`)
  // An unset variable of a script must not pass for an answer.
  if (text === '') throw misuse(`--${name} is empty: give it a value, or leave it out`)
  if (choices !== undefined && !choices.includes(text))
    throw misuse(`--${name} is ${choices.join(', ')}, not "${text}"${didYouMean(text, choices)}`)
  return text
}

function checkOperands(
  command: string,
  wanted: Command['operands'],
  operands: readonly string[],
  last: Given | undefined,
): void {
  const { name = 'word', min = 0, max = 0 } = wanted ?? {}
  if (operands.length < min)
    throw misuse(
      `${command} needs ${min === 1 ? `a ${name}` : `${min} operands: ${name}`}, or - for standard input`,
      // What was meant as the file may have been taken for the value of the option before it.
      ...(last?.value === undefined ? [] : [`  "${last.value}" was taken as the value of --${last.name}`]),
    )
  if (operands.length > max)
    throw misuse(
      max === 0
        ? `${command} takes no operand: "${operands[0]}"`
        : `${command} takes at most ${max}: "${operands[max]}" is too many`,
    )
  if (operands.includes('')) throw misuse('a file name is empty: is a variable of a script not set?')
}
