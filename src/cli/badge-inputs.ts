/**
 * Files on their way into a verifier: read when it is their turn, and one that cannot be read does not stop the others.
 *
 * @module
 */
import type { DocumentLoader, NamedInput, PresentationReport } from '../entries/index.js'
import type { Bytes } from '../internal/types.js'
import { readBadgeSource } from './badge-source.js'
import { CommandFailure } from './failure.js'
import type { FileList } from './list-files.js'
import { isPresented } from './presented.js'
import type { Session } from './session.js'
import { unwrap } from './unwrap.js'

export interface FailedInput {
  readonly name: string
  readonly failure: CommandFailure
  readonly presentation?: never
}

export interface PresentedInput {
  readonly name: string
  readonly presentation: PresentationReport
  readonly failure?: never
}

/** What is no badge for the verifier's stream. */
export type Aside = FailedInput | PresentedInput

export interface BadgeInputs {
  readonly inputs: AsyncIterable<NamedInput>
  /** One operand, one badge in it. Known when the first report comes. */
  isSingle(): boolean
  /**
   * The inputs that could not be read, and the presentations, that stand before the next report. Reports come in the order of the
   * inputs: call this before each is shown, and once more at the end.
   */
  asideBefore(): readonly Aside[]
}

export function badgeInputs(
  { entries, isSingle }: FileList,
  session: Session,
  /** For URLs. Default: the guarded loader of the library. */
  loader: DocumentLoader | undefined,
  /** Default: a presentation is a badge like any other, and the verifier says that it is not one. */
  verifyPresentation?: (presentation: Bytes, name: string) => Promise<PresentationReport>,
): BadgeInputs {
  // In the order of the files; undefined stands for one that went into the verifier.
  const turns: (Aside | undefined)[] = []
  let isOne = isSingle
  async function* inputs(): AsyncGenerator<NamedInput> {
    for (const { name: file, failure } of entries) {
      const bytes = failure ?? (await read(file, session, loader))
      if (bytes instanceof CommandFailure) {
        turns.push({ name: file, failure: bytes })
        continue
      }
      const badges = unwrap(file, bytes)
      if (badges.length > 1) isOne = false
      for (const { name, input } of badges) {
        const aside = await presented(name, input)
        turns.push(aside)
        if (aside === undefined) yield { name, input }
      }
    }
  }
  async function presented(name: string, input: Bytes): Promise<Aside | undefined> {
    if (verifyPresentation === undefined || !(await isPresented(input))) return undefined
    try {
      return { name, presentation: await verifyPresentation(input, name) }
    } catch (error) {
      if (error instanceof CommandFailure) return { name, failure: error }
      throw error
    }
  }
  return {
    inputs: inputs(),
    isSingle: () => isOne,
    asideBefore: () => {
      const next = turns.indexOf(undefined)
      const aside = turns.splice(0, next === -1 ? turns.length : next + 1)
      return aside.filter((turn) => turn !== undefined)
    },
  }
}

async function read(
  name: string,
  session: Session,
  loader: DocumentLoader | undefined,
): Promise<Bytes | CommandFailure> {
  try {
    return await readBadgeSource(name, session, loader)
  } catch (error) {
    if (error instanceof CommandFailure) return error
    throw error
  }
}
