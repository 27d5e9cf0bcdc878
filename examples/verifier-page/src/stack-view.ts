/** What a role needs, against the badges that were checked. */
import { assessmentInWords, assessmentView } from './assessment-view.js'
import { announce, button, element } from './dom.js'
import type { Entry } from './entries.js'
import { plainText } from './plain-text.js'
import type { Assessed, NamedText } from './protocol.js'
import { size } from './words.js'
import { TimeLimit, type WorkerPool } from './worker-pool.js'

const MAX_FILE = 16 * 1024 * 1024
const MAX_FILES = 50

export class StackView {
  readonly #pool: WorkerPool
  readonly #entries: () => readonly Entry[]
  readonly #summary: HTMLElement
  readonly #result = element('div', { class: 'assessment' })
  readonly #names = element('ul', { class: 'files', hidden: true })
  readonly #problem = element('p', { class: 'callout', role: 'alert', hidden: true })
  readonly #same = element('input', { type: 'checkbox', id: 'same-person' })
  #files: NamedText[] = []
  #controller = new AbortController()

  constructor(home: HTMLElement, summary: HTMLElement, pool: WorkerPool, entries: () => readonly Entry[]) {
    this.#pool = pool
    this.#entries = entries
    this.#summary = summary
    const picker = element('input', {
      type: 'file',
      id: 'stack-files',
      multiple: true,
      accept: '.json,application/json',
    })
    picker.addEventListener('change', () => {
      this.#add([...(picker.files ?? [])])
      picker.value = ''
    })
    this.#same.addEventListener('change', () => void this.assess())
    home.append(
      element(
        'div',
        { class: 'field' },
        element(
          'label',
          { for: 'stack-files' },
          'Files of the role: what it needs (a competency stack), the frameworks it names, crosswalks',
        ),
        picker,
        element(
          'p',
          { class: 'hint' },
          'JSON; frameworks also as CASE or CTDL-ASN. Only badges of issuers that you trust count.',
        ),
      ),
      this.#names,
      element(
        'p',
        { class: 'choice' },
        this.#same,
        element(
          'label',
          { for: 'same-person' },
          'I know that all badges on the list are about one person. Otherwise say above whom they should be about.',
        ),
      ),
      this.#problem,
      element(
        'div',
        { class: 'actions' },
        button('Compare', () => this.#compare()),
        button('Remove the files', () => this.#reset()),
      ),
      this.#result,
    )
  }

  #add(files: readonly File[]): void {
    const tooLarge = files.find((file) => file.size > MAX_FILE)
    if (tooLarge !== undefined)
      this.#fail(`${plainText(tooLarge.name)} has ${size(tooLarge.size)}; at most ${size(MAX_FILE)} are read.`)
    else if (this.#files.length + files.length > MAX_FILES)
      this.#fail(`More than ${MAX_FILES} files cannot be compared with.`)
    else this.#take(files)
  }

  #take(files: readonly File[]): void {
    const added = files.map((file) => ({ name: plainText(file.name), bytes: file }))
    // The same name again is a newer version of the file.
    this.#files = [...this.#files.filter(({ name }) => !added.some((each) => each.name === name)), ...added]
    this.#names.replaceChildren(...this.#files.map(({ name }) => element('li', {}, element('bdi', {}, name))))
    this.#names.hidden = false
    void this.assess()
  }

  #reset(): void {
    this.#controller.abort()
    this.#files = []
    this.#names.replaceChildren()
    this.#names.hidden = true
    this.#problem.hidden = true
    this.#result.replaceChildren()
    this.#summary.textContent = ''
  }

  #compare(): void {
    if (this.#files.length > 0) void this.assess()
    else this.#fail('There are no files of a role yet: choose them first.')
  }

  /** Called too when badges have been checked. Without files there is nothing to do. */
  async assess(): Promise<void> {
    this.#controller.abort()
    this.#controller = new AbortController()
    const { signal } = this.#controller
    if (this.#files.length === 0) return
    const reports = this.#entries().flatMap(({ verified }) => (verified === undefined ? [] : [verified.report]))
    try {
      const task = { kind: 'assess', reports, files: this.#files, samePerson: this.#same.checked } as const
      this.#show(await this.#pool.run(task, { signal }), reports.length)
    } catch (error) {
      if (signal.aborted) return
      this.#fail(
        error instanceof TimeLimit
          ? 'Comparing took too long and was stopped.'
          : error instanceof Error
            ? error.message
            : `${error}`,
      )
    }
  }

  #fail(problem: string): void {
    this.#result.replaceChildren()
    this.#problem.textContent = problem
    this.#problem.hidden = false
  }

  #show(assessed: Assessed, badges: number): void {
    this.#problem.hidden = true
    this.#result.replaceChildren(...assessmentView(assessed, badges))
    this.#summary.textContent = assessmentInWords(assessed)
    announce(this.#summary.textContent)
  }
}
