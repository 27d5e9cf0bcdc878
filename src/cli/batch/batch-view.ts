/**
 * How far a batch is, for people.
 *
 * @module
 */
import type { BatchFailure, BatchStatus } from '../../entries/jobs.js'
import { printable } from '../printable.js'
import { rows } from '../table.js'
import { bar, duration } from './batch-progress.js'

/** What is settled one way or the other, of all: a bar that is full when nothing is awaited any more. */
export function progressLine(status: BatchStatus): string {
  const { awards, awaiting, failed, invalid, perSecond, remainingSeconds } = status
  const share = awards === 0 ? 1 : (awards - awaiting) / awards
  const wrong = failed + invalid
  return [
    `${bar(share)} ${Math.floor(share * 100)} %, ${awards - awaiting} of ${awards}`,
    ...(wrong === 0 ? [] : [`${wrong} not issued`]),
    ...(perSecond === 0 ? [] : [`${Math.round(perSecond)} a second`]),
    ...(remainingSeconds === undefined ? [] : [`about ${duration(Math.ceil(remainingSeconds))} left`]),
  ].join(', ')
}

export function statusLines(status: BatchStatus): string[] {
  const { id, state, awards, invalid, awaiting, issued, failed, cancelled, trouble } = status
  const time = (date: Date | undefined) => date?.toISOString().replace(/\.\d+Z$/, 'Z')
  const some = (label: string, text: string | undefined): (readonly [string, string])[] =>
    text === undefined ? [] : [[label, text]]
  const count = (label: string, value: number) => some(label, value === 0 ? undefined : String(value))
  return [
    progressLine(status),
    ...rows([
      ['batch', printable(id)],
      ['state', state],
      ['awards', String(awards)],
      ['issued', String(issued)],
      ['awaiting', String(awaiting)],
      ...count('failed', failed),
      ...count('invalid', invalid),
      ...count('cancelled', cancelled),
      ...some('submitted', time(status.submittedAt)),
      ...some('begun', time(status.startedAt)),
      ...some('finished', time(status.finishedAt)),
      ...some('trouble', trouble === undefined ? undefined : printable(trouble, 300)),
    ]),
  ]
}

export function failureLine({
  index,
  line,
  id,
  message,
}: Pick<BatchFailure, 'index' | 'line' | 'id' | 'message'>): string {
  const place = line === undefined ? `award ${index}` : `line ${line}`
  return `${place}${id === undefined ? '' : ` (${printable(id, 60)})`}: ${printable(message, 300)}`
}
