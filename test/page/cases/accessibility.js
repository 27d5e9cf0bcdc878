/** Each state of the page, light and dark, on a desk and on a phone: axe-core finds nothing, nothing is wider than the screen. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { revokedBadge, richBadge } from '../badges.js'
import { equal, ok } from '../expect.js'
import { DESKTOP, PHONE } from '../visit.js'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const LOOKS = [
  ['light', DESKTOP, 'light'],
  ['dark', DESKTOP, 'dark'],
  ['light', PHONE, 'phone'],
  ['dark', PHONE, 'phone-dark'],
]

/** All rules, those of good practice too. */
async function examine(visit) {
  await visit.page.evaluate(AXE)
  const { violations, passes } = await visit.page.evaluate(() =>
    globalThis.axe.run(document, { resultTypes: ['violations'] }),
  )
  const found = violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .slice(0, 3)
        .map(
          ({ html, failureSummary }) => `${html.slice(0, 160)} (${failureSummary.replace(/\s+/g, ' ').slice(0, 200)})`,
        )
        .join(' | ')}`,
  )
  const { width, overflow } = await visit.page.evaluate(() => ({
    width: innerWidth,
    overflow: document.documentElement.scrollWidth,
  }))
  // Blocks that lie on each other are no fault to axe-core.
  const covered = await visit.page.evaluate(() => {
    const boxes = [
      ...document.querySelectorAll(
        '#detail > *, #list:not([hidden]), #progress:not([hidden]), .intake > *:not([hidden]), .choices > *',
      ),
    ].map((each) => [each.className || each.id, each.getBoundingClientRect()])
    return boxes.flatMap(([name, one], at) =>
      boxes.slice(at + 1).flatMap(([other, two]) => {
        const apart =
          one.right <= two.left + 1 ||
          two.right <= one.left + 1 ||
          one.bottom <= two.top + 1 ||
          two.bottom <= one.top + 1
        return apart ? [] : [`${name} and ${other}`]
      }),
    )
  })
  equal(covered, [], 'blocks that lie on each other')
  ok(overflow <= width, `wider than the screen: ${overflow} of ${width} pixels`)
  return { found, rules: passes.length }
}

async function openAll(visit) {
  await visit.page.evaluate(() => {
    for (const each of document.querySelectorAll('details')) each.open = true
  })
}

/** State by state: what to give, and what to do then. */
const STATES = {
  empty: async () => {},
  choices: async (visit) => openAll(visit),
  checking: async (visit, kit) => {
    const { badge } = await revokedBadge(kit)
    await visit.give({ 'slow.json': badge })
    await visit.page.locator('#progress', { hasText: 'asking status.example' }).waitFor()
  },
  genuine: async (visit, kit) => {
    await visit.check({ 'rich.json': await richBadge(kit) })
    await openAll(visit)
  },
  verified: async (visit, kit) => {
    await visit.check({ 'rich.json': await richBadge(kit) })
    await visit.page.getByRole('button', { name: 'Trust this issuer' }).click()
    await visit.page.locator('.bw-verdict-words', { hasText: 'Verified' }).waitFor()
  },
  revoked: async (visit, kit, web) => {
    const { badge, url, list } = await revokedBadge(kit)
    web[url] = { body: JSON.stringify(list) }
    await visit.check({ 'revoked.json': badge })
    await openAll(visit)
  },
  tampered: async (visit, kit) => {
    await visit.check({ 'changed.json': { ...(await kit.sign()), validFrom: '2020-01-01T00:00:00Z' } })
  },
  undecided: async (visit, kit, web) => {
    const { badge, url } = await revokedBadge(kit)
    web[url] = (route) => route.abort('failed')
    await visit.check({ 'badge.json': badge })
    await openAll(visit)
  },
  refused: async (visit) => {
    await visit.check({ 'empty.json': '' })
    await visit.paste('')
  },
  many: async (visit, kit) => {
    const good = await kit.sign()
    await visit.give({
      'a.json': good,
      'b.json': { ...good, validFrom: '2020-01-01T00:00:00Z' },
      'c.txt': 'x',
      'd.json': '',
      'e.json': await richBadge(kit),
    })
    await visit.settled()
  },
  role: async (visit, kit) => {
    await visit.check({ 'rich.json': await richBadge(kit) })
    await openAll(visit)
    const competency = (name) => ({
      id: `https://frameworks.example/${name}`,
      name,
      levels: ['developing', 'proficient'].map((level) => ({
        id: `https://frameworks.example/${name}/${level}`,
        name: level,
      })),
    })
    const framework = {
      id: 'https://frameworks.example',
      name: 'Example framework',
      competencies: ['feedback', 'trust'].map(competency),
    }
    const stack = {
      id: 'https://school.example/stacks/coach',
      name: 'Coach',
      requirements: [
        { id: 'one', competency: 'https://frameworks.example/feedback' },
        {
          id: 'two',
          competency: 'https://frameworks.example/trust',
          level: 'https://frameworks.example/trust/proficient',
        },
      ],
    }
    await visit.page.setInputFiles(
      '#stack-files',
      [framework, stack].map((value, index) => ({
        name: `${index}.json`,
        mimeType: 'application/json',
        buffer: Buffer.from(JSON.stringify(value)),
      })),
    )
    await visit.page.locator('#stack .assessment section').waitFor()
  },
}

