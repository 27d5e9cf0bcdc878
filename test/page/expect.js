/** What the cases say. */
export class Failure extends Error {}

export function equal(actual, expected, what) {
  const [is, wanted] = [JSON.stringify(actual), JSON.stringify(expected)]
  if (is !== wanted) throw new Failure(`${what}: ${is}, expected ${wanted}`)
}

export function includes(text, part, what) {
  const found = part instanceof RegExp ? part.test(text) : text.includes(part)
  if (!found) throw new Failure(`${what}: nothing like ${part} in: ${text.slice(0, 1500)}`)
}

export function excludes(text, part, what) {
  if (part instanceof RegExp ? part.test(text) : text.includes(part))
    throw new Failure(`${what}: there is ${part} in: ${text.slice(0, 1500)}`)
}

export function ok(condition, what) {
  if (!condition) throw new Failure(what)
}
