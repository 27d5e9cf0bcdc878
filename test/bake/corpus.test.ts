/** 1EdTech's and others' real images, where the corpus lies beside the project: they are not ours to copy. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { bakeImage, unbakeImage } from '../../src/bake/bake.js'
import { readContainer } from '../../src/bake/read-container.js'
import { describeShared, shared } from '../shared.js'
import { codeOf, credential, jws, limits } from './samples.js'

const corpus = shared('corpus')

interface Case {
  readonly id: string
  readonly file: string
  readonly format: string
  readonly kind: string
}
const cases: Case[] = corpus ? JSON.parse(readFileSync(join(corpus, 'manifest.json'), 'utf8')) : []
const bytesOf = ({ file }: Case): Uint8Array => new Uint8Array(readFileSync(join(corpus ?? '', file)))
const expected = ({ kind }: Case): string =>
  kind.startsWith('OB2')
    ? 'parse.open_badges_2'
    : kind === 'unbaked-image'
      ? 'parse.no_badge_in_image'
      : 'nothing thrown'

describeShared('real images', { corpus: 'corpus' }, () => {
  const images = cases.filter(({ format }) => format === 'png' || format === 'svg')

  test('there are some of each', () => {
    expect(new Set(images.map(expected))).toEqual(
      new Set(['parse.open_badges_2', 'parse.no_badge_in_image', 'nothing thrown']),
    )
  })

  test.each(images)('$id', async (entry) => {
    const image = bytesOf(entry)
    expect(await codeOf(() => unbakeImage(image, limits))).toBe(expected(entry))
    for (const badge of [credential, jws]) {
      const baked = await bakeImage(image, badge, {}, limits)
      expect(await unbakeImage(baked, limits)).toEqual(badge)
      expect((await readContainer(baked, limits)).container).toBe(entry.format)
    }
    if (expected(entry) === 'nothing thrown') {
      const badge = await unbakeImage(image, limits)
      expect(
        await unbakeImage(await bakeImage(await bakeImage(image, jws, {}, limits), badge, {}, limits), limits),
      ).toEqual(badge)
    }
  })

  test.each(cases.filter(({ format }) => format === 'json' || format === 'jwt'))('$id is read', async (entry) => {
    const contents = await readContainer(bytesOf(entry), limits)
    expect(contents.container).toBe(entry.format)
  })
})
