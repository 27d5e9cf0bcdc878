/**
 * `revoke`, `suspend`, `reinstate`: three commands of one shape. And `renew`.
 *
 * @module
 */
import type { CredentialRecord } from '../../entries/index.js'
import { type Command, defineCommand } from '../command.js'
import { readDate } from '../dates.js'
import { EXIT, type ExitCode } from '../exit.js'
import { describeFailure } from '../failure.js'
import { atDesk, CLERK, clerk, DATA, type Desk, findRecord, findRecords, notFound, shownState } from '../issuer/desk.js'
import { printable } from '../printable.js'
import { credentialText, writeResult } from '../result-files.js'
import type { Session } from '../session.js'

type Verb = 'revoke' | 'suspend' | 'reinstate'

interface Words {
  readonly summary: string
  readonly description: string
  readonly done: string
  readonly example: string
}

const PUBLISHED =
  'Verifiers learn of it from the status list: "badgewright serve" publishes it at once, also where it is running already. Lists that were published as files have to be published anew.'

const VERBS: Readonly<Record<Verb, Words>> = {
  revoke: {
    summary: 'take badges back, for good',
    description: `For good: a revoked badge stays revoked, and the award id stays used. ${PUBLISHED}`,
    done: 'revoked',
    example: '--reason "awarded by mistake"',
  },
  suspend: {
    summary: 'take badges back until they are reinstated',
    description: `Until "badgewright reinstate". ${PUBLISHED}`,
    done: 'suspended',
    example: '--reason "under review"',
  },
  reinstate: {
    summary: 'end the suspension of badges',
    description: `Ends what "badgewright suspend" began; a revoked badge stays revoked. ${PUBLISHED}`,
    done: 'active',
    example: '--reason "reviewed"',
  },
}

/** Ids of one call: a shell takes no more either. */
const MOST = 10_000

const changing = (verb: Verb): Command =>
  defineCommand({
    name: verb,
    summary: VERBS[verb].summary,
    description: [VERBS[verb].description],
    operands: {
      name: 'id',
      description: 'Ids of awards or badges. One that cannot be changed costs no other.',
      min: 1,
      max: MOST,
    },
    options: { ...DATA, ...CLERK, json: { type: 'boolean', description: 'Say what was done as JSON.' } },
    examples: [
      { title: 'One', line: `${verb} --data my-issuer 2030-001 ${VERBS[verb].example}` },
      { title: 'Several', line: `${verb} --data my-issuer 2030-001 2030-002 --by "Registrar"` },
    ],
    run: ({ options: { data, reason, by, json }, operands }, session) =>
      atDesk(data, session, async (desk) => {
        const change = { by: clerk(by, session), ...(reason === undefined ? {} : { reason }) }
        const results = await changeAll(verb, operands, change, desk)
        return tell(results, VERBS[verb].done, json, session)
      }),
  })

export const revoke = changing('revoke')
export const suspend = changing('suspend')
export const reinstate = changing('reinstate')

interface Changed {
  readonly given: string
  readonly record?: CredentialRecord
  readonly error?: unknown
}

async function changeAll(
  verb: Verb,
  ids: readonly string[],
  change: { readonly by: string; readonly reason?: string },
  desk: Desk,
): Promise<readonly Changed[]> {
  const records = await findRecords(ids, desk)
  const present = records.flatMap((record, at) => (record === undefined ? [] : [{ record, at }]))
  const errors = new Map<number, unknown>()
  await desk.issuer[`${verb}Many`](
    present.map(({ record }) => record.credentialId),
    { ...change, onFailure: ({ index, error }) => errors.set((present[index] as { at: number }).at, error) },
  )
  return ids.map((given, at) => {
    const record = records[at]
    const error = errors.get(at)
    return { given, ...(record === undefined ? {} : { record }), ...(error === undefined ? {} : { error }) }
  })
}

interface Told {
  readonly id: string
  readonly before?: string
  readonly now?: string
  readonly error?: string
}

/** Those that could not be changed at the end, with the reason of each. */
function tell(results: readonly Changed[], done: string, json: boolean, session: Session): ExitCode {
  const told = results.map(({ given, record, error }): Told => {
    if (record === undefined) return { id: given, error: missing(given) }
    const [id, before] = [record.awardId, shownState(record)]
    return error === undefined
      ? { id, before, now: done }
      : { id, before, error: describeFailure(error).lines.join(' ') }
  })
  if (json) session.printJson(told, 2)
  for (const { id, before, now, error } of json ? [] : told)
    if (now !== undefined) session.print(`${now}  ${printable(id)}${before === now ? ' (it was before)' : ''}`)
    else session.note(`${printable(id)}: ${printable(error ?? '')}`)
  if (told.every(({ error }) => error === undefined)) return EXIT.ok
  return results.some(({ record }) => record === undefined) ? EXIT.noInput : EXIT.data
}

function missing(id: string): string {
  try {
    return notFound(id)
  } catch (error) {
    return (error as Error).message
  }
}

export const renew = defineCommand({
  name: 'renew',
  summary: 'issue a badge again, for longer',
  description: [
    'The same badge with the same id, signed anew with the key of today, from now until another date. Who holds the older one finds the newer at the address that stands in it ("badgewright serve" answers there).',
  ],
  operands: { name: 'id', description: 'The id of the award, or of the badge.', min: 1, max: 1 },
  options: {
    ...DATA,
    until: {
      type: 'string',
      sets: 'validUntil',
      value: 'date',
      required: true,
      description: 'The last day (UTC) it counts, or a time.',
    },
    ...CLERK,
    out: { type: 'string', value: 'file', description: 'Where the newer badge goes. Default: standard output.' },
    json: { type: 'boolean', description: 'Say what was written as JSON.' },
  },
  examples: [
    { title: 'Five more years', line: 'renew --data my-issuer 2030-001 --until 2035-06-30 --out ada.json' },
    {
      title: 'Why',
      line: 'renew --data my-issuer 2030-001 --until 2035-06-30 --reason "refresher course" --out ada.json',
    },
  ],
  run: ({ options: { data, until, reason, by, out, json }, operands: [id = ''] }, session) =>
    atDesk(data, session, async (desk) => {
      const { credentialId, awardId } = await findRecord(id, desk)
      const renewed = await desk.issuer.renew(credentialId, {
        validUntil: readDate('--until', until, 'ends'),
        by: clerk(by, session),
        ...(reason === undefined ? {} : { reason }),
      })
      await writeResult(credentialText(renewed), { out, json }, { award: awardId, id: credentialId }, session)
      return EXIT.ok
    }),
})
