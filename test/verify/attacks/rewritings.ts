/**
 * What the holder of a badge can do to its JSON, most of which leaves its graph as it was. Each takes a copy and numbers to choose by, and
 * changes the copy; one that finds nothing to change leaves it.
 */
import { bundledContext, bundledContextUrls } from '../../../src/resolve/contexts/bundle.js'
import type { Node } from './canonical-form.js'

/** Chooses: by a few whole numbers, so that fast-check can make the case smaller. */
export class Choice {
  #next = 0
  readonly #numbers: readonly number[]
  constructor(numbers: readonly number[]) {
    this.#numbers = numbers
  }
  below(limit: number): number {
    const number = this.#numbers[this.#next++ % this.#numbers.length] ?? 0
    return limit > 0 ? (number + this.#next * 7) % limit : 0
  }
  of<T>(items: readonly T[]): T | undefined {
    return items[this.below(items.length)]
  }
}

// biome-ignore lint/suspicious/noExplicitAny: documents that are turned inside out
type Loose = any
type Rewrite = (document: Loose, choice: Choice) => void

const isObject = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value)

/** All objects but contexts and proofs, outermost first. */
function nodesOf(value: unknown, into: Node[] = []): Node[] {
  if (Array.isArray(value)) for (const each of value) nodesOf(each, into)
  else if (isObject(value)) {
    into.push(value)
    for (const [name, inner] of Object.entries(value)) if (name !== '@context' && name !== 'proof') nodesOf(inner, into)
  }
  return into
}
const isWithin = (node: Node, inner: Node): boolean => nodesOf(node).includes(inner)
const placesOf = (document: Loose, holds: (value: unknown, name: string) => boolean): [Node, string][] =>
  nodesOf(document).flatMap((node) =>
    Object.entries(node).flatMap(([name, value]): [Node, string][] =>
      name !== '@context' && name !== 'proof' && holds(value, name) ? [[node, name]] : [],
    ),
  )
const contextsOf = (document: Loose): unknown[] => {
  document['@context'] = [document['@context']].flat()
  return document['@context']
}
/** Two objects with one id, neither in the other. */
function twins(document: Loose, choice: Choice): [Node, Node] | undefined {
  const byId = new Map<unknown, Node[]>()
  for (const node of nodesOf(document))
    if (typeof node.id === 'string') byId.set(node.id, [...(byId.get(node.id) ?? []), node])
  const found = choice.of([...byId.values()].filter((nodes) => nodes.length > 1))
  if (found === undefined) return undefined
  const first = choice.below(found.length)
  const second = (first + 1 + choice.below(found.length - 1)) % found.length
  return [found[first] as Node, found[second] as Node]
}
function replace(node: Node, members: Node): void {
  for (const name of Object.keys(node)) delete node[name]
  Object.assign(node, members)
}

const XSD = 'http://www.w3.org/2001/XMLSchema#'
interface Term {
  readonly name: string
  readonly definition: unknown
  readonly iri: string
}
/** Each term of the bundled contexts, with its IRI written out. */
const TERMS: readonly Term[] = bundledContextUrls.flatMap((url) => {
  const found: Term[] = []
  const walk = (context: unknown, prefixes: Node): void => {
    if (Array.isArray(context)) for (const each of context) walk(each, prefixes)
    if (!isObject(context)) return
    const own: Node = { ...prefixes }
    for (const [name, value] of Object.entries(context)) if (typeof value === 'string') own[name] = value
    for (const [name, value] of Object.entries(context)) {
      const id = isObject(value) ? value['@id'] : value
      if (name.startsWith('@') || typeof id !== 'string' || id.startsWith('@')) continue
      const [prefix = '', rest = ''] = id.split(':', 2)
      const iri = own[prefix] === undefined || rest.startsWith('//') ? id : `${own[prefix]}${rest}`
      const type = isObject(value) ? value['@type'] : undefined
      const definition = isObject(value)
        ? { ...value, '@id': iri, ...(typeof type === 'string' ? { '@type': type.replace(/^xsd:/, XSD) } : {}) }
        : iri
      found.push({ name, definition, iri })
      if (isObject(value)) walk(value['@context'], own)
    }
  }
  walk((bundledContext(url) as Node)['@context'], {})
  return found
})
const EXTENSION = [
  'https://e.example/grade',
  'https://e.example/room',
  'https://e.example/passed',
  'https://e.example/failed',
]

