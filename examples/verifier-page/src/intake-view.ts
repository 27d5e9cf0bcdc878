/** The field where badges are dropped, pasted or picked. A badge may also be dropped or pasted anywhere on the page. */
import { byId } from './dom.js'
import { type Given, givenFiles, givenText, MAX_BYTES } from './intake.js'
import { size } from './words.js'

export function intakeView(onGiven: (given: readonly Given[]) => void): void {
  const [drop, picker] = [byId('drop', HTMLElement), byId('files', HTMLInputElement)]
  const [form, text] = [byId('paste', HTMLFormElement), byId('text', HTMLTextAreaElement)]

  picker.addEventListener('change', () => {
    onGiven(givenFiles(picker.files ?? []))
    // So that the same file can be picked again.
    picker.value = ''
  })

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const given = givenText(text.value)
    if (given.length === 0) {
      problem('There is nothing in the field yet.')
      text.focus()
    } else onGiven(given)
  })
  text.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit()
  })

  document.addEventListener('paste', (event) => {
    const { clipboardData: data } = event
    if (data === null) return
    if (data.files.length > 0) {
      event.preventDefault()
      return onGiven(givenFiles(data.files))
    }
    const pasted = data.getData('text/plain')
    if (pasted.length > MAX_BYTES) {
      // A field with that much text in it would stop the page.
      event.preventDefault()
      return problem(
        `The text has ${size(pasted.length)}. No badge is larger than ${size(MAX_BYTES)}, so it was not taken.`,
      )
    }
    if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return
    onGiven(givenText(pasted))
  })

  let depth = 0
  const within = (change: number) => {
    depth = Math.max(0, change === 0 ? 0 : depth + change)
    drop.classList.toggle('over', depth > 0)
  }
  document.addEventListener('dragenter', () => within(1))
  document.addEventListener('dragleave', () => within(-1))
  // Without this the browser would leave the page and show the file.
  document.addEventListener('dragover', (event) => event.preventDefault())
  document.addEventListener('drop', (event) => {
    event.preventDefault()
    within(0)
    const data = event.dataTransfer
    if (data === null) return
    onGiven(data.files.length > 0 ? givenFiles(data.files) : givenText(data.getData('text/plain')))
  })
}

/** What was pasted is somebody's: it does not stay. */
export function clearIntake(): void {
  byId('text', HTMLTextAreaElement).value = ''
  problem(undefined)
}

export function problem(text: string | undefined): void {
  const place = byId('intake-problem', HTMLElement)
  place.textContent = text ?? ''
  place.hidden = text === undefined
}
