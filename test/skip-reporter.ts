/**
 * A run says what it did not do. Reasons come from lines that a test file prints with `SKIP_PREFIX`, and from the notes of
 * tests that skip themselves (`context.skip('no chromium')`).
 *
 * @module
 */
import type { UserConsoleLog } from 'vitest'
import type { Reporter, TestModule } from 'vitest/node'

export const SKIP_PREFIX = '[skip] '

export class SkipReporter implements Reporter {
  readonly #reasons = new Map<string, Set<string>>()

  onTestRunStart(): void {
    this.#reasons.clear()
  }

  onUserConsoleLog({ content, taskId }: UserConsoleLog): void {
    for (const line of content.split('\n')) {
      if (line.startsWith(SKIP_PREFIX)) this.#add(line.slice(SKIP_PREFIX.length), taskId ?? 'unknown')
    }
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const skipped: string[] = []
    for (const module of modules) {
      const tests = [...module.children.allTests('skipped')]
      if (tests.length === 0) continue
      const notes = new Set<string>()
      for (const test of tests) {
        const result = test.result()
        if (result.state === 'skipped' && result.note) notes.add(result.note)
      }
      for (const [reason, tasks] of this.#reasons) if (tasks.has(module.id)) notes.add(reason)
      const why = notes.size === 0 ? 'no reason given' : [...notes].sort().join('; ')
      skipped.push(`  ${module.relativeModuleId}: ${tests.length} skipped (${why})`)
    }
    if (skipped.length > 0) console.log(`\nNot run:\n${skipped.sort().join('\n')}`)
  }

  #add(reason: string, task: string): void {
    const tasks = this.#reasons.get(reason) ?? new Set()
    this.#reasons.set(reason, tasks.add(task))
  }
}
