import { existsSync, readdirSync, statSync } from 'node:fs'
import { issuerUrls } from '../../entries/http.js'
import { defineCommand } from '../command.js'
import { EXIT } from '../exit.js'
import { CommandFailure } from '../failure.js'
import { FILES, placesIn } from '../issuer/layout.js'
import { addExamples, makeIssuer } from '../issuer/make-issuer.js'
import { NAMES } from '../issuer/settings.js'
import { openIssuer } from '../issuer-folder.js'

/** Where `serve` listens unless it is told otherwise. */
const TRIAL_URL = 'http://127.0.0.1:8080'

export const init = defineCommand({
  name: 'init',
  summary: 'make an issuer: a folder with key, profile, store and an example',
  description: [
    'Makes everything that an issuer needs in one folder, which all other commands take as --data: its key, its profile, a store of what it issued, an example of an achievement and a table of awards. Keep a copy of it, and show it to nobody: it holds the private key. Needs the package libsql: npm install libsql.',
    `With --url https://... the issuer is did:web of that address, where "badgewright serve" or the files of "badgewright publish" have to be found. Without it, the issuer is its own key and ${TRIAL_URL} stands in its badges: good for trying out, and for nothing else.`,
    `The folder holds ${FILES.profile} (the profile that badges carry: complete it), ${FILES.settings}, ${FILES.achievements}/ and, if you put one there, ${FILES.image}, into which badges are baked.`,
  ],
  operands: {
    name: 'folder',
    description: 'Where the issuer is made: a folder that is empty, or not there.',
    min: 1,
    max: 1,
  },
  options: {
    name: { type: 'string', value: 'text', default: 'My School', description: 'The name of the issuer.' },
    url: {
      type: 'string',
      sets: 'base',
      value: 'url',
      description: `The public URL, which stands in every badge: keep it. Default: ${TRIAL_URL}.`,
    },
    names: {
      type: 'string',
      choices: NAMES,
      default: 'badge',
      description:
        'Whether a badge says the name of its person, where one is given: badge, for everybody who sees it, or never.',
    },
    json: { type: 'boolean', description: 'Say what was made as JSON.' },
  },
  examples: [
    { title: 'To try out', line: 'init my-issuer' },
    {
      title: 'Under your own name',
      line: 'init my-issuer --url https://badges.school.example --name "Example School"',
    },
  ],
  run: async ({ options: { name, url = TRIAL_URL, names, json }, operands: [folder = ''] }, session) => {
    issuerUrls(url)
    const at = placesIn(folder, session)
    demandEmpty(folder, at('.'))
    const id = await makeIssuer(at, { name, url, names: names as (typeof NAMES)[number] }, session)
    const achievement = await addExamples(at, url, session)
    // Makes the tables, or says what they lack, now and not at the first badge.
    await (await openIssuer(folder, session)).stores.close()
    if (json) {
      session.printJson({ folder, issuer: id, url, achievement }, 2)
      return EXIT.ok
    }
    const { bold, dim } = session.style
    session.print(
      `${bold('issuer')}  ${id}`,
      `${bold('folder')}  ${folder} ${dim('(it holds the private key: keep a copy, and show it to nobody)')}`,
      `${bold('at')}      ${url}`,
      '',
      bold('Next'),
      `  badgewright issue --data ${folder} --recipient ada@example.org --name "Ada Example" --level Proficient --out ada.json`,
      `  badgewright list --data ${folder}`,
      `  badgewright serve --data ${folder}`,
    )
    return EXIT.ok
  },
})

function demandEmpty(folder: string, path: string): void {
  if (!existsSync(path)) return
  if (!statSync(path).isDirectory()) throw new CommandFailure(EXIT.file, `${folder}: is a file: name a folder`)
  // What a start that was cut off has left is made anew: the key comes last.
  const begun: readonly string[] = [FILES.profile, FILES.settings, FILES.token]
  const first = readdirSync(path).find((name) => !begun.includes(name))
  if (first === undefined) return
  throw new CommandFailure(
    EXIT.file,
    existsSync(`${path}/${FILES.key}`)
      ? `${folder}: is an issuer already, and stays as it is: badgewright list --data ${folder}`
      : `${folder}: is not empty (${first}): an issuer is made in a folder of its own`,
  )
}
