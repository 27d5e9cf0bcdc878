/**
 * 1EdTech Revocation List Status Method 1.0 (https://www.imsglobal.org/spec/vcrl/v1p0/): an unsigned JSON document with the ids
 * of the credentials that an issuer has revoked.
 *
 * @module
 */
import { ResolutionError } from '../errors.js'
import type { Json, JsonObject } from '../internal/types.js'
import type { VerifiableCredential } from '../model/types.js'
import { type Finding, finding } from '../report/check.js'
import { loadJsonObject } from '../resolve/json-document.js'
import { describe } from './describe.js'
import { oncePerCredential } from './once-per-credential.js'
import { isUrl } from './status-entry.js'
import { loadFinding } from './status-list.js'
import type { StatusMethod, VerifyContext } from './status-method.js'

/** What a list says of one credential. */
interface Revocation {
  readonly isRevoked: boolean
  readonly reason: string | undefined
}

interface RevocationList {
  readonly byId: ReadonlyMap<string, Revocation>
  /** True where an element is none: then what is not found may be there after all. */
  readonly hasUnreadable: boolean
}

/**
 * Reads `1EdTechRevocationList`. Only the connection says that the list is the issuer's (the loader asks https alone), hence the
 * note `status.list_unsigned`; it counts where its `issuer` is the credential's.
 */
export function revocationList(): StatusMethod {
  const once = oncePerCredential<Loaded>()
  // By identity: the document lives in the context's cache, and its index as long as that.
  const indexes = new WeakMap<JsonObject, RevocationList | 'malformed'>()
  return {
    types: ['1EdTechRevocationList'],
    check: async (entry, credential, context) => {
      const { id: url } = entry as JsonObject
      if (typeof url !== 'string' || !isUrl(url)) {
        const message = '"id" of the status entry must be the URL of a revocation list'
        return [finding('status.list_malformed', message, { pointer: '/id' })]
      }
      const { document, failure } = await once(context, url, () => load(url, context))
      if (document === undefined) return [failure]
      const list = indexes.get(document) ?? readList(document, url)
      indexes.set(document, list)
      return judge(list, document, url, credential)
    },
  }
}

/** Apart, because the document may have any member. */
type Loaded =
  | { readonly document: JsonObject; readonly failure?: never }
  | { readonly document?: never; readonly failure: Finding<'status'> }

async function load(url: string, context: VerifyContext): Promise<Loaded> {
  try {
    return { document: await loadJsonObject(url, 'status', 'application/json', context) }
  } catch (error) {
    if (!(error instanceof ResolutionError)) throw error
    if (error.code !== 'resolve.malformed') return { failure: loadFinding(error) }
    return { failure: finding('status.list_malformed', error.message, { evidence: { url } }) }
  }
}

function judge(
  list: RevocationList | 'malformed',
  { issuer: value }: JsonObject,
  url: string,
  { id, issuer: expected }: VerifiableCredential,
): Finding<'status'>[] {
  const evidence = { url }
  const issuer = idOf(value)
  if (list === 'malformed' || issuer === undefined) {
    const message = 'what is served as a revocation list has no "issuer" or no "revokedCredential"'
    return [finding('status.list_malformed', message, { evidence })]
  }
  if (issuer !== idOf(expected as Json)) {
    const message = `the revocation list is by ${describe(issuer)}, not by the issuer of the credential, and nobody signed it`
    return [finding('status.list_untrusted', message, { evidence: { url, issuer: describe(issuer) } })]
  }
  if (id === undefined) {
    const message = 'the credential has no "id", by which a revocation list could name it'
    return [finding('status.list_malformed', message, { evidence })]
  }
  const unsigned = finding('status.list_unsigned', 'nobody signed the revocation list: it is as good as its server', {
    evidence,
  })
  const revocation = list.byId.get(id)
  if (revocation?.isRevoked) {
    const reason = revocation.reason === undefined ? '' : `: "${describe(revocation.reason)}"`
    return [finding('status.revoked', `its issuer has revoked it${reason}`, { evidence }), unsigned]
  }
  if (list.hasUnreadable && revocation === undefined) {
    const message = 'the revocation list has elements that name no credential'
    return [finding('status.list_malformed', message, { evidence }), unsigned]
  }
  return [finding('status.active', 'it is not in the revocation list', { evidence }), unsigned]
}

/**
 * The schema says `revokedCredential`, the prose `revokedCredentials`: both are read. Where neither is there, nothing is revoked,
 * but only if the document says by its `id` that it is this list: else any document of the issuer's would do.
 */
function readList(document: JsonObject, url: string): RevocationList | 'malformed' {
  const members = [document.revokedCredential, document.revokedCredentials].filter((member) => member !== undefined)
  if (members.length === 0 && document.id !== url) return 'malformed'
  const byId = new Map<string, Revocation>()
  let hasUnreadable = false
  for (const element of members.flat() as Json[]) {
    const revocation = readElement(element)
    if (revocation === undefined) hasUnreadable = true
    // Named twice, it is revoked if either says so.
    else if (!byId.get(revocation.id)?.isRevoked) byId.set(revocation.id, revocation)
  }
  return { byId, hasUnreadable }
}

/** "Revoked" is what is said of an element without `revoked`, and of a bare id. */
function readElement(element: Json): (Revocation & { readonly id: string }) | undefined {
  if (typeof element === 'string') return { id: element, isRevoked: true, reason: undefined }
  if (typeof element !== 'object' || element === null || Array.isArray(element)) return undefined
  const { id, revoked = true, revocationReason: reason } = element as JsonObject
  if (typeof id !== 'string' || typeof revoked !== 'boolean') return undefined
  return { id, isRevoked: revoked, reason: typeof reason === 'string' ? reason : undefined }
}

function idOf(value: Json | undefined): string | undefined {
  const id = typeof value === 'object' && value !== null ? (value as JsonObject).id : value
  return typeof id === 'string' ? id : undefined
}
