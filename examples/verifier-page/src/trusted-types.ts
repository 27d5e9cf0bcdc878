/**
 * The page demands trusted types: no text becomes markup or the address of a script, but here. Where a browser does not know
 * them yet, texts pass as they are.
 *
 * @module
 */
interface Policy {
  createHTML(text: string): string
  createScriptURL(url: string): string
}
interface Factory {
  createPolicy(name: string, rules: Policy): Policy
}

const rules: Policy = {
  // Only ever given to a parser whose document is never shown; see safe-html.ts.
  createHTML: (text) => text,
  createScriptURL: (url) => {
    if (url !== 'worker.js' && url !== 'sw.js') throw new TypeError(`${url} is no script of this page`)
    return url
  },
}

const { trustedTypes } = globalThis as { trustedTypes?: Factory }

export const policy: Policy = trustedTypes?.createPolicy('verifier-page', rules) ?? rules
