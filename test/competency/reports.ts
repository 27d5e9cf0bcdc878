/**
 * Verification reports made by hand, for what no issuer would sign on request: each is what the verifier answers, cut down to what
 * assessing reads. `assess-stack.test.ts` has some from the verifier itself.
 */

import type {
  AlignmentInput,
  CheckStatus,
  Checks,
  EndorsementCredential,
  EvidenceInput,
  FindingCode,
  ResultDescriptionInput,
  ResultInput,
} from '../../src/entries/index.js'
import {
  createCredential,
  type OpenBadgeCredential,
  strictPolicy,
  type VerificationReport,
} from '../../src/entries/index.js'
import { type ContextOfUse, extensionContext } from '../../src/model/extension-context.js'

export const NOW = new Date('2026-06-01T12:00:00Z')
export const ISSUER = 'https://issuer.example/'
export const TEACHER = 'did:example:teacher-17'

export interface Badge {
  readonly id?: string
  readonly issuer?: string
  /** Default TEACHER. */
  readonly subject?: string
  readonly achievement?: string
  readonly name?: string
  readonly version?: string
  /** URLs. */
  readonly aligned?: readonly string[]
  readonly alignment?: readonly AlignmentInput[]
  /** Ids of the framework's levels, from low to high, and which one was reached. */
  readonly rubric?: { readonly levels: readonly string[]; readonly reached: number; readonly about?: string }
  readonly resultDescription?: readonly ResultDescriptionInput[]
  readonly result?: readonly ResultInput[]
  readonly evidence?: readonly EvidenceInput[]
  readonly validFrom?: string
  readonly validUntil?: string
  readonly awardedDate?: string
  /** In the extension context. */
  readonly shownIn?: readonly ContextOfUse[]
}

const alignmentTo = (url: string): AlignmentInput => ({ targetName: url, targetUrl: url })

export function credentialOf(badge: Badge): OpenBadgeCredential {
  const extensions = { contexts: [extensionContext], properties: {} }
  return createCredential({ ...inputOf(badge), ...(badge.shownIn === undefined ? {} : { extensions }) })
}

function inputOf(badge: Badge) {
  const { rubric } = badge
  const achievement = badge.achievement ?? `https://issuer.example/achievements/${badge.id ?? 'x'}`
  const resultDescription =
    badge.resultDescription ??
    (rubric && [
      {
        id: `${achievement}#scale`,
        name: 'Level',
        resultType: 'RubricCriterionLevel',
        ...(rubric.about === undefined ? {} : { alignment: [alignmentTo(rubric.about)] }),
        rubricCriterionLevel: rubric.levels.map((level, index) => ({
          id: `${achievement}#level-${index}`,
          name: `Level ${index}`,
          alignment: [alignmentTo(level)],
        })),
      },
    ])
  const result =
    badge.result ??
    (rubric && [{ resultDescription: `${achievement}#scale`, achievedLevel: `${achievement}#level-${rubric.reached}` }])
  return {
    id: badge.id === undefined ? 'urn:x:badge' : badge.id.includes(':') ? badge.id : `urn:x:${badge.id}`,
    issuer: badge.issuer ?? ISSUER,
    validFrom: badge.validFrom ?? '2026-01-01T00:00:00Z',
    ...(badge.validUntil === undefined ? {} : { validUntil: badge.validUntil }),
    ...(badge.awardedDate === undefined ? {} : { awardedDate: badge.awardedDate }),
    ...(badge.evidence === undefined ? {} : { evidence: badge.evidence }),
    credentialSubject: {
      id: badge.subject ?? TEACHER,
      ...(badge.shownIn === undefined ? {} : { shownIn: badge.shownIn }),
      achievement: {
        id: achievement,
        name: badge.name ?? 'A badge',
        ...(badge.version === undefined ? {} : { version: badge.version }),
        description: 'For a test.',
        criteria: { narrative: 'Done.' },
        alignment: [...(badge.aligned ?? []).map(alignmentTo), ...(badge.alignment ?? [])],
        ...(resultDescription === undefined ? {} : { resultDescription }),
      },
      ...(result === undefined ? {} : { result }),
    },
  }
}

