/**
 * Bitstring Status List 1.0, and what StatusList2021 shares with it: the entry, the list it points into, and what the bits mean.
 *
 * @module
 */
import type { JsonObject, MaybePromise } from '../internal/types.js'
import type { VerifiableCredential } from '../model/types.js'
import { type Finding, finding } from '../report/check.js'
import { countEntries, MINIMUM_ENTRIES, readEntry } from './bitstring.js'
import { describe } from './describe.js'
import { readInteger, readStatusEntry, type StatusEntry, type StatusMessages } from './status-entry.js'
import { type StatusList, type StatusListKind, type StatusListLoader, statusListLoader } from './status-list.js'
import type { StatusMethod, VerifyContext } from './status-method.js'

/**
 * Reads `BitstringStatusListEntry`: revocation, suspension, refresh, message, with entries of several bits. A purpose that the
 * standard does not know counts only where its bits are set: then what they say is unknown, and the status with it.
 */
export function bitstringStatusList(): StatusMethod {
  return listMethod({
    entryType: 'BitstringStatusListEntry',
    credentialType: 'BitstringStatusListCredential',
    subjectType: 'BitstringStatusList',
    encoding: 'multibase',
  })
}

/** A method for one generation of lists. Decoded lists are kept in the context's cache under their URL. */
export function listMethod(kind: StatusListKind): StatusMethod {
  const loadList = statusListLoader(kind)
  return {
    types: [kind.entryType],
    check: (entry, credential, context) => checkEntry(entry as JsonObject, credential, loadList, context),
  }
}

/** At once where the list is at hand and by the issuer of the credential, as most are. */
function checkEntry(
  document: JsonObject,
  credential: VerifiableCredential,
  loadList: StatusListLoader,
  context: VerifyContext,
): MaybePromise<Findings> {
  const entry = readStatusEntry(document)
  if ('code' in entry) return [entry]
  const list = loadList(entry.url, context)
  return list instanceof Promise
    ? list.then((loaded) => judgeEntry(entry, loaded, credential, context))
    : judgeEntry(entry, list, credential, context)
}

type Findings = readonly Finding<'status'>[]

function judgeEntry(
  entry: StatusEntry,
  list: StatusList | Finding<'status'>,
  credential: VerifiableCredential,
  context: VerifyContext,
): MaybePromise<Findings> {
  if ('code' in list) return [list]
  const issuer = issuerOf(credential)
  if (list.issuer === issuer && list.isAuthenticated) return judgeStatus(entry, list)
  return judgeIssuer(list, issuer, entry, context).then((remark) => {
    if (remark === undefined) return judgeStatus(entry, list)
    return remark.note ? [...judgeStatus(entry, list), remark] : [remark]
  })
}

function judgeStatus(entry: StatusEntry, list: StatusList): Findings {
  const found = readStatus(entry, list)
  return entry.faults.length === 0 ? found : [...found, ...entry.faults]
}

/**
 * Section 3.2, its last note: whoever may sign the credential need not be who keeps its status, but the caller must trust them
 * too. A finding that is no note where they do not.
 */
async function judgeIssuer(
  { issuer, isAuthenticated }: StatusList,
  expected: string,
  { url }: StatusEntry,
  context: VerifyContext,
): Promise<Finding<'status'> | undefined> {
  const trust = await context.trusts(issuer)
  const evidence = { url, issuer }
  if (trust === 'no' || (trust === 'yes' && !isAuthenticated)) {
    const why = isAuthenticated ? 'is not trusted' : 'is not proven by its signature'
    return finding('status.list_untrusted', `the issuer of the status list, ${describe(issuer)}, ${why}`, { evidence })
  }
  if (issuer === expected) return undefined
  return finding('status.list_other_issuer', `the status list is kept by ${describe(issuer)}`, { evidence })
}

