#!/usr/bin/env node
/**
 * The program: hands the process to `run`.
 *
 * @module
 */
import { EXIT } from './exit.js'
import { describeFailure } from './failure.js'
import { PROGRAM } from './help.js'
import { run } from './run.js'

const controller = new AbortController()
// Once: a second one ends the process at once. SIGTERM is how services are told to end.
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => controller.abort(new DOMException('interrupted', 'AbortError')))

// Node's own exit code for these is 1, which is a verdict here, and a bug never is.
process.on('uncaughtException', (error) => {
  const { exit, lines } = describeFailure(error)
  process.stderr.write(`${PROGRAM}: ${lines.join('\n')}\n`)
  process.exit(exit)
})

process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
  // Who reads the answer has read enough (`| head`): nobody is left to tell.
  if (code !== 'EPIPE') process.stderr.write(`${PROGRAM}: standard output cannot be written (${code})\n`)
  process.exit(EXIT.file)
})

process.exitCode = await run(process.argv.slice(2), {
  get stdin() {
    return process.stdin
  },
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  cwd: process.cwd(),
  signal: controller.signal,
})
// A terminal that is still being read would keep the process alive.
if (controller.signal.aborted) process.exit()