const axeCases = Object.fromEntries(
  Object.entries(STATES).map(([state, prepare]) => [
    `axe-core finds nothing: ${state}`,
    async ({ kit, open, say, shot }) => {
      let rules = 0
      for (const [theme, viewport, look] of LOOKS) {
        const web = { 'https://status.example/lists/1': () => new Promise(() => {}) }
        const visit = await open({ theme, viewport, web })
        await prepare(visit, kit, web)
        await shot(visit, `${state}-${look}`)
        const examined = await examine(visit)
        equal(examined.found, [], `${state}, ${look}`)
        rules = Math.max(rules, examined.rules)
        await visit.done()
      }
      say(`${rules} rules apply, in ${LOOKS.length} looks`)
    },
  ]),
)

export const accessibility = {
  ...axeCases,
  'axe-core would find something': async ({ kit, open }) => {
    const visit = await open()
    await visit.check({ 'badge.json': await kit.sign() })
    await visit.page.evaluate(() => {
      const pale = Object.assign(document.createElement('p'), { textContent: 'hardly to be read' })
      pale.style.setProperty('color', '#bbb')
      document.querySelector('main').append(document.createElement('img'), pale)
    })
    const { found } = await examine(visit)
    for (const rule of ['image-alt', 'color-contrast'])
      ok(
        found.some((each) => each.startsWith(`${rule}:`)),
        rule,
      )
  },
  'nothing is cut off at 320 pixels, nor with text twice as large': async ({ kit, open }) => {
    for (const [width, size] of [
      [320, '100%'],
      [640, '200%'],
      [1280, '200%'],
    ]) {
      const visit = await open({ viewport: { width, height: 640 } })
      await visit.check({ [`${'long-name-'.repeat(12)}.json`]: await richBadge(kit), 'b.json': 'x' })
      await visit.page.evaluate((value) => document.documentElement.style.setProperty('font-size', value), size)
      await openAll(visit)
      const wide = await visit.page.evaluate(() =>
        [...document.querySelectorAll('body *:not(.skip)')]
          .filter((each) => each.getBoundingClientRect().right > innerWidth)
          .map((each) => `${each.localName}.${each.className}#${each.id}`),
      )
      equal(wide.slice(0, 8), [], `too wide at ${width} pixels, text ${size}`)
    }
  },
  'the list is gone through by keys': async ({ kit, open }) => {
    const visit = await open()
    const names = ['One', 'Two', 'Three']
    const files = {}
    for (const name of names) files[`${name}.json`] = await kit.sign({ achievement: { name } })
    await visit.give(files)
    await visit.settled()
    const at = () => visit.page.evaluate(() => document.activeElement.querySelector('.name')?.textContent)
    await visit.page.locator('#list button[tabindex="0"]').focus()
    equal(await at(), 'One', 'first')
    for (const [key, name] of [
      ['ArrowDown', 'Two'],
      ['End', 'Three'],
      ['ArrowDown', 'Three'],
      ['ArrowUp', 'Two'],
      ['Home', 'One'],
      ['ArrowDown', 'Two'],
    ]) {
      await visit.page.keyboard.press(key)
      equal(await at(), name, key)
    }
    await visit.page.keyboard.press('Enter')
    await visit.page.locator('#detail .bw-title', { hasText: 'Two' }).waitFor()
    await visit.page.locator('#list button[aria-current="true"]', { hasText: 'Two' }).waitFor()
    equal(await visit.page.locator('#list button[tabindex="0"]').count(), 1, 'one stop for Tab')
  },
  'whoever has gone on is not called back': async ({ kit, open }) => {
    const web = {}
    const { badge, url, list } = await revokedBadge(kit)
    let answer
    web[url] = (route) =>
      new Promise(
        (resolve) =>
          (answer = () =>
            resolve(route.fulfill({ headers: { 'access-control-allow-origin': '*' }, body: JSON.stringify(list) }))),
      )
    const visit = await open({ web })
    await visit.give({ 'slow.json': badge })
    await visit.page.locator('#progress', { hasText: 'asking status.example' }).waitFor()
    await visit.page.locator('#trust-panel summary').click()
    await visit.page.locator('#issuers').focus()
    answer()
    equal(await visit.verdict(), 'Not valid', 'verdict')
    equal(await visit.page.evaluate(() => document.activeElement.id), 'issuers', 'where the focus is')
    equal(await visit.page.getByRole('status').count(), 1, 'live regions')
  },
}
