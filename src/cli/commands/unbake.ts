import { unbakeImage } from '../../entries/index.js'
import { defineCommand } from '../command.js'
import { readBadge } from '../documents.js'
import { EXIT } from '../exit.js'
import { about } from '../failure.js'
import { shownName } from '../files.js'
import { checkFormat, protect } from '../images.js'
import { checkResultOptions, credentialText, writeResult } from '../result-files.js'

export const unbake = defineCommand({
  name: 'unbake',
  summary: 'take the badge out of an image',
  description: [
    'Extracts only: nothing is verified. What comes out is JSON or a JWT, as it was baked; verify takes the image itself just as well.',
  ],
  operands: { name: 'image', description: 'A PNG or SVG with a badge in it.', min: 1, max: 1 },
  options: {
    out: { type: 'string', value: 'file', description: 'Where the badge goes. Default: standard output.' },
    json: { type: 'boolean', description: 'Say what was written as JSON.' },
  },
  examples: [
    { title: 'Look into it', line: 'unbake ada.png' },
    { title: 'Keep it', line: 'unbake ada.png --out ada.json' },
  ],
  run: async ({ options, operands: [image = ''] }, session) => {
    checkResultOptions(options)
    protect(options.out, [image], session)
    const bytes = await readBadge(image, session)
    const secured = await about(shownName(image), () => unbakeImage(bytes))
    const format = typeof secured === 'string' ? 'jwt' : 'json'
    checkFormat(options.out, format, 'The badge comes out as it was baked')
    await writeResult(credentialText(secured), options, { format }, session)
    return EXIT.ok
  },
})
