/**
 * Evidence that stands in badges of more than one person: work that was handed on, a template that everybody starts from, or team work that
 * nobody declared. Which of these it is, a person has to look at.
 *
 * @module
 */
import { canonicalUri } from '../competency/identifiers.js'
import { invalidOption } from '../errors.js'
import { digestsIn } from '../internal/digests.js'
import { arrayOf, callable, iterable, type Kind, list, type Members, open, text, whole } from '../internal/members.js'
import { demandArgument, demandOptions } from '../report/demand-options.js'

/** A badge, as far as this reads one: an OpenBadgeCredential is one. */
export interface EvidencedBadge {
  readonly id: string
  readonly credentialSubject: {
    readonly id?: string | undefined
    /** Where the recipient has no id: the identifiers, hashed or not. */
    readonly identifier?: readonly { readonly identityHash: string; readonly salt?: string | undefined }[] | undefined
  }
  /** By URL (`id`), and by digest (`digestSRI`, `digestMultibase`: VCDM 2.0 section 5.3). */
  readonly evidence?: readonly object[] | undefined
}

/** What is looked for. */
export interface SharedEvidenceOptions {
  /** URLs and digests that everybody may share: blank forms, an issuer's templates. */
  readonly templates?: readonly string[] | undefined
  /** Recipients who declared that they worked together: what is shared within one of these groups alone is no finding. */
  readonly teams?: readonly (readonly string[])[] | undefined
  /**
   * Keys that pieces of evidence share which are alike, by a perceptual or fuzzy hash of your own: bands of a simhash, the first bits of a hash of an
   * image. At most 64 of a piece. Asked twice for each, and must answer the same. What is alike is no copy: a key that one of a thousand pairs shares
   * by chance is shared by 500 pairs of 1000 portfolios. TLSH below 40 finds 49.6 % of what is alike, and takes 0.07 % of all other pairs for it
   * (350 of those); below 100 it is 94.5 % and 6.43 %. A crop escapes most hashes of images, and all can be evaded (McKeown and Buchanan,
   * arXiv 2212.08035); lesson plans share templates. So it is a finding for a person to look at, and never one to reject a badge by.
   */
  readonly similarity?: ((evidence: object, badge: EvidencedBadge) => readonly string[] | undefined) | undefined
  /** How many findings are answered, and how many awards of each. Default 1000. */
  readonly most?: number | undefined
}

/** One piece of evidence of several people. Not a verdict. */
export interface SharedEvidence {
  /** `digest`: the very same bytes, by what the issuers signed; `url`: the same address; `similarity`: alike, by the hook's word. */
  readonly by: 'digest' | 'url' | 'similarity'
  /** The digest as `sha384:...` (base64url), the URL without its fragment, or `similar` and the hook's key. */
  readonly key: string
  /** In how many badges it stands. */
  readonly count: number
  /** The first of them. */
  readonly awards: readonly { readonly badge: string; readonly recipient: string }[]
}

/** What was found. Plain JSON. */
export interface SharedEvidenceReport {
  readonly badges: number
  /** In the order in which they were met first. */
  readonly shared: readonly SharedEvidence[]
  /** How many more there are than `most`. */
  readonly further: number
}

const OPTIONS: Members<SharedEvidenceOptions> = {
  templates: arrayOf(text),
  teams: arrayOf(arrayOf(text)),
  similarity: callable,
  most: whole(1, 1_000_000),
}
const piece = open({ id: text, digestSRI: text, digestMultibase: text })
const badgeKind: Kind = open(
  {
    id: text,
    credentialSubject: open({
      id: text,
      identifier: arrayOf(open({ identityHash: text, salt: text }, ['identityHash'])),
    }),
    evidence: (value, path) => list(value, path) ?? arrayOf(piece)(value, path),
  },
  ['id', 'credentialSubject'],
)

/** 2^27 bits, whatever the number of badges: with two million pieces, one of thirty comes along that need not. */
const PLACES = 2 ** 27

/**
 * Finds evidence of more than one recipient, by digest and by URL (RFC 3986 normalized, without its fragment). Badges are read twice, and
 * only what may be shared is kept: 32 MiB, and what is found. Digests are compared across their forms (SRI, multibase). Whoever is named by
 * a DID here and by an e-mail there, or by hashes of two salts, is two recipients.
 *
 * Throws UsageError `usage.invalid_option` for what can be read once only, as a generator, or is no badge.
 */
