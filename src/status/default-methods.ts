/**
 * The status mechanisms that Open Badges use.
 *
 * @module
 */
import { onDemand } from '../internal/on-demand.js'
import type { StatusMethod } from './status-method.js'

/** BitstringStatusListEntry, StatusList2021Entry, 1EdTechRevocationList. Each is loaded for the first entry of its type. */
export function defaultStatusMethods(): StatusMethod[] {
  return [
    loaded('BitstringStatusListEntry', async () => (await import('./bitstring-status-list.js')).bitstringStatusList()),
    loaded('StatusList2021Entry', async () => (await import('./status-list-2021.js')).statusList2021()),
    loaded('1EdTechRevocationList', async () => (await import('./revocation-list.js')).revocationList()),
  ]
}

/** One method for as long as this one lives: methods remember what they are loading. */
function loaded(type: string, load: () => Promise<StatusMethod>): StatusMethod {
  let ready: StatusMethod | undefined
  const method = onDemand(async () => {
    ready = await load()
    return ready
  })
  return {
    types: [type],
    check: (...call) => (ready === undefined ? method().then((loaded) => loaded.check(...call)) : ready.check(...call)),
  }
}
