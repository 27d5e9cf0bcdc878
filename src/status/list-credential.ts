/**
 * What a status list credential has to call itself: Bitstring Status List 1.0 section 2.2, Status List 2021 section 5.2.
 *
 * @module
 */
import { isObject } from '../internal/json-object.js'
import type { Json, JsonObject } from '../internal/types.js'

/** The type of the credential by the type of its subject. */
const LISTS: readonly (readonly [credentialType: string, subjectType: string])[] = [
  ['BitstringStatusListCredential', 'BitstringStatusList'],
  ['StatusList2021Credential', 'StatusList2021'],
]

export interface ListCredentialFault {
  /** RFC 6901, into the credential. */
  readonly pointer: string
  readonly message: string
}

/**
 * A credential whose subject is a list, or that says it is one, must say both: else the same bytes are a list to one reader and
 * something else to another. Nothing is said of credentials that are no lists.
 */
export function judgeListCredential({ type, credentialSubject }: JsonObject): ListCredentialFault[] {
  const faults: ListCredentialFault[] = []
  for (const [credentialType, subjectType] of LISTS) {
    const isNamed = isOfType(type, credentialType)
    const isList = hasSubject(credentialSubject, subjectType)
    if (isNamed === isList) continue
    faults.push(
      isList
        ? {
            pointer: '/type',
            message: `its subject is a ${subjectType}, so its types must include "${credentialType}"`,
          }
        : {
            pointer: '/credentialSubject',
            message: `it is a ${credentialType}, so its subject must be of type "${subjectType}"`,
          },
    )
  }
  return faults
}

const isOfType = (types: Json | undefined, type: string): boolean =>
  types === type || (Array.isArray(types) && types.includes(type))

const hasSubject = (subjects: Json | undefined, type: string): boolean =>
  Array.isArray(subjects)
    ? subjects.some((subject) => isObject(subject) && isOfType(subject.type, type))
    : isObject(subjects) && isOfType(subjects.type, type)
