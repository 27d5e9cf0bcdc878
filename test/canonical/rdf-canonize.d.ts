/** rdf-canonize has no types of its own: what the tests use of it. */
declare module 'rdf-canonize' {
  interface CanonizeOptions {
    readonly algorithm: 'RDFC-1.0'
    readonly inputFormat: 'application/n-quads'
    readonly format: 'application/n-quads'
    readonly messageDigestAlgorithm: string
    readonly maxWorkFactor: number
  }
  const rdfCanonize: { canonize(nquads: string, options: CanonizeOptions): Promise<string> }
  export default rdfCanonize
}
