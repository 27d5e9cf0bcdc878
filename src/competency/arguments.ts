/**
 * What this room is given, by its shape: frameworks, stacks, crosswalks and reports may come out of a file without having been parsed, and
 * a member that is misspelt would weaken what a role needs. Tables beside the types of types.ts, which the compiler holds to them.
 *
 * @module
 */
import {
  arrayOf,
  date,
  either,
  flag,
  type Kind,
  kindOf,
  list,
  type Members,
  mapOf,
  number,
  oneOf,
  open,
  record,
  shape,
  text,
  whole,
} from '../internal/members.js'
import { isDate } from '../model/date-time.js'
import type { ContextOfUse } from '../model/extension-context.js'
import { personProblem } from '../model/person.js'
import { reportOn } from '../report/demand-report.js'
import type { StackReason } from './reasons.js'
import {
  type Asked,
  type AssessOptions,
  type Competency,
  type CompetencyFramework,
  type CompetencyStack,
  type Crosswalk,
  type KnownRecord,
  type Predictable,
  type RequiredContext,
  type Requirement,
  type RequirementReport,
  type RubricLevel,
  type StackFinding,
  type StackReport,
  samePerson,
} from './types.js'

const day = kindOf('a date such as "2026-08-31"', (value) => typeof value === 'string' && isDate(value))

const words = arrayOf(text)
const CONTEXT: Members<ContextOfUse> = { educationLevel: words, subject: words, language: words, schoolModel: words }
const contextOfUse: Kind = shape(CONTEXT)
const REQUIRED_CONTEXT: Members<RequiredContext> = {
  ...CONTEXT,
  notSaid: oneOf('uncertain', 'refused', 'accepted'),
}

const LEVEL: Members<RubricLevel> = { id: text, name: text, description: text, points: number }
export const COMPETENCY: Members<Competency> = {
  id: text,
  name: text,
  statement: text,
  code: text,
  levels: arrayOf(shape(LEVEL, { required: ['id', 'name'] })),
  levelOrder: oneOf('unknown'),
  educationLevel: words,
  subject: words,
  parts: arrayOf(text),
  startDate: day,
  endDate: day,
  replacedBy: arrayOf(text),
}
export const competency: Kind = shape(COMPETENCY, { required: ['id', 'name'] })
const FRAMEWORK: Members<CompetencyFramework> = {
  id: text,
  name: text,
  version: text,
  competencies: arrayOf(competency),
}
export const framework: Kind = shape(FRAMEWORK, { required: ['id', 'name', 'competencies'] })

const MATCH: Members<Crosswalk['matches'][number]> = {
  from: text,
  to: text,
  relation: oneOf('exact', 'broad', 'narrow', 'related'),
  levels: mapOf(text),
  context: contextOfUse,
}
const CROSSWALK: Members<Crosswalk> = {
  source: text,
  statedAt: text,
  matches: arrayOf(shape(MATCH, { required: ['from', 'to', 'relation'] })),
}
export const crosswalk: Kind = shape(CROSSWALK, { required: ['source', 'matches'] })

const MOST_BADGES = 1_000_000_000
/** Deeper than any that is judged: who made it goes round in a circle. */
const MAX_DEPTH = 80

const between = (low: number, high: number) => (value: unknown) =>
  typeof value === 'number' && value >= low && value <= high
const PREDICTABLE: Members<Predictable> = {
  confirmed: kindOf('a number above 0 and below 1', (value) => between(0, 1)(value) && value !== 0 && value !== 1),
  confidence: kindOf('a number from 0.5 to 0.9999', between(0.5, 0.9999)),
}

type Leaf = Extract<Requirement, { competency: string }>
type All = Extract<Requirement, { allOf: readonly Requirement[] }>
type Any = Extract<Requirement, { anyOf: readonly Requirement[] }>
const LEAF: Members<Leaf> = {
  id: text,
  competency: text,
  level: text,
  evidence: flag,
  maxAgeMonths: number,
  issuers: arrayOf(text),
  endorsedBy: either(arrayOf(text), oneOf('independent')),
  matches: oneOf('exact', 'narrow'),
  covers: oneOf('parts', 'itself'),
  predictable: shape(PREDICTABLE, { required: ['confirmed', 'confidence'] }),
  context: shape(REQUIRED_CONTEXT),
}
const leaf = shape(LEAF, { required: ['id', 'competency'] })

