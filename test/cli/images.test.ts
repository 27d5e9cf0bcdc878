// Issues 2 and 3, item "CLI": bake, unbake, convert.
import { beforeAll, describe, expect, test } from 'vitest'
import { ISSUE, ISSUER, PNG, workshop } from './harness.js'

const shop = workshop()
beforeAll(async () => {
  shop.write('ada.json', (await shop.cli(ISSUE)).out)
  shop.write('ada.jwt', (await shop.cli([...ISSUE, '--format', 'jwt'])).out)
  await shop.cli(['bake', 'ada.json', '--image', 'badge.png', '--out', 'ada.png'])
})
const verified = async (file: string) => (await shop.cli(['verify', '--trust', ISSUER, file])).code

describe('bake and unbake', () => {
  test.each([
    ['ada.json', 'badge.png', 'png'],
    ['ada.json', 'badge.svg', 'svg'],
    ['ada.jwt', 'badge.png', 'png'],
    ['ada.jwt', 'badge.svg', 'svg'],
  ])('%s into %s and out again', async (badge, image, container) => {
    const baked = `baked-${badge}.${container}`
    expect(await shop.cli(['bake', badge, '--image', image, '--out', baked])).toMatchObject({
      code: 0,
      out: '',
      err: `wrote ${baked}\n`,
    })
    expect(await verified(baked)).toBe(0)
    const { out } = await shop.cli(['unbake', baked])
    expect(out).toBe(shop.text(badge))
    const file = `out-${badge}`
    const written = await shop.cli(['unbake', baked, '--out', file, '--json'])
    expect(JSON.parse(written.out)).toEqual({ file, format: badge.endsWith('jwt') ? 'jwt' : 'json' })
    expect(shop.text(file)).toBe(shop.text(badge))
  })
  test('by pipes', async () => {
    const baked = await shop.cli(['bake', '-', '--image', 'badge.png'], { stdin: shop.text('ada.json') })
    expect(baked.code).toBe(0)
    expect((await shop.cli(['unbake', '-'], { stdin: baked.bytes })).out).toBe(shop.text('ada.json'))
  })
  test('an image that holds a badge: replaced, or refused', async () => {
    expect((await shop.cli(['bake', 'ada.jwt', '--image', 'ada.png', '--out', 'again.png'])).code).toBe(0)
    const refused = await shop.cli(['bake', 'ada.jwt', '--image', 'ada.png', '--existing', 'refuse'])
    expect(refused).toMatchObject({ code: 65, out: '' })
    expect(refused.err).toContain('ada.png: ')
  })
  test('in place', async () => {
    shop.write('own.png', PNG)
    expect((await shop.cli(['bake', 'ada.json', '--image', 'own.png', '--out', 'own.png'])).code).toBe(0)
    expect(await verified('own.png')).toBe(0)
  })
  test.each<[string, readonly string[], number, string]>([
    ['no image', ['bake', 'ada.json'], 64, 'bake needs --image <file>'],
    [
      'a badge without signature',
      ['bake', 'feedback.json', '--image', 'badge.png'],
      65,
      'feedback.json: is not signed',
    ],
    ['a name that no badge has', ['convert', 'ada.png', '--out', 'x.jpg'], 64, 'never JPG'],
    ['the badge as output', ['bake', 'ada.json', '--image', 'badge.svg', '--out', 'ada.json'], 64, 'would replace'],
    ['the wrong name', ['bake', 'ada.json', '--image', 'badge.svg', '--out', 'ada2.png'], 64, 'SVG, not PNG'],
    ['a picture without badge', ['unbake', 'badge.png'], 65, 'badge.png: '],
    ['no picture', ['unbake', 'ada.json'], 65, 'ada.json: '],
    ['no file', ['unbake', 'no.png'], 66, 'no.png: no such file'],
    ['two files', ['unbake', 'ada.png', 'ada.png'], 64, 'at most 1'],
    ['JSON called JWT', ['unbake', 'ada.png', '--out', 'ada2.jwt'], 64, 'JSON, not JWT'],
  ])('refused: %s', async (_, words, code, message) => {
    const result = await shop.cli(words)
    expect(result).toMatchObject({ code, out: '' })
    expect(result.err).toContain(message)
  })
  test('a truncated picture', async () => {
    shop.write('short.png', shop.read('ada.png').subarray(0, 200))
    const { code, err } = await shop.cli(['unbake', 'short.png'])
    expect(code).toBe(65)
    expect(err).toContain('short.png: ')
  })
})

describe('convert', () => {
  test.each([
    [['ada.png', '--out', 'c1.json'], 'c1.json'],
    [['ada.json', '--image', 'badge.png', '--out', 'c2.png'], 'c2.png'],
    [['ada.png', '--image', 'badge.svg', '--out', 'c3.svg'], 'c3.svg'],
    [['ada.jwt', '--image', 'badge.svg', '--to', 'svg', '--out', 'c4'], 'c4'],
    [['ada.json', '--to', 'json', '--out', 'c5'], 'c5'],
  ])('%j', async (words, file) => {
    expect((await shop.cli(['convert', ...words])).code).toBe(0)
    expect(await verified(file)).toBe(0)
  })
  test('to standard output, as it came', async () => {
    expect((await shop.cli(['convert', 'ada.png'])).out).toBe(shop.text('ada.json'))
    expect((await shop.cli(['convert', '-', '--to', 'jwt'], { stdin: shop.text('ada.jwt') })).out).toBe(
      shop.text('ada.jwt'),
    )
  })
  test.each<[string, readonly string[], string]>([
    ['a signature cannot be carried over', ['ada.json', '--to', 'jwt'], 'badgewright issue --format jwt'],
    ['nor back', ['ada.jwt', '--out', 'ada3.json'], 'badgewright issue --format embedded'],
    ['a picture is needed', ['ada.json', '--out', 'ada3.png'], '--image <file>'],
    ['a picture is not converted', ['ada.json', '--image', 'badge.png', '--out', 'ada3.svg'], 'give one in SVG'],
    ['JSON is no picture', ['ada.png', '--image', 'badge.png', '--to', 'json'], 'leave it out'],
    ['two answers', ['ada.png', '--to', 'json', '--out', 'ada3.png'], 'PNG'],
  ])('refused: %s', async (_, words, message) => {
    const result = await shop.cli(['convert', ...words])
    expect(result).toMatchObject({ code: 64, out: '' })
    expect(result.err).toContain(message)
  })
})
