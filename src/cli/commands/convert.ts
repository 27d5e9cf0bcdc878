import { defineCommand } from '../command.js'
import { EXIT } from '../exit.js'
import { misuse } from '../failure.js'
import { bakeInto, checkFormat, demandSigned, type FileFormat, formatOf, protect, readSecured } from '../images.js'
import { checkResultOptions, credentialText, writeResult } from '../result-files.js'

export const convert = defineCommand({
  name: 'convert',
  summary: 'carry a badge from one form into another, with its signature',
  description: [
    'Out of an image (PNG, SVG) into JSON or a JWT, into an image, or from one image into another. Which way follows from --image and the name of --out.',
    'JSON with a proof and a JWT are two ways to sign, so neither can be made of the other without the key: issue again with --format.',
  ],
  operands: { name: 'badge', description: 'A signed badge: JSON, a JWT, PNG or SVG.', min: 1, max: 1 },
  options: {
    to: {
      type: 'string',
      choices: ['json', 'jwt', 'png', 'svg'],
      description: 'The form to come out. Default: what --out or --image say.',
    },
    image: { type: 'string', value: 'file', description: 'The PNG or SVG to put it in.' },
    out: { type: 'string', value: 'file', description: 'Where it goes. Default: standard output.' },
    json: { type: 'boolean', description: 'Say what was written as JSON.' },
  },
  examples: [
    { title: 'Out of a PNG', line: 'convert ada.png --out ada.json' },
    { title: 'JSON into a PNG', line: 'convert ada.json --image badge.png --out ada.png' },
    { title: 'From a PNG into an SVG', line: 'convert ada.png --image badge.svg --out ada.svg' },
  ],
  run: async ({ options, operands: [badge = ''] }, session) => {
    const { image, out } = options
    checkResultOptions(options)
    protect(out, [badge], session)
    const wanted: FileFormat | undefined = options.to ?? formatOf(out)
    if (options.to !== undefined) checkFormat(out, options.to, '--to and --out say different things')
    if (image === undefined && (wanted === 'png' || wanted === 'svg'))
      throw misuse(`to make ${wanted.toUpperCase()} name the picture to put the badge in: --image <file>`)
    if (image !== undefined && (wanted === 'json' || wanted === 'jwt'))
      throw misuse(`--image is for badges that go into a picture, and ${wanted.toUpperCase()} is none: leave it out`)
    const secured = await readSecured(badge, session)
    demandSigned(badge, secured)
    if (image !== undefined) {
      const { bytes, container } = await bakeInto(image, secured, 'replace', session)
      if (wanted !== undefined && wanted !== container)
        throw misuse(
          `${image} is ${container.toUpperCase()}: a picture is not converted, so give one in ${wanted.toUpperCase()}`,
        )
      checkFormat(out, container, `${image} is ${container.toUpperCase()}, so the badge is`)
      await writeResult(bytes, options, { format: container }, session)
      return EXIT.ok
    }
    const format = typeof secured === 'string' ? 'jwt' : 'json'
    if (wanted !== undefined && wanted !== format)
      throw misuse(
        `the badge is signed as ${format === 'jwt' ? 'a JWT' : 'JSON with a proof'}: its signature cannot be carried over into ${wanted.toUpperCase()}`,
        `Issue it again: badgewright issue --format ${wanted === 'jwt' ? 'jwt' : 'embedded'}`,
      )
    checkFormat(out, format, 'For a picture give --image <file>')
    await writeResult(credentialText(secured), options, { format }, session)
    return EXIT.ok
  },
})
