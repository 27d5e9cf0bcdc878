/**
 * `badgewright publish`: an issuer's status lists as files, for a web server that has no key.
 *
 * @module
 */
import { folderStore } from '../../entries/node.js'
import { type PublishProgress, publishStatus } from '../../entries/status.js'
import { defineCommand } from '../command.js'
import { EXIT } from '../exit.js'
import { issuerOf, openIssuer, urlsOf } from '../issuer-folder.js'
import { textLine } from '../progress.js'

export const publish = defineCommand({
  name: 'publish',
  summary: 'write the status lists of an issuer for a web server',
  description: [
    'Signs the status lists of an issuer that changed, and those of which half of the validity is over, and writes them into a folder: under the paths of their URLs, each with its compressed form (.gz) beside it. Any web server can serve the folder; none that does needs the key or the database. Needs the package libsql: npm install libsql.',
    'Run it after each revocation, and at least once a day. It may run while the issuer serves, and several at once: a newer list is never replaced by an older one, and a reader never gets a part of one.',
  ],
  options: {
    data: { type: 'string', value: 'folder', required: true, description: 'Where the issuer is kept, as for serve.' },
    out: { type: 'string', value: 'folder', required: true, description: 'What the web server serves.' },
  },
  examples: [
    { title: 'Into a folder to look at', line: 'publish --data my-issuer --out public' },
    { title: 'Into that of a web server', line: 'publish --data my-issuer --out /var/www/badges.school.example' },
  ],
  run: async ({ options: { data, out } }, session) => {
    const folder = await openIssuer(data, session)
    const line = textLine<PublishProgress>(session.io, ({ done, total }) => `${done} of ${total} lists`)
    try {
      const { total, written } = await publishStatus({
        issuer: issuerOf(folder, folder.stores, urlsOf(data, folder), session),
        to: folderStore(session.files.resolve(out)),
        signal: session.io.signal,
        onProgress: line.show,
      })
      line.clear()
      session.print(
        `${written} of ${total} status lists written into ${out}${written < total ? ', the rest is as it was' : ''}`,
      )
    } finally {
      line.clear()
      await folder.stores.close()
    }
    return EXIT.ok
  },
})
