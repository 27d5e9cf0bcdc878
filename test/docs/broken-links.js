/**
 * Links of generated pages that lead nowhere: to a page or an anchor that is not there. Nothing is asked of the network.
 *
 * @module
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

const LINK = /<(?:a|link|script|img)\b[^>]*?\s(?:href|src)="([^"]*)"/g
const ANCHOR = /\s(?:id|name)="([^"]+)"/g

/** `page: link` for each, in order. Throws where there is no page at all. */
export function brokenLinks(folder) {
  const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.html'))
  if (pages.length === 0) throw new Error(`${folder} has no pages`)
  const texts = new Map(pages.map((name) => [resolve(folder, name), readFileSync(join(folder, name), 'utf8')]))
  const anchors = new Map()
  const anchorsOf = (page) => {
    if (!anchors.has(page))
      anchors.set(page, new Set([...texts.get(page).matchAll(ANCHOR)].map(([, id]) => decoded(id))))
    return anchors.get(page)
  }
  const broken = []
  for (const [page, text] of texts)
    for (const [, written] of text.matchAll(LINK)) {
      const link = decoded(written)
      if (/^[a-z][a-z0-9+.-]*:/i.test(link)) continue
      const [path = '', anchor = ''] = link.split('#')
      const target = path === '' ? page : resolve(dirname(page), decodeURIComponent(path.split('?')[0]))
      const isThere = existsSync(target) && statSync(target).isFile()
      const hasAnchor = anchor === '' || !texts.has(target) || anchorsOf(target).has(decodeURIComponent(anchor))
      if (!isThere || !hasAnchor) broken.push(`${relative(folder, page)}: ${link}`)
    }
  return broken
}

const decoded = (text) =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