function requirementAt(depth: number): Kind {
  return (value, path) => {
    const problem = record(value, path)
    if (problem !== undefined) return problem
    if (depth > MAX_DEPTH) return { path: path.slice(0, 80), says: 'is nested without end' }
    const parts = arrayOf(requirementAt(depth + 1))
    if (Object.hasOwn(value as object, 'allOf'))
      return shape<All>({ id: text, allOf: parts }, { required: ['id', 'allOf'] })(value, path)
    if (Object.hasOwn(value as object, 'anyOf'))
      return shape<Any>(
        { id: text, anyOf: parts, atLeast: number, distinct: flag },
        { required: ['id', 'anyOf', 'atLeast'] },
      )(value, path)
    return leaf(value, path)
  }
}
const STACK: Members<CompetencyStack & { readonly $schema?: string }> = {
  $schema: text,
  id: text,
  name: text,
  role: text,
  version: text,
  extends: arrayOf(text),
  requirements: arrayOf(requirementAt(0)),
}
export const stack: Kind = shape(STACK, { required: ['id', 'name', 'requirements'] })

const OUTCOME = oneOf('met', 'not-met', 'uncertain')
const { id: _, ...ASKED }: Members<Leaf> = LEAF
const PERIOD: Members<{ readonly from: string; readonly until?: string }> = { from: text, until: text }
const STEP: Members<NonNullable<RequirementReport['by']>['path'][number]> = {
  via: text,
  from: text,
  to: text,
  source: text,
  context: contextOfUse,
}
const RECORD: Members<NonNullable<NonNullable<RequirementReport['by']>['record']>> = {
  badges: number,
  confirmed: number,
  low: number,
  high: number,
}
const BY: Members<NonNullable<RequirementReport['by']>> = {
  credential: text,
  issuer: text,
  level: text,
  path: arrayOf(shape(STEP)),
  awarded: text,
  record: shape(RECORD),
  until: text,
  renewal: shape(PERIOD),
}
const SET: Members<NonNullable<RequirementReport['set']>> = { id: text, path: arrayOf(shape(STEP)) }
const FINDING: Members<StackFinding> = {
  code: text,
  severity: text,
  requirement: text,
  items: arrayOf(text),
  message: text,
}
const REASON_OF: Members<StackReason> = {
  dimension: text,
  stated: words,
  wanted: words,
  code: text,
  credential: text,
  competency: text,
  met: whole(0),
  of: whole(0),
  asked: whole(0),
}
export const stackReason: Kind = shape(REASON_OF, { required: ['code'] })
function requirementReportAt(depth: number, rules: ReportRules): Kind {
  return (value, path) => {
    if (depth > rules.depth) return rules.beyond(value, path)
    const REPORT: Members<RequirementReport> = {
      id: text,
      outcome: rules.isDrawn ? text : OUTCOME,
      because: arrayOf(stackReason),
      asked: shape<Asked>(ASKED, { required: ['competency'] }),
      by: shape(BY, { required: ['credential'] }),
      expires: text,
      missing: arrayOf(text),
      set: shape(SET, { required: ['id'] }),
      parts: arrayOf(requirementReportAt(depth + 1, rules)),
      suggestions: arrayOf(text),
    }
    return shape(REPORT, { required: rules.isDrawn ? ['id', 'because'] : ['id', 'outcome', 'because'] })(value, path)
  }
}
interface ReportRules {
  /** Only drawn: an outcome that there is not is drawn as none. */
  readonly isDrawn: boolean
  readonly depth: number
  /** What is deeper. */
  readonly beyond: Kind
}
function stackReportBy(rules: ReportRules): Kind {
  const REPORT: Members<StackReport> = {
    stack: text,
    outcome: rules.isDrawn ? text : OUTCOME,
    requirements: arrayOf(requirementReportAt(0, rules)),
    expires: text,
    at: text,
    findings: arrayOf(shape(FINDING, { required: ['message'] })),
  }
  return shape(REPORT, { required: ['stack', 'requirements', 'at', ...(rules.isDrawn ? [] : (['outcome'] as const))] })
}
/** As assessStack answers it; it may have been kept as JSON. */
export const stackReport: Kind = stackReportBy({
  isDrawn: false,
  depth: MAX_DEPTH,
  beyond: (_, path) => ({ path: path.slice(0, 80), says: 'is nested without end' }),
})
export const requirementReport: Kind = requirementReportAt(0, {
  isDrawn: false,
  depth: MAX_DEPTH,
  beyond: (_, path) => ({ path: path.slice(0, 80), says: 'is nested without end' }),
})
/** For who draws it, and not what is deeper than `depth`. */
export function drawnStackReport(depth: number): Kind {
  return stackReportBy({ isDrawn: true, depth, beyond: () => undefined })
}

