/**
 * The list of badges, where there are several: one button each, arrow keys move among them. Changes are drawn once a frame, however
 * many there are.
 *
 * @module
 */
import { element } from './dom.js'
import type { Entry } from './entries.js'
import { SHORT, STATE } from './words.js'

interface Row {
  readonly entry: Entry
  readonly button: HTMLButtonElement
  readonly verdict: HTMLElement
  readonly name: HTMLElement
}

export class ListView {
  readonly #rows = new Map<number, Row>()
  readonly #stale = new Set<Row>()
  readonly #list = element('ol', {})
  readonly #home: HTMLElement
  readonly #onChoose: (entry: Entry) => void
  #chosen: Entry | undefined

  constructor(home: HTMLElement, onChoose: (entry: Entry) => void) {
    this.#home = home
    this.#onChoose = onChoose
    home.append(this.#list)
    this.#list.addEventListener('keydown', (event) => this.#move(event))
  }

  /** In their order; what is no more among them goes. */
  show(entries: readonly Entry[]): void {
    const present = new Set(entries.map(({ id }) => id))
    for (const [id, { button }] of this.#rows)
      if (!present.has(id)) {
        button.parentElement?.remove()
        this.#rows.delete(id)
      }
    if (this.#chosen !== undefined && !present.has(this.#chosen.id)) this.choose(undefined)
    let before: Element | null = null
    for (const entry of entries) {
      const item: Element = this.#rows.get(entry.id)?.button.parentElement ?? this.#add(entry)
      if (!item.isConnected) this.#list.insertBefore(item, before === null ? this.#list.firstChild : before.nextSibling)
      before = item
    }
    this.#home.hidden = entries.length < 2
  }

  changed(entry: Entry): void {
    const row = this.#rows.get(entry.id)
    if (row === undefined) return
    if (this.#stale.size === 0) requestAnimationFrame(() => this.#draw())
    this.#stale.add(row)
  }

  /** Marks it as the one that is shown. */
  choose(entry: Entry | undefined): void {
    const before = this.#chosen === undefined ? undefined : this.#rows.get(this.#chosen.id)
    before?.button.removeAttribute('aria-current')
    this.#chosen = entry
    const row = entry === undefined ? undefined : this.#rows.get(entry.id)
    row?.button.setAttribute('aria-current', 'true')
    for (const { button } of this.#rows.values()) button.tabIndex = -1
    const reachable = row ?? this.#rows.values().next().value
    if (reachable !== undefined) reachable.button.tabIndex = 0
  }

  #add(entry: Entry): HTMLLIElement {
    // Names are other people's: whatever direction they have ends with them.
    const name = element('bdi', { class: 'name' })
    const verdict = element('span', { class: 'verdict' })
    const button = element(
      'button',
      { type: 'button' },
      name,
      element('span', { class: 'visually-hidden' }, ': '),
      verdict,
    )
    button.tabIndex = this.#rows.size === 0 ? 0 : -1
    button.addEventListener('click', () => this.#onChoose(entry))
    const row: Row = { entry, button, verdict, name }
    this.#rows.set(entry.id, row)
    draw(row)
    return element('li', {}, button)
  }

  #draw(): void {
    for (const row of this.#stale) draw(row)
    this.#stale.clear()
  }

  #move(event: KeyboardEvent): void {
    const buttons = [...this.#list.querySelectorAll('button')]
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement)
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key]
    const next = to === undefined ? undefined : buttons[to]
    if (next === undefined) return
    event.preventDefault()
    for (const button of buttons) button.tabIndex = -1
    next.tabIndex = 0
    next.focus()
  }
}

function draw({ entry, button, verdict, name }: Row): void {
  const { state, verified } = entry
  name.textContent = verified?.title || entry.name
  name.title = entry.name
  const text =
    state === 'done' && verified !== undefined ? SHORT[verified.verdict] : state === 'done' ? '' : STATE[state]
  verdict.textContent = text
  button.dataset.verdict = state === 'done' ? verified?.verdict : state
}
