/**
 * How checks answer.
 *
 * @module
 */
import { type AchievementExtension, readExtension } from '../../model/extension-context.js'
import type { OpenBadgeCredential } from '../../model/types.js'
import type { QualityAnswer, QualityPlace, QualityStatus, QualitySubject } from './types.js'

/** More places of one fault tell nobody more. */
const MOST_PLACES = 20

export const at = (pointer: string, says: string): QualityPlace => ({ pointer, says })

export function answer(status: QualityStatus, ...places: readonly QualityPlace[]): QualityAnswer {
  const more = places.length - MOST_PLACES
  if (more <= 0) return { status, places }
  return { status, places: [...places.slice(0, MOST_PLACES), at('', `and ${more} more places`)] }
}

/** `not-met` with the faults; `met` at the place where there are none. */
export function without(faults: readonly QualityPlace[], pointer: string, says: string): QualityAnswer {
  return faults.length > 0 ? answer('not-met', ...faults) : answer('met', at(pointer, says))
}

/** A question that only a badge answers. */
export function ofBadge(
  { credential }: QualitySubject,
  pointer: string,
  judge: (credential: OpenBadgeCredential) => QualityAnswer,
): QualityAnswer {
  if (credential !== undefined) return judge(credential)
  return answer('not-judged', at(pointer, 'an achievement does not say: give the badge'))
}

/** A question that only a term of the extension context answers. */
export function ofExtension<Name extends keyof AchievementExtension>(
  { achievement, credential, base }: QualitySubject,
  name: Name,
  judge: (value: NonNullable<AchievementExtension[Name]>, pointer: string) => QualityAnswer,
): QualityAnswer {
  const pointer = `${base}/${name}`
  const found = readExtension(achievement, name, credential?.['@context'])
  if (found === undefined)
    return answer(
      'cannot-be-said',
      at(pointer, `Open Badges have no field for it, and "${name}" of the extension context is not there`),
    )
  return found.problem !== undefined ? answer('not-met', at(pointer, found.problem)) : judge(found.value, pointer)
}

export const isBlank = (text: string | undefined): boolean => text === undefined || text.trim() === ''

export const quoted = (text: string): string => `"${text.length > 60 ? `${text.slice(0, 57)}...` : text}"`
