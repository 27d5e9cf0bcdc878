/**
 * What the command line touches of the world: handed in, so that a test runs a command in its own process.
 *
 * @module
 */
import type { DocumentLoader } from '../resolve/document-loader.js'

export interface Output {
  write(chunk: string | Uint8Array): unknown
  /** True where somebody looks at it. */
  readonly isTTY?: boolean
  readonly columns?: number
}

export interface Io {
  readonly stdin: AsyncIterable<Uint8Array>
  /** Answers, and nothing else. */
  readonly stdout: Output
  /** Notes, progress, mistakes. */
  readonly stderr: Output
  readonly env: Readonly<Record<string, string | undefined>>
  /** Relative paths start here. */
  readonly cwd: string
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal
  /** Default: the guarded loader of the library. */
  readonly loader?: DocumentLoader
  /** Default: the clock. */
  readonly now?: () => Date
  /** Where the package's own files are: `package.json`, `schemas/`. Default: found from this file upward. */
  readonly packageRoot?: string
}
