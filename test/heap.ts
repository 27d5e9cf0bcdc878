/** How much the engine holds, once it has let go of what it can. For tests of what is forgotten. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const gc = runInNewContext('gc') as () => void

/** Bytes in use. The engine lets go of the names of members after a few collections only. */
export async function heapUsed(): Promise<number> {
  for (let round = 0; round < 10; round++) {
    gc()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return process.memoryUsage().heapUsed
}
