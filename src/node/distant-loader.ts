/**
 * The caller's loader, for a worker thread.
 *
 * @module
 */
import type { DocumentLoader } from '../resolve/document-loader.js'
import type { Ask } from './switchboard.js'

export function distantLoader(ask: Ask): DocumentLoader {
  return { load: (request) => ask('load', request) }
}
