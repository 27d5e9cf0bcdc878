import { type DecodedCredential, decodeCredential } from '../../entries/index.js'
import type { Bytes } from '../../internal/types.js'
import { readBadgeSource } from '../badge-source.js'
import { brokenBadge } from '../broken-badge.js'
import { defineCommand } from '../command.js'
import { credentialLines } from '../credential-view.js'
import { EXIT, type ExitCode, worse } from '../exit.js'
import { about, CommandFailure } from '../failure.js'
import { shownName } from '../files.js'
import { PROGRAM } from '../help.js'
import { type Listed, listFiles } from '../list-files.js'
import { printable } from '../printable.js'
import type { Session } from '../session.js'
import { unwrap } from '../unwrap.js'

export const inspect = defineCommand({
  name: 'inspect',
  summary: 'look into a badge, without verifying it',
  description: [
    'Shows what a badge says of itself. NOTHING IS VERIFIED: anybody can write a file that says the same. To know whether it is genuine use verify.',
  ],
  operands: {
    name: 'file',
    description:
      'Badges: JSON, JWT, PNG, SVG, told apart by content, and answers of servers or exports of wallets with badges inside. Folders are searched, https URLs are fetched. - is standard input.',
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
    const { entries, isSingle: isOne } = await listFiles(operands, session)
    let worst: ExitCode = EXIT.ok
    let isSingle = isOne
    for await (const entry of badges(entries, session)) {
      session.io.signal.throwIfAborted()
      if (entry.isOneOfMany) isSingle = false
      const decoded = entry.failure ?? (await decode(entry.name, entry.input))
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

interface Opened {
  readonly name: string
  readonly isOneOfMany: boolean
}

/** Each badge of each file. */
async function* badges(
  entries: readonly Listed[],
  session: Session,
): AsyncGenerator<Opened & ({ failure: CommandFailure; input?: never } | { failure?: never; input: Bytes })> {
  for (const { name: file, failure: known } of entries) {
    const bytes = known ?? (await readBadgeSource(file, session, session.io.loader).catch(asFailure))
    if (bytes instanceof CommandFailure) {
      yield { name: file, failure: bytes, isOneOfMany: false }
      continue
    }
    const found = unwrap(file, bytes)
    for (const { name, input } of found) yield { name, input, isOneOfMany: found.length > 1 }
  }
}

function asFailure(error: unknown): CommandFailure {
  if (error instanceof CommandFailure) return error
  throw error
}

async function decode(name: string, bytes: Bytes): Promise<DecodedCredential | BrokenBadge | CommandFailure> {
  try {
    return await about(shownName(name), () => decodeCredential(bytes))
  } catch (error) {
    const failure = asFailure(error)
    const badge = await brokenBadge(bytes)
    return badge === undefined ? failure : new BrokenBadge(badge, failure)
  }
}
