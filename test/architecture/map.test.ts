// src/README.md and src/decisions: what they point at is there, and nothing that a newcomer looks for is left out.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { LAYERS } from './house.js'

const src = fileURLToPath(new URL('../../src', import.meta.url))
const decisions = readdirSync(join(src, 'decisions')).map((name) => `decisions/${name}`)
const map = readFileSync(join(src, 'README.md'), 'utf8')

function pathsIn(text: string): readonly string[] {
  return [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, path]) => path as string)
}

const filesNamedIn = (text: string) =>
  [...text.matchAll(/`([a-z0-9-]+(?:\/[a-z0-9-]+)*\.ts)`/g)].map(([, path]) => path as string)

describe('the map', () => {
  test.each(['README.md', ...decisions])('%s points at what is there', (page) => {
    const text = readFileSync(join(src, page), 'utf8')
    expect(pathsIn(text).filter((path) => !existsSync(join(src, dirname(page), path)))).toEqual([])
    expect(filesNamedIn(text).filter((path) => !existsSync(join(src, path)))).toEqual([])
  })

  test('names every room', () => {
    const rooms = LAYERS.flat().filter((room) => existsSync(join(src, room)))
    expect(rooms.length).toBeGreaterThan(20)
    expect(rooms.filter((room) => !map.includes(`\`${room}\``))).toEqual([])
  })

  test('no page of the sources cites a document that is not in the repository', () => {
    const sources = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((path) => /\.(ts|md)$/.test(path))
    expect(
      sources.filter((path) =>
        /\b(DESIGN|PERFORMANCE)(\.md)?\b|\bcontract\.d\.ts\b/.test(readFileSync(join(src, path), 'utf8')),
      ),
    ).toEqual([])
  })
})
