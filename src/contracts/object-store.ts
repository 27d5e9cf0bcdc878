/**
 * The contract of `ObjectStore`: run it on a store of your own. `make` answers an empty store each time.
 *
 * @module
 */
import { equalBytes } from '../internal/bytes.js'
import { callable } from '../internal/members.js'
import type { Bytes } from '../internal/types.js'
import type { NewObject, ObjectStore, PublishedObject } from '../issue/object-store.js'
import { demandArgument } from '../report/demand-options.js'
import { printableValue } from './printable-value.js'
import { answerOf, type ContractRule, demand } from './rule.js'

const NAME = 'badges/status/revocation-1'
/** No two of them are one. */
const NAMES = [
  NAME,
  `${NAME}.gz`,
  'badges/status/revocation-10',
  'badges/status/1/2',
  'revoked.json',
  "a/b~c!$&'()+,;=@d",
]
/** Long enough to be written in several pieces. */
const LONG = 1_000_000
/** Writers at once, and what each of them writes. */
const WRITERS = 6
const ROUNDS = 5

/** The rules for an ObjectStore. */
export function objectStoreContract(make: () => ObjectStore | Promise<ObjectStore>): readonly ContractRule[] {
  demandArgument(make, callable, 'make')
  const get = (store: ObjectStore, name = NAME) => answerOf(() => store.get(name), `get answers for ${name}`)
  const put = (store: ObjectStore, object: NewObject, replaces: string | undefined, name = NAME) =>
    answerOf(() => store.put(name, object, replaces), `put answers for ${name}`)
  const demandThere = async (store: ObjectStore, wanted: NewObject | undefined, name = NAME) => {
    const found = await get(store, name)
    demand(isSame(found, wanted), `get(${name}) answers ${described(found)}, not ${described(wanted)}`)
    return found
  }
  const demandPut = async (store: ObjectStore, object: NewObject, replaces: string | undefined, name = NAME) => {
    demand(
      (await put(store, object, replaces, name)) === true,
      `put(${name}) answers true where it replaces what is there`,
    )
    const { etag } = (await demandThere(store, object, name)) as PublishedObject
    demand(typeof etag === 'string' && etag !== '', `the ETag of ${name} is a text`)
    return etag
  }
  return [
    {
      name: 'ObjectStore.get: undefined where nothing was put',
      promise: 'undefined where there is nothing.',
      run: async () => {
        const store = await make()
        for (const name of NAMES) await demandThere(store, undefined, name)
      },
    },
    {
      name: 'ObjectStore.get: what was put, byte for byte, and how it is to be served',
      promise: 'What stands under the name, as it was put;',
      run: async () => {
        const store = await make()
        const every = Uint8Array.from({ length: 512 }, (_, n) => n % 256)
        await demandPut(store, objectOf(every), undefined)
        // Compressed bytes are bytes: nobody unfolds them on the way.
        const compressed = { ...objectOf(GZIPPED), contentEncoding: 'gzip' as const, contentType: 'application/json' }
        await demandPut(store, compressed, undefined, `${NAME}.gz`)
        await demandPut(store, { ...objectOf(new Uint8Array()), cacheControl: 'no-cache' }, undefined, 'empty')
        await demandPut(store, objectOf(new Uint8Array(LONG).fill(7)), undefined, 'long')
        await demandThere(store, objectOf(every))
      },
    },
    {
      name: 'ObjectStore.get: tells names apart',
      promise: 'What stands under the name, as it was put;',
      run: async () => {
        const store = await make()
        const objects = NAMES.map((name) => [name, textObject(name)] as const)
        for (const [name, object] of objects) await demandPut(store, object, undefined, name)
        for (const [name, object] of objects) await demandThere(store, object, name)
      },
    },
    {
      name: 'ObjectStore.put: replaces what has the ETag, and changes the ETag with the body',
      promise: 'Another one wherever the body is another;',
      run: async () => {
        const store = await make()
        const first = await demandPut(store, textObject('first'), undefined)
        const second = await demandPut(store, textObject('second'), first)
        demand(first !== second, 'another body has another ETag')
        demand((await get(store))?.etag === second, 'the ETag stays while nothing is put')
        await demandPut(store, { ...textObject('second'), cacheControl: 'no-cache' }, second)
      },
    },
    {
      name: 'ObjectStore.put: does nothing where something else stands there',
      promise: 'Where something else stands there, nothing is done and the answer is false.',
      run: async () => {
        const store = await make()
        const demandRefused = async (object: NewObject, replaces: string | undefined, name = NAME) =>
          demand((await put(store, object, replaces, name)) === false, `put(${name}) answers false for ${replaces}`)
        const first = await demandPut(store, textObject('first'), undefined)
        await demandRefused(textObject('other'), undefined)
        await demandThere(store, textObject('first'))
        await demandPut(store, textObject('second'), first)
        await demandRefused(textObject('other'), first)
        await demandThere(store, textObject('second'))
        await demandRefused(textObject('other'), first, 'not-there')
        await demandThere(store, undefined, 'not-there')
      },
    },
    {
      name: 'ObjectStore.put: of many at once that replace one, one does',
      promise: 'Of two that replace the same one, one does.',
      run: async () => {
        const store = await make()
        let etag: string | undefined
        for (let round = 0; round < ROUNDS; round++) {
          const objects = Array.from({ length: WRITERS }, (_, n) => textObject(`${round} of ${n}`))
          const answers = await Promise.all(objects.map((object) => put(store, object, etag)))
          const winners = objects.filter((_, n) => answers[n] === true)
          demand(winners.length === 1, `of ${WRITERS} that replace the same one ${winners.length} do`)
          etag = (await demandThere(store, winners[0]))?.etag
        }
      },
    },
    {
      name: 'ObjectStore.get: never a part of an object, nor of two',
      promise: 'Never a part of it, nor of two.',
      run: async () => {
        const store = await make()
        const versions = Array.from({ length: ROUNDS }, (_, n) => ({
          ...objectOf(new Uint8Array(LONG + n).fill(n)),
          cacheControl: `public, max-age=${n}`,
        }))
        let isWriting = true
        const read = async () => {
          while (isWriting) {
            const found = await get(store)
            const isWhole = found === undefined || versions.some((version) => isSame(found, version))
            demand(isWhole, `while it was replaced get answered ${described(found)}: a part, or parts of two`)
            // Lets the writers have their turn in stores that answer at once.
            await new Promise((resolve) => setTimeout(resolve))
          }
        }
        const write = async () => {
          let etag: string | undefined
          try {
            for (const version of versions) etag = await demandPut(store, version, etag)
          } finally {
            isWriting = false
          }
        }
        const ends = await Promise.allSettled([read(), read(), write()])
        for (const end of ends) if (end.status === 'rejected') throw end.reason
      },
    },
  ]
}

const objectOf = (body: Bytes): NewObject => ({
  body,
  contentType: 'application/vc',
  cacheControl: 'public, max-age=300',
})
const textObject = (text: string): NewObject => objectOf(new TextEncoder().encode(text))

/** "badge", as gzip has it. */
const GZIPPED = Uint8Array.from(
  '1f 8b 08 00 00 00 00 00 02 ff 4b 4a 4c 49 4f 05 00 1d 48 f0 fe 05 00 00 00'
    .split(' ')
    .map((byte) => Number.parseInt(byte, 16)),
)

function isSame(a: NewObject | undefined, b: NewObject | undefined): boolean {
  if (a === undefined || b === undefined) return a === b
  return (
    equalBytes(a.body, b.body) &&
    a.contentType === b.contentType &&
    a.contentEncoding === b.contentEncoding &&
    a.cacheControl === b.cacheControl
  )
}

function described(object: NewObject | undefined): string {
  if (object === undefined) return 'nothing'
  const { body, contentType, contentEncoding, cacheControl } = object
  return printableValue({ bytes: body.length, contentType, contentEncoding, cacheControl })
}