/** A definition that is the standard's, like it, or for something else. */
function definition(choice: Choice, term: Term | undefined, depth: number): unknown {
  const iri = choice.of([term?.iri, term?.iri, choice.of(TERMS)?.iri, choice.of(EXTENSION)]) ?? 'https://e.example/x'
  const full: Node = { '@id': iri }
  switch (choice.below(9)) {
    case 0:
      return term?.definition ?? iri
    case 1:
      return iri
    case 2:
      return { ...full, '@type': choice.of([`${XSD}string`, '@id', '@vocab', '@none', '@json']) }
    case 3:
      return { ...full, '@container': choice.of(['@set', '@list', '@language', '@index', '@id', '@type', '@graph']) }
    case 4:
      return { ...full, '@language': choice.of(['en', 'la', null]) }
    case 5:
      return { ...full, '@nest': '@nest' }
    case 6:
      return { ...full, '@protected': true }
    case 7:
      return choice.of(['@id', '@type', '@nest', '@index', '@graph', '@included', null])
    default:
      return { ...full, '@context': terms(choice, depth + 1) }
  }
}
function terms(choice: Choice, depth = 0): Node {
  const made: Node = {}
  const names = ['grade', 'room', 'Passed', 'Failed', 'name', 'description', 'status', 'value', 'alias', 'id', 'type']
  for (let left = 1 + choice.below(3); left > 0; left--) {
    const term = choice.below(3) === 0 ? undefined : choice.of(TERMS)
    const name = term?.name ?? choice.of(names) ?? 'name'
    made[name] =
      depth > 2
        ? (term?.iri ?? 'https://e.example/x')
        : definition(choice, term ?? TERMS.find((each) => each.name === name), depth)
  }
  return made
}
function context(choice: Choice): unknown {
  switch (choice.below(9)) {
    case 0:
      return { '@vocab': choice.of(['https://e.example/', 'https://schema.org/', null]) }
    case 1:
      return { '@language': choice.of(['en', 'la', null]) }
    case 2:
      return { ...terms(choice), '@propagate': choice.below(2) === 0 }
    case 3:
      return { ...terms(choice), '@version': 1.1, '@import': choice.of(bundledContextUrls) }
    case 4:
      return choice.of(bundledContextUrls)
    case 5:
      return {}
    default:
      return terms(choice)
  }
}
/** The terms of a class or a property, with scopes around that swap two of them. */
function swapping(choice: Choice): Node {
  const [one, other] = choice.of([
    ['name', 'description'],
    ['status', 'value'],
    ['targetName', 'targetUrl'],
    ['Passed', 'Failed'],
    ['grade', 'room'],
  ]) as [string, string]
  const find = (name: string) => choice.of(TERMS.filter((term) => term.name === name))
  const [a, b] = [find(one), find(other)]
  const swap = { [one]: b?.definition ?? 'https://e.example/room', [other]: a?.definition ?? 'https://e.example/grade' }
  const place = choice.of([
    'Achievement',
    'AchievementSubject',
    'Result',
    'achievement',
    'result',
    'credentialSubject',
    '',
  ])
  const around = place === '' ? undefined : find(place as string)
  if (around === undefined) return swap
  const scope = choice.below(2) === 0 ? swap : { [around.name]: { '@id': around.iri, '@context': swap } }
  return {
    [around.name]: { ...(isObject(around.definition) ? around.definition : { '@id': around.iri }), '@context': scope },
  }
}

