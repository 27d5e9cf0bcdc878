/**
 * Where the badges are in an SVG. The XML is read strictly by saxes, which is loaded when it is needed; no entity is ever
 * expanded and no DTD is loaded.
 *
 * @module
 */
import { shown } from '../internal/shown.js'
import { unreadable } from './codes.js'

/** Open Badges 3.0 section 5.3.2. The prefix is the document's choice, the namespace counts. */
export const OPEN_BADGES_3 = 'https://purl.imsglobal.org/ob/v3p0'
const OPEN_BADGES_2 = 'http://openbadges.org'

/** The element that a badge stands in. */
export interface BadgeElement {
  readonly namespace: string
  readonly local: string
}
export const CREDENTIAL: BadgeElement = { namespace: OPEN_BADGES_3, local: 'credential' }
/** Open Badges 2.0 baking specification, section SVG. */
export const ASSERTION: BadgeElement = { namespace: OPEN_BADGES_2, local: 'assertion' }

/** Elements in elements: an image has a dozen. */
const MAX_DEPTH = 200
/**
 * Names to look up, each times its depth: the reader goes through all elements around a name to find its namespace. An image of
 * a megabyte takes some 100 000 of these steps; an image made to be slow would take thousands of millions.
 */
const MAX_LOOKUPS = 30_000_000
const PREDEFINED = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" } as const

/** Offsets are UTF-16 code units of the text. */
export interface SvgScan {
  readonly root: {
    /** As written, with its prefix. */
    readonly name: string
    /** Behind the name. */
    readonly nameEnd: number
    /** Behind the `>` of the start tag. */
    readonly tagEnd: number
    readonly selfClosing: boolean
    /** What the prefix `openbadges` means in the start tag, if anything. */
    readonly openbadges: string | undefined
  }
  readonly badges: readonly SvgBadge[]
  readonly holdsOpenBadges2: boolean
}

export interface SvgBadge {
  readonly start: number
  end: number
  /** The attribute `verify`: a JWS. */
  readonly verify: string | undefined
  /** The content, white space and all: JSON. */
  content: string
}

/**
 * The whole document. Throws ParseError: `parse.malformed_image` (not well-formed), `parse.not_an_image` (XML, but no SVG),
 * `parse.too_deep`, `parse.too_large` (the content of a badge, or the work), `parse.unsupported` (an encoding that is not UTF-8).
 */
export async function scanSvg(text: string, maxContent: number, wanted = CREDENTIAL): Promise<SvgScan> {
  const { SaxesParser } = await import('./saxes.js')
  const parser = new SaxesParser({ xmlns: true })
  const badges: SvgBadge[] = []
  // Mutable state of the walk.
  let root: SvgScan['root'] | undefined
  let badge: SvgBadge | undefined
  let holdsOpenBadges2 = false
  let depth = 0
  let lookups = 0
  let tagStart = 0
  // Entities that the document declares stand for themselves: drawing programs use them for namespaces, and an image with
  // them is fine. Inside a badge they are errors, because another reader would expand them and read another badge.
  let declared: Record<string, string> = withoutPrototype(PREDEFINED)
  parser.ENTITIES = declared

  parser.on('error', ({ message }) => {
    throw unreadable('parse.malformed_image', `the SVG is not well-formed XML: ${shown(message, 200)}`)
  })
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding !== undefined && !/^(?:utf-?8|us-ascii|ascii)$/i.test(encoding))
      throw unreadable('parse.unsupported', `the SVG is declared as ${shown(encoding)}: save it as UTF-8`)
  })
  parser.on('doctype', (doctype) => {
    for (const [, name] of doctype.matchAll(/<!ENTITY\s+([^\s%"'<>&;]+)\s/g))
      if (name !== undefined) declared[name] = `&${name};`
  })
  const countLookup = (): void => {
    lookups += depth
    if (lookups > MAX_LOOKUPS) throw unreadable('parse.too_large', 'the SVG has too many elements in elements')
  }
  parser.on('attribute', countLookup)
  parser.on('opentagstart', ({ name }) => {
    countLookup()
    if (++depth > MAX_DEPTH)
      throw unreadable(
        'parse.too_deep',
        `the SVG nests more than ${MAX_DEPTH} elements, the last one <${name.slice(0, 50)}>`,
      )
    tagStart = text.lastIndexOf('<', parser.position - 1)
  })
  parser.on('opentag', (tag) => {
    if (root === undefined) {
      if (tag.local !== 'svg')
        throw unreadable('parse.not_an_image', `an XML document of <${tag.name.slice(0, 50)}>, and no SVG image`)
      const { name, isSelfClosing: selfClosing } = tag
      const openbadges = tag.ns.openbadges
      root = { name, nameEnd: tagStart + 1 + name.length, tagEnd: parser.position, selfClosing, openbadges }
    } else if (badge !== undefined) {
      throw unreadable('parse.malformed_image', 'the badge in the SVG has an element inside')
    } else if (tag.uri === wanted.namespace && tag.local === wanted.local) {
      badge = { start: tagStart, end: tagStart, verify: tag.attributes.verify?.value, content: '' }
      declared = parser.ENTITIES
      parser.ENTITIES = withoutPrototype(PREDEFINED)
    } else if (tag.uri === ASSERTION.namespace && tag.local === ASSERTION.local) holdsOpenBadges2 = true
  })
  const content = (piece: string): void => {
    if (badge === undefined) return
    badge.content += piece
    if (badge.content.length > maxContent)
      throw unreadable('parse.too_large', `the badge in the SVG has more than ${maxContent} bytes`)
  }
  parser.on('text', content)
  parser.on('cdata', content)
  parser.on('closetag', () => {
    depth--
    if (badge === undefined) return
    badge.end = parser.position
    badges.push(badge)
    badge = undefined
    parser.ENTITIES = declared
  })
  parser.write(text).close()
  if (root === undefined) throw unreadable('parse.not_an_image', 'an XML document without an element')
  return { root, badges, holdsOpenBadges2 }
}

/** So that `&constructor;` is an undefined entity like any other. */
function withoutPrototype(members: Readonly<Record<string, string>>): Record<string, string> {
  return Object.assign(Object.create(null) as Record<string, string>, members)
}
