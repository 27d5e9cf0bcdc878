// CommonMark and GFM as far as they are shown, and what is left out on purpose.
import { describe, expect, test } from 'vitest'
import { renderMarkdown } from '../../src/entries/render.js'
import { parse } from './markup.js'

const inside = (markdown: string) =>
  renderMarkdown(markdown).replace(/^<div class="bw-text bw-markdown" dir="auto">|<\/div>$/g, '')
const LINK = 'rel="noopener noreferrer nofollow"'

test.each([
  ['*a* **b** ~~c~~ `d`', '<p><em>a</em> <strong>b</strong> <del>c</del> <code>d</code></p>'],
  ['a\\\nb', '<p>a<br/>\nb</p>'],
  ['3. a\n4. b', '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'],
  ['> a', '<blockquote>\n<p>a</p>\n</blockquote>'],
  ['---', '<hr/>'],
  ['```js\na < b\n```', '<pre><code>a &lt; b\n</code></pre>'],
  [
    '|a|b|\n|-|-:|\n|1|2|',
    '<table>\n<thead>\n<tr>\n<th>a</th>\n<th class="bw-right">b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td class="bw-right">2</td>\n</tr>\n</tbody>\n</table>',
  ],
  [
    '[a](https://a.example/?x=1&y=2)',
    `<p><a href="https://a.example/?x=1&amp;y=2" ${LINK}>a</a> <span class="bw-host" dir="ltr">a.example</span></p>`,
  ],
  [
    'https://a.example',
    `<p><a href="https://a.example/" ${LINK}>https://a.example</a> <span class="bw-host" dir="ltr">a.example</span></p>`,
  ],
  [
    'a@a.example',
    `<p><a href="mailto:a@a.example" ${LINK}>a@a.example</a> <span class="bw-host" dir="ltr">a@a.example</span></p>`,
  ],
])('%s', (markdown, html) => {
  expect(inside(markdown)).toBe(html)
})

describe('what is left out', () => {
  test.each([
    ['HTML is text', '<b>a</b>', '<p>&lt;b&gt;a&lt;/b&gt;</p>'],
    ['images are their text', '![a *b*](https://evil.example/x.png "t")', '<p>a b</p>'],
    [
      'a link to nowhere safe is its text',
      '[a](javascript:x) [b](data:x) [c](/x) [d](#x) [e](ftp://x/)',
      '<p>a b c d e</p>',
    ],
    ['a link that names a user', '[a](https://bank.example@evil.example/)', '<p>a</p>'],
    [
      'a heading is bold, and no heading of the page',
      '# Verified',
      '<p class="bw-heading"><strong>Verified</strong></p>',
    ],
    ['the same underlined', 'Verified\n===', '<p class="bw-heading"><strong>Verified</strong></p>'],
    ['task lists have no controls', '- [x] a', '<ul>\n<li>[x] a</li>\n</ul>'],
    ['footnotes have no ids', 'a[^1]\n\n[^1]: b', '<p>a^1</p>\n'],
    [
      'titles of links',
      '[a](https://a.example/ "Verified")',
      `<p><a href="https://a.example/" ${LINK}>a</a> <span class="bw-host" dir="ltr">a.example</span></p>`,
    ],
    ['classes of code', '```bw-verified\na\n```', '<pre><code>a\n</code></pre>'],
  ])('%s', (_, markdown, html) => {
    expect(inside(markdown)).toBe(html)
  })
  test('the words of a link may lie: its host does not', () => {
    expect(parse(renderMarkdown('[https://school.example](https://evil.example/)')).text).toBe(
      'https://school.example evil.example',
    )
  })
})

describe('limits', () => {
  test('after 10 000 characters the text goes on as it was written, folded away', () => {
    const markdown = `${'*a* '.repeat(100).concat('\n\n').repeat(26)}*end*`
    const { elements } = parse(renderMarkdown(markdown))
    const [fold] = elements.filter(({ name }) => name === 'details')
    expect(fold?.text).toContain('*end*')
    expect(elements.filter(({ name }) => name === 'em').length).toBeGreaterThan(2400)
  })
  test('after 50 000 it is cut, and that is said', () => {
    const html = renderMarkdown('word '.repeat(100_000))
    expect(html.length).toBeLessThan(80_000)
    expect(parse(html).text).toContain('(cut: 500000 characters)')
  })
  test.each([
    ['marks', '*a* '.repeat(251), '*a* '.repeat(250)],
    ['marks of several paragraphs', `a\n\n${'*a* '.repeat(260)}`, `${'*a* '.repeat(200)}\n\n`.repeat(3)],
    ['lines', 'a\n'.repeat(1001).concat('*b*'), 'a\n'.repeat(900).concat('*b*')],
    ['a bracket that nothing closes', `*b* [${'a'.repeat(1001)}`, `*b* [${'a'.repeat(1001)}]`.slice(0, 900)],
  ])('what is too intricate is shown as it was written: %s', (_, intricate, plain) => {
    expect(inside(intricate)).not.toContain('<em>')
    expect(parse(renderMarkdown(intricate)).text).toContain(intricate.slice(0, 500).trim())
    expect(inside(plain)).toContain('<em>')
  })
  test('what is nested too deeply is shown as it was written', () => {
    expect(inside('> '.repeat(500))).not.toContain('blockquote')
    expect(parse(renderMarkdown('- '.repeat(19).concat('a'))).elements.some(({ name }) => name === 'li')).toBe(true)
  })
})