export const REWRITINGS: Readonly<Record<string, Rewrite>> = {
  'an array in another order': (document, choice) => {
    const [node, name] = choice.of(placesOf(document, (value) => Array.isArray(value) && value.length > 1)) ?? []
    if (node === undefined || name === undefined) return
    const items = node[name] as unknown[]
    items.unshift(...items.splice(choice.below(items.length), 1))
  },
  'members in another order': (document, choice) => {
    const node = choice.of(nodesOf(document))
    if (node === undefined) return
    const members = Object.entries(node)
    members.unshift(...members.splice(choice.below(members.length), 1))
    replace(node, Object.fromEntries(members))
  },
  'one in an array': (document, choice) => {
    const [node, name] = choice.of(placesOf(document, (value) => !Array.isArray(value))) ?? []
    if (node !== undefined && name !== undefined) node[name] = [node[name]]
  },
  'one out of its array': (document, choice) => {
    const [node, name] = choice.of(placesOf(document, (value) => Array.isArray(value) && value.length === 1)) ?? []
    if (node !== undefined && name !== undefined) node[name] = (node[name] as unknown[])[0]
  },
  'a value twice': (document, choice) => {
    const [node, name] = choice.of(placesOf(document, (value) => Array.isArray(value))) ?? []
    if (node !== undefined && name !== undefined) (node[name] as unknown[]).push((node[name] as unknown[])[0])
  },
  'what says nothing': (document, choice) => {
    const node = choice.of(nodesOf(document))
    const name = choice.of([
      '@index',
      'evidence',
      'image',
      'endorsement',
      'narrative',
      'grade',
      'role',
      'awardedDate',
      'related',
      'unknown',
    ])
    if (node === undefined || name === undefined || name in node) return
    node[name] = name === '@index' ? 'with distinction' : choice.of([null, [], [null], { '@set': [] }])
  },
  'two objects with one id change places': (document, choice) => {
    const [one, other] = twins(document, choice) ?? []
    if (one === undefined || other === undefined) return
    const [a, b] = [{ ...one }, { ...other }]
    replace(one, b)
    replace(other, a)
  },
  'a member moves between objects with one id': (document, choice) => {
    const [one, other] = twins(document, choice) ?? []
    if (one === undefined || other === undefined) return
    const name = choice.of(Object.keys(one).filter((each) => each !== 'id' && each !== '@context'))
    if (name === undefined) return
    const value = one[name]
    if (name === 'type') {
      const types = [value].flat()
      const type = choice.of(types)
      other.type = [...new Set([other.type ?? [], type].flat())]
      if (choice.below(2) === 0 && types.length > 1) one.type = types.filter((each) => each !== type)
      return
    }
    const before = other[name]
    other[name] = before === undefined ? value : [before, value].flat()
    if (choice.below(3) > 0) {
      delete one[name]
      if (before !== undefined && choice.below(2) === 0) {
        one[name] = before
        other[name] = value
      }
    }
  },
  'an object becomes its id': (document, choice) => {
    const [one, other] = twins(document, choice) ?? []
    if (one === undefined || other === undefined) return
    if (isWithin(one, other) || isWithin(other, one)) return
    for (const [name, value] of Object.entries(one)) if (!(name in other)) other[name] = value
    const [node, name] = choice.of(placesOf(document, (value) => value === one)) ?? []
    if (node !== undefined && name !== undefined) node[name] = one.id
  },
  'an id becomes an object': (document, choice) => {
    const ids = new Map(nodesOf(document).map((node) => [node.id, node]))
    const [node, name] =
      choice.of(placesOf(document, (value, at) => at !== 'id' && typeof value === 'string' && ids.has(value))) ?? []
    if (node === undefined || name === undefined) return
    node[name] = choice.below(2) === 0 ? { ...ids.get(node[name]) } : { id: node[name] }
  },
  'a value as an object': (document, choice) => {
    const [node, name] =
      choice.of(placesOf(document, (value, at) => at !== 'id' && at !== 'type' && typeof value === 'string')) ?? []
    if (node === undefined || name === undefined) return
    const value = { '@value': node[name] }
    const type = choice.of([
      `${XSD}string`,
      `${XSD}dateTime`,
      `${XSD}anyURI`,
      `${XSD.replace('http:', 'https:')}dateTime`,
    ])
    node[name] = choice.of([value, { ...value, '@type': type }, { ...value, '@language': 'en' }])
  },
  'a label for what has none': (document, choice) => {
    const node = choice.of(nodesOf(document).filter(({ id }) => id === undefined))
    if (node !== undefined) node.id = choice.of(['_:a', '_:b'])
  },
  'in a wrapper': (document, choice) => {
    const [node, name] = choice.of(placesOf(document, (_, at) => at !== 'id' && at !== 'type')) ?? []
    if (node === undefined || name === undefined) return
    const value = node[name]
    const wrapper = choice.of(['@set', '@list', '@graph', '@nest', '@included'])
    if (wrapper === '@nest') {
      delete node[name]
      node['@nest'] = { [name]: value }
    } else if (wrapper === '@included') {
      delete node[name]
      node['@included'] = [{ id: node.id, [name]: value }]
    } else node[name] = { [wrapper as string]: [value].flat() }
  },
  'another name': (document, choice) => {
    const [node, name] = choice.of(placesOf(document, (_, at) => !at.startsWith('@'))) ?? []
    if (node === undefined || name === undefined) return
    const term = choice.of(TERMS.filter((each) => each.name === name))
    const iri = term?.iri ?? choice.of(EXTENSION) ?? ''
    const to = choice.of(['alias', iri, 'own:x', 'grade', 'room']) as string
    const value = node[name]
    delete node[name]
    node[to] = value
    if (to !== iri)
      contextsOf(document).push({ own: iri.slice(0, -1), [to]: isObject(term?.definition) ? term.definition : iri })
  },
  'an appended context': (document, choice) => void contextsOf(document).push(context(choice)),
  'a context in between': (document, choice) => {
    const contexts = contextsOf(document)
    contexts.splice(choice.below(contexts.length), 0, context(choice))
  },
  'contexts in another order': (document, choice) => {
    const contexts = contextsOf(document)
    contexts.unshift(...contexts.splice(choice.below(contexts.length), 1))
  },
  'a context inside': (document, choice) => {
    const node = choice.of(nodesOf(document))
    if (node === undefined || node === document) return
    const added = choice.of([context(choice), swapping(choice), ...contextsOf(document)])
    node['@context'] = node['@context'] === undefined ? added : [node['@context'], added].flat()
  },
  'two terms swapped by a scope, and their values': (document, choice) => {
    contextsOf(document).push(swapping(choice))
    const node = choice.of(nodesOf(document))
    if (node === undefined) return
    for (const [a, b] of [
      ['name', 'description'],
      ['status', 'value'],
      ['grade', 'room'],
      ['targetName', 'targetUrl'],
    ] as const)
      if (a in node && b in node) [node[a], node[b]] = [node[b], node[a]]
  },
}

/** Those that often leave the graph as it was. */
export const HARMLESS: readonly string[] = [
  'an array in another order',
  'members in another order',
  'one in an array',
  'one out of its array',
  'what says nothing',
  'two objects with one id change places',
  'a member moves between objects with one id',
  'an object becomes its id',
]
