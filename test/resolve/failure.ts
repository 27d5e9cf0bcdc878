import { expect } from 'vitest'
import { ResolutionError } from '../../src/errors.js'

/** The ResolutionError of a resolver that has to fail: a resolver throws no other. */
export async function failureOf(promise: Promise<unknown>): Promise<ResolutionError> {
  const error = await promise.then(
    (value) => {
      throw new Error(`resolved to ${JSON.stringify(value)}`)
    },
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(ResolutionError)
  return error as ResolutionError
}
