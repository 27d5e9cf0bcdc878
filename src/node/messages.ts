/**
 * What threads say to each other. Everything here survives a structured clone: no functions, no errors with a class.
 *
 * @module
 */
import type { KeyAlgorithm } from '../keys/signer.js'
import type { PublicJwk } from '../model/jwk.js'
import type { StatusPurpose } from '../model/types.js'
import type { ErrorNote } from './error-note.js'

/** What a worker does with a chunk. It answers the outputs in order, at once or in pieces. */
export type Work = (inputs: readonly unknown[], answer: (outputs: readonly unknown[]) => void) => Promise<void>

/** To a worker: some inputs to work on, or answers to calls of its. */
export type ToWorker =
  | { readonly kind: 'chunk'; readonly id: number; readonly inputs: readonly unknown[] }
  | { readonly kind: 'answers'; readonly answers: readonly Answer[] }

/** Of a function in the caller's thread. */
export interface Call {
  readonly call: number
  readonly port: string
  readonly args: readonly unknown[]
}
export interface Answer {
  readonly call: number
  readonly value?: unknown
  readonly error?: ErrorNote
}

/** From a worker. `outputs` are those of the next inputs of the chunk, in order: all of them, or some and later the others. */
export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'chunk'; readonly id: number; readonly outputs: readonly unknown[] }
  | { readonly kind: 'calls'; readonly calls: readonly Call[] }
  /** It cannot go on: an option that is wrong, or a bug. */
  | { readonly kind: 'broken'; readonly error: ErrorNote }

/** The job of a worker: its `workerData`. */
export type Job = IssueJob | VerifyJob

export interface IssueJob {
  readonly kind: 'issue'
  /** Of IssuerOptions: what is plain. */
  readonly options: object
  readonly key:
    | { readonly key: unknown; readonly verificationMethod?: string; readonly publicKey?: PublicJwk }
    | { readonly algorithm: KeyAlgorithm; readonly verificationMethod: string; readonly publicKey: PublicJwk }
  /** A fixed time in milliseconds; undefined: the clock. */
  readonly now: number | undefined
  /** How many awards of a chunk are under way at once, where they wait for the caller's thread. */
  readonly concurrency: number
  /** What lives in the caller's thread. */
  readonly has: Readonly<Record<'loader' | 'status' | 'credentials' | 'ids' | 'refresh', boolean>>
}

export interface VerifyJob {
  readonly kind: 'verify'
  /** Of VerifyOptions: what is plain. */
  readonly options: object
  readonly trustsAnyIssuer: boolean
  readonly trustsAnyEndorser: boolean
  readonly hasLoader: boolean
}

/** An award on its way, with what the caller's thread gives its badge. */
export interface AwardInput {
  readonly award: unknown
  /** An id, where the caller makes those. */
  readonly badge?: { readonly id: string; readonly refreshUrl?: string }
  /** Its status entries, where they were taken beforehand. */
  readonly places?: readonly SentPlace[]
}

/** A place in a status list, and where that list is published. */
export interface SentPlace {
  readonly listId: string
  readonly index: number
  readonly purpose: StatusPurpose
  readonly url: string
}

/** A badge as text: its JSON, or a JWT. */
export type AwardOutput = { readonly text: string } | { readonly error: ErrorNote }
