/**
 * What `npm run test:kills` would see: each way in which a badge can be lost or doubled.
 */
import { expect, test } from 'vitest'
import { type Evidence, tally } from './tally.js'

const kept = (n: number) => ({
  awardId: `award-${n}`,
  credentialId: `urn:${n}`,
  digest: `d${n}`,
  places: [`list#${n}`],
  signed: [`list#${n}`],
})
const whole: Evidence = {
  asked: ['award-1', 'award-2'],
  said: new Map([
    ['award-1', new Set(['d1'])],
    ['award-2', new Set(['d2'])],
  ]),
  records: [kept(1), kept(2)],
  entries: [
    { key: 'award-1', place: 'list#1' },
    { key: 'award-2', place: 'list#2' },
  ],
}
const said = (id: string, ...digests: string[]) => new Map([...whole.said, [id, new Set(digests)]])

test('nothing lost, nothing doubled', () => {
  expect(tally(whole)).toEqual({ awards: 2, badges: 2, indexes: 2, doubles: [], losses: [] })
})

test.each<[string, Partial<Evidence>, 'doubles' | 'losses']>([
  ['an award without a record', { records: [kept(1)] }, 'losses'],
  ['a badge that was said and is not there', { said: said('award-3', 'd3') }, 'losses'],
  ['a badge that was said and is another on record', { said: said('award-1', 'other') }, 'losses'],
  ['a record without a status place', { records: [kept(1), { ...kept(2), places: [], signed: [] }] }, 'losses'],
  ['a badge that names another place', { records: [kept(1), { ...kept(2), signed: ['list#7'] }] }, 'losses'],
  ['a place that is not in the list', { entries: whole.entries.slice(0, 1) }, 'losses'],
  ['two badges of one award', { said: said('award-1', 'd1', 'other') }, 'doubles'],
  ['two records of one award', { records: [...whole.records, { ...kept(1), credentialId: 'urn:9' }] }, 'doubles'],
  ['one credential id of two awards', { records: [kept(1), { ...kept(2), credentialId: 'urn:1' }] }, 'doubles'],
  ['one index of two awards', { entries: [...whole.entries, { key: 'award-2', place: 'list#1' }] }, 'doubles'],
  ['two places of one award', { entries: [...whole.entries, { key: 'award-2', place: 'list#9' }] }, 'doubles'],
  ['a record that nobody asked for', { records: [...whole.records, kept(3)] }, 'doubles'],
  ['a place that nobody asked for', { entries: [...whole.entries, { key: 'x', place: 'list#9' }] }, 'doubles'],
])('%s', (_, change, kind) => {
  expect(tally({ ...whole, ...change })[kind].length).toBeGreaterThan(0)
})
