/**
 * Files on their way into a verifier: read when it is their turn, and one that cannot be read does not stop the others.
 *
 * @module
 */
import { defaultLimits, type NamedInput, type PresentationReport } from '../entries/index.js'
import type { Bytes } from '../internal/types.js'
import { CommandFailure } from './failure.js'
import type { Listed } from './list-files.js'
import { isPresented } from './presented.js'
import type { Session } from './session.js'

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
  /**
   * The inputs that could not be read, and the presentations, that stand before the next report. Reports come in the order of the
   * inputs: call this before each is shown, and once more at the end.
   */
  asideBefore(): readonly Aside[]
}

export function badgeInputs(
  entries: readonly Listed[],
  session: Session,
  /** Default: a presentation is a badge like any other, and the verifier says that it is not one. */
  verifyPresentation?: (presentation: Bytes, name: string) => Promise<PresentationReport>,
): BadgeInputs {
  // In the order of the files; undefined stands for one that went into the verifier.
  const turns: (Aside | undefined)[] = []
  async function* inputs(): AsyncGenerator<NamedInput> {
    for (const { name, failure } of entries) {
      const input = failure ?? (await read(name, session))
      const aside = input instanceof CommandFailure ? { name, failure: input } : await presented(name, input)
      turns.push(aside)
      if (aside === undefined) yield { name, input: input as Bytes }
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
    asideBefore: () => {
      const next = turns.indexOf(undefined)
      const aside = turns.splice(0, next === -1 ? turns.length : next + 1)
      return aside.filter((turn) => turn !== undefined)
    },
  }
}

/** One byte more than an image may have, so that the report says that it is too large. */
async function read(name: string, { files }: Session): Promise<Uint8Array | CommandFailure> {
  try {
    return await files.read(name, defaultLimits.imageBytes)
  } catch (error) {
    if (error instanceof CommandFailure) return error
    throw error
  }
}
