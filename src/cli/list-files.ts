/**
 * The files and URLs that `verify` and `inspect` are given, folders opened.
 *
 * @module
 */
import { readdir, stat } from 'node:fs/promises'
import { isUrl, operandFault } from './badge-source.js'
import { EXIT } from './exit.js'
import { CommandFailure } from './failure.js'
import { fileFailure, STANDARD } from './files.js'
import type { Session } from './session.js'

/** Names that badges have. What a file is, its content says. */
const BADGE_FILE = /\.(?:json|jsonld|jwt|1ob|png|svg)$/i

/** A file to read or a URL to fetch, or why there is none. */
export type Listed = { readonly name: string; readonly failure?: CommandFailure }

export interface FileList {
  readonly entries: readonly Listed[]
  /** One file was named, or standard input. */
  readonly isSingle: boolean
}

/** In the order given; of a folder every badge file below it, in the order of their names. Links to folders are not followed. */
export async function listFiles(operands: readonly string[], session: Session): Promise<FileList> {
  const lists = await Promise.all(operands.map((operand) => list(operand, session)))
  return { entries: lists.flatMap(({ entries }) => entries), isSingle: operands.length === 1 && !lists[0]?.isFolder }
}

async function list(name: string, { files }: Session): Promise<{ entries: readonly Listed[]; isFolder: boolean }> {
  const fault = operandFault(name)
  if (fault !== undefined) return { entries: [{ name, failure: fault }], isFolder: false }
  if (isUrl(name)) return { entries: [{ name }], isFolder: false }
  const isFolder = name !== STANDARD && (await stat(files.resolve(name)).catch(() => undefined))?.isDirectory() === true
  if (!isFolder) return { entries: [{ name }], isFolder }
  const found = await walk(name, files.resolve(name))
  if (found.length > 0) return { entries: found, isFolder }
  const reason = `${name}: the folder holds no badge file (.json, .jsonld, .jwt, .1ob, .png, .svg)`
  return { entries: [{ name, failure: new CommandFailure(EXIT.noInput, reason) }], isFolder }
}

async function walk(name: string, path: string): Promise<readonly Listed[]> {
  try {
    const entries = await readdir(path, { withFileTypes: true })
    const visible = entries.filter((entry) => !entry.name.startsWith('.')).sort((a, b) => (a.name < b.name ? -1 : 1))
    const found: Listed[] = []
    for (const entry of visible) {
      const below = `${name.replace(/[\\/]+$/, '')}/${entry.name}`
      if (entry.isDirectory()) found.push(...(await walk(below, `${path}/${entry.name}`)))
      else if (BADGE_FILE.test(entry.name)) found.push({ name: below })
    }
    return found
  } catch (error) {
    const failure = fileFailure(error, name)
    if (failure instanceof CommandFailure) return [{ name, failure }]
    throw failure
  }
}
