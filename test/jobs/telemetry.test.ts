// Spans and counters as `@opentelemetry/api` hands them to whoever listens.
import { type Attributes, metrics, type Span, type SpanOptions, SpanStatusCode, trace } from '@opentelemetry/api'
import { afterAll, expect, test } from 'vitest'
import { SigningError } from '../../src/entries/index.js'
import { embeddedStores } from '../../src/entries/store/embedded.js'
import { COUNTERS } from '../../src/jobs/telemetry.js'
import { award, awards, BROKEN, batchesOn, issuerOn, signer } from './batch-kit.js'

interface Told {
  readonly name: string
  attributes: Attributes
  status?: unknown
  ended: boolean
}
const spans: Told[] = []
const counts: Record<string, number> = {}

function spanOf(name: string, { attributes = {} }: SpanOptions): Span {
  const told: Told = { name, attributes: { ...attributes }, ended: false }
  spans.push(told)
  const span = {
    setAttribute: (key: string, value: never) => span.setAttributes({ [key]: value }),
    setAttributes: (more: Attributes) => {
      Object.assign(told.attributes, more)
      return span
    },
    setStatus: (status: unknown) => {
      told.status = status
      return span
    },
    end: () => {
      told.ended = true
    },
  }
  return span as unknown as Span
}

trace.setGlobalTracerProvider({
  getTracer: () => ({
    startSpan: spanOf,
    startActiveSpan: ((name: string, options: SpanOptions, work: (span: Span) => unknown) =>
      work(spanOf(name, options))) as never,
  }),
})
const createCounter = (name: string) => ({
  add: (value: number) => {
    counts[name] = (counts[name] ?? 0) + value
  },
})
metrics.setGlobalMeterProvider({ getMeter: () => ({ createCounter }) as never })
const stores = await embeddedStores(':memory:')
afterAll(async () => {
  await stores.close()
  trace.disable()
  metrics.disable()
})

test('a batch tells what was submitted and issued, and a chunk that was given back says why', async () => {
  const batches = batchesOn(stores)
  await batches.submitBatch([...awards(5), award('x', BROKEN)], { id: 'spring', skipInvalid: true })
  let calls = 0
  const throttled = {
    ...signer,
    sign: async (message: Uint8Array) => {
      if (++calls === 2) throw new SigningError('sign.failed', 'too many requests of ada@example.org')
      return signer.sign(message)
    },
  }
  await batches.work({ issuer: issuerOn(stores, { signer: throttled }), whenIdle: 'end' })
  await expect(batches.submitBatch([award('y', BROKEN)])).rejects.toThrow()
  expect(spans.every(({ ended }) => ended)).toBe(true)
  expect(spans).toMatchObject([
    {
      name: 'badgewright.submit_batch',
      attributes: { 'badgewright.batch.id': 'spring', 'badgewright.batch.awards': 6 },
    },
    {
      name: 'badgewright.issue_chunk',
      attributes: { 'badgewright.batch.id': 'spring', 'badgewright.batch.chunk': 0, 'error.type': 'sign.failed' },
      status: { code: SpanStatusCode.ERROR, message: 'sign.failed' },
    },
    { name: 'badgewright.issue_chunk', attributes: { 'badgewright.batch.issued': 5, 'badgewright.batch.failed': 0 } },
    { name: 'badgewright.submit_batch', status: { code: SpanStatusCode.ERROR, message: 'usage.invalid_awards' } },
  ])
  // Whoever reads a trace reads no names.
  expect(JSON.stringify(spans)).not.toContain('ada')
  expect(counts).toEqual({
    'badgewright.batch.awards_submitted': 6,
    'badgewright.batch.awards_invalid': 1,
    'badgewright.batch.awards_issued': 5,
    'badgewright.batch.chunks_given_back': 1,
  })
  for (const name of Object.keys(counts)) expect(COUNTERS).toHaveProperty([name])
})
