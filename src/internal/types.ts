/** Bytes, as every runtime has them. Never a Node Buffer in a return value. */
export type Bytes = Uint8Array
/** A JSON value, read-only. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [member: string]: Json }
/** A JSON object, read-only. */
export type JsonObject = { readonly [member: string]: Json }
/** While it is being made. */
export type Writable<T> = { -readonly [Member in keyof T]: T[Member] }
/** Synchronous where the runtime can, asynchronous where it cannot: `await` handles both. */
export type MaybePromise<T> = T | Promise<T>

/**
 * WebCrypto's CryptoKey, found through the global `crypto`: a package whose TypeScript has no DOM library and the types of Node 20
 * knows that global but not the name.
 */
export type WebCryptoKey = Extract<Awaited<ReturnType<typeof crypto.subtle.generateKey>>, { readonly type: string }>

/** Some of its members. Undefined is as good as absent: callers with `exactOptionalPropertyTypes` need not leave a member out. */
export type Optional<T> = { readonly [Name in keyof T]?: T[Name] | undefined }
