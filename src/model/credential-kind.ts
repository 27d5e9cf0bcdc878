import type { JsonObject } from '../internal/types.js'
import { isEndorsement, isOpenBadge } from './kinds.js'

/** Which model a credential is held against, by its `type`: an Open Badge, an endorsement, or any VCDM credential. */
export function credentialKind(document: JsonObject): 'open-badge' | 'endorsement' | 'credential' {
  return isOpenBadge(document) ? 'open-badge' : isEndorsement(document) ? 'endorsement' : 'credential'
}
