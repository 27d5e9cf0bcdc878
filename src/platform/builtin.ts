/**
 * The one place that reaches for Node's own modules. `process.getBuiltinModule` (Node 20.16, Bun, Deno) needs no import, so
 * the same files run in browsers and workers, where it answers undefined.
 *
 * @module
 */
interface Builtins {
  'node:buffer': typeof import('node:buffer')
  'node:crypto': typeof import('node:crypto')
  'node:zlib': typeof import('node:zlib')
  'node:https': typeof import('node:https')
  'node:http': typeof import('node:http')
  'node:fs': typeof import('node:fs')
  'node:dns': typeof import('node:dns')
  'node:net': typeof import('node:net')
}

export function nodeBuiltin<Name extends keyof Builtins>(name: Name): Builtins[Name] | undefined {
  const { process } = globalThis as { process?: { getBuiltinModule?(id: string): unknown } }
  return process?.getBuiltinModule?.(name) as Builtins[Name] | undefined
}

/** What a runtime tells about itself; others than Node imitate `process.versions.node`. */
interface Runtime {
  readonly process?: { readonly versions?: Readonly<Record<string, string | undefined>> }
  readonly navigator?: { readonly userAgent?: string }
}

/** Node itself, and none of those that imitate it. The argument is for tests. */
export function isNode(runtime: unknown = globalThis): boolean {
  const { process, navigator } = runtime as Runtime
  const versions = process?.versions
  const imitated = versions?.bun !== undefined || versions?.deno !== undefined
  return versions?.node !== undefined && !imitated && navigator?.userAgent !== 'Cloudflare-Workers'
}
