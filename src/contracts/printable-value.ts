/** A value in a message: one line, and short. */
export function printableValue(value: unknown): string {
  if (value instanceof Error) return `${value.name}: ${value.message}`.slice(0, 300)
  if (value instanceof Uint8Array) return `${value.length} bytes`
  if (typeof value === 'symbol' || typeof value === 'function' || typeof value === 'bigint')
    return String(value).slice(0, 100)
  return String(JSON.stringify(value)).slice(0, 300)
}