export interface Verdict {
  readonly outcome?: 'valid' | 'invalid' | 'indeterminate'
  readonly because?: FindingCode
  readonly trusted?: boolean
  readonly recipient?: FindingCode
  readonly at?: string
  readonly checks?: Readonly<Partial<Record<keyof Checks, FindingCode>>>
  readonly endorsements?: readonly VerificationReport<EndorsementCredential>[]
  readonly nested?: readonly VerificationReport[]
}

const PASSED: Readonly<Record<keyof Checks, FindingCode>> = {
  format: 'format.parsed',
  schema: 'schema.conforms',
  key: 'key.resolved',
  proof: 'proof.verified',
  refresh: 'refresh.absent',
  validity: 'validity.current',
  status: 'status.absent',
  issuer: 'issuer.trusted',
  recipient: 'recipient.matched',
  endorsements: 'endorsements.absent',
}

const statusOf = (code: FindingCode): CheckStatus =>
  /absent|not_asked/.test(code)
    ? 'skipped'
    : /parsed|conforms|resolved|verified|current|active|trusted$|matched|all_valid/.test(code) &&
        !code.endsWith('untrusted')
      ? 'valid'
      : /unreachable|blocked|untrusted_list|stale|unauthenticated/.test(code)
        ? 'indeterminate'
        : 'invalid'

export function reportOf(badge: Badge, verdict: Verdict = {}): VerificationReport {
  return reportOn(credentialOf(badge), verdict)
}

/** Without the model, which takes its time where there are thousands. */
export function plainReportOf(badge: Badge, verdict: Verdict = {}): VerificationReport {
  return reportOn(inputOf(badge) as unknown as OpenBadgeCredential, verdict)
}

function reportOn(credential: OpenBadgeCredential, verdict: Verdict): VerificationReport {
  const { outcome = 'valid', because, trusted = true, recipient } = verdict
  const codes = {
    ...PASSED,
    ...(because === undefined ? {} : { [because.split('.')[0] as string]: because }),
    ...(recipient === undefined ? {} : { recipient }),
    ...verdict.checks,
  }
  const checks = Object.fromEntries(
    Object.entries(codes).map(([id, code]) => [id, { status: statusOf(code), findings: [{ code, message: '' }] }]),
  ) as unknown as Checks
  const base = {
    checks,
    policy: strictPolicy,
    at: verdict.at ?? NOW.toISOString(),
    ...(verdict.endorsements === undefined ? {} : { endorsements: verdict.endorsements }),
    ...(verdict.nested === undefined ? {} : { nested: verdict.nested }),
  }
  return outcome === 'valid'
    ? { ...base, outcome, credential, issuerTrusted: trusted, secured: 'a.b.c' }
    : { ...base, outcome, because: [because ?? 'proof.mismatch'], unverified: credential, secured: 'a.b.c' }
}

/** An endorsement of the credential, as the verifier reports it. */
export function endorsementBy(
  endorser: string,
  about: string,
  outcome: 'valid' | 'invalid' | 'indeterminate' = 'valid',
  validUntil?: string,
  validFrom?: string,
  /** Of an evaluation. */
  status?: string,
): VerificationReport<EndorsementCredential> {
  const { credential: _, ...base } = plainReportOf({}) as unknown as { credential: object; checks: Checks }
  const endorsement = {
    issuer: endorser,
    id: `urn:x:endorsement:${endorser}:${about}`,
    credentialSubject: {
      id: about,
      type: ['EndorsementSubject'],
      ...(status === undefined ? {} : { result: [{ type: ['Result'], status }] }),
    },
    ...(validFrom === undefined ? {} : { validFrom }),
    ...(validUntil === undefined ? {} : { validUntil }),
  }
  return (outcome === 'valid'
    ? { ...base, outcome, credential: endorsement }
    : {
        ...base,
        outcome,
        because: ['proof.mismatch'],
        unverified: endorsement,
      }) as unknown as VerificationReport<EndorsementCredential>
}
