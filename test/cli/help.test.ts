// --help teaches by example.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readArguments } from '../../src/cli/arguments.js'
import { COMMANDS } from '../../src/cli/commands.js'
import { runCli } from './harness.js'

/** Words as a shell splits them: quotes, and redirections taken away. */
function words(line: string): string[] {
  const [command = ''] = line.split(/\s[<>]\s/)
  return [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')
}

test('the program names every command, and the exit codes', async () => {
  const { code, out, err } = await runCli(['--help'], {})
  expect({ code, err }).toEqual({ code: 0, err: '' })
  for (const { name, summary } of COMMANDS) expect(out).toContain(`${name}  `.trimEnd() && summary)
  for (const exit of [0, 1, 2, 64, 65, 66, 69, 70, 74, 130]) expect(out).toMatch(new RegExp(`^  ${exit} `, 'm'))
  expect((await runCli(['help'], {})).out).toBe(out)
  expect((await runCli(['-h'], {})).out).toBe(out)
})
test('without a word it shows the help as a mistake', async () => {
  const { code, out, err } = await runCli([], {})
  expect({ code, out }).toEqual({ code: 64, out: '' })
  expect(err).toContain('Usage')
})
test('its version is that of the package', async () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  expect(await runCli(['--version'], {})).toMatchObject({ code: 0, out: `${version}\n` })
})

describe.each(COMMANDS.map((command) => [command.name, command] as const))('%s', (name, command) => {
  test('has two or three examples, and each option', async () => {
    const { code, out } = await runCli([name, '--help'], {})
    expect(code).toBe(0)
    for (const { line } of command.examples) expect(out).toContain(`badgewright ${line}`)
    for (const option of Object.keys(command.options)) expect(out).toContain(`--${option}`)
    expect(command.examples.length).toBeGreaterThanOrEqual(2)
    expect(command.examples.length).toBeLessThanOrEqual(3)
  })
  test('takes its examples', () => {
    for (const { line } of command.examples) {
      const [first, ...rest] = words(line)
      expect(first).toBe(name)
      expect(() => readArguments(command, rest)).not.toThrow()
    }
  })
  test('shows its help for -h anywhere, and for help', async () => {
    const { out } = await runCli([name, '--help'], {})
    expect((await runCli([name, 'x', '--nonsense', '-h'], {})).out).toBe(out)
    expect((await runCli(['help', name], {})).out).toBe(out)
  })
  test('has lines that fit, its examples apart', async () => {
    const { out } = await runCli([name, '--help'], {})
    const long = out.split('\n').filter((line) => line.length > 104 && !line.startsWith('  badgewright '))
    expect(long).toEqual([])
  })
})
