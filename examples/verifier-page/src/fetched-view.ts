/** What was asked for over the network, and by whom it was refused. */
import { element } from './dom.js'
import type { Fetched } from './protocol.js'
import { count, hostOf, kindInWords, reasonInWords, shortReason, size } from './words.js'

export function fetchedView(fetched: readonly Fetched[]): HTMLElement {
  const title = element('h3', {}, 'What was fetched')
  if (fetched.length === 0)
    return element('section', { class: 'fetched' }, title, element('p', {}, 'Nothing: the check needed no network.'))
  const rows = fetched.map(({ url, kind, bytes, failure }) =>
    element(
      'li',
      { ...(failure === undefined ? {} : { class: 'failed' }) },
      element(
        'span',
        {},
        `${kindInWords(kind)}, ${failure === undefined ? size(bytes ?? 0) : `not received: ${shortReason(failure)}`}`,
      ),
      element('code', {}, url),
    ),
  )
  const hosts = new Set(fetched.map(({ url }) => hostOf(url))).size
  const summary = `${count(fetched.length, 'address was', 'addresses were')} asked. ${hosts === 1 ? 'Its host has' : 'Their hosts have'} seen that somebody asked, and from where.`
  return element('section', { class: 'fetched' }, title, element('p', {}, summary), element('ul', {}, ...rows))
}

/** Said above the badge: the first thing one wants to know where something could not be asked. */
export function unreachableNote(fetched: readonly Fetched[], isOpen: boolean): HTMLElement | undefined {
  const failed = fetched.filter(({ failure, kind }) => failure !== undefined && kind !== 'badge')
  if (failed.length === 0 || !isOpen) return undefined
  const items = failed.map(({ url, kind, failure = '' }) =>
    element('li', {}, `${hostOf(url)} (${kindInWords(kind)}): ${reasonInWords(failure)}. `, element('code', {}, url)),
  )
  return element(
    'div',
    { class: 'callout open' },
    element('p', {}, element('strong', {}, 'Not everything could be asked from here.')),
    element('ul', {}, ...items),
    element(
      'p',
      {},
      'Outside a browser no host can refuse that way: ',
      element('code', {}, 'npx badgewright verify --any-issuer <file>'),
    ),
  )
}
