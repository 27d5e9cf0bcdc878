/**
 * From the options of `issue --batch` to a batch that can run: everything is read and judged before the first badge is signed.
 *
 * @module
 */
import { stat } from 'node:fs/promises'
import {
  type Achievement,
  type AchievementInput,
  createAchievement,
  createIssuer,
  parseProfile,
} from '../../entries/index.js'
import type { JsonObject } from '../../internal/types.js'
import { readDate } from '../dates.js'
import { readBadge, readJsonObjects } from '../documents.js'
import { EXIT, type ExitCode } from '../exit.js'
import { about, CommandFailure, misuse } from '../failure.js'
import { STANDARD, shownName } from '../files.js'
import { readProfile } from '../profile-option.js'
import type { Session } from '../session.js'
import { contextsFor, controllerOf, readSecuring, readSigner, type SecuringOptions } from '../signing.js'
import type { AwardDefaults } from './award-line.js'
import { csvAwards } from './csv-awards.js'
import { folderOutput } from './folder-output.js'
import { ndjsonAwards } from './ndjson-awards.js'
import { ndjsonOutput } from './ndjson-output.js'
import type { BatchOutput } from './output.js'
import { type BatchRun, runBatch } from './run-batch.js'

/** The options of `issue` that hold for every award of a table. */
export type DefaultOptions = Pick<
  BatchCommandOptions,
  'plain-email' | 'level' | 'evidence' | 'narrative' | 'valid-from' | 'valid-until' | 'legacy-suite'
>

/** The options of `issue` that a batch needs. */
export interface BatchCommandOptions extends SecuringOptions {
  readonly key: string
  readonly achievement: string | undefined
  readonly credential: string | undefined
  readonly recipient: string | undefined
  readonly name: string | undefined
  readonly 'plain-email': boolean
  readonly issuer: string | undefined
  readonly 'issuer-name': string | undefined
  readonly 'verification-method': string | undefined
  readonly 'valid-from': string | undefined
  readonly 'valid-until': string | undefined
  readonly level: readonly string[]
  readonly evidence: readonly string[]
  readonly narrative: string | undefined
  readonly id: string | undefined
  readonly image: string | undefined
  readonly out: string | undefined
  readonly json: boolean
}

type TableOptions = Pick<BatchCommandOptions, 'recipient' | 'name' | 'id' | 'out' | 'image'> & {
  readonly award?: string | undefined
}

const IS_NDJSON = /\.(?:ndjson|jsonl)$/i

/** Throws CommandFailure 64. */
export function checkBatchOptions({
  achievement,
  credential,
  recipient,
  name,
  id,
  out,
  image,
}: BatchCommandOptions): void {
  if (achievement === undefined || credential !== undefined)
    throw misuse('--batch needs the achievement: --achievement <file>, which may hold an array of several')
  checkTableOptions({ recipient, name, id, out, image })
}

/** The same for a batch of an issuer's folder. Throws CommandFailure 64. */
export function checkTableOptions({ out, image, ...ofOne }: TableOptions): void {
  for (const [option, value] of Object.entries(ofOne))
    if (value !== undefined) throw misuse(`--${option} is for one badge: in a batch each award says its own`)
  if (out === undefined || out === STANDARD)
    throw misuse('--batch needs a place for the badges: --out <folder>, or --out <file>.ndjson')
  if (/\.(?:json|jsonld|jwt|png|svg|csv)$/i.test(out))
    throw misuse(`--out ${out}: a batch goes into a folder, or into one file that ends in .ndjson`)
  if (image !== undefined && IS_NDJSON.test(out)) throw misuse('pictures go into a folder: --out <folder>')
}

