/**
 * Badges in SVG images: Open Badges 3.0 section 5.3.2.
 *
 * @module
 */
import type { Limits } from '../report/limits.js'
import { unreadable } from './codes.js'
import { ASSERTION, OPEN_BADGES_3, type SvgScan, scanSvg } from './svg-scan.js'

/**
 * The text of the one `credential` element: its attribute `verify`, or its content. Throws ParseError: those of `scanSvg`,
 * `parse.no_badge_in_image`, `parse.several_badges`, `parse.open_badges_2`, `parse.unsupported` (a badge of 3.0 in the place of 2.0).
 */
export async function extractSvg(text: string, { documentBytes }: Pick<Limits, 'documentBytes'>): Promise<string> {
  const { badges, holdsOpenBadges2 } = await scanSvg(text, documentBytes)
  const [badge] = badges
  if (badge === undefined) {
    if (!holdsOpenBadges2)
      throw unreadable(
        'parse.no_badge_in_image',
        `the SVG holds no badge: it has no element "credential" of ${OPEN_BADGES_3}`,
      )
    const { misplacedBadge } = await import('./misplaced.js')
    throw await misplacedBadge('SVG', () => extractSvgAssertion(text, { documentBytes }), { documentBytes })
  }
  const content = badge.content.trim()
  if (badges.length > 1 || (badge.verify !== undefined && content !== ''))
    throw unreadable(
      'parse.several_badges',
      'the SVG holds more than one badge (Open Badges 3.0 section 5.3.2 allows one)',
    )
  const baked = badge.verify ?? content
  if (baked === '') throw unreadable('parse.no_badge_in_image', 'the SVG has an element for a badge, and it is empty')
  return baked
}

/**
 * The text of the first Open Badges 2.0 element. The content is the assertion; `verify` says where it is hosted, or is its JWS. The
 * whole assertion says most. Throws ParseError `parse.no_badge_in_image` and those of `scanSvg`.
 */
export async function extractSvgAssertion(
  text: string,
  { documentBytes }: Pick<Limits, 'documentBytes'>,
): Promise<string> {
  const { badges } = await scanSvg(text, documentBytes, ASSERTION)
  const [badge] = badges
  if (badge === undefined) throw unreadable('parse.no_badge_in_image', 'the SVG holds no Open Badges 2.0 assertion')
  return badge.content.trim() === '' ? (badge.verify ?? '') : badge.content
}

/** Does it hold a badge? */
export async function holdsSvgBadge(text: string): Promise<boolean> {
  return (await scanSvg(text, text.length)).badges.length > 0
}

/**
 * The image with this text of `textForSvg`, JSON or a compact JWS, as its one badge and the first child of `<svg>`. Badges that it
 * holds are dropped; everything else stays as it is, character for character.
 */
export async function embedSvg(image: string, badge: string): Promise<string> {
  const { root, badges } = await scanSvg(image, image.length)
  // The prefix may be taken, by Open Badges 2.0: then the element itself says what it means.
  const taken = root.openbadges !== undefined && root.openbadges !== OPEN_BADGES_3
  const namespace = ` xmlns:openbadges="${OPEN_BADGES_3}"`
  const element = badgeElement(badge, taken ? namespace : '')
  const start =
    image.slice(0, root.nameEnd) +
    (root.openbadges === undefined ? namespace : '') +
    image.slice(root.nameEnd, root.selfClosing ? root.tagEnd - 2 : root.tagEnd)
  if (root.selfClosing) return `${start}>${element}</${root.name}>${image.slice(root.tagEnd)}`
  return start + element + without(image, root.tagEnd, badges)
}

/** The text from `from` on, without these elements. */
function without(image: string, from: number, elements: SvgScan['badges']): string {
  let rest = ''
  let at = from
  for (const { start, end } of elements) {
    rest += image.slice(at, start)
    at = end
  }
  return rest + image.slice(at)
}

function badgeElement(badge: string, namespace: string): string {
  const [open, close] = [`<openbadges:credential${namespace}`, '</openbadges:credential>']
  // A compact JWS has no character that XML knows.
  if (!badge.startsWith('{')) return `${open} verify="${badge}">${close}`
  return `${open}><![CDATA[${badge}]]>${close}`
}

/**
 * The text of a badge as an SVG holds it: the same JSON value, in characters that every XML reader hands out unchanged. The others
 * are the end of a CDATA section, what XML 1.0 has no place for, and what XML 1.1 reads as a line end. In JSON all of them stand in
 * strings only, where an escape says the same; a JWS has none of them.
 */
export function textForSvg(badge: string): string {
  return badge.replaceAll(']]>', ']]\\u003e').replaceAll(/[\u007f-\u009f\u2028\u2029\ufffe\uffff]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}
