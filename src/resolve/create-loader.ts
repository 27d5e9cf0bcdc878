/**
 * The guarded loader with its defaults.
 *
 * @module
 */
import { invalidOption, UsageError } from '../errors.js'
import { anything, type Members, whole } from '../internal/members.js'
import { onDemand } from '../internal/on-demand.js'
import { isNode } from '../platform/builtin.js'
import { platformFetch, type Transport } from '../platform/transport.js'
import { demandOptions } from '../report/demand-options.js'
import { insecureNetwork } from '../report/symbols.js'
import { parseAllowHosts } from './allow-hosts.js'
import { MAX_TIMEOUT_MS } from './deadline.js'
import type { DocumentLoader } from './document-loader.js'

/** What a guarded loader may ask, and for how long. */
export interface LoaderOptions {
  /**
   * What to load with instead of the platform's own: for a proxy, or for tests. The addresses that names resolve to are then not
   * judged, only addresses written into URLs. Default: in Node a transport that judges each address it connects to; elsewhere the
   * runtime's fetch.
   */
  readonly fetch?: typeof fetch | undefined
  /** Milliseconds for the whole of one load, redirects and body included. Default 10 000. */
  readonly timeoutMs?: number | undefined
  /** Each is judged like the first URL. Default 3. */
  readonly maxRedirects?: number | undefined
  /** Exactly these hosts and no other, redirects included: `school.example` is port 443, `school.example:8443` is that one. Default: any public host. */
  readonly allowHosts?: readonly string[] | undefined
  /** Only the symbol `insecureNetwork`: http, private addresses and names too, for tests and closed networks. Certificates are still checked. */
  readonly allowPrivateAddresses?: typeof insecureNetwork | undefined
}

/** `anything` is judged by createLoader. */
const LOADER: Members<LoaderOptions> = {
  fetch: anything,
  timeoutMs: whole(1, MAX_TIMEOUT_MS),
  maxRedirects: whole(0, 20),
  allowHosts: anything,
  allowPrivateAddresses: anything,
}

/**
 * Loads over https from public addresses: no redirect, name or address leads to a private, loopback or link-local one; no cookies,
 * no Referer; certificates are always checked. Throws `usage.invalid_option`, or `usage.no_network` where the runtime has neither
 * Node's https nor fetch.
 *
 * Its `load` throws only ResolutionError with a code of `LoadFailureCode`.
 */
export function createLoader(options: LoaderOptions = {}): DocumentLoader {
  demandOptions(options, LOADER)
  const { timeoutMs = 10_000, maxRedirects = 3, allowHosts, allowPrivateAddresses } = options
  if (allowHosts !== undefined && !Array.isArray(allowHosts))
    throw invalidOption('allowHosts', 'must be an array of hosts')
  if (allowPrivateAddresses !== undefined && allowPrivateAddresses !== insecureNetwork)
    throw invalidOption('allowPrivateAddresses', 'takes only the symbol insecureNetwork')
  const rules = {
    timeoutMs,
    maxRedirects,
    allowHosts: allowHosts && parseAllowHosts(allowHosts),
    insecure: allowPrivateAddresses === insecureNetwork,
  }
  const transport = transportFor(options)
  // What can be refused at once is gone; the rest is loaded for the first document.
  const loader = onDemand(async () => {
    const [{ createHttpsLoader }, made] = await Promise.all([import('./https-loader.js'), transport()])
    return createHttpsLoader({ ...rules, transport: made })
  })
  return { load: async (...call) => (await loader()).load(...call) }
}

/** Throws UsageError `usage.invalid_option`, `usage.no_network`. What it answers loads the transport. */
export function transportFor({ fetch = undefined }: Pick<LoaderOptions, 'fetch'>): () => Promise<Transport> {
  if (fetch !== undefined && typeof fetch !== 'function')
    throw invalidOption('fetch', 'must be a function as the WHATWG Fetch standard has it')
  const ask = fetch ?? platformFetch()
  const noNetwork = () => new UsageError('usage.no_network', 'this runtime has no fetch; give one as "fetch"')
  const canAskNode = fetch === undefined && isNode()
  if (!canAskNode && !ask) throw noNetwork()
  return async () => {
    const own = canAskNode ? (await import('../platform/node-transport.js')).nodeTransport() : undefined
    if (own) return own
    // A Node that has been built without its https.
    if (!ask) throw noNetwork()
    return (await import('./fetch-transport.js')).fetchTransport(ask)
  }
}
