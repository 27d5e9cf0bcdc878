import { assessStack, type CompetencyStack, type StackReport, samePerson } from '../../entries/competency.js'
import { defineCommand } from '../command.js'
import { LEVEL_ORDER, readCrosswalkFile, readFrameworkFile, readStackFile } from '../competency-files.js'
import { EXIT, type ExitCode, worse } from '../exit.js'
import { misuse } from '../failure.js'
import { fitLines } from '../fit-view.js'
import { verifyAll } from '../verified-reports.js'
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

const EXIT_OF: Readonly<Record<StackReport['outcome'], ExitCode>> = {
  met: EXIT.ok,
  'not-met': EXIT.invalid,
  uncertain: EXIT.indeterminate,
}

export const fit = defineCommand({
  name: 'fit',
  summary: 'does this person fit this role, by their badges?',
  description: [
    "Verifies one person's badges, then sets them against what a role needs: a table of every requirement, gaps last, with the one badge that would close each. Badges that are not valid, not trusted or about somebody else never count.",
    'Exit code 0: fits, 1: does not, 2: it cannot be said now. Of several roles the worst counts.',
  ],
  options: {
    stack: { type: 'string', value: 'file', multiple: true, description: 'What a role needs: competency-stack.json.' },
    badges: {
      type: 'string',
      value: 'folder',
      multiple: true,
      description: 'The badges of one person: folders or files.',
    },
    framework: {
      type: 'string',
      value: 'file',
      multiple: true,
      description: 'Competencies that the roles name: CASE, CTDL-ASN, or our own JSON.',
    },
    'level-order': LEVEL_ORDER,
    crosswalk: {
      type: 'string',
      value: 'file',
      multiple: true,
      description: "How other frameworks' words correspond.",
    },
    base: {
      type: 'string',
      value: 'file',
      multiple: true,
      description: 'Further stacks that those of --stack extend.',
    },
    trust,
    'trust-file': trustFile,
    recipient,
    'same-person': {
      type: 'boolean',
      description:
        'You know that all badges are about one person: instead of --recipient. Badges that name different people still count for nothing: name the person by --recipient, once for each name.',
    },
    now,
    offline,
    timeout,
    'insecure-network': insecureNetwork,
    key,
    'self-asserted': selfAsserted,
    json: { type: 'boolean', description: 'The reports as JSON: one for each stack.' },
  },
  examples: [
    {
      title: 'One candidate, one role',
      line: 'fit --stack role.json --framework framework.json --badges ada/ --recipient did:example:ada --trust-file issuers.txt',
    },
    {
      title: "With an issuer's own words translated",
      line: 'fit --stack role.json --framework ours.json --framework theirs.json --crosswalk map.json --badges ada/ --same-person --trust did:web:academy.example',
    },
  ],
  run: async ({ options }, session) => {
    if (options.stack.length === 0) throw misuse('say for which role: --stack <file>')
    if (options.badges.length === 0) throw misuse('say whose badges: --badges <folder>')
    demandPerson(options)
    const stacks = await Promise.all(options.stack.map((name) => readStackFile(name, session)))
    const bases = await Promise.all(options.base.map((name) => readStackFile(name, session)))
    const levelOrder = options['level-order']
    const files = await Promise.all(
      options.framework.map((name) => readFrameworkFile(name, session, levelOrder === undefined ? {} : { levelOrder })),
    )
    const crosswalks = await Promise.all(options.crosswalk.map((name) => readCrosswalkFile(name, session)))
    const settings = await readVerifyOptions(
      { ...options, 'any-issuer': false, 'insecure-network': false, accept: 'open-badge', policy: [], summary: false },
      session,
    )
    const { reports, exit } = await verifyAll(options.badges, settings, session)
    let worst: ExitCode = exit
    const frameworks = files.flatMap((file) => file.frameworks)
    const assess = (stack: CompetencyStack) =>
      assessStack(reports, stack, {
        frameworks,
        crosswalks: [...crosswalks, ...files.flatMap((file) => file.crosswalks)],
        stacks: [...stacks.filter((other) => other !== stack), ...bases],
        now: settings.perCall.now ?? session.now(),
        person: settings.perCall.recipient ?? samePerson,
      })
    const assessed = stacks.map((stack) => ({ stack, report: assess(stack) }))
    if (options.json)
      session.printJson(assessed.length === 1 ? assessed[0]?.report : assessed.map(({ report }) => report), 2)
    for (const [index, { stack, report }] of assessed.entries()) {
      worst = worse(worst, EXIT_OF[report.outcome])
      if (options.json) continue
      const names = { frameworks, reports, stack, stacks: [...stacks, ...bases] }
      session.print(...(index === 0 ? [] : ['']), ...fitLines(report, names, session.style))
    }
    return worst
  },
})