export async function issueBatch(options: BatchCommandOptions, file: string, session: Session): Promise<ExitCode> {
  const { out = '', achievement = '', image } = options
  const picture = image === undefined ? undefined : { name: image, bytes: await readBadge(image, session) }
  const given = await readProfile(options.issuer, session)
  const names = { method: options['verification-method'], issuer: given?.id }
  const signer = await readSigner(options.key, names, session)
  const name = options['issuer-name']
  const profile = await about(options.issuer ?? shownName(options.key), () =>
    parseProfile({
      type: ['Profile'],
      id: controllerOf(signer.verificationMethod),
      ...given,
      ...(name === undefined ? {} : { name }),
    }),
  )
  const defaults = await readDefaults(options, await readAchievementFile(achievement, session))
  const { loader } = session.io
  return runBatch(
    {
      ...(await batchInput(file, session)),
      defaults,
      issuer: createIssuer({
        ...{ profile, signer, ...readSecuring(options), now: session.now },
        ...(loader === undefined ? {} : { loader }),
      }),
      open: () => openOutput(out, picture?.bytes, options, session),
      out,
      image: picture,
      json: options.json,
    },
    session,
  )
}

/** By its name; standard input is CSV unless its first character opens an object. */
async function* awardLines(file: string, { files }: Session): ReturnType<typeof csvAwards> {
  const chunks = files.stream(file)
  if (/\.csv$/i.test(file)) return yield* csvAwards(file, chunks)
  if (IS_NDJSON.test(file)) return yield* ndjsonAwards(chunks)
  const first = await chunks.next()
  const text = first.done ? '' : new TextDecoder().decode(first.value.subarray(0, 64))
  const all = (async function* () {
    try {
      if (!first.done) yield first.value
      yield* chunks
    } finally {
      await chunks.return(undefined)
    }
  })()
  yield* /^\ufeff?\s*\{/.test(text) ? ndjsonAwards(all) : csvAwards(shownName(file), all)
}

/** One achievement, or an array of several. Throws CommandFailure 65. */
export async function readAchievementFile(file: string, session: Session): Promise<readonly Achievement[]> {
  const documents = await readJsonObjects(file, 'an achievement', session)
  return about(shownName(file), () => documents.map(achievementOf))
}

/** What the options say for every award. Throws CommandFailure 64. */
export function readDefaults(options: DefaultOptions, achievements: readonly Achievement[]): AwardDefaults {
  const { 'valid-from': from, 'valid-until': until } = options
  return {
    achievements,
    plainEmail: options['plain-email'],
    levels: options.level,
    evidence: options.evidence,
    narrative: options.narrative,
    validFrom: from === undefined ? undefined : readDate('--valid-from', from, 'begins'),
    validUntil: until === undefined ? undefined : readDate('--valid-until', until, 'ends'),
    contexts: contextsFor(options),
  }
}

/** Started again, a batch must speak of the same achievement. */
function achievementOf(document: JsonObject, index: number) {
  if (typeof document.id !== 'string')
    throw new CommandFailure(
      EXIT.data,
      `achievement ${index} has no "id": give it one, such as "https://school.example/feedback", so that its badges are recognized, also when the batch goes on another day`,
    )
  return createAchievement(document as unknown as AchievementInput)
}

/** The awards of a file. Throws CommandFailure 66 where it cannot be read. */
export async function batchInput(file: string, session: Session): Promise<Pick<BatchRun, 'lines' | 'isRepeatable'>> {
  // The first chunk tells what is wrong with it.
  if (file !== STANDARD) for await (const _ of session.files.stream(file)) break
  return { lines: () => awardLines(file, session), isRepeatable: file !== STANDARD }
}

export async function openOutput(
  out: string,
  image: Uint8Array | undefined,
  { format }: Pick<BatchCommandOptions, 'format'>,
  session: Session,
): Promise<BatchOutput> {
  if (IS_NDJSON.test(out)) return ndjsonOutput(out, session)
  const present = await stat(session.files.resolve(out)).catch(() => undefined)
  if (present?.isFile())
    throw misuse(`--out ${out} is a file: a batch goes into a folder, or into a file that ends in .ndjson`)
  const extension = image === undefined ? (format === 'jwt' ? 'jwt' : 'json') : image[0] === 0x89 ? 'png' : 'svg'
  return folderOutput(out, extension, session)
}
