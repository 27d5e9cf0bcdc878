import { pathToFileURL } from 'node:url'
import type { EsbuildPlugin } from './types.js'

const LAZY_CONTEXT = 'lazy-context'

/**
 * JSON-LD contexts as texts that are parsed when somebody asks for them: 126 KB of object literals are compiled and made by
 * every program, one credential needs two of these documents. `JSON.parse` is faster than a literal besides.
 */
export const lazyContexts: EsbuildPlugin = {
  name: 'lazy-contexts',
  setup(build) {
    build.onLoad({ filter: /-context[\\/](lib|js)[\\/].*\.js$/ }, async ({ path }) => {
      const exported = await import(pathToFileURL(path).href)
      return { contents: `import { lazyContext } from '${LAZY_CONTEXT}'\n${declarations(exported)}`, loader: 'js' }
    })
    build.onResolve({ filter: new RegExp(`^${LAZY_CONTEXT}$`) }, ({ path }) => ({ path, namespace: LAZY_CONTEXT }))
    build.onLoad({ filter: /.*/, namespace: LAZY_CONTEXT }, () => ({
      contents: `export const lazyContext = (text) => ({
        get '@context'() {
          const value = JSON.parse(text)
          Object.defineProperty(this, '@context', { value, enumerable: true })
          return value
        },
      })`,
      loader: 'js',
    }))
  },
}

/** Packages export a document, as default or by name, or a map of documents. What else they export, nobody asks for. */
function declarations(exported: Record<string, unknown>): string {
  return Object.entries(exported)
    .flatMap(([name, value]) => {
      const target = name === 'default' ? 'export default' : `export const ${name} =`
      if (isContext(value)) return [`${target} ${lazy(value)}`]
      if (!(value instanceof Map) || ![...value.values()].every(isContext)) return []
      const entries = [...value].map(([url, document]) => `['${url}', ${lazy(document)}]`)
      return [`${target} /* @__PURE__ */ new Map([${entries.join(', ')}])`]
    })
    .join('\n')
}

function isContext(value: unknown): value is { '@context': unknown } {
  return typeof value === 'object' && value !== null && Object.keys(value).join() === '@context'
}

function lazy(document: { '@context': unknown }): string {
  return `/* @__PURE__ */ lazyContext(${JSON.stringify(JSON.stringify(document['@context']))})`
}
