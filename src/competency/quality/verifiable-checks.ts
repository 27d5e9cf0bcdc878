/**
 * Checks of what a badge rests on: can others see that it is so?
 *
 * @module
 */
import { digestsIn } from '../../internal/digests.js'
import { arrayOf, oneOf, shape, text, whole } from '../../internal/members.js'
import type { JsonObject } from '../../internal/types.js'
import type { Evidence, OpenBadgeCredential } from '../../model/types.js'
import { canonicalUri } from '../identifiers.js'
import { answer, at, isBlank, ofBadge, ofExtension, quoted, without } from './answers.js'
import type { QualityAnswer, QualityCheck, QualityPlace, QualitySubject } from './types.js'

const ALGORITHMS = ['sha256', 'sha384', 'sha512']

export const VERIFIABLE_CHECKS: Readonly<Record<string, QualityCheck>> = {
  'verifiable.no_country': {
    asks: 'Does it say in which country or region its issuer is?',
    mend: 'Write "issuer" as a profile with "address.addressCountryCode", such as "AT".',
    judge: (subject) =>
      ofBadge(subject, '/issuer/address/addressCountryCode', ({ issuer }) => {
        const profile = typeof issuer === 'string' ? undefined : issuer
        const found = [
          { place: '/issuer/address', address: profile?.address },
          { place: '/issuer/parentOrg/address', address: profile?.parentOrg?.address },
        ].flatMap(({ place, address }) => [
          { place: `${place}/addressCountryCode`, value: address?.addressCountryCode, isCode: true },
          { place: `${place}/addressRegion`, value: address?.addressRegion, isCode: false },
        ])
        const country = found.find(({ value }) => !isBlank(value))
        if (country === undefined)
          return answer('not-met', at('/issuer/address/addressCountryCode', 'its issuer has no country'))
        return country.isCode && !/^[A-Z]{2}$/.test(country.value ?? '')
          ? answer('not-met', at(country.place, `${quoted(country.value ?? '')} is no code of ISO 3166-1 alpha-2`))
          : answer('met', at(country.place, quoted(country.value ?? '')))
      }),
  },
  'verifiable.no_date': {
    asks: 'Does it say when it was issued?',
    mend: 'Write "awardedDate", or "validFrom".',
    judge: (subject) =>
      ofBadge(subject, '/awardedDate', ({ awardedDate, validFrom }) =>
        awardedDate === undefined
          ? answer('met', at('/validFrom', validFrom))
          : answer('met', at('/awardedDate', awardedDate)),
      ),
  },
  'verifiable.no_end': {
    asks: 'Does it say until when it is valid?',
    mend: 'Write "validUntil".',
    judge: (subject) =>
      ofBadge(subject, '/validUntil', ({ validUntil }) =>
        validUntil === undefined
          ? answer('not-met', at('/validUntil', 'it has no end'))
          : answer('met', at('/validUntil', validUntil)),
      ),
  },
  'verifiable.criteria_not_public': {
    asks: 'Are the criteria published?',
    mend: 'Publish them, and link to them in "criteria.id".',
    judge: ({ achievement: { criteria }, base }) =>
      /^https?:\/\/\S+$/i.test(criteria?.id ?? '')
        ? answer('met', at(`${base}/criteria/id`, quoted(criteria?.id ?? '')))
        : answer('not-met', at(`${base}/criteria/id`, 'no address at which the criteria stand')),
  },
  'verifiable.too_little_evidence': {
    asks: 'Is there evidence for each part?',
    mend: 'Add "evidence" for each part of the work, with its URL or a narrative.',
    settings: shape({ atLeast: whole(1, 1000) }),
    judge: (subject, { atLeast = 1 }) =>
      ofBadge(subject, '/evidence', (credential) => {
        const count = (credential.evidence ?? []).filter(
          ({ id, narrative }) => !isBlank(id) || !isBlank(narrative),
        ).length
        return count < Number(atLeast)
          ? answer('not-met', at('/evidence', `${count} of at least ${atLeast}`))
          : answer('met', at('/evidence', `${count}`))
      }),
  },
  'verifiable.evidence_not_bound': {
    asks: 'Is the evidence bound by a digest?',
    mend: 'Give each piece that has a URL a "digestSRI" (sha384-...), or name it in "relatedResource".',
    settings: shape({ atLeast: oneOf('sha256', 'sha384', 'sha512') }),
    judge: (subject, settings) => ofBadge(subject, '/evidence', (credential) => judgeBound(credential, settings)),
  },
  'verifiable.evidence_kind_not_stated': {
    asks: 'Does each piece of evidence say what it is?',
    mend: 'Write "genre", such as "Video", or "description".',
    judge: (subject) =>
      ofBadge(subject, '/evidence', ({ evidence = [] }) =>
        evidence.length === 0
          ? answer('does-not-apply', at('/evidence', 'it brings no evidence'))
          : without(
              evidence.flatMap(({ genre, description }, index) =>
                isBlank(genre) && isBlank(description)
                  ? [at(`/evidence/${index}/genre`, 'neither genre nor description')]
                  : [],
              ),
              '/evidence',
              'each says what it is',
            ),
      ),
  },
  'verifiable.names_in_evidence': {
    asks: 'Is the evidence free of names?',
    mend: 'Take the name out of file names and titles: whoever sees the badge sees them.',
    judge: (subject) => ofBadge(subject, '/evidence', (credential) => judgeNames(credential, subject)),
  },
  'verifiable.no_assessment_type': {
    asks: 'Does it say how it was assessed?',
    mend: 'Write "assessmentType" of the extension context: "portfolio", "observation", "testing", ...',
    judge: (subject) =>
      ofExtension(subject, 'assessmentType', (value, place) => answer('met', at(place, value.join(', ')))),
  },
  'verifiable.no_quality_assurance': {
    asks: 'Does it say what assures its quality?',
    mend: 'Write "qualityAssurance" of the extension context, or have the body that assures it endorse the achievement and name that body in the profile ("bodies").',
    settings: shape({ bodies: arrayOf(text) }),
    judge: judgeAssurance,
  },
  'verifiable.assessor_not_independent': {
    asks: 'Is the assessor somebody else than who made or issues it?',
    mend: 'Name the assessor in "credentialSubject.source".',
    judge: (subject) => ofBadge(subject, '/credentialSubject/source', (credential) => judgeAssessor(credential)),
  },
  'verifiable.no_research_base': {
    asks: 'Does it name the research that it rests on?',
    mend: 'Write "researchBase" of the extension context: the URLs of the research.',
    judge: (subject) =>
      ofExtension(subject, 'researchBase', (value, place) => answer('met', at(place, `${value.length}`))),
  },
}

