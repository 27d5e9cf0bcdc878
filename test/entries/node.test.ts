// Nothing misspelt goes through: a walk over what `badgewright/node` exports.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { afterAll } from 'vitest'
import * as node from '../../src/entries/node.js'
import { walkEntry } from './walk.js'

const folder = mkdtempSync(join(tmpdir(), 'walk-'))
afterAll(() => rmSync(folder, { recursive: true }))
writeFileSync(join(folder, 'a.json'), '{}')
/** What node:fs throws, by its documentation. */
const throwsToo = (error: unknown) => /^E[A-Z]+$/.test(String((error as NodeJS.ErrnoException).code))

walkEntry(node, {
  folderStore: { call: node.folderStore, right: [folder] },
  folderSink: { call: node.folderSink, right: [folder] },
  'folderSink.write': { call: node.folderSink(join(folder, 'sink')).write as never, right: ['a/b', 'text'] },
  'folderSink.read': { call: node.folderSink(join(folder, 'sink')).read as never, right: ['a/b'] },
  badgeFiles: { call: node.badgeFiles, right: [folder], throwsToo },
  writeFileAtomically: {
    // Whatever text a path is, the file lies in that folder.
    call: (path: unknown, ...more: never[]) =>
      node.writeFileAtomically(
        (typeof path === 'string' && path !== '' && !isAbsolute(path) ? join(folder, path) : path) as never,
        ...(more as unknown as [string, number]),
      ),
    right: [join(folder, 'b.json'), '{}', 0o600],
    throwsToo,
  },
})
