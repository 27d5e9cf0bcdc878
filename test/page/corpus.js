/** Third-party badges with a known outcome, and the documents they name, where the folder is there. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const FOLDER = fileURLToPath(new URL('../../../shared/corpus/', import.meta.url))

export function openCorpus() {
  if (!existsSync(join(FOLDER, 'manifest.json'))) return undefined
  const manifest = JSON.parse(readFileSync(join(FOLDER, 'manifest.json'), 'utf8'))
  const index = JSON.parse(readFileSync(join(FOLDER, 'web/index.json'), 'utf8'))
  const web = {}
  for (const [url, { file, contentType = 'application/json' }] of Object.entries(index)) {
    const path = join(FOLDER, file)
    if (existsSync(path)) web[url] = { body: readFileSync(path), contentType }
  }
  const find = (id) => {
    const entry = manifest.find((each) => each.id === id)
    if (entry === undefined) throw new Error(`the corpus has no ${id}`)
    return entry
  }
  return {
    web,
    manifest,
    bytes: (id) => new Uint8Array(readFileSync(join(FOLDER, find(id).file))),
    file: (id) => find(id).file.split('/').at(-1),
  }
}
