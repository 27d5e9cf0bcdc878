/**
 * What every disclosure of a credential of ours reveals, whatever its holder wants: all that a verifier needs in order to
 * know whether the credential holds, and all that its class demands.
 *
 * @module
 */
import { pointer, resolvePointer } from '../internal/json-pointer.js'
import type { JsonObject } from '../internal/types.js'
import { credentialKind } from '../model/credential-kind.js'

/**
 * Who says it, for how long it holds, and where to ask whether it still does: a holder who could withhold one of these could
 * present a badge that has expired or was revoked. The names of VCDM 1.1 count too. `id` and `@context` are always revealed.
 */
const OF_CREDENTIALS = [
  '/type',
  '/issuer',
  '/validFrom',
  '/validUntil',
  '/issuanceDate',
  '/expirationDate',
  '/credentialStatus',
  '/credentialSchema',
  '/refreshService',
  '/termsOfUse',
]

/** What the class demands besides, of the credential and of each of its subjects. The `id` of an object comes with it. */
const DEMANDED = {
  'open-badge': {
    credential: [],
    subject: ['/type', '/achievement/type', '/achievement/name', '/achievement/description', '/achievement/criteria'],
  },
  endorsement: { credential: ['/name'], subject: ['/type'] },
  credential: { credential: [], subject: ['/type'] },
} as const

/** Those that there are, without the caller's own. */
export function mandatoryPointers(document: JsonObject): string[] {
  const kind = credentialKind(document)
  const { credential, subject } = DEMANDED[kind]
  const pointers = [...OF_CREDENTIALS, ...credential]
  for (const at of subjectPointers(document)) {
    const { id } = (resolvePointer(document, at) ?? {}) as JsonObject
    // Selects the subject with its id and nothing else, so that there is one at all.
    pointers.push(`${at}/id`, ...subject.map((each) => at + each))
    // Whose badge it is must be said in one way or the other; who has an id may withhold the other identifiers.
    if (kind === 'open-badge' && id === undefined) pointers.push(`${at}/identifier`)
  }
  return pointers.filter((each) => resolvePointer(document, each) !== undefined)
}

function subjectPointers({ credentialSubject }: JsonObject): string[] {
  if (!Array.isArray(credentialSubject)) return ['/credentialSubject']
  return credentialSubject.map((_, index) => pointer('/credentialSubject', index))
}
