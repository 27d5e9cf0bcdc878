import { readdir } from 'node:fs/promises'
import { samePerson } from '../../entries/competency.js'
import { type CreditPerson, explainPolicy, explainSimulation, simulatePolicy } from '../../entries/credit.js'
import { ParseError } from '../../errors.js'
import { defineCommand, type Values } from '../command.js'
import { readFacts, readHistory, readKindTable, readParameters, readPolicyFile } from '../credit-files.js'
import { EXIT, type ExitCode, worse } from '../exit.js'
import { CommandFailure, misuse } from '../failure.js'
import { fileFailure, shownName } from '../files.js'
import { PROGRAM } from '../help.js'
import { printable } from '../printable.js'
import type { Session } from '../session.js'
import { didYouMean } from '../suggest.js'
import { verifyAll } from '../verified-reports.js'
import { readVerifyOptions, VERIFY_OPTIONS } from '../verify-options.js'

const ACTIONS = ['lint', 'explain', 'simulate'] as const
const { trust, 'trust-file': trustFile, now, offline, timeout, key, 'self-asserted': selfAsserted } = VERIFY_OPTIONS

const OPTIONS = {
  before: { type: 'string', value: 'file', description: 'simulate: the policy that holds.' },
  after: { type: 'string', value: 'file', description: 'simulate: the policy that is thought of.' },
  people: {
    type: 'string',
    value: 'folder',
    description: 'simulate: a folder with a folder of badges for each person, named as the facts name them.',
  },
  facts: { type: 'string', value: 'file', multiple: true, description: 'simulate: what badges do not say: CSV.' },
  history: {
    type: 'string',
    value: 'file',
    multiple: true,
    description: 'simulate: decisions that took effect, one file for each person, named <person>.json.',
  },
  parameters: {
    type: 'string',
    value: 'file',
    description: 'simulate: what the policies leave open: JSON, values by name, for both.',
  },
  kinds: {
    type: 'string',
    value: 'file',
    description: "simulate: the district's own table: CSV with the columns achievement, kind.",
  },
  trust,
  'trust-file': trustFile,
  now,
  offline,
  timeout,
  key,
  'self-asserted': selfAsserted,
  json: { type: 'boolean', description: 'As JSON on standard output.' },
} as const

export const policy = defineCommand({
  name: 'policy',
  summary: 'credit policies: what is wrong with one, what it says, what another would change',
  description: [
    'lint: every mistake of policies, each with its place. explain: a policy in sentences. simulate: who would gain or lose by another policy, and what it would cost.',
    'Exit code of lint 0: all are right, 1: one is not.',
  ],
  operands: { name: 'action', description: 'lint, explain or simulate; then the policies.', min: 1, max: 1000 },
  options: OPTIONS,
  examples: [
    { title: 'Is it right?', line: 'policy lint tn.json district.json' },
    { title: 'What does it say?', line: 'policy explain tn.json' },
    {
      title: 'Before the board votes',
      line: 'policy simulate --before now.json --after then.json --people people/ --facts facts.csv --trust-file issuers.txt',
    },
  ],
  run: async ({ options, operands: [action = '', ...files] }, session): Promise<ExitCode> => {
    if (action === 'lint') return lint(files, session)
    if (action === 'explain') return explain(files, session)
    if (action === 'simulate') return simulate(options, files, session)
    throw misuse(`policy does ${ACTIONS.join(', ')}, not "${action}"${didYouMean(action, ACTIONS)}`)
  },
})

async function lint(files: readonly string[], session: Session): Promise<ExitCode> {
  if (files.length === 0) throw misuse('say which policies: policy lint <file>')
  let worst: ExitCode = EXIT.ok
  for (const file of files) {
    try {
      const { name } = await readPolicyFile(file, session)
      session.print(printable(`${shownName(file)}: right: ${name}`))
    } catch (error) {
      if (!(error instanceof CommandFailure) || !(error.cause instanceof ParseError)) throw error
      worst = worse(worst, EXIT.invalid)
      for (const { pointer, message } of error.cause.issues)
        session.print(printable(`${shownName(file)}: ${pointer === '' ? '' : `${pointer}: `}${message}`))
    }
  }
  return worst
}

