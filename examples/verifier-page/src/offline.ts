/** Keeps the page in this browser: checking a badge that names no address then needs no network at all. */
import { policy } from './trusted-types.js'

export async function workOffline(place: HTMLElement): Promise<void> {
  const { serviceWorker } = navigator as { serviceWorker?: ServiceWorkerContainer }
  place.textContent = ''
  if (serviceWorker === undefined) return
  try {
    await serviceWorker.register(policy.createScriptURL('sw.js'))
    await serviceWorker.ready
    place.textContent = 'This page now works offline, too.'
  } catch {
    // Opened from a file, or forbidden by the browser: the page works, with a network.
  }
}