/** A narrative stands in the badge, and is signed with it. */
function judgeBound({ evidence = [], relatedResource = [] }: OpenBadgeCredential, settings: JsonObject): QualityAnswer {
  const linked = evidence.flatMap((one, index) => (isBlank(one.id) ? [] : [{ one, index }]))
  if (linked.length === 0) return answer('does-not-apply', at('/evidence', 'no evidence stands elsewhere'))
  const least = ALGORITHMS.indexOf(String(settings.atLeast ?? 'sha256'))
  const related = new Map(relatedResource.map((one) => [canonicalUri(one.id), one]))
  const faults = linked.flatMap(({ one, index }): QualityPlace[] => {
    const digests = [one, related.get(canonicalUri(one.id ?? ''))].flatMap(digestsOf)
    if (digests.length === 0) return [at(`/evidence/${index}`, 'its bytes may be exchanged: it has no digest')]
    const best = Math.max(...digests.map((digest) => ALGORITHMS.indexOf(digest.split(':', 1)[0] ?? '')))
    return best >= least
      ? []
      : [at(`/evidence/${index}`, `its digest is ${ALGORITHMS[best]}; ${ALGORITHMS[least]} is asked`)]
  })
  return without(faults, '/evidence', `${linked.length} with digests`)
}

function digestsOf(holder: Evidence | { readonly digestSRI?: string } | undefined): string[] {
  const { digestSRI, digestMultibase } = (holder ?? {}) as Readonly<Record<string, unknown>>
  return [digestSRI, digestMultibase].flatMap((digest) => (typeof digest === 'string' ? digestsIn(digest) : []))
}

