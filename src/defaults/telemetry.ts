/**
 * Spans and counters through `@opentelemetry/api`, where the application has it.
 *
 * @module
 */
import { OpenBadgeError } from '../errors.js'
import { onDemand } from '../internal/on-demand.js'
import { COUNTERS, type CounterName, SILENT, type Telemetry } from '../jobs/telemetry.js'

type Api = typeof import('@opentelemetry/api')

/** Of tracers and meters. */
const SCOPE = 'badgewright'

/** Silent where the package is not installed; where it is, and the application has set nothing up, the package itself says nothing. */
export const loadTelemetry = onDemand(async (): Promise<Telemetry> => {
  let api: Api
  try {
    api = await import('@opentelemetry/api')
  } catch {
    return SILENT
  }
  return telemetryOf(api)
})

function telemetryOf({ trace, metrics, SpanStatusCode }: Api): Telemetry {
  // Asked for each time: whoever sets OpenTelemetry up later is heard too.
  const counter = (name: CounterName) =>
    metrics.getMeter(SCOPE).createCounter(name, { description: COUNTERS[name], unit: '{item}' })
  return {
    span: (name, attributes, work) =>
      trace.getTracer(SCOPE).startActiveSpan(name, { attributes: { ...attributes } }, async (span) => {
        try {
          return await work((more) => void span.setAttributes({ ...more }))
        } catch (error) {
          // The code, and no message: that may name people.
          const code = error instanceof OpenBadgeError ? error.code : 'defect.unexpected'
          span.setStatus({ code: SpanStatusCode.ERROR, message: code })
          span.setAttribute('error.type', code)
          throw error
        } finally {
          span.end()
        }
      }),
    count: (name, value, attributes) => {
      if (value > 0) counter(name).add(value, { ...attributes })
    },
  }
}
