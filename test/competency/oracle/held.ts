/** The oracle's first half: what somebody holds, from verification reports. */
import type { AssessOptions } from '../../../src/competency/types.js'
import type {
  OpenBadgeCredential,
  Result,
  VerifiableCredential,
  VerificationReport,
} from '../../../src/entries/index.js'
import type { ContextOfUse } from '../../../src/model/extension-context.js'

export type Standing = 'yes' | 'maybe' | 'no'

/** A credential that somebody holds, as far as it can be counted on. */
export interface Held {
  readonly id: string
  /** Equal for two that are one award. */
  readonly award: string
  readonly standing: Standing
  readonly issuer: string
  readonly subject: string | undefined
  readonly achievement: string
  readonly names: readonly string[]
  /** Those of them that the achievement itself names. */
  readonly ownNames: readonly string[]
  /** What there is of evidence, sorted. */
  readonly shown: readonly string[]
  readonly results: readonly {
    readonly about: readonly string[]
    readonly levels: readonly string[]
    /** Competencies that it, its level or its description names. */
    readonly names: readonly string[]
  }[]
  /** Where it was shown, what its alignments say of that; undefined: everywhere that anybody asks. */
  readonly context: { readonly shown: readonly ContextOfUse[]; readonly aligned: ContextOfUse } | undefined
  readonly evidence: boolean
  /** Milliseconds. */
  readonly awarded: number
  readonly until: number
  readonly endorsements: readonly { readonly by: string; readonly standing: Standing; readonly until: number }[]
}

/** Clocks may differ by so many milliseconds. */
const SKEW = 300_000
const DAY = 86_400_000

interface Copy {
  readonly report: VerificationReport
  readonly credential: OpenBadgeCredential
}

export function heldBy(reports: readonly VerificationReport[], options: AssessOptions): Held[] {
  const now = options.now.getTime()
  const copies = reports.map((report): Copy => ({ report, credential: contentOf(report) as OpenBadgeCredential }))
  const credentials = groupsOf(copies, (copy) => JSON.stringify([copy.credential.id, issuerOf(copy.credential)]))
  const held = credentials.map((group) => heldOf(versionThatCounts(group, now), options))
  // Subjects that nobody said are one person: nothing about them is certain.
  const subjects = new Set(held.flatMap(({ standing, subject }) => (standing === 'no' ? [] : [subject])))
  const isMixed = subjects.size > 1 && (options.person === undefined || typeof options.person === 'symbol')
  const counted = held.map((each) =>
    isMixed && each.standing === 'yes' ? { ...each, standing: 'maybe' as const } : each,
  )
  return counted.map((each) => ({ ...each, award: awardOf(each, counted) }))
}

/** All credentials that are the same award as this one, directly or by others between them. */
function awardOf(one: Held, all: readonly Held[]): string {
  const group = [one]
  for (let more = true; more; ) {
    more = false
    for (const other of all)
      if (!group.includes(other) && group.some((each) => isSameAward(each, other))) {
        group.push(other)
        more = true
      }
  }
  return group
    .map(({ id, issuer }) => JSON.stringify([id, issuer]))
    .sort()
    .join(' ')
}

/** For one achievement of one issuer: by the same evidence, or at the same time where one of them brings none. */
function isSameAward(a: Held, b: Held): boolean {
  if (a.issuer !== b.issuer || a.achievement !== b.achievement) return false
  return a.shown.length > 0 && b.shown.length > 0
    ? JSON.stringify(a.shown) === JSON.stringify(b.shown)
    : a.awarded === b.awarded
}

function versionThatCounts(copies: readonly Copy[], now: number): Copy {
  const proofOf = ({ report }: Copy) => report.checks.proof.status
  // Anybody can alter a copy.
  const honest = copies.some((copy) => proofOf(copy) === 'valid')
    ? copies.filter((copy) => proofOf(copy) !== 'invalid')
    : copies
  const versions = groupsOf(honest, ({ credential }) => credential.validFrom ?? '').map(lastWord)
  const start = ({ credential }: Copy) => Date.parse(credential.validFrom ?? '')
  const end = ({ credential }: Copy) => endOf(credential)
  const best = (some: readonly Copy[], ...by: ((copy: Copy) => number)[]) =>
    [...some].sort((a, b) => by.map((of) => compare(of(b), of(a))).find((sign) => sign !== 0) ?? 0)[0]
  const isProved = (copy: Copy) => Number(proofOf(copy) === 'valid')
  const begun = versions.filter((copy) => start(copy) <= now + SKEW)
  const holding = begun.filter((copy) => end(copy) > now)
  return (best(holding, isProved, start) ??
    best(begun, isProved, end, start) ??
    best(versions, isProved, (copy) => -start(copy))) as Copy
}

const compare = (a: number, b: number) => (a < b ? -1 : a > b ? 1 : 0)

/** The last word about a version; of two at one time the less favorable, of two that are alike the one that ends first. */
function lastWord(copies: readonly Copy[]): Copy {
  const favor = ['valid', 'indeterminate', 'invalid']
  const [last] = [...copies].sort(
    (a, b) =>
      Date.parse(b.report.at) - Date.parse(a.report.at) ||
      favor.indexOf(b.report.outcome) - favor.indexOf(a.report.outcome) ||
      compare(endOf(a.credential), endOf(b.credential)),
  )
  return last as Copy
}

