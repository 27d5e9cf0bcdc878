/**
 * The UUIDs that CASE wants for everything, from the URIs that a framework has.
 *
 * @module
 */
import { md5Hex } from '../platform/md5.js'
import { uuidIn } from './identifiers.js'

/** How URIs get the UUIDs that CASE demands. */
export interface CaseNaming {
  /** The CASE `identifier` (a UUID) for a URI. Default: the UUID it ends with, else one made from it. */
  readonly identifierOf?: ((uri: string) => string) | undefined
}

/**
 * The same URI gives the same identifier, always. CASE allows UUIDs of the versions 1 to 5; of the two made from names version 3
 * (RFC 9562 section 5.3) does with a hash that is here anyway. The namespace is the Nil UUID. It names, and secures nothing.
 */
export function caseIdentifier(uri: string, { identifierOf }: CaseNaming = {}): string {
  if (identifierOf !== undefined) return identifierOf(uri)
  return uuidIn(uri) ?? nameBased(uri)
}

function nameBased(name: string): string {
  const hex = md5Hex('\0'.repeat(16) + name)
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16)
  return [hex.slice(0, 8), hex.slice(8, 12), `3${hex.slice(13, 16)}`, variant + hex.slice(17, 20), hex.slice(20)].join(
    '-',
  )
}
