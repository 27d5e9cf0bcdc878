/**
 * The hosts that a caller allows, as the caller writes them.
 *
 * @module
 */
import { invalidOption } from '../errors.js'
import { shown } from '../internal/shown.js'

/** A host without a port means 443, the only one that https has by itself. Throws `usage.invalid_option`. */
export function parseAllowHosts(hosts: readonly string[]): ReadonlySet<string> {
  return new Set(
    hosts.map((entry) => {
      const url = typeof entry === 'string' ? parseUrl(`https://${entry}`) : undefined
      if (!url || /[/?#@*\\\s]/.test(entry))
        throw invalidOption(
          'allowHosts',
          `must hold hosts such as "school.example" or "school.example:8443", not ${shown(entry)}`,
        )
      return `${url.hostname.replace(/\.$/, '')}:${portOf(url)}`
    }),
  )
}

export function portOf(url: URL): string {
  return url.port || (url.protocol === 'http:' ? '80' : '443')
}

export function parseUrl(text: string, base?: URL): URL | undefined {
  try {
    return new URL(text, base)
  } catch {
    return undefined
  }
}
