/**
 * What is published, in memory.
 *
 * @module
 */
import { demandObjectName, type ObjectStore, type PublishedObject } from '../issue/object-store.js'

/** For tests and examples: gone with the process. */
export function memoryObjectStore(): ObjectStore {
  const objects = new Map<string, PublishedObject>()
  let count = 0
  return {
    get: async (name) => {
      demandObjectName(name)
      const found = objects.get(name)
      return found === undefined ? undefined : { ...found, body: new Uint8Array(found.body) }
    },
    put: async (name, object, replaces) => {
      demandObjectName(name)
      if (objects.get(name)?.etag !== replaces) return false
      count++
      objects.set(name, { ...object, body: new Uint8Array(object.body), etag: `${count}` })
      return true
    },
  }
}
