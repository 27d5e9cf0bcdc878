/**
 * HTML of `badgewright/render` as elements. The renderer has escaped and sanitized it; here is looked once more, in a document that
 * is never shown (it runs nothing and loads nothing), so that a flaw there is none here.
 *
 * @module
 */
import { element } from './dom.js'
import { pictureFault } from './image-guard.js'
import { policy } from './trusted-types.js'

const FORBIDDEN =
  'script,style,link,meta,base,iframe,frame,object,embed,applet,form,input,button,textarea,select,template,portal,audio,video,source,picture,svg image,svg foreignObject,svg use,svg a'
const LINK = /^(?:https?:|mailto:|#)/i

export function safeHtml(html: string): DocumentFragment {
  const inert = new DOMParser().parseFromString(policy.createHTML(html), 'text/html')
  for (const found of inert.querySelectorAll(FORBIDDEN)) found.remove()
  for (const each of inert.body.querySelectorAll('*')) {
    for (const { name } of [...each.attributes])
      if (/^(?:on|style$|srcset$|srcdoc$|ping$|action$)/i.test(name)) each.removeAttribute(name)
  }
  for (const link of inert.querySelectorAll('a')) secureLink(link)
  for (const image of inert.querySelectorAll('img')) {
    const fault = faultOf(image.getAttribute('src') ?? '')
    if (fault === undefined) continue
    const alt = image.getAttribute('alt') ?? ''
    image.replaceWith(
      element('p', { class: 'no-picture' }, `The picture${alt === '' ? '' : ` “${alt}”`} is not shown: ${fault}.`),
    )
  }
  const fragment = document.createDocumentFragment()
  fragment.append(...[...inert.body.childNodes].map((node) => document.adoptNode(node)))
  return fragment
}

function secureLink(link: HTMLAnchorElement): void {
  const target = link.getAttribute('href') ?? ''
  if (!LINK.test(target.trim())) link.removeAttribute('href')
  else if (!target.startsWith('#')) {
    link.setAttribute('rel', 'noopener noreferrer nofollow')
    link.setAttribute('target', '_blank')
  }
}

function faultOf(src: string): string | undefined {
  return src.startsWith('data:') ? pictureFault(src) : 'it would have to be fetched'
}
