/**
 * What a mutated document still has in common with the signed one, asked of jsonld and not of us.
 */
import jsonld from 'jsonld'
import { bundledContext } from '../../../src/resolve/contexts/bundle.js'

export type Node = Record<string, unknown>
export type Path = readonly (string | number)[]

const documentLoader = async (url: string) => {
  const document = bundledContext(url)
  if (document === undefined) throw new Error(`${url} is not bundled`)
  return { documentUrl: url, document }
}

/** RDFC-1.0 in safe mode, of the document without its proof and of the proof's options; undefined where there is none. */
export async function canonicalForm({ proof, ...document }: Node): Promise<string | undefined> {
  // One proof is one proof, in an array or not, and said twice; several are another statement.
  const proofs = [...new Map([proof].flat().map((each) => [JSON.stringify(each), each])).values()]
  const [one] = proofs as (Node | null | undefined)[]
  if (typeof one !== 'object' || one === null || proofs.length > 1) return undefined
  const { proofValue, ...options } = one
  const form = (value: object) =>
    jsonld.canonize(value as never, { algorithm: 'RDFC-1.0', safe: true, documentLoader } as never)
  try {
    const parts = [await form(document), await form({ ...options, '@context': document['@context'] })]
    return `${parts.join('\n')}\n${String(proofValue)}`
  } catch {
    return undefined
  }
}

/** Every member and element of a JSON value, outermost first. */
export function placesIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => {
    const place = [...path, Array.isArray(value) ? Number(name) : name]
    return [place, ...placesIn(inner, place)]
  })
}

export function valueAt(document: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, step) => (at as Node)[step as string], document)
}

/** A copy in which the member at `path` is what `change` makes of its parent. */
export function changed<T>(document: T, path: Path, change: (parent: never, name: string | number) => void): T {
  const copy = structuredClone(document)
  change(valueAt(copy, path.slice(0, -1)) as never, path.at(-1) as string | number)
  return copy
}
