// The generated JSON Schemas by name.
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { workshop } from './harness.js'

const shop = workshop()
mkdirSync(shop.path('package/schemas'), { recursive: true })
shop.write('package/schemas/profile.json', '{ "title": "Profile", "type": "object" }\n')
shop.write('package/schemas/achievement.json', '{ "title": "Achievement: what can be earned", "type": "object" }\n')
const schema = (...words: string[]) => shop.cli(['schema', ...words], { packageRoot: shop.path('package') })

test('lists them', async () => {
  expect(await schema()).toMatchObject({
    code: 0,
    out: 'achievement  Achievement: what can be earned\nprofile      Profile\n',
  })
  expect(JSON.parse((await schema('--json')).out)).toEqual([
    { name: 'achievement', title: 'Achievement: what can be earned' },
    { name: 'profile', title: 'Profile' },
  ])
})
test.each(['profile', 'profile.json'])('prints %s', async (name) => {
  expect((await schema(name)).out).toBe(shop.text('package/schemas/profile.json'))
})
test('knows what was meant', async () => {
  const { code, out, err } = await schema('profil')
  expect({ code, out }).toEqual({ code: 64, out: '' })
  expect(err).toContain('there is no schema profil (did you mean profile?): there are achievement, profile')
})
test('an installation without them says so', async () => {
  const { code, err } = await shop.cli(['schema'], { packageRoot: shop.folder })
  expect(code).toBe(74)
  expect(err).toContain('not complete')
})

describe("the package's own", () => {
  const folder = new URL('../../schemas/', import.meta.url)
  test('are all there', async () => {
    const files = readdirSync(folder).filter((file) => file.endsWith('.json'))
    const { code, out } = await shop.cli(['schema', '--json'])
    expect(code).toBe(0)
    const list: { name: string; title: string }[] = JSON.parse(out)
    expect(list.map(({ name }) => `${name}.json`)).toEqual(files.sort())
    for (const { name, title } of list) {
      expect(title).not.toBe('')
      expect((await shop.cli(['schema', name])).out.trimEnd()).toBe(
        readFileSync(new URL(`${name}.json`, folder), 'utf8').trimEnd(),
      )
    }
  })
})
