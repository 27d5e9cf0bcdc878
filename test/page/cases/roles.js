/** The stack of a role against the badges of a candidate: the files of examples/starter-bin. */
import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { equal, includes } from '../expect.js'

const BIN = fileURLToPath(new URL('../../../examples/starter-bin/', import.meta.url))
const file = (name) => ({
  name: `${name}.json`,
  mimeType: 'application/json',
  buffer: readFileSync(join(BIN, `${name}.json`)),
})

/** Beside the installed package: they import it by its name. */
async function candidates(consumer) {
  const copy = join(consumer, 'starter-bin')
  cpSync(BIN, copy, { recursive: true })
  return import(pathToFileURL(join(copy, 'candidates.js')).href)
}

async function decide(visit, { issuers, recipient }) {
  await visit.page.locator('#trust-panel').evaluate((panel) => {
    panel.open = true
  })
  await visit.page.fill('#issuers', issuers.join('\n'))
  await visit.page.fill('#recipient', recipient)
  await visit.page.getByRole('button', { name: 'Use these choices' }).click()
  await visit.page.locator('#trust-panel summary').click()
}

/** The role of a teacher, with all that its competencies and those of the badges are looked up in. */
async function chooseRole(visit) {
  await visit.page.locator('#stack-panel summary').click()
  await visit.page.setInputFiles(
    '#stack-files',
    ['face-to-face-teacher', 'framework', 'academy-framework', 'school-framework', 'crosswalk'].map(file),
  )
  await visit.page.locator('#stack .assessment section').waitFor()
}

const filesOf = ({ name, badges }) =>
  Object.fromEntries(badges.map((badge, index) => [`${name}-${index + 1}.json`, badge]))

export const roles = {
  'Maria fits, Jon has gaps, in words': async ({ consumer, open, shot }) => {
    const { maria, jon, trustedIssuers } = await candidates(consumer)
    for (const [person, expected] of [
      [maria, /fits|met/i],
      [jon, /does not fit yet/],
    ]) {
      const visit = await open()
      await decide(visit, { issuers: trustedIssuers, recipient: person.id })
      await visit.give(filesOf(person))
      await visit.settled()
      await chooseRole(visit)
      includes(await visit.text('#stack-summary'), expected, person.name)
      includes(await visit.text('#stack .assessment'), 'Giving Feedback', 'names, not addresses')
      equal(visit.asked, [], 'requests')
      await shot(visit, `stack-${person.name.toLowerCase()}-light`)
    }
  },
  'badges of issuers who are not trusted do not count': async ({ consumer, open }) => {
    const { maria } = await candidates(consumer)
    const visit = await open()
    await visit.give(filesOf(maria))
    await visit.settled()
    await chooseRole(visit)
    includes(await visit.text('#stack-summary'), 'does not fit yet', 'summary')
  },
  'without the role it says which file is missing': async ({ open }) => {
    const visit = await open()
    await visit.page.locator('#stack-panel summary').click()
    await visit.page.setInputFiles('#stack-files', [file('framework')])
    await visit.page.locator('#stack .callout', { hasText: 'None of the files says what a role needs' }).waitFor()
  },
}
