// Nothing misspelt goes through: a walk over what `badgewright/credit` exports.
import type { CreditOptions, ManyOptions, SimulateOptions } from '../../src/entries/credit.js'
import * as credit from '../../src/entries/credit.js'
import { activity, badge, examplePolicy, period } from '../credit/people.js'
import { complete, walkEntry } from './walk.js'

const POLICY = examplePolicy('us-co-aurora')
const NOW = new Date('2026-06-01T12:00:00Z')
const REPORTS = [badge('2025-01-01'), badge('2025-02-01')]
const PARAMETERS = { issuers: ['https://issuer.example/'] }
const DECISION = credit.decideCredit(POLICY, { reports: REPORTS, now: NOW, parameters: PARAMETERS })

const PEOPLE = [{ person: 'ada', reports: REPORTS, facts: [period('license-term', '2024-01-01')], history: [DECISION] }]
const MANY = {
  now: NOW,
  person: 'matched-recipient',
  maxReportAgeDays: 4000,
  parameters: { [POLICY.id]: PARAMETERS },
  kinds: {},
}

walkEntry(credit, {
  parsePolicy: { call: credit.parsePolicy, right: [POLICY] },
  explainPolicy: { call: credit.explainPolicy, right: [POLICY] },
  decideCredit: {
    call: credit.decideCredit,
    right: [
      POLICY,
      complete<CreditOptions>({
        reports: REPORTS,
        facts: [period('license-term', '2024-01-01'), activity('clock-hour', '2025-03-01', 2)],
        history: [DECISION],
        now: NOW,
        person: 'matched-recipient',
        maxReportAgeDays: 4000,
        parameters: PARAMETERS,
        kinds: { 'https://issuer.example/achievements/x': ['nea'] },
        offers: [{ achievement: { id: 'urn:x:offer', tag: ['x'] }, issuer: 'https://issuer.example/', cost: 1 }],
      }),
    ],
    options: 1,
  },
  decideMany: { call: credit.decideMany, right: [PEOPLE, [POLICY], complete<ManyOptions>(MANY)], options: 2 },
  simulatePolicy: {
    call: credit.simulatePolicy,
    right: [POLICY, POLICY, PEOPLE, complete<SimulateOptions>({ ...MANY, most: 5 })],
    options: 3,
  },
  explainSimulation: {
    call: credit.explainSimulation,
    right: [
      credit.simulatePolicy(POLICY, POLICY, PEOPLE, { now: NOW, parameters: { [POLICY.id]: PARAMETERS }, most: 5 }),
    ],
  },
  explainCredit: { call: credit.explainCredit, right: [DECISION, POLICY, (id: string) => id] },
})
