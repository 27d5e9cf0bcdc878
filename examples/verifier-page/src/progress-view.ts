/** How far the checks are: a line of text, a bar, and a way to stop. For who does not see it is said now and then. */
import { announce, button, element } from './dom.js'
import { type Entry, tally } from './entries.js'
import { count } from './words.js'

/** Milliseconds between announcements. */
const PAUSE = 5_000

export interface ProgressActions {
  cancel(): void
  clear(): void
  download(): void
}

export class ProgressView {
  readonly #home: HTMLElement
  readonly #text = element('p', {})
  readonly #bar = element('progress', { 'aria-label': 'Checked' })
  readonly #cancel: HTMLButtonElement
  readonly #download: HTMLButtonElement
  readonly #clear: HTMLButtonElement
  #announced = 0
  #waiting = false

  constructor(home: HTMLElement, actions: ProgressActions) {
    this.#home = home
    this.#cancel = button('Stop', actions.cancel)
    this.#download = button('Download all reports', actions.download)
    this.#clear = button('Clear', actions.clear)
    home.append(this.#text, this.#bar, element('div', { class: 'actions' }, this.#cancel, this.#download, this.#clear))
  }

  /** Soon: once a frame. */
  changed(entries: readonly Entry[]): void {
    if (this.#waiting) return
    this.#waiting = true
    requestAnimationFrame(() => {
      this.#waiting = false
      this.#draw(entries)
    })
  }

  #draw(entries: readonly Entry[]): void {
    const { total, done } = tally(entries)
    const isRunning = done < total
    this.#home.hidden = total === 0
    this.#text.textContent = sentence(entries)
    this.#bar.hidden = !isRunning
    this.#bar.max = Math.max(total, 1)
    this.#bar.value = done
    this.#cancel.hidden = !isRunning
    this.#download.hidden = isRunning || total < 2
    this.#clear.hidden = isRunning
    if (isRunning && total > 1 && performance.now() - this.#announced > PAUSE) {
      this.#announced = performance.now()
      announce(`${done} of ${total} checked.`)
    }
  }
}

export function sentence(entries: readonly Entry[]): string {
  const { total, done, counts } = tally(entries)
  const [only] = entries
  if (done < total && total === 1 && only !== undefined)
    return only.fetching === undefined ? 'Checking…' : `Checking… asking ${new URL(only.fetching).host}`
  if (done < total) return `Checking… ${done} of ${total}`
  const parts = [
    counts.verified > 0 && `${counts.verified} verified`,
    counts.signed > 0 && `${counts.signed} genuine (issuer not confirmed)`,
    counts.invalid > 0 && `${counts.invalid} not valid`,
    counts.indeterminate > 0 && `${counts.indeterminate} could not be decided`,
    counts.failed > 0 && `${counts.failed} could not be checked`,
  ].filter((part) => part !== false)
  return `${count(total, 'badge', 'badges')} ${counts.failed > 0 ? 'given' : 'checked'}: ${parts.join(', ')}.`
}