const counted = open({ badges: whole(0, MOST_BADGES), confirmed: whole(0, MOST_BADGES) }, ['badges', 'confirmed'])
const recordRow: Kind = open(
  {
    issuer: text,
    achievement: text,
    version: text,
    confirmed: (value, path) => {
      const problem = counted(value, path)
      if (problem !== undefined) return problem
      const { badges, confirmed } = value as KnownRecord['confirmed']
      return confirmed > badges ? { path, says: 'has more that were confirmed than there are' } : undefined
    },
  },
  ['issuer', 'achievement', 'confirmed'],
)
/** A whole track record, or what is read of it. */
const records: Kind = open({ method: oneOf('wilson', 'clopper-pearson'), rows: arrayOf(recordRow) }, ['rows'])

export const ASSESS: Members<AssessOptions> = {
  trackRecord: records,
  frameworks: arrayOf(framework),
  crosswalks: arrayOf(crosswalk),
  stacks: arrayOf(stack),
  now: date,
  maxReportAgeDays: kindOf('a number of at least 0', (value) => typeof value === 'number' && value >= 0),
  person: (value, path) => {
    if (value === 'matched-recipient' || value === samePerson) return undefined
    const says =
      'is "matched-recipient", samePerson, a person such as { id: "did:example:ada" }, or several names of one'
    const people: readonly unknown[] = Array.isArray(value) ? value : [value]
    if (people.length === 0 || people.some((one) => record(one, path) !== undefined)) return { path, says }
    const index = people.findIndex((one) => personProblem(one, path) !== undefined)
    return index < 0 ? undefined : personProblem(people[index], Array.isArray(value) ? `${path}[${index}]` : path)
  },
}

export const caseVersion: Kind = oneOf('1.0', '1.1')

const many = (kind: Kind): Kind => either(kind, arrayOf(kind))
const ALIGNMENT = open({ targetUrl: text, targetName: text }, ['targetUrl', 'targetName'])
const SCALE = open({
  id: text,
  alignment: arrayOf(ALIGNMENT),
  rubricCriterionLevel: arrayOf(open({ id: text, alignment: arrayOf(ALIGNMENT) }, ['id'])),
})
const ACHIEVEMENT = open({ id: text, name: text, alignment: many(ALIGNMENT), resultDescription: arrayOf(SCALE) }, [
  'id',
  'name',
])
const RESULT = open({ resultDescription: text, achievedLevel: text, status: text, alignment: arrayOf(ALIGNMENT) })
const IDENTITY = open({ identityHash: text, identityType: text, hashed: flag, salt: text }, [
  'identityHash',
  'identityType',
  'hashed',
])
const SUBJECT = open({ id: text, identifier: many(IDENTITY), achievement: ACHIEVEMENT, result: many(RESULT) })

/** The members of a credential that are counted on. What a verifier found valid has it; a report that was kept may have lost it. */
export const claimable: Kind = open(
  {
    id: text,
    issuer: either(text, open({ id: text }, ['id'])),
    validFrom: text,
    validUntil: text,
    awardedDate: text,
    evidence: many(open({ id: text, narrative: text })),
    // None of several subjects has an achievement that could be counted.
    credentialSubject: either(list, SUBJECT),
  },
  ['issuer', 'credentialSubject'],
)
export const claimableReport: Kind = reportOn(claimable)
