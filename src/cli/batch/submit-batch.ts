/**
 * `issue --batch --queue`: a table of awards becomes a batch that workers issue. No key is read here.
 *
 * @module
 */
import { type Profile, parseProfile, UsageError } from '../../entries/index.js'
import { createBatches, RefusedBatchError, type AwardLine as SubmittedLine } from '../../entries/jobs.js'
import { readJsonObject } from '../documents.js'
import { EXIT, type ExitCode } from '../exit.js'
import { about, CommandFailure, misuse } from '../failure.js'
import { readAchievements } from '../issuer/achievement-files.js'
import { FILES, placesIn } from '../issuer/layout.js'
import { demandIssuer } from '../issuer-folder.js'
import { readProfile } from '../profile-option.js'
import type { Session } from '../session.js'
import { type AwardDefaults, type AwardLine, awardFrom, endsBatch } from './award-line.js'
import { batchInput, type DefaultOptions, readAchievementFile, readDefaults } from './batch-command.js'
import { batchProgress } from './batch-progress.js'
import { failureLine } from './batch-view.js'
import { openQueue } from './queue-place.js'

/** The options of `issue` that a submission needs. */
export interface SubmitCommandOptions extends DefaultOptions {
  readonly queue: string
  readonly batch: string | undefined
  readonly data: string | undefined
  readonly issuer: string | undefined
  readonly 'issuer-name': string | undefined
  readonly achievement: string | undefined
  readonly 'batch-id': string | undefined
  readonly 'skip-invalid': boolean
  readonly json: boolean
}

/** Those that are for somebody who signs, or for one badge. */
const NOT_HERE = [
  'key',
  'verification-method',
  'credential',
  'recipient',
  'name',
  'award',
  'by',
  'id',
  'suite',
  'jwt-shape',
  'image',
  'out',
] as const

/** Throws CommandFailure 64. */
export function checkSubmission(options: Readonly<Record<string, unknown>>): void {
  if (options.batch === undefined) throw misuse('--queue is for --batch: a table of awards that workers issue')
  for (const name of NOT_HERE)
    if (options[name] !== undefined)
      throw misuse(
        name === 'key'
          ? '--key is not for --queue: nothing is signed here, badgewright work has the key'
          : `--${name} is not for --queue: ${['out', 'suite', 'jwt-shape', 'verification-method'].includes(name) ? 'badgewright work takes it' : 'each award says its own, and workers make no pictures'}`,
      )
  if (options.format === 'jwt') throw misuse('--format jwt is not for --queue: badgewright work takes it')
}

export async function submitBatch(options: SubmitCommandOptions, session: Session): Promise<ExitCode> {
  const { queue, batch: file = '', 'batch-id': id, 'skip-invalid': skipInvalid, json } = options
  const profile = await profileFor(options, session)
  const defaults = readDefaults(options, await achievementsFor(options, session))
  const { lines } = await batchInput(file, session)
  const place = await openQueue(queue, session)
  const progress = batchProgress(session.io, undefined)
  try {
    const batches = createBatches({ profile, stores: place.stores })
    const submitted = await batches.submitBatch(awardsOf(lines(), defaults), {
      skipInvalid,
      signal: session.io.signal,
      ...(id === undefined ? {} : { id }),
      onInvalid: (failure) => {
        progress.clear()
        session.note(failureLine(failure))
      },
      onProgress: ({ done, failed }) => progress.show({ issued: done - failed, skipped: 0, failed }),
    })
    progress.clear()
    const { awards, invalid } = submitted
    session.note(
      `${awards - invalid} awards wait for badgewright work${invalid === 0 ? '' : `, ${invalid} are invalid and were passed over`}: badgewright batch status ${submitted.id} --queue ${place.shown}`,
    )
    if (json) session.printJson(submitted, 2)
    else session.print(submitted.id)
    return EXIT.ok
  } catch (error) {
    progress.clear()
    if (session.io.signal.aborted) {
      session.note('Nothing was submitted.')
      return EXIT.interrupted
    }
    if (error instanceof UsageError && error.option === 'id')
      throw misuse(error.message.replace('"id"', '--batch-id').replace('an id of its own', 'another --batch-id'))
    if (!(error instanceof RefusedBatchError)) throw error
    const { awards, invalid } = error
    throw new CommandFailure(
      EXIT.data,
      `${invalid} of ${awards} awards are invalid, so nothing was submitted. --skip-invalid submits the others`,
    )
  } finally {
    await place.close()
  }
}

/** The same for whoever submits and whoever works: of a folder, or of a file. Throws CommandFailure 64, 65, 66. */
export async function profileFor(
  { data, issuer, 'issuer-name': name }: Pick<SubmitCommandOptions, 'data' | 'issuer' | 'issuer-name'>,
  session: Session,
): Promise<Profile> {
  if (data !== undefined) {
    if (issuer !== undefined || name !== undefined)
      throw misuse(
        `--${issuer === undefined ? 'issuer-name' : 'issuer'} is not for --data: the folder says it for all its badges`,
      )
    const at = placesIn(data, session)
    demandIssuer(data, at)
    return about(FILES.profile, async () => parseProfile(await readJsonObject(at(FILES.profile), 'profile', session)))
  }
  const given = await readProfile(issuer, session)
  if (given === undefined)
    throw misuse('say who issues: --issuer <file> with a Profile (or a DID or URL), or --data <folder> of an issuer')
  return about(issuer ?? '', () =>
    parseProfile({ type: ['Profile'], ...given, ...(name === undefined ? {} : { name }) }),
  )
}

async function achievementsFor({ achievement, data }: SubmitCommandOptions, session: Session) {
  if (achievement !== undefined) return readAchievementFile(achievement, session)
  if (data === undefined)
    throw misuse('--batch needs the achievement: --achievement <file>, which may hold an array of several')
  return readAchievements(placesIn(data, session), session)
}

async function* awardsOf(lines: AsyncIterable<AwardLine>, defaults: AwardDefaults): AsyncGenerator<SubmittedLine> {
  for await (const { line, fields, fault } of lines)
    yield fields === undefined ? { line, error: new Error(fault) } : lineOf(line, fields, defaults)
}

function lineOf(line: number, fields: NonNullable<AwardLine['fields']>, defaults: AwardDefaults): SubmittedLine {
  try {
    return { line, award: awardFrom(fields, defaults) }
  } catch (error) {
    if (endsBatch(error)) throw error
    return { line, error: error as Error, id: typeof fields.id === 'string' ? fields.id : undefined }
  }
}