export function findSharedEvidence(
  badges: Iterable<EvidencedBadge>,
  options: SharedEvidenceOptions = {},
): SharedEvidenceReport {
  demandArgument(badges, iterable, 'badges')
  demandOptions(options, OPTIONS)
  if ((badges[Symbol.iterator]() as unknown) === badges)
    throw invalidOption('badges', 'can be read twice: give an array, or an object whose [Symbol.iterator] begins anew')
  const { templates = [], teams = [], most = 1000, similarity } = options
  const allowed = new Set(templates.flatMap((one) => [one, urlOf(one), ...digestsIn(one)]))
  const [once, again] = [new Uint8Array(PLACES / 8), new Uint8Array(PLACES / 8)]
  let count = 0
  for (const badge of badges) {
    demandArgument(badge, badgeKind, `badges[${count++}]`)
    for (const { key } of keysOf(badge, similarity)) {
      const place = placeOf(key)
      const bit = 1 << (place & 7)
      const at = place >>> 3
      if (((once[at] as number) & bit) === 0) once[at] = (once[at] as number) | bit
      else again[at] = (again[at] as number) | bit
    }
  }
  const met = new Map<string, Met>()
  for (const badge of badges) {
    for (const { by, key } of keysOf(badge, similarity)) {
      const place = placeOf(key)
      if (((again[place >>> 3] as number) & (1 << (place & 7))) === 0 || allowed.has(key)) continue
      const own = met.get(key)
      if (own === undefined) met.set(key, metIn(badge, by, key))
      else meetAgain(own, badge, most)
    }
  }
  const groups = teams.map((team) => new Set(team.map(canonicalUri)))
  const isDeclared = ({ awards, count: of }: Met) =>
    of === awards.length && groups.some((group) => awards.every(({ recipient }) => group.has(recipient)))
  const shared = [...met.values()].filter((one) => one.isOfSeveral && !isDeclared(one))
  return {
    badges: count,
    shared: shared.slice(0, most).map(({ by, key, awards, count: of }) => ({ by, key, count: of, awards })),
    further: Math.max(0, shared.length - most),
  }
}

/** A key that more than one badge may have. */
interface Met extends Omit<SharedEvidence, 'awards' | 'count'> {
  readonly awards: { readonly badge: string; readonly recipient: string }[]
  count: number
  isOfSeveral: boolean
}

function metIn(badge: EvidencedBadge, by: Met['by'], key: string): Met {
  return { by, key, awards: [{ badge: badge.id, recipient: recipientOf(badge) }], count: 1, isOfSeveral: false }
}

function meetAgain(own: Met, badge: EvidencedBadge, most: number): void {
  const recipient = recipientOf(badge)
  own.count++
  if (own.awards[0]?.recipient !== recipient) own.isOfSeveral = true
  if (own.awards.length < most) own.awards.push({ badge: badge.id, recipient })
}

/** Each key once, however often the badge names it. */
function keysOf(
  badge: EvidencedBadge,
  similarity: SharedEvidenceOptions['similarity'],
): { readonly by: SharedEvidence['by']; readonly key: string }[] {
  const keys = new Map<string, SharedEvidence['by']>()
  for (const one of badge.evidence ?? []) {
    const { id, digestSRI, digestMultibase } = one as Readonly<Record<string, string | undefined>>
    if (id !== undefined && /^https?:/i.test(id)) keys.set(urlOf(id), 'url')
    for (const digest of [digestSRI, digestMultibase])
      if (digest !== undefined) for (const key of digestsIn(digest)) keys.set(key, 'digest')
    for (const key of alikeIn(one, badge, similarity)) keys.set(key, 'similarity')
  }
  return [...keys].map(([key, by]) => ({ by, key }))
}

const alike = arrayOf(text)
const MOST_KEYS = 64

function alikeIn(one: object, badge: EvidencedBadge, similarity: SharedEvidenceOptions['similarity']): string[] {
  const keys = similarity?.(one, badge) ?? []
  demandArgument(keys, alike, 'similarity()')
  // Another kind of key than a digest or a URL that is written alike.
  return keys.slice(0, MOST_KEYS).map((key) => `similar ${key}`)
}

const urlOf = (url: string) => canonicalUri(url.split('#', 1)[0] ?? '')

function recipientOf({ id, credentialSubject }: EvidencedBadge): string {
  const { id: recipient, identifier = [] } = credentialSubject
  if (recipient !== undefined) return canonicalUri(recipient)
  const [first] = identifier
  // About nobody in particular: each such badge may be of somebody else.
  return first === undefined ? `badge ${id}` : `${first.identityHash} ${first.salt ?? ''}`.trim()
}

/** FNV-1a: where it takes two keys for one, it costs memory and nothing else. */
function placeOf(key: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < key.length; index++) hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193)
  return (hash ^ (hash >>> 15)) & (PLACES - 1)
}
