import { describe, expect, test } from 'vitest'
import { UsageError } from '../../src/errors.js'
import { createStatusEntry, type StatusEntryInput } from '../../src/status/write-entry.js'

const input = { url: 'https://school.example/status/1', index: 5, purpose: 'revocation' } as const

test('section 2.1: the index is a text', () => {
  expect(createStatusEntry(input)).toEqual({
    id: 'https://school.example/status/1#5',
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: '5',
    statusListCredential: 'https://school.example/status/1',
  })
})

describe('a place that no reader would find is refused', () => {
  test.each<[string, object]>([
    ['no index', { index: undefined }],
    ['an index that is no number', { index: { toString: () => '5' } }],
    ['a negative index', { index: -1 }],
    ['half an index', { index: 0.5 }],
    ['NaN', { index: Number.NaN }],
    ['no URL', { url: '/status/1' }],
    ['a URL with a fragment', { url: 'https://school.example/status/1#list' }],
    ['a URL that is no text', { url: new URL('https://school.example/status/1') }],
  ])('%s', (_, members) => {
    expect(() => createStatusEntry({ ...input, ...members } as StatusEntryInput)).toThrow(UsageError)
  })
})
