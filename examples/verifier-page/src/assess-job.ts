/** Does this person fit a role? Inside the worker. */
import { ParseError, UsageError, type VerificationReport } from 'badgewright'
import {
  type AssessOptions,
  assessStack,
  type CompetencyFramework,
  type CompetencyStack,
  type Crosswalk,
  namesIn,
  parseCrosswalk,
  parseFramework,
  parseStack,
  readCase,
  readCtdlAsn,
  samePerson,
} from 'badgewright/competency'
import { renderAssessment } from 'badgewright/render'
import { plainText } from './plain-text.js'
import type { Assessed, AssessTask, NamedText } from './protocol.js'

interface Read {
  readonly stacks: CompetencyStack[]
  readonly frameworks: CompetencyFramework[]
  readonly crosswalks: Crosswalk[]
}

export async function assessJob(task: AssessTask): Promise<Assessed> {
  const read: Read = { stacks: [], frameworks: [], crosswalks: [] }
  for (const file of task.files) await readFile(file, read)
  if (read.stacks.length === 0)
    throw new Error('None of the files says what a role needs: add the file of a role (a competency stack).')
  const reports = await Promise.all(
    task.reports.map(async (report) => JSON.parse(await report.text()) as VerificationReport),
  )
  try {
    return judge(task, read, reports)
  } catch (error) {
    if (error instanceof UsageError) throw new Error(`The files do not fit together: ${plainText(error.message, 300)}`)
    throw error
  }
}

function judge(task: AssessTask, { stacks, frameworks, crosswalks }: Read, reports: VerificationReport[]): Assessed {
  const options: AssessOptions = {
    frameworks,
    crosswalks,
    stacks,
    now: new Date(),
    ...(task.samePerson ? { person: samePerson } : {}),
  }
  // A stack that another one extends is part of that one; of itself it is asked too.
  const assessments = stacks.map((stack) => ({ stack, report: assessStack(reports, stack, options) }))
  const names = namesOf(reports, stacks, frameworks)
  return {
    stacks: assessments.map(({ stack, report }, index) => ({
      name: plainText(stack.name),
      outcome: report.outcome,
      html: renderAssessment(report, { headingLevel: 3, idPrefix: `stack-${index}`, stack, stacks, frameworks, names }),
    })),
    report: new Blob(
      [
        JSON.stringify(
          assessments.map(({ report }) => report),
          null,
          2,
        ),
      ],
      { type: 'application/json' },
    ),
  }
}

/** Words for people: competencies, levels and stacks by their names, credentials by those of their achievements. */
function namesOf(reports: VerificationReport[], stacks: CompetencyStack[], frameworks: CompetencyFramework[]) {
  const own = new Map<string, string>()
  for (const { id, version, name } of stacks) own.set(version === undefined ? id : `${id}@${version}`, name)
  for (const report of reports) {
    if (report.outcome !== 'valid') continue
    const subject = [report.credential.credentialSubject].flat()[0]
    const name = subject?.achievement?.name
    if (typeof name === 'string') own.set(report.credential.id, name)
    // Anybody can call himself anything; those the reader trusts are called as they wish.
    const { issuer } = report.credential
    if (report.issuerTrusted && typeof issuer !== 'string' && typeof issuer.name === 'string')
      own.set(issuer.id, issuer.name)
  }
  const known = namesIn(frameworks)
  return (id: string) => own.get(id) ?? known(id)
}

/** A framework may be in our own JSON form, CASE or CTDL-ASN. */
async function readFile({ name, bytes }: NamedText, { stacks, frameworks, crosswalks }: Read): Promise<void> {
  const fail = (reason: string) => new Error(`${name}: ${plainText(reason, 300)}`)
  let value: unknown
  try {
    value = JSON.parse(await bytes.text())
  } catch {
    throw fail('is no JSON.')
  }
  const members = typeof value === 'object' && value !== null ? value : {}
  try {
    if ('requirements' in members) stacks.push(parseStack(value))
    else if ('matches' in members) crosswalks.push(parseCrosswalk(value))
    else if ('CFDocument' in members || 'CFPackage' in members) add(readCase(value))
    else if (Array.isArray(value) || '@graph' in members) add(readCtdlAsn(value))
    else if ('competencies' in members) frameworks.push(parseFramework(value))
    else throw fail('is neither a role, a framework of competencies nor a crosswalk. Badges go into the field above.')
  } catch (error) {
    if (error instanceof ParseError) throw fail(error.message)
    throw error
  }

  function add(read: {
    framework?: CompetencyFramework
    frameworks?: readonly CompetencyFramework[]
    crosswalk?: Crosswalk | undefined
  }) {
    frameworks.push(...(read.frameworks ?? []), ...(read.framework === undefined ? [] : [read.framework]))
    if (read.crosswalk !== undefined) crosswalks.push(read.crosswalk)
  }
}
