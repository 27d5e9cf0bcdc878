/** Whom the reader trusts, and what else is asked of a badge. */
import { announce, element } from './dom.js'
import { plainText } from './plain-text.js'
import type { Settings } from './protocol.js'
import { REGISTRIES, readIssuers, saveSettings } from './settings-store.js'
import { count, hostOf } from './words.js'

export class TrustView {
  readonly #summary: HTMLElement
  readonly #onDecide: (settings: Settings) => void
  readonly #anybody = radio('anybody')
  readonly #listed = radio('listed')
  readonly #issuers = element('textarea', {
    id: 'issuers',
    rows: '4',
    spellcheck: 'false',
    autocomplete: 'off',
    placeholder: 'did:web:school.example',
  })
  readonly #registries = REGISTRIES.map(({ url }, index) =>
    element('input', { type: 'checkbox', id: `registry-${index}`, value: url }),
  )
  readonly #recipient = element('input', { id: 'recipient', type: 'text', autocomplete: 'off', spellcheck: 'false' })
  readonly #ownKeys = element('input', { type: 'checkbox', id: 'own-keys' })
  readonly #problem = element('p', { class: 'callout', role: 'alert', hidden: true })
  #settings: Settings

  constructor(form: HTMLFormElement, summary: HTMLElement, settings: Settings, onDecide: (settings: Settings) => void) {
    this.#summary = summary
    this.#onDecide = onDecide
    this.#settings = settings
    form.append(
      element(
        'fieldset',
        {},
        element('legend', {}, 'Who may issue'),
        choice(this.#anybody, 'Anybody: tell me only whether the badge is genuine'),
        choice(this.#listed, 'Only these issuers:'),
        element(
          'div',
          { class: 'inset' },
          element('label', { for: 'issuers' }, 'Their ids, one in a line'),
          this.#issuers,
          element('p', { class: 'hint' }, 'And all that are in these registers, which are then fetched:'),
          ...this.#registries.map((box, index) => choice(box, `${REGISTRIES[index]?.name} (${hostOf(box.value)})`)),
        ),
      ),
      element(
        'div',
        { class: 'field' },
        element('label', { for: 'recipient' }, 'Whom should the badge be about? (optional)'),
        this.#recipient,
        element(
          'p',
          { class: 'hint' },
          'An e-mail address, or the id that the badge names. Left empty, it is not asked.',
        ),
      ),
      choice(
        this.#ownKeys,
        'Also accept badges that bring their own key, as some issuers’ software does. It then proves nothing about who issued them.',
      ),
      this.#problem,
      element('div', { class: 'actions' }, element('button', { type: 'submit' }, 'Use these choices')),
    )
    // Whoever writes ids means them.
    this.#issuers.addEventListener('input', () => (this.#listed.checked = true))
    for (const box of this.#registries) box.addEventListener('change', () => (this.#listed.checked ||= box.checked))
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      this.#submit()
    })
    this.#show()
  }

  /** One more issuer, and only the listed from now on. */
  trust(issuer: string): void {
    const { issuers } = this.#settings
    this.#decide({
      ...this.#settings,
      trust: 'listed',
      issuers: issuers.includes(issuer) ? issuers : [...issuers, issuer],
    })
  }

  #submit(): void {
    const { issuers, wrong } = readIssuers(this.#issuers.value)
    if (wrong.length > 0) {
      this.#problem.textContent = `“${plainText(wrong[0] ?? '')}” is no issuer's id: those begin with did: or https:. A badge that you have checked shows its issuer's.`
      this.#problem.hidden = false
      this.#issuers.focus()
      return
    }
    this.#decide({
      trust: this.#listed.checked ? 'listed' : 'anybody',
      issuers,
      registries: this.#registries.filter(({ checked }) => checked).map(({ value }) => value),
      recipient: this.#recipient.value.trim(),
      ownKeys: this.#ownKeys.checked,
    })
    announce(`Your choices are used. ${this.#summary.textContent}`)
  }

  #decide(settings: Settings): void {
    this.#settings = settings
    const isKept = saveSettings(settings)
    this.#problem.textContent = isKept
      ? ''
      : 'This browser does not keep your choices: they hold until the page is closed.'
    this.#problem.hidden = isKept
    this.#show()
    this.#onDecide(settings)
  }

  #show(): void {
    const { trust, issuers, registries, recipient, ownKeys } = this.#settings
    this.#anybody.checked = trust === 'anybody'
    this.#listed.checked = trust === 'listed'
    this.#issuers.value = issuers.join('\n')
    for (const box of this.#registries) box.checked = registries.includes(box.value)
    this.#recipient.value = recipient
    this.#ownKeys.checked = ownKeys
    const listed = [
      count(issuers.length, 'issuer', 'issuers'),
      registries.length > 0 && count(registries.length, 'register', 'registers'),
    ]
    this.#summary.textContent =
      trust === 'anybody' ? 'Not said: the issuer is not asked about.' : `${listed.filter(Boolean).join(' and ')}.`
  }
}

const radio = (value: string) => element('input', { type: 'radio', name: 'trust', id: `trust-${value}`, value })

function choice(input: HTMLInputElement, text: string): HTMLElement {
  return element('p', { class: 'choice' }, input, element('label', { for: input.id }, text))
}
