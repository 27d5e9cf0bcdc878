/** One badge: what it says, the verdict with its reasons, what was fetched. */
import { certificateView } from './certificate-view.js'
import { announce, button, element } from './dom.js'
import { download } from './download.js'
import type { Entry } from './entries.js'
import { fetchedView, unreachableNote } from './fetched-view.js'
import type { Settings, Verified } from './protocol.js'
import { safeHtml } from './safe-html.js'
import { picture } from './source-picture.js'
import { TimeLimit, type WorkerPool } from './worker-pool.js'

export interface DetailActions {
  settings(): Settings
  trust(issuer: string): void
}

export class DetailView {
  readonly #home: HTMLElement
  readonly #pool: WorkerPool
  readonly #actions: DetailActions
  #controller = new AbortController()

  constructor(home: HTMLElement, pool: WorkerPool, actions: DetailActions) {
    this.#home = home
    this.#pool = pool
    this.#actions = actions
  }

  hide(): void {
    this.#controller.abort()
    this.#home.hidden = true
    this.#home.replaceChildren()
  }

  /** `focus`: the reader asked for it just now. */
  async show(entry: Entry, focus: boolean): Promise<void> {
    this.#controller.abort()
    this.#controller = new AbortController()
    const { signal } = this.#controller
    const { verified } = entry
    const content = verified === undefined ? [failure(entry)] : await this.#content(entry, verified, signal)
    if (signal.aborted) return
    this.#home.replaceChildren(...content)
    this.#home.hidden = false
    if (!focus) return
    // Reading on from here gives the remarks, then the badge. On a phone it would else begin at the lower edge.
    this.#home.focus({ preventScroll: true })
    this.#home.scrollIntoView({ block: this.#home.getBoundingClientRect().top > innerHeight / 2 ? 'start' : 'nearest' })
    announce(
      verified === undefined
        ? `${entry.name}: ${entry.problem ?? ''}`
        : `${verified.title || entry.name}: ${verified.answer}`,
    )
  }

  async #content(entry: Entry, verified: Verified, signal: AbortSignal): Promise<Node[]> {
    const rendered = await this.#pool.run({ kind: 'render', report: verified.report }, { signal }).then(
      ({ html }) => safeHtml(html),
      (error: unknown) =>
        element(
          'div',
          { class: 'callout problem' },
          element('h2', {}, entry.name),
          element(
            'p',
            {},
            error instanceof TimeLimit
              ? `It takes too long to show this badge. ${verified.answer}`
              : `This badge cannot be shown. ${verified.answer}`,
          ),
        ),
    )
    const isOpen = verified.verdict === 'indeterminate'
    const notes = [this.#trustNote(verified), unreachableNote(verified.fetched, isOpen)].filter(
      (note) => note !== undefined,
    )
    const certificate = certificateView(entry, verified, this.#pool, signal)
    const more = element(
      'div',
      { class: 'more' },
      await picture(entry, rendered),
      fetchedView(verified.fetched),
      element('p', { class: 'source hint' }, 'Given as ', element('bdi', {}, entry.name)),
      element(
        'div',
        { class: 'actions' },
        button('Download the report', () => downloadReport(entry, verified)),
        certificate?.button,
      ),
      certificate?.note,
    )
    return [...(notes.length === 0 ? [] : [element('div', { class: 'notes' }, ...notes)]), rendered, more]
  }

  #trustNote({ verdict, issuer, issuerCodes }: Verified): HTMLElement | undefined {
    const { trust } = this.#actions.settings()
    if (issuer === undefined) return undefined
    const trustIt = button('Trust this issuer', () => this.#actions.trust(issuer.id))
    const who = [element('bdi', {}, element('strong', {}, issuer.name)), ' ', element('code', {}, issuer.id)]
    const note = (before: string, after: string) =>
      element('div', { class: 'callout trust' }, element('p', {}, before, ...who, after), trustIt)
    if (trust === 'anybody')
      // Where it does not count, who issued it is not the question.
      return verdict === 'invalid'
        ? undefined
        : note('Is this really ', '? Anybody can issue a genuine badge under any name; only you can know.')
    if (!issuerCodes.includes('issuer.untrusted')) return undefined
    return note('This issuer is not among those you trust: ', '')
  }
}

function failure({ name, problem }: Entry): HTMLElement {
  return element(
    'div',
    { class: 'callout problem' },
    element('h2', {}, element('bdi', {}, name)),
    element('p', {}, problem ?? 'It has not been checked yet.'),
  )
}

/** The report as the library made it, with the file it is about and what was fetched. */
export async function reportOf(entry: Entry): Promise<object> {
  const { verified } = entry
  if (verified === undefined) return { file: entry.name, problem: entry.problem }
  return { file: entry.name, fetched: verified.fetched, report: JSON.parse(await verified.report.text()) }
}

async function downloadReport(entry: Entry, { title }: Verified): Promise<void> {
  download(`report ${title || entry.name}`, await reportOf(entry))
}
