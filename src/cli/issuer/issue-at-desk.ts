/**
 * `issue --data`: awards of an issuer that remembers them, one or a table of them.
 *
 * @module
 */
import { randomUUID } from 'node:crypto'
import type { Achievement, SecuredCredential } from '../../entries/index.js'
import { type AwardDefaults, awardFrom } from '../batch/award-line.js'
import { batchInput, openOutput, readAchievementFile, readDefaults } from '../batch/batch-command.js'
import { runBatch } from '../batch/run-batch.js'
import { readBadge } from '../documents.js'
import { EXIT, type ExitCode } from '../exit.js'
import { misuse } from '../failure.js'
import { bakeInto, checkFormat } from '../images.js'
import { printable } from '../printable.js'
import { credentialText, refuseToReplace, writeResult } from '../result-files.js'
import type { Session } from '../session.js'
import { achievementNamed, lookUp } from './achievement-files.js'
import { atDesk, clerk, type Desk } from './desk.js'

/** The options of `issue` that an issuer's folder leaves open. */
export interface DeskIssueOptions {
  readonly data: string
  readonly award: string | undefined
  readonly achievement: string | undefined
  readonly recipient: string | undefined
  readonly name: string | undefined
  readonly 'plain-email': boolean
  readonly 'valid-from': string | undefined
  readonly 'valid-until': string | undefined
  readonly level: readonly string[]
  readonly evidence: readonly string[]
  readonly narrative: string | undefined
  readonly by: string | undefined
  readonly image: string | undefined
  readonly out: string | undefined
  readonly force: boolean
  readonly json: boolean
}

/** One award. What the store has of it before is the same badge again. */
export async function issueAtDesk(options: DeskIssueOptions, session: Session): Promise<ExitCode> {
  const { data, recipient, award: awardId = randomUUID(), image, out, json } = options
  if (recipient === undefined) throw misuse('say who earned it: --recipient <did or e-mail address>')
  await refuseToReplace(out, options.force, session)
  return atDesk(data, session, async (desk) => {
    const defaults = await defaultsAt(desk, options, session)
    if (defaults.achievements.length > 1)
      throw misuse(
        `say what was earned, --achievement <name>: this issuer has ${defaults.achievements.map(({ name }) => name).join(', ')}`,
      )
    const award = awardFrom({ id: awardId, recipient, ...nameIn(options.name, desk) }, defaults)
    const badge = await desk.issuer.issue({ ...award, by: clerk(options.by, session) })
    const summary = { award: awardId, id: typeof badge === 'string' ? undefined : badge.id }
    try {
      await write(badge, { image, out, json }, summary, session)
    } finally {
      // Also where it could not be written: it was issued.
      session.note(`award ${printable(awardId)}`)
      if (options.name !== undefined && desk.settings.names === 'never')
        session.note('note: the name is not in the badge: "names" in settings.json is "never"')
    }
    return EXIT.ok
  })
}

/** A table of awards. Started again, it gives the same badges; a row that says something else by now is refused. */
export async function issueTableAtDesk(options: DeskIssueOptions, file: string, session: Session): Promise<ExitCode> {
  const { data, image, out = '', json } = options
  return atDesk(data, session, async (desk) => {
    const picture = image === undefined ? undefined : { name: image, bytes: await readBadge(image, session) }
    const by = clerk(options.by, session)
    return runBatch(
      {
        ...(await batchInput(file, session)),
        defaults: { ...(await defaultsAt(desk, options, session)), by, names: desk.settings.names ?? 'badge' },
        issuer: desk.issuer,
        open: () => openOutput(out, picture?.bytes, { format: 'embedded' }, session),
        out,
        image: picture,
        json,
      },
      session,
    )
  })
}

async function defaultsAt(desk: Desk, options: DeskIssueOptions, session: Session): Promise<AwardDefaults> {
  return readDefaults(
    { ...options, 'legacy-suite': undefined },
    await achievementsFor(options.achievement, desk, session),
  )
}

/** One of the folder's by its name, those of a file, or all that the folder has. */
async function achievementsFor(
  name: string | undefined,
  { achievements }: Desk,
  session: Session,
): Promise<readonly Achievement[]> {
  if (name === undefined) {
    if (achievements.length === 0)
      throw misuse('this issuer has no achievement yet: badgewright achievements add <file>')
    return achievements
  }
  if (lookUp(name, achievements).length === 0 && /\.json$|^-$/i.test(name)) return readAchievementFile(name, session)
  return [achievementNamed(name, achievements)]
}

/** Whether names go into badges was decided once, for the issuer. */
const nameIn = (name: string | undefined, { settings }: Desk) =>
  name === undefined || settings.names === 'never' ? {} : { name }

async function write(
  badge: SecuredCredential,
  { image, ...options }: Pick<DeskIssueOptions, 'image' | 'out' | 'json'>,
  summary: Readonly<Record<string, unknown>>,
  session: Session,
): Promise<void> {
  if (image === undefined) return writeResult(credentialText(badge), options, summary, session)
  const { bytes, container } = await bakeInto(image, badge, 'replace', session)
  checkFormat(options.out, container, `${image} is ${container.toUpperCase()}, so the badge is`)
  return writeResult(bytes, options, { ...summary, container }, session)
}
