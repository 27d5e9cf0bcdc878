import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import { fromPackage, fromPeers } from '../installed.js'
import { race } from '../measure.js'
import { textsOf, writeTexts } from '../setting.js'
import { fact, overRaw, timesFaster } from '../table.js'

export const title = 'Baking a PNG of 200 KB'

export const contestants = {
  ours: async ({ installed, image, file }) => {
    const { bakeImage } = await fromPackage(installed)
    const bytes = new Uint8Array(readFileSync(image))
    const badges = badgesOf(file)
    return (index) => bakeImage(bytes, badges[index % badges.length])
  },
  /** A badge that is text already. */
  jws: async ({ installed, image, tokens }) => {
    const { bakeImage } = await fromPackage(installed)
    const bytes = new Uint8Array(readFileSync(image))
    const text = textsOf(tokens)
    return (index) => bakeImage(bytes, text(index))
  },
  /** What baking an object cannot do without. */
  json: ({ file }) => {
    const badges = badgesOf(file)
    return (index) => JSON.stringify(badges[index % badges.length])
  },
  chunks: async ({ peers, image, file }) => {
    const { bakeWithChunkLibraries } = await fromPeers('png', peers)
    const bytes = new Uint8Array(readFileSync(image))
    const badges = badgesOf(file)
    return (index) => bakeWithChunkLibraries(bytes, JSON.stringify(badges[index % badges.length]))
  },
  copy: ({ image }) => {
    const bytes = new Uint8Array(readFileSync(image))
    return () => bytes.slice()
  },
}

function badgesOf(file) {
  const text = textsOf(file)
  return Array.from({ length: 1000 }, (_, index) => JSON.parse(text(index)))
}

export async function run({ folder, files, ...setting }) {
  const image = join(folder, 'image.png')
  writeFileSync(image, noisyPng(222))
  const file = files['signed-typical']
  const tokens = writeTexts(join(folder, 'tokens.txt'), badgesOf(file).map(unsignedToken))
  const data = { ...setting, image, file, tokens }
  const times = await race(import.meta.url, Object.keys(contestants), data)
  return [
    fact('ours, a badge as an object', times.median('ours'), 'us'),
    fact('of that, JSON.stringify alone', times.median('json'), 'us'),
    fact('ours, a badge as a JWS', times.median('jws'), 'us'),
    fact('a copy of the bytes', times.median('copy'), 'us'),
    timesFaster('png-chunks-extract and -encode', times, 'chunks', 'ours', 200),
    overRaw('over a copy of the bytes', times, 'ours', 'copy', 2),
    fact('a JWS, over a copy of the bytes', times.ratio('jws', 'copy'), 'x'),
  ]
}

/** In the form and of the length of a JWS; baking does not look at its signature. */
function unsignedToken(badge) {
  const part = (text) => Buffer.from(text).toString('base64url')
  return `${part('{"alg":"EdDSA"}')}.${part(JSON.stringify(badge))}.${part(randomBytes(64))}`
}

/** Noise, which does not compress: 4 bytes a pixel. */
function noisyPng(side) {
  const rows = randomBytes(side * (side * 4 + 1))
  for (let y = 0; y < side; y++) rows[y * (side * 4 + 1)] = 0
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  header.set([8, 6, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type, data) {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, crc] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  crc.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, crc])
}