function heldOf({ report, credential }: Copy, options: AssessOptions): Held {
  const { achievement, id: subject } = credential.credentialSubject
  const urls = (targets: readonly { targetUrl: string }[] = []) => targets.map(({ targetUrl }) => targetUrl)
  const shown = (credential.evidence ?? []).flatMap(({ id, narrative }) => id ?? narrative ?? [])
  const now = options.now.getTime()
  const known = options.frameworks.flatMap(({ competencies }) => competencies.map(({ id }) => id))
  const results = (credential.credentialSubject.result ?? []).filter(isPassed).map((result) => {
    const description = achievement.resultDescription?.find(({ id }) => id === result.resultDescription)
    const saysNothing = result.achievedLevel === undefined && (result.alignment ?? []).length === 0
    const stated = saysNothing ? description?.requiredLevel : result.achievedLevel
    const level = description?.rubricCriterionLevel?.find(({ id }) => id === stated)
    const levels = [...urls(level?.alignment), ...urls(result.alignment)]
    const about = urls(description?.alignment)
    return { about, levels, names: [...about, ...levels].filter((url) => known.includes(url)) }
  })
  const ownNames = [achievement.id, ...urls(achievement.alignment)]
  return {
    id: credential.id,
    award: '',
    achievement: achievement.id,
    shown: [...new Set(shown)].sort(),
    standing: standingOf(report, credential, options),
    issuer: issuerOf(credential),
    subject,
    names: [...new Set([...ownNames, ...results.flatMap((each) => each.names)])],
    ownNames,
    results,
    context: {
      shown: (credential.credentialSubject as { shownIn?: readonly ContextOfUse[] }).shownIn ?? [],
      aligned: Object.fromEntries(
        (['educationLevel', 'subject'] as const).flatMap((dimension) => {
          const type = dimension === 'subject' ? 'ext:educationalSubject' : 'ext:educationLevel'
          const found = (achievement.alignment ?? []).filter(({ targetType }) => targetType === type)
          return found.length === 0 ? [] : [[dimension, found.flatMap((each) => [each.targetName, each.targetUrl])]]
        }),
      ),
    },
    evidence: shown.length > 0,
    awarded: Date.parse(credential.awardedDate ?? credential.validFrom ?? ''),
    until: endOf(credential),
    endorsements: (report.endorsements ?? []).flatMap((endorsement) => {
      const content = contentOf(endorsement)
      const about = (content?.credentialSubject as { id?: string } | undefined)?.id
      if (content === undefined || (about !== credential.id && about !== achievement.id)) return []
      if (content.validFrom !== undefined && Date.parse(content.validFrom) > now + SKEW) return []
      // An evaluator who says that it does not hold up endorses nothing.
      const { result = [] } = content.credentialSubject as { result?: readonly Result[] }
      if (!result.every(isPassed)) return []
      const standing = ({ valid: 'yes', indeterminate: 'maybe', invalid: 'no' } as const)[endorsement.outcome]
      return [{ by: issuerOf(content), standing, until: endOf(content) }]
    }),
  }
}

const isPassed = ({ status }: Result) => status === undefined || status === 'Completed'

function standingOf(report: VerificationReport, credential: OpenBadgeCredential, options: AssessOptions): Standing {
  const { validity, status, issuer, recipient } = report.checks
  const checks = [validity, status, issuer, recipient]
  const { person } = options
  const named = typeof person === 'object' ? ([person].flat() as { id?: string }[]).map(({ id }) => id) : undefined
  if (named !== undefined && !named.includes(credential.credentialSubject.id)) return 'no'
  const now = options.now.getTime()
  const start = credential.validFrom === undefined ? Number.NEGATIVE_INFINITY : Date.parse(credential.validFrom)
  if (report.outcome === 'invalid' || checks.some((each) => each.status === 'invalid')) return 'no'
  if (report.outcome === 'valid' && !report.issuerTrusted) return 'no'
  if (report.outcome === 'indeterminate' && issuer.status === 'skipped') return 'no'
  if (endOf(credential) <= now || start > now + SKEW) return 'no'
  const results = credential.credentialSubject.result ?? []
  const passed = results.filter(isPassed)
  // A failed attempt is forgotten where another one at the same passed.
  const isMadeGood = ({ resultDescription: of }: Result) =>
    passed.some(({ resultDescription }) => of === undefined || resultDescription === of)
  if (results.some((result) => !isPassed(result) && !isMadeGood(result))) return 'no'
  if (report.outcome === 'indeterminate' || checks.some((each) => each.status === 'indeterminate')) return 'maybe'
  if (recipient.status === 'skipped' && options.person === undefined) return 'maybe'
  const age = now - Date.parse(report.at)
  if (age < -SKEW || age > (options.maxReportAgeDays ?? Number.POSITIVE_INFINITY) * DAY) return 'maybe'
  return 'yes'
}

function endOf({ validUntil }: { validUntil?: string }): number {
  return validUntil === undefined ? Number.POSITIVE_INFINITY : Date.parse(validUntil)
}

function contentOf<C extends VerifiableCredential>(report: VerificationReport<C>): C | undefined {
  return report.outcome === 'valid' ? report.credential : report.unverified
}

function issuerOf({ issuer }: { issuer: string | { id: string } }): string {
  return typeof issuer === 'string' ? issuer : issuer.id
}

function groupsOf<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>()
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return [...groups.values()]
}