async function explain(files: readonly string[], session: Session): Promise<ExitCode> {
  if (files.length === 0) throw misuse('say which policies: policy explain <file>')
  for (const [index, file] of files.entries()) {
    const lines = explainPolicy(await readPolicyFile(file, session))
    session.print(...(index === 0 ? [] : ['']), ...lines.map((line) => printable(line)))
  }
  return EXIT.ok
}

async function simulate(
  options: Values<typeof OPTIONS>,
  files: readonly string[],
  session: Session,
): Promise<ExitCode> {
  const { before, after, people } = options
  if (before === undefined || after === undefined) throw misuse('say which policies: --before <file> --after <file>')
  if (files.length > 0) throw misuse(`the policies are named by --before and --after: what is "${files[0]}"?`)
  if (people === undefined) throw misuse('say for whom: --people <folder>')
  const [old, then] = await Promise.all([before, after].map((name) => readPolicyFile(name, session)))
  if (old === undefined || then === undefined) return EXIT.usage
  const given = options.parameters === undefined ? {} : await readParameters(options.parameters, session)
  const kinds = options.kinds === undefined ? {} : await readKindTable(options.kinds, session)
  const settings = await readVerifyOptions(
    {
      ...options,
      recipient: [],
      'any-issuer': false,
      'insecure-network': false,
      accept: 'open-badge',
      policy: [],
      summary: false,
    },
    session,
  )
  const at = settings.perCall.now ?? session.now()
  const persons: CreditPerson[] = []
  let worst: ExitCode = EXIT.ok
  for await (const one of readPeople(people, options, settings, session)) {
    worst = worse(worst, one.exit)
    persons.push(one.person)
  }
  const declared = (policy: typeof old) =>
    Object.fromEntries(Object.entries(given).filter(([name]) => Object.hasOwn(policy.parameters ?? {}, name)))
  const unknown = Object.keys(given).find(
    (name) => ![old, then].some(({ parameters = {} }) => Object.hasOwn(parameters, name)),
  )
  if (unknown !== undefined) throw misuse(`neither policy has the parameter "${unknown}"`)
  // Both may be editions of one policy, under one id: then one has the parameters of both.
  const parameters = { [old.id]: declared(old), [then.id]: declared(then) }
  const simulation = simulatePolicy(old, then, persons, { now: at, person: samePerson, parameters, kinds })
  if (options.json) session.printJson(simulation, 2)
  else session.print(...explainSimulation(simulation).map((line) => printable(line)))
  return worst
}

type Settings = Awaited<ReturnType<typeof readVerifyOptions>>

/** A person for each folder, in the order of their names. */
async function* readPeople(
  folder: string,
  options: Values<typeof OPTIONS>,
  settings: Settings,
  session: Session,
): AsyncGenerator<{ readonly person: CreditPerson; readonly exit: ExitCode }> {
  const tables = await Promise.all(options.facts.map((name) => readFacts(name, session)))
  const names = await foldersIn(folder, session)
  const strangers = [...new Set(tables.flatMap((table) => [...table.keys()]))].filter(
    (name) => name !== '' && !names.includes(name),
  )
  if (strangers.length > 0)
    session.note(
      `${PROGRAM}: ${printable(`facts about people of whom there is no folder are left away: ${strangers.slice(0, 3).join(', ')}${strangers.length > 3 ? ', ...' : ''}`)}`,
    )
  const histories = new Map(options.history.map((file) => [(/([^\\/]+)\.json$/.exec(file) ?? [])[1], file]))
  for (const person of names) {
    const { reports, exit } = await verifyAll([`${folder.replace(/[\\/]+$/, '')}/${person}`], settings, session)
    const facts = tables.flatMap((table) => [...(table.get(person) ?? []), ...(table.get('') ?? [])])
    const file = histories.get(person)
    const history = file === undefined ? [] : await readHistory(file, session)
    yield { person: { person, reports, facts, history }, exit }
  }
}

async function foldersIn(folder: string, { files }: Session): Promise<string[]> {
  try {
    const entries = await readdir(files.resolve(folder), { withFileTypes: true })
    const names = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map(({ name }) => name)
    if (names.length === 0) throw new CommandFailure(EXIT.noInput, `${folder}: there is no folder of a person in it`)
    return names.sort()
  } catch (error) {
    throw fileFailure(error, folder)
  }
}
