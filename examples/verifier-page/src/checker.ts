/** Checks what was given, and again when the reader decides otherwise; tells the views what has changed. */
import type { Entry } from './entries.js'
import { type Given, MAX_BADGES } from './intake.js'
import type { Settings } from './protocol.js'
import { TimeLimit, type WorkerPool } from './worker-pool.js'

export interface CheckerViews {
  /** New entries are there, or none any more. */
  listed(entries: readonly Entry[]): void
  /** One has come further. */
  changed(entry: Entry): void
  /** All are through. `first`: the first of those that were given last. */
  finished(first: Entry | undefined): void
}

const TOO_LONG =
  'Checking took longer than half a minute and was stopped. A host may be very slow, or the badge is built to take long.'

export class Checker {
  readonly entries: Entry[] = []
  readonly #pool: WorkerPool
  readonly #views: CheckerViews
  #settings: Settings
  #controller = new AbortController()
  /** The last check of each: what an earlier one still says does not count. */
  readonly #last = new Map<Entry, AbortSignal>()
  #ids = 0

  constructor(pool: WorkerPool, settings: Settings, views: CheckerViews) {
    this.#pool = pool
    this.#settings = settings
    this.#views = views
  }

  get settings(): Settings {
    return this.#settings
  }

  add(given: readonly Given[]): Promise<void> {
    const added = given.map(
      ({ name, source, problem }): Entry => ({
        id: ++this.#ids,
        name,
        state: problem === undefined ? 'waiting' : 'failed',
        ...(source === undefined ? {} : { source }),
        ...(problem === undefined ? {} : { problem }),
      }),
    )
    this.entries.push(...added)
    this.#views.listed(this.entries)
    return this.#checkAll(added)
  }

  /** Everything again, by other rules. */
  decide(settings: Settings): Promise<void> {
    this.cancel()
    this.#settings = settings
    const again = this.entries.filter(({ source }) => source !== undefined)
    for (const entry of again) this.#set(entry, 'waiting')
    return this.#checkAll(again)
  }

  /** What has no verdict yet gets none. */
  cancel(): void {
    this.#controller.abort(new DOMException('cancelled', 'AbortError'))
    this.#controller = new AbortController()
  }

  clear(): void {
    this.cancel()
    this.entries.length = 0
    this.#last.clear()
    this.#views.listed(this.entries)
  }

  async #checkAll(entries: readonly Entry[]): Promise<void> {
    const { signal } = this.#controller
    await Promise.all(entries.map((entry) => (entry.state === 'waiting' ? this.#check(entry, signal) : undefined)))
    const isLast = entries.some((entry) => this.#last.get(entry) === signal)
    if (!signal.aborted || isLast) this.#views.finished(entries[0])
  }

  async #check(entry: Entry, signal: AbortSignal): Promise<void> {
    const { name, source } = entry
    if (source === undefined) return
    this.#last.set(entry, signal)
    try {
      const verified = await this.#pool.run(
        { kind: 'verify', name, source, settings: this.#settings },
        {
          signal,
          onStart: () => this.#set(entry, 'checking'),
          onFetch: (url) => {
            entry.fetching = url
            this.#views.changed(entry)
          },
        },
      )
      if (this.#last.get(entry) !== signal) return
      if (verified.contains !== undefined) return await this.#replace(entry, verified.contains)
      entry.verified = verified
      this.#set(entry, 'done')
    } catch (error) {
      if (this.#last.get(entry) !== signal) return
      entry.problem = signal.aborted
        ? 'You stopped the check.'
        : error instanceof TimeLimit
          ? TOO_LONG
          : messageOf(error)
      this.#set(entry, 'failed')
    }
  }

  /** What it holds stands where it stood. */
  async #replace(entry: Entry, texts: readonly string[]): Promise<void> {
    const room = MAX_BADGES - this.entries.length + 1
    const held = texts.slice(0, room).map(
      (text, index): Entry => ({
        id: ++this.#ids,
        name: `${entry.name} (${index + 1} of ${texts.length})`,
        source: { text },
        state: 'waiting',
      }),
    )
    this.entries.splice(this.entries.indexOf(entry), 1, ...held)
    this.#last.delete(entry)
    this.#views.listed(this.entries)
    await this.#checkAll(held)
  }

  #set(entry: Entry, state: Entry['state']): void {
    entry.state = state
    delete entry.fetching
    if (state !== 'done') delete entry.verified
    if (state !== 'failed') delete entry.problem
    this.#views.changed(entry)
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : `${error}`)
