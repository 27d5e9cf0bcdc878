/**
 * Achievements and credentials as arguments, judged by the model. Apart from the others: who draws reports loads no model.
 *
 * @module
 */
import { ParseError, type ParseIssue } from '../errors.js'
import { type Kind, record } from '../internal/members.js'
import { plain } from '../model/parse.js'
import { readModel } from '../model/read.js'

/** An achievement, or a credential with one, by the model. */
export const plug: Kind = (value, path) => {
  const problem = record(value, path)
  if (problem !== undefined) return problem
  const isCredential = Object.hasOwn(value as object, 'credentialSubject')
  const kind = isCredential ? 'open-badge' : 'achievement'
  return byModel(kind)(value, path)
}

export const achievement: Kind = byModel('achievement')

function byModel(kind: 'achievement' | 'open-badge'): Kind {
  return (value, path) => {
    const issues = issuesOf(value, kind)
    if (issues === undefined) return undefined
    const [first] = issues
    const is = kind === 'achievement' ? 'an achievement' : 'an Open Badge'
    return { path, says: `is ${is}${first === undefined ? '' : `: ${first.pointer || 'the whole'}: ${first.message}`}` }
  }
}

function issuesOf(value: unknown, kind: 'achievement' | 'open-badge'): readonly ParseIssue[] | undefined {
  try {
    const reading = readModel(plain(value, kind), kind)
    return reading.ok ? undefined : reading.issues
  } catch (error) {
    if (error instanceof ParseError) return error.issues
    throw error
  }
}
