import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type EsbuildPlugin, isCommonJs } from './types.js'

/** Whatever is bundled keeps its licence text: dist/licenses.txt. */
export const licenses: EsbuildPlugin = {
  name: 'licenses',
  setup(build) {
    if (isCommonJs(build.initialOptions)) return
    build.onEnd(async ({ metafile, outputFiles }) => {
      const inputs = Object.values(metafile?.outputs ?? {}).flatMap((output) => Object.keys(output.inputs))
      const folders = new Set(inputs.flatMap((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? []))
      const texts = await Promise.all([...folders].sort().map(licenseOf))
      const text = `Bundled into this package are parts of:\n\n${texts.join(`\n${'-'.repeat(80)}\n\n`)}`
      const path = join(build.initialOptions.outdir ?? 'dist', 'licenses.txt')
      outputFiles?.push({ path, contents: Buffer.from(text), text, hash: '' })
    })
  },
}

async function licenseOf(folder: string): Promise<string> {
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry))
  const text = file === undefined ? '' : `\n${(await readFile(join(folder, file), 'utf8')).trim()}\n`
  return `${name} ${version} (${license})\n${text}`
}
