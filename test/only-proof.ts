/** The one proof of a signed document, of whatever form: a badge's is a list of one, a suite's and a presentation's an object. */
import type { Proof } from '../src/entries/index.js'

export function onlyProof(document: object): Proof {
  const { proof } = document as { proof?: Proof | readonly Proof[] }
  const [only, ...more] = [proof ?? []].flat() as Proof[]
  if (only === undefined || more.length > 0)
    throw new Error(`expected one proof, there are ${only ? more.length + 1 : 0}`)
  return only
}
