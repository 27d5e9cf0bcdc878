/** A loader that writes down what was asked for, and what came of it. */
import { createLoader, type DocumentLoader, ResolutionError } from 'badgewright'
import type { Fetched } from './protocol.js'

export interface Recorder {
  readonly loader: DocumentLoader
  /** Begins a new list: one for each badge. `onFetch` hears of each document before it is asked for. */
  start(onFetch: (url: string) => void): Fetched[]
}

export function createRecorder(): Recorder {
  const inner = createLoader()
  let fetched: Fetched[] = []
  let tell: (url: string) => void = () => {}
  return {
    start(onFetch) {
      fetched = []
      tell = onFetch
      return fetched
    },
    loader: {
      async load(request, context) {
        const { url, kind } = request
        const list = fetched
        tell(url)
        try {
          const document = await inner.load(request, context)
          list.push({ url, kind, bytes: document.bytes.length })
          return document
        } catch (error) {
          if (error instanceof ResolutionError) list.push({ url, kind, failure: error.code })
          throw error
        }
      },
    },
  }
}
