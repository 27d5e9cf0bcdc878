/**
 * How long an answer may be kept, as its server says: RFC 9111 section 4.2.1, for a private cache that has no clock.
 *
 * @module
 */

/** The answer's header by its lower-case name. */
export type HeaderReader = (name: string) => string | undefined

/** RFC 9111 section 1.2.2: what is larger than any cache counts is as good as for ever. */
const MAX_SECONDS = 2 ** 31

/**
 * Seconds from now; 0 where it must not be kept (no-store, no-cache, or a lifetime that cannot be read); undefined where the
 * server says nothing. The time that caches on the way have kept it (Age) is gone already. `Expires` counts from the server's own
 * `Date`, so that the two clocks need not agree; without a Date it says nothing.
 */
export function maxAgeOf(header: HeaderReader): number | undefined {
  const lifetime = fromCacheControl(header('cache-control')) ?? fromExpires(header('expires'), header('date'))
  if (lifetime === undefined) return undefined
  const age = header('age')?.trim() ?? ''
  return Math.max(0, lifetime - (/^[0-9]+$/.test(age) ? Number(age) : 0))
}

function fromCacheControl(value: string | undefined): number | undefined {
  let seconds: number | undefined
  for (const directive of (value ?? '').split(',')) {
    const [name = '', argument = ''] = directive.split('=', 2).map((part) => part.trim())
    switch (name.toLowerCase()) {
      case 'no-store':
      case 'no-cache':
        return 0
      case 'max-age': {
        const digits = /^"?([0-9]+)"?$/.exec(argument)?.[1]
        // Said twice or unreadable: the shorter, or nothing (RFC 9111 section 4.2.1 encourages to take it as stale).
        seconds = Math.min(seconds ?? MAX_SECONDS, digits === undefined ? 0 : Number(digits))
      }
    }
  }
  return seconds
}

function fromExpires(expires: string | undefined, date: string | undefined): number | undefined {
  if (expires === undefined) return undefined
  const end = parseHttpDate(expires)
  // RFC 9111 section 5.3: an invalid date, especially "0", is a time in the past.
  if (end === undefined) return 0
  const start = date === undefined ? undefined : parseHttpDate(date)
  if (start === undefined) return undefined
  return Math.min(MAX_SECONDS, Math.max(0, Math.floor((end - start) / 1000)))
}

/** Milliseconds. The one form that RFC 9110 section 5.6.7 lets servers write. */
function parseHttpDate(text: string): number | undefined {
  if (!/^[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT$/.test(text.trim()))
    return undefined
  const time = Date.parse(text)
  return Number.isNaN(time) ? undefined : time
}
