/**
 * Markdown that somebody else wrote, as HTML. micromark reads it (CommonMark and the tables, links and strikethrough of GFM) in its safe
 * mode: HTML in it becomes text. What micromark writes is then written again, tag by tag, from a list of what may stand there, so
 * that nothing rests on one guard alone.
 *
 * @module
 */
import { micromark } from 'micromark'
import { gfmAutolinkLiteral, gfmAutolinkLiteralHtml } from 'micromark-extension-gfm-autolink-literal'
import { gfmStrikethrough, gfmStrikethroughHtml } from 'micromark-extension-gfm-strikethrough'
import { gfmTable, gfmTableHtml } from 'micromark-extension-gfm-table'
import { type Members, text } from '../internal/members.js'
import { demandArgument, demandOptions } from '../report/demand-options.js'
import { englishMessages } from './english-messages.js'
import { addressOf } from './links.js'
import { renderMessages } from './message-shape.js'
import type { RenderMessages } from './messages.js'
import { type Content, html, SafeHtml } from './safe-html.js'
import { asWritten, block, cut, folded, readable } from './text.js'

/** Characters that are read as Markdown; what follows is shown as text. */
const MAX_MARKDOWN = 10_000
/** Lines of a text, and marks of emphasis or links in one paragraph: micromark compares each with those before it. Nobody writes so many. */
const MAX_LINES = 1_000
const MAX_MARKS = 500
const MARKS: ReadonlySet<string> = new Set('*_~[]')
/** Characters between brackets, of which CommonMark section 4.7 takes 999 for a label. What looks for its end looks again at each word. */
const MAX_LABEL = 1_000
/** Quotations and lists within each other. */
const MAX_DEPTH = 20
const DEEP = new RegExp(`^(?:[ \\t]*(?:>|[-+*]|\\d{1,9}[.)])){${MAX_DEPTH}}`, 'm')

const EXTENSIONS = {
  // Not the rest of GFM: footnotes have ids, which would clash with those of the page, and task lists have controls.
  // HTML is shown as text anyway, and to look for its end from each beginning takes time by the square of the length.
  extensions: [
    gfmAutolinkLiteral(),
    gfmStrikethrough({ singleTilde: false }),
    gfmTable(),
    { disable: { null: ['htmlFlow', 'htmlText'] } },
  ],
  htmlExtensions: [gfmAutolinkLiteralHtml(), gfmStrikethroughHtml(), gfmTableHtml()],
}

/** How Markdown is written. */
export interface MarkdownOptions {
  /** For what is said of a text that is too long. Default `englishMessages`. */
  readonly messages?: RenderMessages | undefined
}

const MARKDOWN: Members<MarkdownOptions> = { messages: renderMessages }

/**
 * Sanitized HTML, which is well-formed XML too. HTML in the text is shown as text; images are never loaded, their text is shown; links
 * lead to http, https and mailto only, show their host, and have `rel="noopener noreferrer nofollow"`; headings are set in bold, and are no
 * headings of the page. After 10 000 characters the text goes on unformatted, folded away; after 50 000 it is cut, and that is said. A text of
 * more than 1000 lines, 500 marks (`*`, `_`, `~`, brackets) in one paragraph, 1000 characters after a bracket that nothing closes, or 20 levels is
 * shown as it was written.
 */
export function renderMarkdown(markdown: string, options: MarkdownOptions = {}): string {
  demandArgument(markdown, text, 'markdown')
  demandOptions(options, MARKDOWN)
  return markdownBlock(markdown, options.messages ?? englishMessages, { markdown: MAX_MARKDOWN }).toString()
}

/** Takes from the budget what it reads; where that is spent, the text stands as it was written. */
export function markdownBlock(markdown: string, messages: RenderMessages, budget: { markdown: number }): SafeHtml {
  const whole = readable(markdown)
  const start = cut(whole.text, MAX_MARKDOWN)
  if (start.length > budget.markdown || DEEP.test(start) || isIntricate(start)) return asWritten(whole, messages)
  budget.markdown -= start.length
  const read = html`<div class="bw-text bw-markdown" dir="auto">${rewritten(micromark(start, EXTENSIONS))}</div>`
  return start === whole.text && whole.isWhole ? read : html`${read}${folded(asWritten(whole, messages), messages)}`
}

