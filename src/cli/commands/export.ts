/**
 * `badgewright export`: all that an issuer's database holds, in a file.
 *
 * @module
 */
import { exportStores } from '../../entries/store/embedded.js'
import { defineCommand } from '../command.js'
import { EXIT } from '../exit.js'
import { openIssuer } from '../issuer-folder.js'
import { textLine } from '../progress.js'
import { writeLines } from '../write-lines.js'

/** Lines between two looks at how far it is. */
const TOLD = 1000

export const exportCommand = defineCommand({
  name: 'export',
  summary: 'write all that an issuer has recorded into a file',
  description: [
    'Writes the records of an issuer as lines of JSON: awards, credentials with what happened to them, and which entries of status lists are taken. To keep, and to move to another machine or database with badgewright import. It is all of one moment: the issuer may go on issuing meanwhile. Needs the package libsql: npm install libsql.',
    'The file says who earned what: only its owner can read it, so keep it like that. Keys, the profile and pictures are not in it; they are the other files of the folder.',
  ],
  options: {
    data: { type: 'string', value: 'folder', required: true, description: 'Where the issuer is kept.' },
    out: { type: 'string', value: 'file', required: true, description: 'The file. It stands there once it is whole.' },
  },
  examples: [
    { title: 'A copy to keep', line: 'export --data my-issuer --out my-issuer.ndjson' },
    { title: 'Moving: on the old machine', line: 'export --data my-issuer --out moving.ndjson' },
  ],
  run: async ({ options: { data, out } }, session) => {
    const { stores } = await openIssuer(data, session)
    const line = textLine<number>(session.io, (count) => `${count} lines written`)
    let count = 0
    async function* counted() {
      for await (const text of exportStores(stores)) {
        session.io.signal.throwIfAborted()
        yield text
        if (++count % TOLD === 0) line.show(count)
      }
    }
    try {
      await writeLines(session.files.resolve(out), out, counted())
      line.clear()
      session.print(`${count} lines written into ${out}`)
    } finally {
      line.clear()
      await stores.close()
    }
    return EXIT.ok
  },
})
