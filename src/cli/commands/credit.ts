import { samePerson } from '../../entries/competency.js'
import { type CreditDecision, decideCredit, explainCredit, type Fact } from '../../entries/credit.js'
import { defineCommand } from '../command.js'
import { readFacts, readHistory, readKindTable, readParameters, readPolicyFile } from '../credit-files.js'
import { EXIT, type ExitCode, worse } from '../exit.js'
import { about, misuse } from '../failure.js'
import { shownName } from '../files.js'
import { PROGRAM } from '../help.js'
import { printable } from '../printable.js'
import { namesOfBadges, verifyAll } from '../verified-reports.js'
import { demandPerson, readVerifyOptions, VERIFY_OPTIONS } from '../verify-options.js'

const {
  trust,
  'trust-file': trustFile,
  recipient,
  now,
  offline,
  timeout,
  'insecure-network': insecureNetwork,
  key,
  'self-asserted': selfAsserted,
} = VERIFY_OPTIONS

const EXIT_OF: Readonly<Record<CreditDecision['purposes'][number]['outcome'], ExitCode>> = {
  met: EXIT.ok,
  'not-met': EXIT.invalid,
  'not-known': EXIT.indeterminate,
}

export const credit = defineCommand({
  name: 'credit',
  summary: "what do this person's badges count for?",
  description: [
    "Verifies one person's badges, then decides by a policy what they count for: purpose by purpose what counts and why, what is missing, money or lane. What hangs on a fact or a parameter that nobody gave is not known, and it says which.",
    'Facts are a CSV table with the columns person, fact, about, value, on, from, to, by, stated for statements, and activity, id, course, amount, kinds, on for learning beside badges.',
    'Exit code 0: met, 1: not met, 2: it cannot be said now. Of several purposes the worst counts: choose with --purpose.',
  ],
  options: {
    policy: {
      type: 'string',
      value: 'file',
      multiple: true,
      description: 'What badges count for: credit-policy.json.',
    },
    badges: {
      type: 'string',
      value: 'folder',
      multiple: true,
      description: 'The badges of one person: folders or files.',
    },
    facts: { type: 'string', value: 'file', multiple: true, description: 'What badges do not say: CSV.' },
    parameters: { type: 'string', value: 'file', description: 'What the policy leaves open: JSON, values by name.' },
    kinds: {
      type: 'string',
      value: 'file',
      description: "The district's own table: CSV with the columns achievement, kind.",
    },
    history: {
      type: 'string',
      value: 'file',
      multiple: true,
      description: 'Decisions that took effect, as --json printed them.',
    },
    purpose: { type: 'string', value: 'id', multiple: true, description: 'Only these purposes.' },
    trust,
    'trust-file': trustFile,
    recipient,
    'same-person': {
      type: 'boolean',
      description: 'You know that all badges are about one person: instead of --recipient.',
    },
    now,
    offline,
    timeout,
    'insecure-network': insecureNetwork,
    key,
    'self-asserted': selfAsserted,
    json: { type: 'boolean', description: 'The decision as JSON: to be kept, and given again as --history.' },
  },
  examples: [
    {
      title: 'Is it enough for the license?',
      line: 'credit --policy tn.json --badges ada/ --facts facts.csv --recipient did:example:ada --trust-file issuers.txt',
    },
    {
      title: 'What the district pays, with its own figures',
      line: 'credit --policy district.json --parameters figures.json --badges ada/ --same-person --trust did:web:academy.example',
    },
  ],
  run: async ({ options }, session) => {
    if (options.policy.length === 0) throw misuse('say by which policy: --policy <file>')
    if (options.badges.length === 0) throw misuse('say whose badges: --badges <folder>')
    demandPerson(options)
    const policies = await Promise.all(options.policy.map((name) => readPolicyFile(name, session)))
    const tables = await Promise.all(options.facts.map((name) => readFacts(name, session)))
    const facts = ownFacts(tables, options.recipient, (line) => session.note(`${PROGRAM}: ${printable(line)}`))
    const parameters = options.parameters === undefined ? {} : await readParameters(options.parameters, session)
    const kinds = options.kinds === undefined ? {} : await readKindTable(options.kinds, session)
    const history = (await Promise.all(options.history.map((name) => readHistory(name, session)))).flat()
    const settings = await readVerifyOptions(
      { ...options, 'any-issuer': false, 'insecure-network': false, accept: 'open-badge', policy: [], summary: false },
      session,
    )
    const { reports, exit } = await verifyAll(options.badges, settings, session)
    let worst: ExitCode = exit
    const decisions: CreditDecision[] = []
    for (const [index, policy] of policies.entries()) {
      const decision = await about(shownName(options.policy[index] ?? ''), () =>
        decideCredit(policy, {
          reports,
          facts,
          history,
          now: settings.perCall.now ?? session.now(),
          person: settings.perCall.recipient ?? samePerson,
          parameters,
          kinds,
        }),
      )
      const purposes = decision.purposes.filter(
        ({ purpose }) => options.purpose.length === 0 || options.purpose.includes(purpose),
      )
      const unknown = options.purpose.find((id) => !decision.purposes.some(({ purpose }) => purpose === id))
      if (unknown !== undefined)
        throw misuse(
          `the policy has no purpose "${unknown}": there are ${decision.purposes.map(({ purpose }) => purpose).join(', ')}`,
        )
      for (const { outcome } of purposes) worst = worse(worst, EXIT_OF[outcome])
      decisions.push({ ...decision, purposes })
      if (options.json) continue
      const lines = explainCredit({ ...decision, purposes }, policy, namesOfBadges(reports))
      session.print(...(index === 0 ? [] : ['']), ...lines.map((line) => printable(line)))
    }
    if (options.json) session.printJson(decisions.length === 1 ? decisions[0] : decisions, 2)
    return worst
  },
})

/** Those of the person, by any of the names; those of a table without names. Others are said, and left away. */
function ownFacts(
  tables: readonly ReadonlyMap<string, readonly Fact[]>[],
  names: readonly string[],
  note: (line: string) => void,
): Fact[] {
  const others = new Set<string>()
  const own = tables.flatMap((table) =>
    [...table].flatMap(([person, facts]) => {
      if (person === '' || names.includes(person)) return facts
      others.add(person)
      return []
    }),
  )
  if (others.size > 0) {
    const shown = [...others].slice(0, 3).join(', ')
    note(
      `facts about ${others.size} other ${others.size === 1 ? 'person' : 'people'} are left away: ${shown}${others.size > 3 ? ', ...' : ''}`,
    )
  }
  return own
}
