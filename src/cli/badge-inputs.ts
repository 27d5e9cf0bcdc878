/**
 * Files on their way into a verifier: read when it is their turn, and one that cannot be read does not stop the others.
 *
 * @module
 */
import { defaultLimits, type NamedInput } from '../index.js'
import { CommandFailure } from './failure.js'
import type { Listed } from './list-files.js'
import type { Session } from './session.js'

export interface FailedInput {
  readonly name: string
  readonly failure: CommandFailure
}

export interface BadgeInputs {
  readonly inputs: AsyncIterable<NamedInput>
  /**
   * The inputs that could not be read and stand before the next report. Reports come in the order of the inputs: call this
   * before each is shown, and once more at the end.
   */
  failedBefore(): readonly FailedInput[]
}

export function badgeInputs(entries: readonly Listed[], session: Session): BadgeInputs {
  // In the order of the files; undefined stands for one that went into the verifier.
  const turns: (FailedInput | undefined)[] = []
  async function* inputs(): AsyncGenerator<NamedInput> {
    for (const { name, failure } of entries) {
      const input = failure ?? (await read(name, session))
      if (input instanceof CommandFailure) turns.push({ name, failure: input })
      else {
        turns.push(undefined)
        yield { name, input }
      }
    }
  }
  return {
    inputs: inputs(),
    failedBefore: () => {
      const next = turns.indexOf(undefined)
      const failed = turns.splice(0, next === -1 ? turns.length : next + 1)
      return failed.filter((turn) => turn !== undefined)
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
