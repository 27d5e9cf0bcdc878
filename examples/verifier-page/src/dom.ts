/** Elements without markup from text: what is given as a string becomes text. */
type Child = Node | string | undefined | false

export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Readonly<Record<string, string | boolean | undefined>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === false) continue
    made.setAttribute(key, value === true ? '' : value)
  }
  made.append(...children.filter((child): child is Node | string => child !== undefined && child !== false))
  return made
}

/** An element of index.html. */
export function byId<E extends HTMLElement>(id: string, type: abstract new (...args: never[]) => E): E {
  const found = document.getElementById(id)
  if (!(found instanceof type)) throw new Error(`the page has no ${type.name} "${id}"`)
  return found
}

/** A button that does something: never one that submits. */
export function button(
  text: string,
  onClick: () => void,
  properties: Readonly<Record<string, string>> = {},
): HTMLButtonElement {
  const made = element('button', { type: 'button', ...properties }, text)
  made.addEventListener('click', onClick)
  return made
}

/** For one who does not see: said when the reader is done with what it is saying. */
export function announce(text: string): void {
  const status = byId('status', HTMLElement)
  // The same text again is no change, and would not be said.
  status.textContent = status.textContent === text ? `${text}\u00a0` : text
}