function readStatus(entry: StatusEntry, list: StatusList): Finding<'status'>[] {
  const { url, index, purpose } = entry
  if (!list.purposes.has(purpose)) {
    // The standard has four. A stranger's list may have as many as a document holds, and be asked for each of its entries.
    const some = [...list.purposes].slice(0, 8)
    const purposes =
      some.map((each) => `"${describe(each)}"`).join(', ') + (some.length < list.purposes.size ? ', ...' : '')
    const message = `the status list is for ${purposes}, the entry for "${describe(purpose)}"`
    return [finding('status.purpose_mismatch', message, { pointer: '/statusPurpose', evidence: placeOf(entry) })]
  }
  const listed = list.subject.statusSize
  if (listed !== undefined && readInteger(listed) !== entry.size) {
    const message = `the entry has ${entry.size} bits, those of the list have ${describe(typeof listed === 'object' ? 'no number' : String(listed))}`
    return [finding('status.list_malformed', message, { pointer: '/statusSize', evidence: placeOf(entry) })]
  }
  const entries = countEntries(list.bits, entry.size)
  const value = readEntry(list.bits, index, entry.size)
  const notes: Finding<'status'>[] = []
  if (entries < MINIMUM_ENTRIES) {
    const message = `the status list has ${entries} entries; it takes ${MINIMUM_ENTRIES} to hide each among the others`
    notes.push(finding('status.list_short', message, { evidence: { url, entries } }))
  }
  if (value === undefined) {
    const message = `there is no entry ${index}: the list has ${entries}, from 0`
    const details = { pointer: '/statusListIndex', evidence: placeOf(entry) }
    return [finding('status.index_out_of_range', message, details), ...notes]
  }
  const found = judgeValue(value, entry, messagesOf(entry, list))
  return notes.length === 0 ? found : [...found, ...notes]
}

/** Evidence: which bits were asked for. */
function placeOf({ url, index, purpose }: StatusEntry) {
  return { url, index, purpose: describe(purpose) }
}

/** The entry's (section 2.1), else the list's. */
function messagesOf({ messages, size }: StatusEntry, list: StatusList): StatusMessages | undefined {
  return messages ?? (list.messages?.size === 2 ** size ? list.messages : undefined)
}

function judgeValue(value: number, entry: StatusEntry, messages: StatusMessages | undefined): Finding<'status'>[] {
  const { url, index, purpose, size, references } = entry
  const shownPurpose = describe(purpose)
  const evidence = { url, index, purpose: shownPurpose, status: `0x${value.toString(16)}` }
  const findings: Finding<'status'>[] = []
  if (size > 1 && messages === undefined && entry.faults.length === 0) {
    const message = `an entry of ${size} bits needs a "statusMessage" for each of its values`
    findings.push(finding('status.list_malformed', message, { pointer: '/statusMessage', evidence }))
  }
  findings.push(verdict(value, purpose, shownPurpose, evidence))
  const text = messages?.get(value) ?? (size === 1 ? (value === 0 ? 'unset' : 'set') : undefined)
  const isSaid = purpose === 'message' || (messages !== undefined && value !== 0)
  if (isSaid && text !== undefined) {
    const reference = references[0] === undefined ? {} : { reference: references[0] }
    const details = { pointer: '/statusMessage', evidence: { ...evidence, ...reference } }
    findings.push(finding('status.message', `the issuer says of its status: "${describe(text)}"`, details))
  }
  if (purpose === 'refresh' && value !== 0) {
    findings.push(finding('status.message', 'the issuer says that there is a newer version of it', { evidence }))
  }
  return findings
}

function verdict(
  value: number,
  purpose: string,
  shown: string,
  evidence: NonNullable<Finding['evidence']>,
): Finding<'status'> {
  if (value === 0) return finding('status.active', `the status "${shown}" is not set for it`, { evidence })
  switch (purpose) {
    case 'revocation':
      return finding('status.revoked', 'its issuer has revoked it', { evidence })
    case 'suspension':
      return finding('status.suspended', 'its issuer has suspended it', { evidence })
    // Section 2.1: neither says anything against the credential.
    case 'refresh':
    case 'message':
      return finding('status.active', `the status "${shown}" is set for it, which does not invalidate it`, { evidence })
    default:
      return finding(
        'status.type_unsupported',
        `the status "${shown}" is set for it, and what that means is not known here`,
        {
          pointer: '/statusPurpose',
          evidence,
        },
      )
  }
}

function issuerOf({ issuer }: VerifiableCredential): string {
  return typeof issuer === 'string' ? issuer : issuer.id
}
