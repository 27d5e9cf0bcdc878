/**
 * `badgewright import`: an export, put into the empty database of an issuer.
 *
 * @module
 */
import { type BackupCounts, importInto } from '../../entries/store/embedded.js'
import { linesOf } from '../batch/lines.js'
import { defineCommand } from '../command.js'
import { EXIT } from '../exit.js'
import { CommandFailure } from '../failure.js'
import { openIssuer } from '../issuer-folder.js'
import { textLine } from '../progress.js'
import type { Session } from '../session.js'

/** Bytes of a line: a badge with its trail is seldom a thousandth of it. */
const MAX_LINE = 67_108_864

export const importCommand = defineCommand({
  name: 'import',
  summary: 'put what badgewright export wrote into an empty issuer',
  description: [
    'Restores an export into the folder of an issuer that has recorded nothing yet: a copy of the old one without badges.db, or a new one with the same keys. Then the issuer goes on where the export was made. Needs the package libsql: npm install libsql.',
    'Cut off, it goes on when it is started again with the same file. An issuer that has recorded anything else is refused, and so is a file that is damaged, with the number of its line. Do not serve or issue from the folder before it has ended, and never again from the old one.',
  ],
  operands: { name: 'file', description: 'What badgewright export wrote; - is standard input.', min: 1, max: 1 },
  options: {
    data: { type: 'string', value: 'folder', required: true, description: 'Where the issuer is kept.' },
  },
  examples: [
    { title: 'On the new machine', line: 'import moving.ndjson --data my-issuer' },
    { title: 'From a copy that is compressed', line: 'import - --data my-issuer' },
  ],
  run: async ({ operands: [file = ''], options: { data } }, session) => {
    const { stores } = await openIssuer(data, session)
    const line = textLine<BackupCounts>(
      session.io,
      ({ entries, credentials }) => `${entries} status entries and ${credentials} credentials restored`,
    )
    try {
      const { awards, credentials } = await importInto(stores, texts(file, session), {
        signal: session.io.signal,
        onProgress: line.show,
      })
      line.clear()
      session.print(`${credentials} credentials and ${awards} offered awards restored into ${data}`)
    } finally {
      line.clear()
      await stores.close()
    }
    return EXIT.ok
  },
})

async function* texts(file: string, session: Session): AsyncGenerator<string> {
  for await (const { text, fault, number } of linesOf(session.files.stream(file), MAX_LINE)) {
    if (text === undefined) throw new CommandFailure(EXIT.data, `${file}: line ${number} ${fault}`)
    yield text
  }
}
