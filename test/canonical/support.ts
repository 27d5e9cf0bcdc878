import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import jsonld from 'jsonld'
import ContextResolver from 'jsonld/lib/ContextResolver.js'
import { expect } from 'vitest'
import { analyze, findProblems } from '../../src/canonical/analyze.js'
import { canonicalize } from '../../src/canonical/canonicalize.js'
import { type Dataset, DEFAULT_GRAPH, type Term } from '../../src/canonical/dataset.js'
import type { Analysis, AnalyzeOptions, CanonicalContext, JsonLdProblem } from '../../src/canonical/types.js'
import { ResolutionError } from '../../src/errors.js'
import type { JsonObject } from '../../src/internal/types.js'
import { bundledContext } from '../../src/resolve/contexts/bundle.js'
import { shared } from '../shared.js'

const found = shared('corpus')
export const CORPUS = found ?? ''
export const hasCorpus = found !== undefined

const WEB: Record<string, { readonly file: string }> = hasCorpus
  ? JSON.parse(readFileSync(join(CORPUS, 'web/index.json'), 'utf8'))
  : {}

/** A context for `analyze` with a cache of its own. `served` answers before the corpus does. */
export function context(served: Readonly<Record<string, unknown>> = {}, overrides: Partial<CanonicalContext> = {}) {
  const cache = new Map<string, unknown>()
  const loads: string[] = []
  const made: CanonicalContext & { readonly loads: string[] } = {
    now: new Date('2026-01-01T00:00:00Z'),
    limits: {
      documentBytes: 1024 * 1024,
      imageBytes: 0,
      statusListBytes: 0,
      depth: 64,
      canonicalSteps: 65_536,
      nesting: 2,
      endorsements: 100,
      fetches: 64,
    },
    cache: {
      get: (key) => cache.get(key),
      set: (key, value) => {
        cache.set(key, value)
      },
    },
    loader: {
      async load({ url }) {
        loads.push(url)
        const document = served[url] ?? fromCorpus(url)
        if (document === undefined) throw new ResolutionError('resolve.not_found', url, 'there is no such document')
        const bytes = new TextEncoder().encode(typeof document === 'string' ? document : JSON.stringify(document))
        return { url, bytes, mediaType: 'application/ld+json' }
      },
    },
    loads,
    // Most tests are about the graph; one-reading.test.ts is about who reads it.
    graphOnly: true,
    ...overrides,
  }
  return made
}

function fromCorpus(url: string): string | undefined {
  const entry = WEB[url]
  return entry && existsSync(join(CORPUS, entry.file)) ? readFileSync(join(CORPUS, entry.file), 'utf8') : undefined
}

/** The canonical form as jsonld makes it, in safe mode; throws where it cannot. */
export async function jsonldCanonize(
  document: object,
  served: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  return jsonld.canonize(structuredClone(document), {
    safe: true,
    algorithm: 'RDFC-1.0',
    // As all suites of @digitalbazaar have it.
    rdfDirection: 'i18n-datatype',
    // The bound on work is the test's own.
    canonizeOptions: { maxWorkFactor: 3 },
    // Its own remembers contexts of earlier documents, and mistakes one for another now and then.
    contextResolver: new ContextResolver({ sharedCache: new Map() }),
    documentLoader: async (url: string) => {
      const found = bundledContext(url) ?? served[url] ?? JSON.parse(fromCorpus(url) ?? 'null')
      if (found === null) throw new Error(`no ${url}`)
      return { document: structuredClone(found), documentUrl: url, contextUrl: null }
    },
  })
}

/** More of the random tests, with FUZZ_RUNS: a factor. */
export const MORE = Number(process.env.FUZZ_RUNS ?? 1)

export const bothPaths = [
  { path: 'compiled', generalPathOnly: false },
  { path: 'general', generalPathOnly: true },
] as const

/** The canonical form by the path, or `undefined` with the problems; which are the same where nobody asks for a dataset. */
export async function ours(
  document: object,
  of: CanonicalContext = context(),
  options?: AnalyzeOptions,
): Promise<{ nquads: string | undefined; problems: readonly JsonLdProblem[]; path: Analysis['path'] }> {
  const { dataset, problems, path } = await analyze(document as JsonObject, of, options)
  if (options === undefined && of.graphOnly) expect(await findProblems(document as JsonObject, of)).toEqual(problems)
  return { nquads: dataset && canonicalize(dataset, { hash: 'SHA-256', maxSteps: 65_536 }), problems, path }
}

/** The JSON files below a folder of the corpus. */
export function jsonFiles(folder: string): string[] {
  if (!hasCorpus) return []
  const walk = (at: string): string[] =>
    readdirSync(at)
      .sort()
      .flatMap((name) => (statSync(join(at, name)).isDirectory() ? walk(join(at, name)) : [join(at, name)]))
  return walk(join(CORPUS, folder)).filter((file) => /\.(?:json|jsonld|1ob|vc|txt)$/.test(file) || !/\.\w+$/.test(file))
}

export const VC2 = 'https://www.w3.org/ns/credentials/v2'
export const VC1 = 'https://www.w3.org/2018/credentials/v1'
export const OB303 = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'

const LINE =
  /^(<[^>]*>|_:\w+) (<[^>]*>) (<[^>]*>|_:\w+|"(?:[^"\\]|\\.)*"(?:@[\w-]+|\^\^<[^>]*>)?)(?: (<[^>]*>|_:\w+))? \.$/u

/** A dataset from N-Quads; blank nodes are numbered in the order of their appearance. */
export function datasetOf(nquads: string): Dataset {
  const nodes = new Map<string, number>()
  const term = (text: string): Term => {
    if (!text.startsWith('_:')) return text
    const known = nodes.get(text) ?? nodes.size
    nodes.set(text, known)
    return known
  }
  const columns = { subjects: [] as Term[], predicates: [] as string[], objects: [] as Term[], graphs: [] as Term[] }
  for (const line of nquads.split('\n').filter((one) => one.trim() !== '')) {
    const [, subject, predicate, object, graph] = LINE.exec(line.trim()) ?? []
    if (subject === undefined || predicate === undefined || object === undefined) throw new Error(`no quad: ${line}`)
    columns.subjects.push(term(subject))
    columns.predicates.push(predicate)
    columns.objects.push(term(object))
    columns.graphs.push(graph === undefined ? DEFAULT_GRAPH : term(graph))
  }
  return { ...columns, blankNodes: nodes.size }
}
