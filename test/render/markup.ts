/**
 * What may stand in the output, checked by a strict parser: what is not well-formed XML throws.
 */
import { SaxesParser } from 'saxes'

const HTML =
  'a article bdi blockquote br caption code dd del details div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr img li main ol p path pre section span strong summary svg table tbody td th thead time tr ul'
const DOCUMENT = 'html head meta title body style'
const SVG = 'svg title desc rect image text g path line polyline circle'

const ATTRIBUTES: Readonly<Record<string, RegExp>> = {
  class: /^bw-[\w -]+$/,
  id: /^[A-Za-z][\w-]*$/,
  lang: /^[A-Za-z0-9-]+$/,
  dir: /^(ltr|rtl|auto)$/,
  href: /^(https?:\/\/[!-~]+|mailto:[!-~]+|data:image\/(png|jpeg|gif|webp|svg\+xml);base64,[A-Za-z0-9+/=]+)$/,
  rel: /^noopener noreferrer nofollow$/,
  src: /^(https:\/\/permitted\.example\/|data:image\/(png|jpeg|gif|webp|svg\+xml);base64,[A-Za-z0-9+/=]+$)/,
  alt: /./,
  datetime: /^\d{4}-\d\d-\d\dT/,
  start: /^\d+$/,
  content: /^(width=device-width, initial-scale=1|default-src 'none'; .*)$/,
}
const FREE = new Set(
  'x1 y1 x2 y2 cx cy r points stroke-dasharray text-anchor scope width height aria-hidden aria-labelledby aria-label focusable viewBox xmlns d fill stroke stroke-width stroke-linecap stroke-linejoin opacity role shape-rendering charset name http-equiv x y rx font-size font-weight font-family direction xml:lang transform preserveAspectRatio'.split(
    ' ',
  ),
)

/** What an HTML parser would move elsewhere: elements that hold phrasing content alone, and what that is. */
const HOLD_PHRASES = new Set('p h1 h2 h3 h4 h5 h6 span strong em del bdi a code summary dt time'.split(' '))
const PHRASES = new Set('a bdi br code del em img path span strong svg time'.split(' '))

export interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  /** Names of the elements around it, outermost first. */
  readonly inside: readonly string[]
  text: string
}

export interface Markup {
  readonly elements: readonly Element[]
  readonly text: string
}

/** Throws for what is not well-formed, and for every element, attribute or value that has no business there. */
export function parse(markup: string, kind: 'html' | 'document' | 'svg' = 'html'): Markup {
  const allowed = new Set((kind === 'svg' ? SVG : kind === 'document' ? `${HTML} ${DOCUMENT}` : HTML).split(' '))
  const elements: Element[] = []
  const open: Element[] = []
  let text = ''
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw new Error(`${error.message} in ${markup.slice(Math.max(0, parser.position - 100), parser.position)}`)
  })
  parser.on('opentag', ({ name, attributes }) => {
    const isRoot = open.length === 0 && kind === 'html'
    if (!isRoot && !allowed.has(name)) throw new Error(`<${name}> has no business here`)
    for (const [attribute, value] of Object.entries(attributes as Record<string, string>)) {
      const rule = ATTRIBUTES[attribute]
      if (rule === undefined ? !FREE.has(attribute) : !rule.test(value))
        throw new Error(`${attribute}="${value.slice(0, 80)}" of <${name}> has no business here`)
    }
    const around = open.at(-1)?.name ?? ''
    if (kind !== 'svg' && HOLD_PHRASES.has(around) && !PHRASES.has(name))
      throw new Error(`<${name}> inside <${around}>`)
    if (kind !== 'svg' && name === 'a' && open.some((each) => each.name === 'a'))
      throw new Error('a link inside a link')
    const element = {
      name,
      attributes: attributes as Record<string, string>,
      inside: open.map((each) => each.name),
      text: '',
    }
    elements.push(element)
    open.push(element)
  })
  parser.on('closetag', () => {
    open.pop()
  })
  parser.on('text', (part) => {
    if (open.at(-1)?.name !== 'style') text += part
    for (const element of open) element.text += part
  })
  for (const part of ['cdata', 'comment', 'processinginstruction'] as const)
    parser.on(part, () => {
      throw new Error(`a ${part}`)
    })
  parser.write(kind === 'html' ? `<root>${markup}</root>` : markup).close()
  const ids = elements.flatMap(({ attributes: { id } }) => id ?? [])
  if (new Set(ids).size !== ids.length) throw new Error(`an id twice: ${ids.join(' ')}`)
  return { elements: kind === 'html' ? elements.slice(1) : elements, text }
}