/** Does it take much more time than its length tells? */
function isIntricate(markdown: string): boolean {
  let [lines, marks, open, label] = [0, 0, 0, 0]
  for (const line of markdown.split('\n')) {
    // Each of these ends a paragraph.
    if (/^(?: *$| {0,3}(?:[-+*] +\S|#{1,6} ))/.test(line)) [marks, open, label] = [0, 0, 0]
    for (const letter of line) {
      if (MARKS.has(letter)) marks++
      if (letter === '[') open++
      else if (letter === ']' && open > 0) open--
      label = open > 0 ? label + 1 : 0
    }
    if (++lines > MAX_LINES || marks > MAX_MARKS || label > MAX_LABEL) return true
  }
  return false
}

/** micromark escapes `<`, `>`, `&` and `"` in texts and attributes: what looks like a tag here is one that it wrote. */
const TAG = /<(\/?)([a-z][a-z0-9]*)([^<>]*?)(\/?)>/g
const ATTRIBUTE = /([a-z]+)="([^"]*)"/g

const INLINE = ['em', 'strong', 'del', 'code', 'br', 'a'] as const
const BLOCK = ['p', 'blockquote', 'ul', 'ol', 'li', 'pre', 'hr', 'table', 'thead', 'tbody', 'tr', 'th', 'td'] as const
const KNOWN: ReadonlySet<string> = new Set([...INLINE, ...BLOCK])
const ALIGNMENTS: ReadonlySet<string> = new Set(['left', 'right', 'center'])

function rewritten(markup: string): SafeHtml {
  const out: Content[] = []
  /** What closes the elements that are open: a link that leads nowhere was never opened. */
  const open: { readonly name: string; readonly end: SafeHtml }[] = []
  let at = 0
  for (const { 0: whole, 1: slash, 2: name = '', 3: rest = '', index } of markup.matchAll(TAG)) {
    out.push(decoded(markup.slice(at, index)))
    at = index + whole.length
    if (slash === '/') {
      if (open.at(-1)?.name === name) out.push(open.pop()?.end)
      continue
    }
    const attributes = new Map([...rest.matchAll(ATTRIBUTE)].map(([, key = '', value = '']) => [key, decoded(value)]))
    if (name === 'img') out.push(attributes.get('alt') ?? '')
    else if (name === 'br' || name === 'hr') out.push(SafeHtml.of([`<${name}/>`], []))
    else {
      const { start, end } = tags(name, attributes)
      out.push(start)
      open.push({ name, end })
    }
  }
  out.push(decoded(markup.slice(at)))
  for (const { end } of open.reverse()) out.push(end)
  return html`${out}`
}

function tags(name: string, attributes: ReadonlyMap<string, string>): { start: SafeHtml; end: SafeHtml } {
  if (/^h[1-6]$/.test(name)) return { start: html`<p class="bw-heading"><strong>`, end: html`</strong></p>` }
  if (name === 'a') return link(attributes.get('href') ?? '')
  if (!KNOWN.has(name)) return { start: html``, end: html`` }
  const start = attributes.get('start')
  const align = attributes.get('align')
  if (name === 'ol' && start !== undefined && /^\d{1,9}$/.test(start))
    return { start: html`<ol start="${start}">`, end: html`</ol>` }
  if ((name === 'td' || name === 'th') && align !== undefined && ALIGNMENTS.has(align))
    return { start: SafeHtml.of([`<${name} class="bw-`, '">'], [align]), end: SafeHtml.of([`</${name}>`], []) }
  return { start: SafeHtml.of([`<${name}>`], []), end: SafeHtml.of([`</${name}>`], []) }
}

/** The words of a link are the author's: the host stands behind them. */
function link(href: string): { start: SafeHtml; end: SafeHtml } {
  const found = addressOf(href)
  if (found === undefined) return { start: html``, end: html`` }
  return {
    start: html`<a href="${found.href}" rel="noopener noreferrer nofollow">`,
    end: html`</a> <span class="bw-host" dir="ltr">${found.host}</span>`,
  }
}

const CHARACTERS: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' }

/** The text that micromark escaped; what a character reference smuggled in is taken out again. */
function decoded(escaped: string): string {
  return block(escaped.replace(/&(amp|lt|gt|quot);/g, (_, entity: string) => CHARACTERS[entity] ?? ''))
}
