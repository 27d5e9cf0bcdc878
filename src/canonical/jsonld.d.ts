/** What this library uses of the package jsonld, which has no types of its own. */
declare module 'jsonld' {
  interface ExpandOptions {
    readonly documentLoader: (url: string) => Promise<{ document: unknown; documentUrl: string; contextUrl: null }>
    readonly contextResolver?: object
    readonly eventHandler?: (event: {
      event: { code: string; level: string; details?: { property?: unknown } }
      next: () => void
    }) => void
  }
  const jsonld: {
    expand(input: object, options: ExpandOptions): Promise<object[]>
    canonize(input: object, options: object): Promise<string>
    toRDF(input: object, options: object): Promise<string>
  }
  export default jsonld
}

/** What jsonld looks contexts up with; `sharedCache` holds those in place. */
declare module 'jsonld/lib/ContextResolver.js' {
  export default class ContextResolver {
    constructor(options: { readonly sharedCache: Map<unknown, unknown> })
  }
}
