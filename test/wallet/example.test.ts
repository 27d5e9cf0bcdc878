/** The example wallet runs, and does what it says. */
import { expect, test, vi } from 'vitest'

test('examples/30-wallet.js', async () => {
  const printed: string[] = []
  vi.spyOn(console, 'log').mockImplementation((...parts) => void printed.push(parts.join(' ')))
  const example = '30-wallet'
  await import(/* @vite-ignore */ `../../examples/${example}.js`)
  expect(printed.join('\n')).toMatch(
    /^\/2: a link of the kind "javascript:" is not opened.*\n1 badge is kept, 1 was replaced\n.*result\/1\/value\nwithheld: .*narrative.*\nvalid .*"14"/,
  )
  expect(printed.at(-1)).not.toContain('"12"')
})
