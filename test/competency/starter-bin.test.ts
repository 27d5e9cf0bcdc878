// The starter bin, as `node examples/10-starter-bin.js` prints it.
import { expect, test, vi } from 'vitest'

test('two candidates, three roles, two issuers with words of their own', async () => {
  const printed: string[] = []
  vi.spyOn(console, 'log').mockImplementation((...parts) => void printed.push(parts.join(' ')))
  // By a variable: the examples are JavaScript, without types.
  const example = '../../examples/10-starter-bin.js'
  await import(/* @vite-ignore */ example)
  const verdicts = printed.map((text) =>
    text
      .trim()
      .split('\n')[0]
      ?.replace(/, until .*/, '.'),
  )
  expect(verdicts).toEqual([
    'Maria, Face-to-face teacher: fits.',
    'Maria, Design team: does not fit yet.',
    'Maria, School leader: fits.',
    'Jon, Face-to-face teacher: does not fit yet.',
    'Jon, Design team: fits.',
    'Jon, School leader: does not fit yet.',
  ])
  const all = printed.join('\n')
  expect(all).toContain('+ feedback: met by "Useful critique", level "Proficient", awarded on ')
  expect(all).toContain(
    '"Useful critique" counts for "Giving Feedback" by the crosswalk of "https://school.example/crosswalks/academy"',
  )
  expect(all).toContain('"Buying devices" is about something narrower, which is accepted here')
  expect(all).toContain('"Student-centered Leadership" counts for another requirement already')
  expect(all).toContain('"Modeling a Growth Mindset" reached "Developing"; "Proficient" is asked')
})
