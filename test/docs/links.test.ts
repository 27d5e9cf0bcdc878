/** What is written for people leads somewhere: README, CHANGELOG, the guides, what contributors read; and who makes the reference would notice. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { brokenLinks } from './broken-links.js'

const root = fileURLToPath(new URL('../../', import.meta.url))
const guides = readdirSync(`${root}examples/guides`).sort()
const texts = new Map(
  [
    'README.md',
    'CHANGELOG.md',
    '.github/CONTRIBUTING.md',
    '.github/SECURITY.md',
    ...guides.map((name) => `examples/guides/${name}`),
  ].map((name) => [name, readFileSync(root + name, 'utf8')]),
)

const withoutCode = (text: string) => text.replace(/^```[\s\S]*?^```$/gm, '').replace(/`[^`\n]*`/g, 'code')
/** `[text](target)` and `![text](target)`, as written. */
const linksOf = (text: string) => [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link)
/** As GitHub makes them. */
const anchorsOf = (text: string) =>
  [...text.replace(/^```[\s\S]*?^```$/gm, '').matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )

/** Links of a text that stands at `name` to what is not there. */
function deadLinks(name: string, text: string): string[] {
  return linksOf(text).filter((link) => {
    if (/^[a-z]+:/i.test(link)) return !URL.canParse(link)
    const [path = '', anchor] = link.split('#')
    const target = path === '' ? join(root, name) : resolve(root, dirname(name), path)
    if (!existsSync(target) || relative(root, target).startsWith('..')) return true
    return anchor !== undefined && !anchorsOf(path === '' ? text : readFileSync(target, 'utf8')).includes(anchor)
  })
}

test.each([...texts.keys()])('the links of %s', (name) => expect(deadLinks(name, texts.get(name) ?? '')).toEqual([]))
test('README names each guide by its title', () => {
  const readme = texts.get('README.md') ?? ''
  for (const name of guides) expect(readme).toContain(`](examples/guides/${name})`)
  expect(linksOf(readme).length).toBeGreaterThanOrEqual(guides.length)
})

describe('a link that leads nowhere is found', () => {
  test('in a text', () => {
    const text =
      '# One two\n[a](#one-two) [b](#three) [c](nowhere.md) [d](README.md#license) [e](../x) [f](README.md#x)'
    expect(deadLinks('README.md', text)).toEqual(['#three', 'nowhere.md', '../x', 'README.md#x'])
  })
  test('in a page', () => {
    const folder = mkdtempSync(join(tmpdir(), 'badgewright-links-'))
    try {
      mkdirSync(join(folder, 'a'))
      const links = ['b.html', 'b.html#x', 'b.html#y', '../c.html', '#here', '#there', 'https://school.example']
      const page = links.map((link) => `<a href="${link}">x</a>`).join('')
      writeFileSync(join(folder, 'a/a.html'), `<h1 id="here">${page}`)
      writeFileSync(join(folder, 'a/b.html'), '<h1 id="x">')
      expect(brokenLinks(folder)).toEqual(['b.html#y', '../c.html', '#there'].map((link) => `a/a.html: ${link}`))
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
