// Unknown options are refused, with a suggestion.
import { describe, expect, test } from 'vitest'
import { readArguments } from '../../src/cli/arguments.js'
import { defineCommand } from '../../src/cli/command.js'
import { COMMANDS } from '../../src/cli/commands.js'
import { EXIT } from '../../src/cli/exit.js'
import { CommandFailure } from '../../src/cli/failure.js'
import { runCli } from './harness.js'

const command = defineCommand({
  name: 'try',
  summary: '',
  description: [],
  operands: { name: 'file', description: '', min: 1, max: 2 },
  options: {
    out: { type: 'string', alias: 'o', value: 'file', description: '' },
    trust: { type: 'string', multiple: true, description: '' },
    'any-issuer': { type: 'boolean', description: '' },
    format: { type: 'string', choices: ['embedded', 'jwt'], default: 'embedded', description: '' },
  },
  examples: [],
  run: async () => EXIT.ok,
})
const read = (...words: string[]) => readArguments(command, words)
const refusal = (...words: string[]) => {
  try {
    read(...words)
  } catch (error) {
    if (error instanceof CommandFailure) return `${error.exit}: ${error.message}`
    throw error
  }
  return 'taken'
}

describe('takes', () => {
  test('options in every form, and operands between them', () => {
    expect(read('a', '--out=b', '--trust', 'x', '--any-issuer', '--trust=y=z', 'c')).toEqual({
      options: { out: 'b', trust: ['x', 'y=z'], 'any-issuer': true, format: 'embedded' },
      operands: ['a', 'c'],
    })
  })
  test('a short name, - and what looks like a path', () => {
    expect(read('-', '-o', '-')).toMatchObject({
      options: { out: '-', trust: [], 'any-issuer': false },
      operands: ['-'],
    })
  })
  test('anything behind --', () => {
    expect(read('--format', 'jwt', '--', '--out', '-o')).toMatchObject({
      options: { format: 'jwt' },
      operands: ['--out', '-o'],
    })
  })
  test('values with every character', () => {
    for (const value of ['a b', '=', 'ä"\'', '-x', '\n']) expect(read('a', '--out', value).options.out).toBe(value)
  })
})

describe('refuses', () => {
  test.each([
    [['a', '--otu', 'b'], 'there is no option --otu (did you mean --out?)'],
    [['a', '--anyissuer'], 'there is no option --anyissuer (did you mean --any-issuer?)'],
    [['a', '--anyIssuer'], 'there is no option --anyIssuer (did you mean --any-issuer?)'],
    [['a', '--no-any-issuer'], 'there is no option --no-any-issuer (did you mean --any-issuer?)'],
    [['a', '--any'], 'there is no option --any (did you mean --any-issuer?)'],
    [['a', '--completely-else'], 'there is no option --completely-else'],
    [['a', '-x'], 'there is no option -x'],
    [['a', '---'], 'there is no option ---'],
    [['a', '--out'], '--out needs a value: --out <file>'],
    [['a', '--out', '--any-issuer'], '--out needs a value: --out <file>'],
    [['a', '--trust', '-o', 'b'], '--trust needs a value: --trust <value>'],
    [['a', '--trust', ''], '--trust is empty: give it a value, or leave it out'],
    [['a', '--trust='], '--trust is empty: give it a value, or leave it out'],
    [['a', '--any-issuer=false'], '--any-issuer takes no value'],
    [['a', '--out', 'b', '-o', 'c'], '--out is given twice'],
    [['a', '--any-issuer', '--any-issuer'], '--any-issuer is given twice'],
    [['a', '--format', 'jvt'], '--format is embedded, jwt, not "jvt" (did you mean jwt?)'],
    [[], 'try needs a file, or - for standard input'],
    [['a', 'b', 'c'], 'try takes at most 2: "c" is too many'],
    [[''], 'a file name is empty: is a variable of a script not set?'],
  ])('%j', (words, message) => expect(refusal(...words)).toBe(`64: ${message}`))
})

describe('of the real commands', () => {
  test.each(COMMANDS.map((each) => [each.name, each] as const))(
    '%s refuses an option that it has not',
    async (name) => {
      const { code, err, out } = await runCli([name, '--unknwon'], {})
      expect({ code, out }).toEqual({ code: EXIT.usage, out: '' })
      expect(err).toBe(`badgewright: there is no option --unknwon\nTry: badgewright ${name} --help\n`)
    },
  )
  test.each([
    [['verfy', 'a.json'], 'there is no command verfy (did you mean verify?)'],
    [['sign', 'a.json'], 'there is no command sign (here that is issue)'],
    [['--json', 'verify'], 'the command comes first'],
    [['help', 'verfy'], 'there is no command verfy (did you mean verify?)'],
  ])('%j', async (words, message) => {
    const { code, err } = await runCli(words, {})
    expect(code).toBe(EXIT.usage)
    expect(err).toContain(message)
    expect(err).toContain('Try: badgewright --help')
  })
})
