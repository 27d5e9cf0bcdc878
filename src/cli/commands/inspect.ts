import { type DecodedCredential, decodeCredential } from '../../entries/index.js'
import { brokenBadge } from '../broken-badge.js'
import { defineCommand } from '../command.js'
import { credentialLines } from '../credential-view.js'
import { readBadge } from '../documents.js'
import { EXIT, type ExitCode, worse } from '../exit.js'
import { about, CommandFailure } from '../failure.js'
import { shownName } from '../files.js'
import { PROGRAM } from '../help.js'
import { type Listed, listFiles } from '../list-files.js'
import { printable } from '../printable.js'
import type { Session } from '../session.js'

export const inspect = defineCommand({
  name: 'inspect',
  summary: 'look into a badge, without verifying it',
  description: [
    'Shows what a badge says of itself. NOTHING IS VERIFIED: anybody can write a file that says the same. To know whether it is genuine use verify.',
  ],
  operands: {
    name: 'file',
    description: 'Badges: JSON, JWT, PNG, SVG, told apart by content. Folders are searched. - is standard input.',
    min: 1,
    max: Number.POSITIVE_INFINITY,
  },
  options: {
    json: { type: 'boolean', description: 'All of it as JSON; of several badges one line each (NDJSON).' },
  },
  examples: [
    { title: 'What is in this picture?', line: 'inspect ada.png' },
    { title: 'The claims of a JWT, for a program', line: 'inspect --json ada.jwt' },
  ],
  run: async ({ options: { json }, operands }, session) => {
    const { entries, isSingle } = await listFiles(operands, session)
    let worst: ExitCode = EXIT.ok
    for (const entry of entries) {
      session.io.signal.throwIfAborted()
      const decoded = await decode(entry, session)
      if (decoded instanceof BrokenBadge) {
        const { badge, failure } = decoded
        worst = worse(worst, failure.exit)
        show(entry.name, badge, { json, isSingle, problem: failure.message }, session)
        session.note(...[`${PROGRAM}: ${failure.message}`, ...failure.details].map((line) => printable(line)))
      } else if (decoded instanceof CommandFailure) {
        // With one file this is the command's own end; with several the others come still.
        if (isSingle) throw decoded
        worst = worse(worst, decoded.exit)
        if (json) session.printJson({ name: entry.name, error: { exit: decoded.exit, message: decoded.message } })
        session.note(...[`${PROGRAM}: ${decoded.message}`, ...decoded.details].map((line) => printable(line)))
      } else show(entry.name, decoded, { json, isSingle }, session)
    }
    return worst
  },
})

/** What can be read of it, and what is wrong. */
class BrokenBadge {
  readonly badge: DecodedCredential
  readonly failure: CommandFailure

  constructor(badge: DecodedCredential, failure: CommandFailure) {
    this.badge = badge
    this.failure = failure
  }
}

function show(
  name: string,
  decoded: DecodedCredential,
  { json, isSingle, problem }: { readonly json: boolean; readonly isSingle: boolean; readonly problem?: string },
  session: Session,
): void {
  const { container, version, unverified, secured } = decoded
  const broken = problem === undefined ? {} : { problem }
  if (json)
    session.printJson(
      { name, verified: false, ...broken, container, version, unverified, secured },
      isSingle ? 2 : undefined,
    )
  else session.print(...credentialLines(printable(shownName(name)), decoded, session.style), ...(isSingle ? [] : ['']))
}

async function decode(
  { name, failure }: Listed,
  session: Session,
): Promise<DecodedCredential | BrokenBadge | CommandFailure> {
  if (failure !== undefined) return failure
  try {
    const bytes = await readBadge(name, session)
    try {
      return await about(shownName(name), () => decodeCredential(bytes))
    } catch (error) {
      const badge = error instanceof CommandFailure ? await brokenBadge(bytes) : undefined
      if (badge === undefined) throw error
      return new BrokenBadge(badge, error as CommandFailure)
    }
  } catch (error) {
    if (error instanceof CommandFailure) return error
    throw error
  }
}
