/** The comparison with a role, as elements and in a sentence. */
import { button, element } from './dom.js'
import { download } from './download.js'
import type { Assessed } from './protocol.js'
import { safeHtml } from './safe-html.js'

const WORDS = { met: 'fits', 'not-met': 'does not fit yet', uncertain: 'cannot be told yet' }

export function assessmentView({ stacks, report }: Assessed, badges: number): HTMLElement[] {
  const save = button('Download the comparison', async () =>
    download('comparison', { assessments: JSON.parse(await report.text()) }),
  )
  const compared =
    badges === 0
      ? 'No badge has been checked yet: give some above.'
      : `Compared with ${badges} checked ${badges === 1 ? 'badge' : 'badges'}.`
  return [
    element('p', { class: 'hint' }, compared),
    ...stacks.map(({ html }) => element('div', {}, safeHtml(html))),
    element('div', { class: 'actions' }, save),
  ]
}

export const assessmentInWords = ({ stacks }: Assessed): string =>
  stacks.map(({ name, outcome }) => `${name}: ${WORDS[outcome]}.`).join(' ')
