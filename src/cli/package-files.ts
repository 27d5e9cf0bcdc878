/**
 * The package's own files: its version and its schemas. Found from this file upward, since it runs from `dist/` and, in tests,
 * from the sources.
 *
 * @module
 */
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { EXIT } from './exit.js'
import { CommandFailure } from './failure.js'

interface Manifest {
  readonly name?: unknown
  readonly version?: unknown
}

export async function packageVersion(root?: string): Promise<string> {
  return String((await readManifest(root ?? (await packageRoot()))).version)
}

export interface SchemaFile {
  /** The name of the file without `.json`. */
  readonly name: string
  /** The schema's title, or its description's first line. */
  readonly title: string
  readonly text: string
}

/** In the order of their names. */
export async function schemaFiles(root?: string): Promise<readonly SchemaFile[]> {
  const folder = join(root ?? (await packageRoot()), 'schemas')
  const names = await readdir(folder).catch(() => [])
  const files = names.filter((file) => file.endsWith('.json')).sort()
  if (files.length === 0)
    throw new CommandFailure(EXIT.file, `${folder} has no schemas: this installation of badgewright is not complete`)
  return Promise.all(
    files.map(async (file) => {
      const text = await readFile(join(folder, file), 'utf8')
      const { title, description } = JSON.parse(text) as { title?: unknown; description?: unknown }
      return {
        name: file.slice(0, -'.json'.length),
        title: String(title ?? description ?? '').split('\n', 1)[0] ?? '',
        text,
      }
    }),
  )
}

async function packageRoot(): Promise<string> {
  let folder = dirname(fileURLToPath(import.meta.url))
  for (;;) {
    const manifest = await readManifest(folder).catch(() => undefined)
    if (manifest?.name === 'badgewright') return folder
    const parent = dirname(folder)
    if (parent === folder)
      throw new CommandFailure(EXIT.file, 'the package.json of badgewright is not above its program: install it again')
    folder = parent
  }
}

async function readManifest(folder: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest
}
