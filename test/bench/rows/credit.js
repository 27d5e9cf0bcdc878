import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fromPackage, ROOT } from '../installed.js'
import { race } from '../measure.js'
import { line } from '../table.js'

export const title = 'Credit decisions'

/** Educators in one call, and policies that each is held against. */
const SIZES = [100, 400]
const POLICIES = 8
const BADGES = 10
const NOW = new Date('2030-06-01T12:00:00Z')

export const contestants = Object.fromEntries(
  SIZES.map((size) => [
    `decide ${size}`,
    async ({ installed }) => {
      const { decideMany, parsePolicy } = await fromPackage(installed, 'credit')
      const policies = examples(parsePolicy)
      const parameters = given(policies)
      const people = Array.from({ length: size }, (_, index) => educator(index))
      return () => {
        let met = 0
        for (const { decisions } of decideMany(people, policies, { now: NOW, parameters }))
          for (const { purposes } of decisions) met += purposes.filter(({ outcome }) => outcome === 'met').length
        if (met === 0) throw new Error('nobody met anything')
      }
    },
  ]),
)

/** Some with groups, limits, editions and conversions: the first whose facts the educators have. */
const NAMES = [
  'us-tn-pdp',
  'us-ut-usbe',
  'us-nc-renewal',
  'us-ma-nea',
  'us-md-pdp',
  'us-de-continuing',
  'us-co-d11',
  'us-ca-lausd',
]

function examples(parsePolicy) {
  const folder = join(ROOT, 'examples/policies')
  const files = readdirSync(folder)
  return NAMES.slice(0, POLICIES).map((name) => {
    if (!files.includes(`${name}.json`)) throw new Error(`no policy ${name}`)
    return parsePolicy(JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')))
  })
}

/** What the sources leave open, as a district that runs this would have given it. */
function given(policies) {
  const academy = ['https://academy.example/']
  const open = { issuers: academy, stack: ['https://academy.example/achievements/1'], 'stack size': 3 }
  const rate = (name) => (/micro-credential$/.test(name) ? { [name]: 5 } : {})
  return Object.fromEntries(
    policies.map(({ id, parameters = {} }) => [
      id,
      Object.assign({}, ...Object.keys(parameters).map((name) => (name in open ? { [name]: open[name] } : rate(name)))),
    ]),
  )
}

function educator(index) {
  const id = `did:example:educator-${index}`
  const said = { by: 'did:example:district', stated: '2029-01-01' }
  const period = (fact) => ({ fact, from: '2026-01-01', to: '2030-12-31', ...said })
  const activity = (name, amount, kinds) => ({
    activity: name,
    id: `${id}/${name}`,
    amount,
    on: '2028-05-05',
    ...(kinds && { kinds }),
    ...said,
  })
  return {
    person: id,
    reports: Array.from({ length: BADGES }, (_, badge) => report(id, badge)),
    facts: [
      period('license-term'),
      period('license-cycle'),
      { fact: 'role', value: index % 2 === 0 ? 'PreK-5' : '6-12', ...said },
      { fact: 'plan-approved', ...said },
      { fact: 'paid', value: false, ...said },
      { fact: 'filed', on: '2028-06-01', ...said },
      activity('clock-hour', 30 + (index % 7), ['topic-1', 'literacy']),
      activity('ceu', 3, ['academic-subject', 'topic-2']),
      activity('semester-unit', 15),
      activity('course', '22.5'),
    ],
  }
}

const CHECKS = [
  'format',
  'schema',
  'key',
  'proof',
  'refresh',
  'validity',
  'status',
  'issuer',
  'recipient',
  'endorsements',
]

function report(id, badge) {
  const achievement = `https://academy.example/achievements/${badge}`
  const checks = Object.fromEntries(
    CHECKS.map((check) => [check, { status: 'valid', findings: [{ code: `${check}.ok`, message: '' }] }]),
  )
  return {
    outcome: 'valid',
    checks,
    at: '2030-05-01T00:00:00Z',
    issuerTrusted: true,
    credential: {
      id: `${achievement}/${id}`,
      issuer: 'https://academy.example/',
      validFrom: '2028-03-01T00:00:00Z',
      evidence: [{ id: `https://work.example/${badge}/${id}`, type: ['Evidence'] }],
      credentialSubject: {
        id,
        achievement: {
          id: achievement,
          name: 'A badge',
          achievementType: 'MicroCredential',
          tag: ['literacy', 'topic-3'],
        },
      },
    },
  }
}

export async function run({ files: _, ...setting }) {
  const names = SIZES.map((size) => `decide ${size}`)
  const times = await race(import.meta.url, names, setting, { rounds: 9 })
  const [few, many] = SIZES.map((size) => times.median(`decide ${size}`) / size)
  return [
    // People are independent of each other: a process for each core takes its share of them.
    line(`10 000 educators, ${BADGES} badges each, ${POLICIES} policies, on two cores`, {
      reached: (many * 10_000) / 1_000_000 / 2,
      unit: 's',
      floor: 10,
      atMost: true,
    }),
    // Linear: an educator of many costs no more than one of few, give or take the noise.
    line(`an educator of ${SIZES[1]} against one of ${SIZES[0]}`, { reached: many / few, floor: 1.5, atMost: true }),
  ]
}
