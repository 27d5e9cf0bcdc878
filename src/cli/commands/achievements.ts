import { issuerUrls } from '../../entries/http.js'
import { defineCommand } from '../command.js'
import { readJsonObject } from '../documents.js'
import { EXIT } from '../exit.js'
import { about, misuse } from '../failure.js'
import { shownName } from '../files.js'
import { achievementNamed, addAchievement, readAchievements, slugOf } from '../issuer/achievement-files.js'
import { DATA } from '../issuer/desk.js'
import { placesIn } from '../issuer/layout.js'
import { readSettings } from '../issuer/settings.js'
import { demandIssuer } from '../issuer-folder.js'
import { printable } from '../printable.js'
import { didYouMean } from '../suggest.js'

const ACTIONS = ['list', 'add', 'show'] as const

export const achievements = defineCommand({
  name: 'achievements',
  summary: 'list, add and show what an issuer awards',
  description: [
    'list: what the folder has. add: takes a JSON file of an achievement up; without an "id" it gets one below the URL of the issuer, where "badgewright serve" shows it. show: one of them as JSON, to be changed and added again with --replace; badges that were issued before say what it said then.',
  ],
  operands: {
    name: 'action',
    description: `${ACTIONS.join(', ')}; add takes a file, show a name or id.`,
    min: 1,
    max: 2,
  },
  options: {
    ...DATA,
    replace: { type: 'boolean', description: 'add: in place of the one that has its id.' },
    json: { type: 'boolean', description: 'list: as JSON.' },
  },
  examples: [
    { title: 'What there is to award', line: 'achievements list --data my-issuer' },
    { title: 'One more', line: 'achievements add listening.json --data my-issuer' },
  ],
  run: async ({ options: { data, replace, json }, operands: [action = '', name] }, session) => {
    const at = placesIn(data, session)
    demandIssuer(data, at)
    if (replace && action !== 'add') throw misuse('--replace is for achievements add')
    if (action === 'list') {
      if (name !== undefined) throw misuse(`achievements list takes nothing more: "${name}"`)
      const all = await readAchievements(at, session)
      if (json) session.printJson(all, 2)
      else
        for (const each of all)
          session.print(`${printable(slugOf(each.id))}  ${printable(each.name)}  ${printable(each.id)}`)
      return EXIT.ok
    }
    if (action !== 'add' && action !== 'show')
      throw misuse(`achievements takes ${ACTIONS.join(', ')}, not "${action}"${didYouMean(action, ACTIONS)}`)
    if (name === undefined) throw misuse(`achievements ${action} needs ${action === 'add' ? 'a file' : 'a name or id'}`)
    if (action === 'show') {
      session.printJson(achievementNamed(name, await readAchievements(at, session)), 2)
      return EXIT.ok
    }
    const document = await readJsonObject(name, 'an achievement', session)
    const { url } = await readSettings(at, session)
    const idOf = (slug: string): string => {
      if (url === undefined) throw misuse(`${name} has no "id", and the issuer no URL to give it one below`)
      return issuerUrls(url).achievement(slug)
    }
    const { achievement } = await about(shownName(name), () => addAchievement(at, document, { idOf, replace }, session))
    session.print(
      `${replace ? 'replaced' : 'added'}  ${printable(slugOf(achievement.id))}  ${printable(achievement.id)}`,
    )
    return EXIT.ok
  },
})
