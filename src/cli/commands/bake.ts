import { defineCommand } from '../command.js'
import { EXIT } from '../exit.js'
import { bakeInto, checkFormat, demandSigned, protect, readSecured } from '../images.js'
import { checkResultOptions, writeResult } from '../result-files.js'

export const bake = defineCommand({
  name: 'bake',
  summary: 'put a signed badge into a PNG or SVG image',
  description: [
    'The image looks as before, and every program that reads Open Badges 3.0 finds the badge in it. Programs that resize or convert images remove it: send the file as it is. Nothing is verified.',
  ],
  operands: { name: 'badge', description: 'A signed badge: JSON, a JWT, or an image that holds one.', min: 1, max: 1 },
  options: {
    image: { type: 'string', value: 'file', required: true, description: 'The PNG or SVG to put it in.' },
    out: { type: 'string', value: 'file', description: 'Where the baked image goes. Default: standard output.' },
    existing: {
      type: 'string',
      choices: ['replace', 'refuse'],
      default: 'replace',
      description: 'What to do where the image holds a badge already.',
    },
    json: { type: 'boolean', description: 'Say what was written as JSON.' },
  },
  examples: [
    { title: 'Into a picture', line: 'bake ada.json --image badge.png --out ada.png' },
    { title: 'A JWT from a pipe, into an SVG', line: 'bake - --image badge.svg --out ada.svg < ada.jwt' },
  ],
  run: async ({ options, operands: [badge = ''] }, session) => {
    const { image, out, existing } = options
    checkResultOptions(options)
    protect(out, [badge], session)
    const secured = await readSecured(badge, session)
    demandSigned(badge, secured)
    const { bytes, container } = await bakeInto(image, secured, existing, session)
    checkFormat(out, container, `${image} is ${container.toUpperCase()}, so the baked image is`)
    await writeResult(bytes, options, { container }, session)
    return EXIT.ok
  },
})