/** More words than a person's names have. */
const MOST_WORDS = 50

function judgeNames(credential: OpenBadgeCredential, { options }: QualitySubject): QualityAnswer {
  const { evidence = [] } = credential
  if (evidence.length === 0) return answer('does-not-apply', at('/evidence', 'it brings no evidence'))
  const names = options.recipientNames ?? namesIn(credential)
  const words = names.flatMap((name) => wordsOf(name.slice(0, 1000)).filter((word) => word.length > 2))
  const parts = [...new Set(words)].slice(0, MOST_WORDS)
  if (parts.length === 0)
    return answer('not-judged', at('/credentialSubject', 'nobody says what the recipient is called ("recipientNames")'))
  const faults = evidence.flatMap(({ id, name }, index): QualityPlace[] => {
    const holds = (words: string | undefined) => {
      const found = new Set(wordsOf(words ?? ''))
      return parts.some((part) => found.has(part))
    }
    return [
      holds(fileOf(id ?? ''))
        ? [at(`/evidence/${index}/id`, 'the name of the file seems to hold a name of the recipient')]
        : [],
      holds(name) ? [at(`/evidence/${index}/name`, 'its title seems to hold a name of the recipient')] : [],
    ].flat()
  })
  return without(faults, '/evidence', 'no name of the recipient in files and titles')
}

/** `name` of the subject is no member of the standard, and often there. */
function namesIn({ credentialSubject }: OpenBadgeCredential): string[] {
  const { name } = credentialSubject as { readonly name?: unknown }
  const stated = (credentialSubject.identifier ?? []).flatMap(({ identityType, identityHash, hashed }) =>
    identityType === 'name' && !hashed ? [identityHash] : [],
  )
  return typeof name === 'string' ? [name, ...stated] : stated
}

/** Letters without marks and case, so that "Grete-Müller" is "grete" and "muller". */
const wordsOf = (words: string) =>
  words
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}]+/u)

function fileOf(url: string): string {
  const path = url.split(/[?#]/, 1)[0] ?? ''
  const file = path.slice(path.lastIndexOf('/') + 1)
  try {
    return decodeURIComponent(file)
  } catch {
    // Not percent-encoded, though it looks so: the name as it stands.
    return file
  }
}

function judgeAssurance(subject: QualitySubject, { bodies = [] }: JsonObject): QualityAnswer {
  const { achievement, credential, base } = subject
  const wanted = new Set((bodies as readonly string[]).map(canonicalUri))
  const endorsements = [
    ...(achievement.endorsement ?? []).map(({ issuer }, index) => ({ issuer, place: `${base}/endorsement/${index}` })),
    ...(credential?.endorsement ?? []).map(({ issuer }, index) => ({ issuer, place: `/endorsement/${index}` })),
  ].map(({ issuer, place }) => ({ id: typeof issuer === 'string' ? issuer : issuer.id, place }))
  const byBody = endorsements.find(({ id }) => wanted.has(canonicalUri(id)))
  if (byBody !== undefined) return answer('met', at(byBody.place, `endorsed by ${byBody.id}: verify it`))
  const stated = ofExtension(subject, 'qualityAssurance', (value, place) => answer('met', at(place, quoted(value))))
  if (stated.status !== 'cannot-be-said') return stated
  const others = endorsements.map(({ id, place }) =>
    at(place, `endorsed by ${id}: no field says whether that assures its quality`),
  )
  return answer('cannot-be-said', ...stated.places, ...others)
}

function judgeAssessor({ issuer, credentialSubject }: OpenBadgeCredential): QualityAnswer {
  const place = '/credentialSubject/source'
  const { source, achievement } = credentialSubject
  if (source === undefined) return answer('not-met', at(place, 'it does not say who assessed'))
  const others = [typeof issuer === 'string' ? issuer : issuer.id, achievement.creator?.id]
  const isSame = others.some((id) => id !== undefined && canonicalUri(id) === canonicalUri(source.id))
  return isSame
    ? answer('not-met', at(place, `${source.id} made or issues it too`))
    : answer('met', at(place, source.name ?? source.id))
}
