/** A body is bounded however it comes. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readBounded } from '../../src/resolve/bounded-body.js'

async function* from(chunks: Iterable<Uint8Array>) {
  yield* chunks
}

test('all bytes in order, up to the bound; nothing past it', async () => {
  const chunk = fc
    .tuple(fc.nat(40_000), fc.nat(255))
    .map(([length, seed]) => new Uint8Array(length).map((_, at) => seed + at))
  const chunks = fc.array(chunk, { maxLength: 8, size: 'max' })
  await fc.assert(
    fc.asyncProperty(chunks, fc.nat(200_000), async (parts, maxBytes) => {
      const whole = Buffer.concat(parts)
      const read = await readBounded(from(parts), maxBytes)
      if (whole.length > maxBytes) expect(read).toBeUndefined()
      else {
        expect(read && Buffer.compare(read, whole)).toBe(0)
        // What is kept holds no more than what came.
        expect(read?.buffer.byteLength).toBe(whole.length)
      }
    }),
  )
})

test('stops at the first byte too many, and ends the source', async () => {
  let pulled = 0
  let ended = false
  async function* endless() {
    try {
      for (;;) {
        pulled++
        yield new Uint8Array(10)
      }
    } finally {
      ended = true
    }
  }
  expect(await readBounded(endless(), 99)).toBeUndefined()
  expect([pulled, ended]).toEqual([10, true])
})

test('a bound that is no number allows nothing', async () => {
  expect(await readBounded(from([new Uint8Array(1)]), Number.NaN)).toBeUndefined()
})

test('the bytes are its own: a source may use its chunk again', async () => {
  const chunk = new Uint8Array([1])
  function* reused() {
    yield chunk
    chunk[0] = 2
    yield chunk
  }
  expect(await readBounded(from(reused()), 10)).toEqual(new Uint8Array([1, 2]))
  const once = new Uint8Array(20_000)
  expect(await readBounded(from([once]), 20_000)).not.toBe(once)
})
