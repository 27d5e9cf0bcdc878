/** The reader's choices, kept in this browser and nowhere else. */
import type { Settings } from './protocol.js'

const KEY = 'badgewright-verifier-page'

export const NO_CHOICE: Settings = { trust: 'anybody', issuers: [], registries: [], recipient: '', ownKeys: false }

/** Registries of the Digital Credentials Consortium. Asked only where somebody ticks them. */
export const REGISTRIES: readonly { readonly name: string; readonly url: string }[] = [
  { name: 'DCC member registry', url: 'https://digitalcredentials.github.io/issuer-registry/registry.json' },
  { name: 'DCC community registry', url: 'https://digitalcredentials.github.io/community-registry/registry.json' },
]

const MAX_ISSUERS = 5_000

/** For whom a badge should be, and keys it brings, are decided anew each time: only the trusted are kept. */
export function loadSettings(): Settings {
  try {
    const { trust, issuers, registries } = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Settings>
    return {
      ...NO_CHOICE,
      trust: trust === 'listed' ? 'listed' : 'anybody',
      issuers: texts(issuers),
      registries: texts(registries).filter((url) => REGISTRIES.some((known) => known.url === url)),
    }
  } catch {
    // No storage here, or something else wrote to it.
    return NO_CHOICE
  }
}

/** False where this browser keeps nothing: private windows, full disks. */
export function saveSettings({ trust, issuers, registries }: Settings): boolean {
  try {
    localStorage.setItem(KEY, JSON.stringify({ trust, issuers, registries }))
    return true
  } catch {
    return false
  }
}

/** One id in a line; what stands behind a space is a remark. */
export function readIssuers(text: string): { readonly issuers: readonly string[]; readonly wrong: readonly string[] } {
  const lines = text
    .split('\n')
    .map((line) => line.trim().split(/\s+/)[0] ?? '')
    .filter((id) => id !== '' && !id.startsWith('#'))
  const ids = [...new Set(lines)].slice(0, MAX_ISSUERS)
  return {
    issuers: ids.filter((id) => /^[a-z][\w+.-]*:\S+$/i.test(id)),
    wrong: ids.filter((id) => !/^[a-z][\w+.-]*:\S+$/i.test(id)),
  }
}

const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((entry) => typeof entry === 'string').slice(0, MAX_ISSUERS) : []
