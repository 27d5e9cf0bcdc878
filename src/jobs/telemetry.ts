/**
 * What batches tell of themselves, in the few words of OpenTelemetry that are used: spans and counters.
 *
 * @module
 */

/** Values of a span or of a count. */
export type Attributes = Readonly<Record<string, string | number | boolean>>

export interface Telemetry {
  /** `work` within a span, which ends with it and says what it threw. What it is given adds attributes. */
  span<T>(name: string, attributes: Attributes, work: (add: (attributes: Attributes) => void) => Promise<T>): Promise<T>
  count(name: CounterName, value: number, attributes: Attributes): void
}

/** What is counted, and how that is described. */
export const COUNTERS = {
  'badgewright.batch.awards_submitted': 'Awards of batches that were released',
  'badgewright.batch.awards_invalid': 'Awards that were found invalid when they were submitted',
  'badgewright.batch.awards_issued': 'Awards of chunks that were settled, and became badges',
  'badgewright.batch.awards_failed': 'Awards of chunks that were settled, and failed',
  'badgewright.batch.awards_cancelled': 'Awards of chunks that were settled after their batch was cancelled',
  'badgewright.batch.chunks_given_back': 'Chunks that were given back, to be tried again',
} as const
export type CounterName = keyof typeof COUNTERS

/** Nobody listens. */
export const SILENT: Telemetry = {
  span: (_name, _attributes, work) => work(() => undefined),
  count: () => undefined,
}
