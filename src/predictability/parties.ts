/**
 * Who stands behind an id: what two profiles share only where they are of one organization.
 *
 * @module
 */
import { canonicalUri } from '../competency/identifiers.js'
import type { Profile } from '../model/types.js'
import type { VerificationReport } from '../report/report.js'

/** Somebody, by all that they could be known by. */
export interface Party {
  /** As it is written. */
  readonly id: string
  /** Of the profile: its id and homepage, e-mail, telephone, identifiers, and those of its parent. */
  readonly marks: readonly string[]
  /** RFC 7638 thumbprints of the keys that signed: another id for the same key is the same key. */
  readonly keys: readonly string[]
}

/** Why two parties are taken for one. */
export type SameParty = 'id' | 'key' | 'profile' | 'place'

/** Of a report, by its proof, and of what its issuer says. */
export function partyOf({ checks }: Pick<VerificationReport, 'checks'>, issuer: string | Profile): Party {
  const keys = [checks.key?.findings ?? []].flat().flatMap((finding) => {
    const thumbprint = finding?.evidence?.thumbprint
    return typeof thumbprint === 'string' ? [thumbprint] : []
  })
  return { id: typeof issuer === 'string' ? issuer : issuer.id, marks: marksOf(issuer), keys }
}

/** All reasons to take them for one. Where the id is the same, profile and place say nothing more. */
export function sameness(one: Party, other: Party): SameParty[] {
  const isSame = canonicalUri(one.id) === canonicalUri(other.id)
  const found: readonly (readonly [SameParty, boolean])[] = [
    ['id', isSame],
    ['key', shareOne(one.keys, other.keys)],
    ['profile', !isSame && shareOne(one.marks, other.marks)],
    ['place', !isSame && placeOf(one.id) === placeOf(other.id)],
  ]
  return found.flatMap(([reason, holds]) => (holds ? [reason] : []))
}

const shareOne = (some: readonly string[], others: readonly string[]) => some.some((one) => others.includes(one))

function marksOf(party: string | Profile): string[] {
  if (typeof party === 'string') return [`id ${canonicalUri(party)}`]
  const { id, url, email, phone, otherIdentifier = [], parentOrg } = party
  const marks = { id, url, email: email?.toLowerCase(), phone: phone?.replace(/[^\d+]/g, '') }
  return [
    ...Object.entries(marks).flatMap(([name, value]) =>
      value === undefined || value === '' ? [] : [`${name === 'url' ? 'id' : name} ${canonicalUri(value)}`],
    ),
    ...otherIdentifier.map(({ identifierType, identifier }) => `${identifierType} ${identifier}`),
    ...(parentOrg === undefined ? [] : marksOf(parentOrg)),
  ]
}

/** A DID without its fragment; of did:web the https address that it stands for (did:web method specification, section 2.5.2). */
function placeOf(id: string): string {
  const [plain = ''] = id.split('#')
  const web = /^did:web:([^:]+)(.*)$/.exec(plain)
  const url = web === null ? plain : `https://${decode(web[1] ?? '')}${(web[2] ?? '').replaceAll(':', '/')}`
  return canonicalUri(url).replace(/\/(?:\.well-known\/)?(?:did\.json)?$/, '')
}

function decode(text: string): string {
  return text.replace(/%3A/gi, ':')
}
