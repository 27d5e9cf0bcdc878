/**
 * How much work an SVG asks of whoever draws it. Each `use` stands for all that it names, and that may hold others: a file of two kilobytes
 * can ask for more elements than there are atoms.
 *
 * @module
 */

// In XML no `<` stands in an attribute: a tag ends before the next one begins, and this reads a text once.
const TAG = /<(\/?)([\w:.-]+)((?:[^<>"']|"[^"<]*"|'[^'<]*')*?)(\/?)>/g
const REFERENCE = /(?:href\s*=\s*["']|url\(\s*["']?)\s*#([^"')\s]+)/g
const MAX_DEPTH = 64

/**
 * The number of elements that are drawn; Infinity where references go in a circle, where there are more than `limit` to begin with, or
 * where what is drawn cannot be told from the tags: entities of its own, or styles that draw one pattern with another.
 */
export function unfoldedElements(svg: string, limit: number): number {
  const text = withoutComments(svg)
  if (text === undefined || !/<(?:\w+:)?svg[\s>/]/.test(text) || /<!DOCTYPE[^>]*\[|<!ENTITY/i.test(text))
    return Infinity
  if (/<(?:\w+:)?style[\s>]/.test(text) && /<(?:\w+:)?(?:pattern|mask|filter)[\s>]/.test(text) && /url\(/.test(text))
    return Infinity
  const own = new Map<string, number>()
  const named = new Map<string, string[]>()
  const open: string[] = []
  let all = 0
  for (const [, slash, , attributes = '', closed] of text.matchAll(TAG)) {
    if (slash === '/') {
      open.pop()
      continue
    }
    const id = /\sid\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(attributes)
    const itself = id?.[1] ?? id?.[2] ?? ''
    const references = [...attributes.matchAll(REFERENCE)].map(([, target = '']) => target)
    // A name that is written in character references is not the one that stands here.
    if (++all > limit || open.length > MAX_DEPTH || /(?:\sid|href)\s*=\s*["'][^"']*&|url\([^)]*&/.test(attributes))
      return Infinity
    for (const place of new Set(['', itself, ...open])) {
      own.set(place, (own.get(place) ?? 0) + 1)
      const found = named.get(place)
      if (found === undefined) named.set(place, [...references])
      else found.push(...references)
    }
    if (closed !== '/') open.push(itself)
  }
  return total(own, named)
}

function total(own: ReadonlyMap<string, number>, named: ReadonlyMap<string, readonly string[]>): number {
  const known = new Map<string, number>()
  const count = (id: string, depth: number): number => {
    const found = known.get(id)
    if (found !== undefined) return found
    if (depth > MAX_DEPTH) return Infinity
    // Met again before it is known: a circle.
    known.set(id, Infinity)
    let sum = own.get(id) ?? 0
    for (const each of named.get(id) ?? []) sum += count(each, depth + 1)
    known.set(id, sum)
    return sum
  }
  return count('', 0)
}

/** Comments and CDATA sections may hold what looks like tags. Undefined where one does not end. */
function withoutComments(text: string): string | undefined {
  let rest = ''
  for (let at = 0; ; ) {
    const comment = text.indexOf('<!--', at)
    const section = text.indexOf('<![CDATA[', at)
    const isComment = comment >= 0 && (section < 0 || comment < section)
    const start = isComment ? comment : section
    if (start < 0) return rest + text.slice(at)
    rest += text.slice(at, start)
    const end = text.indexOf(isComment ? '-->' : ']]>', start)
    if (end < 0) return undefined
    // What a CDATA section holds is text, and may be a style sheet.
    if (!isComment) rest += text.slice(start + 9, end).replaceAll('<', ' ')
    at = end + 3
  }
}
