/**
 * 1EdTech Revocation List Status Method 1.0 (https://www.imsglobal.org/spec/vcrl/v1p0/): an unsigned JSON document with the ids
 * of the credentials that an issuer has revoked.
 *
 * @module
 */

import { ResolutionError } from '../errors.js'
import { idOf } from '../internal/json-object.js'
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
  /** The first part of it that may name credentials and cannot be read, as people see it: what is not found may be there after all. */
  readonly unread: string | undefined
}

/** Where the ids stand: the schema says the first, the prose the second, Open Badges 2.0 (and servers that kept its lists) the third. */
const LISTS: readonly string[] = ['revokedCredential', 'revokedCredentials', 'revokedAssertions']
/** Members that are about the list and name no credential of it. */
const ABOUT: ReadonlySet<string> = new Set(
  '@context id @id type @type issuer name description image url proof language inLanguage @language $schema'.split(' '),
)

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
    const message =
      'what is served as a revocation list has no "issuer", or neither "revokedCredential" nor its own "id"'
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
  if (list.unread !== undefined) {
    const message = `the revocation list cannot be read as a whole, so nobody can say what is not in it: ${list.unread}`
    return [finding('status.list_malformed', message, { evidence }), unsigned]
  }
  return [finding('status.active', 'it is not in the revocation list', { evidence }), unsigned]
}

/**
 * Where none of the lists is there, nothing is revoked, but only if the document says by its `id` that it is this list: else any
 * document of the issuer's would do. What may be a list under a name that nobody told us makes it one that is not read as a whole.
 */
function readList(document: JsonObject, url: string): RevocationList | 'malformed' {
  const members = LISTS.filter((name) => document[name] !== undefined)
  if (members.length === 0 && document.id !== url) return 'malformed'
  const byId = new Map<string, Revocation>()
  let unread = unknownList(document)
  for (const name of members) {
    const elements = [document[name] as Json].flat()
    for (const [index, element] of elements.entries()) {
      const revocation = readElement(element)
      if (revocation === undefined) unread ??= `element ${index} of its "${name}" names no credential`
      // Named twice, it is revoked if either says so.
      else if (!byId.get(revocation.id)?.isRevoked) byId.set(revocation.id, revocation)
    }
  }
  return { byId, unread }
}

/** Numbers, dates and words name no credential; arrays and objects may, and so may URLs (of one credential, or of the next page). */
function unknownList(document: JsonObject): string | undefined {
  for (const [name, value] of Object.entries(document)) {
    if (ABOUT.has(name) || LISTS.includes(name)) continue
    const isSet = Array.isArray(value) ? value.length > 0 : typeof value === 'object' && value !== null
    if (isSet || /revo/i.test(name) || (typeof value === 'string' && isAbsolute(value)))
      return `its member "${describe(name)}" is not known here`
  }
  return undefined
}

/** "Revoked" is what is said of an element without `revoked`, and of a bare id. */
function readElement(element: Json): (Revocation & { readonly id: string }) | undefined {
  if (typeof element === 'string')
    return isAbsolute(element) ? { id: element, isRevoked: true, reason: undefined } : undefined
  if (typeof element !== 'object' || element === null || Array.isArray(element)) return undefined
  const { id, revoked = true, revocationReason: reason } = element as JsonObject
  if (typeof id !== 'string' || !isAbsolute(id) || typeof revoked !== 'boolean') return undefined
  return { id, isRevoked: revoked, reason: typeof reason === 'string' ? reason : undefined }
}

/** A relative reference would have to be resolved before it names a credential, and text with blanks is no URI. */
const isAbsolute = (id: string): boolean => /^[a-z][a-z0-9+.-]*:\S+$/i.test(id)
