/**
 * People with badges and facts, made short: what the cases of policies say in prose.
 *
 * @module
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { decideCredit } from '../../src/credit/decide-credit.js'
import type { PurposeDecision } from '../../src/credit/decision.js'
import type { Activity, Fact, Statement } from '../../src/credit/facts.js'
import { parsePolicy } from '../../src/credit/parse-policy.js'
import type { CreditPolicy } from '../../src/credit/types.js'
import type { VerificationReport } from '../../src/report/report.js'
import { type Badge, plainReportOf, type Verdict } from '../competency/reports.js'

export const NOW = new Date('2026-06-01T12:00:00Z')

export function examplePolicy(id: string): CreditPolicy {
  const file = fileURLToPath(new URL(`../../examples/policies/${id}.json`, import.meta.url))
  return parsePolicy(JSON.parse(readFileSync(file, 'utf8')))
}

export interface Learned extends Badge {
  readonly type?: string
  readonly tags?: readonly string[]
  readonly credits?: number
  readonly started?: string
  /** Of a result of the type Percent. */
  readonly percent?: string
}

let count = 0

/** A report of a badge, by default a micro-credential of its own achievement, awarded on the day. */
export function badge(day: string, learned: Learned = {}, verdict: Verdict = {}): VerificationReport {
  const { type = 'MicroCredential', tags, credits, started, percent, ...rest } = learned
  const id = learned.id ?? `b${++count}`
  const scale = { resultDescription: [{ id: 'urn:x:percent', name: 'Score', resultType: 'Percent' }] } as const
  const report = plainReportOf(
    {
      ...(percent !== undefined && {
        resultDescription: scale.resultDescription,
        result: [{ resultDescription: 'urn:x:percent', value: percent }],
      }),
      ...rest,
      id,
      achievement: learned.achievement ?? `https://issuer.example/achievements/${id}`,
      validFrom: `${day}T09:00:00Z`,
    },
    { at: '2020-01-01T00:00:00Z', ...verdict },
  )
  const credential = (report.outcome === 'valid' ? report.credential : report.unverified) as unknown as {
    credentialSubject: { achievement: Record<string, unknown> } & Record<string, unknown>
  }
  const { credentialSubject } = credential
  credentialSubject.achievement.achievementType = type
  if (tags !== undefined) credentialSubject.achievement.tag = tags
  if (credits !== undefined) credentialSubject.creditsEarned = credits
  if (started !== undefined) credentialSubject.activityStartDate = `${started}T00:00:00Z`
  return report
}

/** So many badges of different achievements. */
export function badges(number: number, day: string, learned: Learned = {}): VerificationReport[] {
  return Array.from({ length: number }, () => badge(day, learned))
}

const SAID = { by: 'did:example:district', stated: '2020-01-01' }

export function fact(name: string, rest: Partial<Statement> = {}): Statement {
  return { fact: name, ...SAID, ...rest }
}

export function period(name: string, from: string, to?: string): Statement {
  return { fact: name, from, ...(to !== undefined && { to }), ...SAID }
}

export function activity(
  name: string,
  on: string,
  amount: number | string = 1,
  rest: Partial<Activity> = {},
): Activity {
  return { activity: name, id: `urn:x:a${++count}`, on, amount, ...SAID, ...rest }
}

export interface Given {
  readonly reports?: readonly VerificationReport[]
  readonly facts?: readonly Fact[]
  readonly [option: string]: unknown
}

/** The decision about one purpose. */
export function decided(
  policy: CreditPolicy,
  purpose: string,
  { reports = [], facts = [], ...options }: Given,
): PurposeDecision {
  const decision = decideCredit(policy, {
    reports,
    facts,
    now: NOW,
    person: { id: 'did:example:teacher-17' },
    ...options,
  })
  const found = decision.purposes.find((one) => one.purpose === purpose)
  if (found === undefined) throw new Error(`no purpose ${purpose} in ${JSON.stringify(decision)}`)
  return found
}
