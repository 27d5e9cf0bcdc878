import { defineCommand } from '../command.js'
import { EXIT } from '../exit.js'
import { misuse } from '../failure.js'
import { DATA } from '../issuer/desk.js'
import { placesIn } from '../issuer/layout.js'
import { isTokenName, RIGHTS, readTokens, removeToken, type TokenFile, writeToken } from '../issuer/token-files.js'
import { demandIssuer } from '../issuer-folder.js'
import type { Session } from '../session.js'
import { didYouMean } from '../suggest.js'

const ACTIONS = ['list', 'add', 'rotate', 'revoke'] as const

export const tokens = defineCommand({
  name: 'tokens',
  summary: 'say who may ask a running issuer to award, revoke or list',
  description: [
    'list: whose tokens there are, and what they may do. add: a token for a clerk, which is shown once: the folder keeps its hash. rotate: another one in its place. revoke: it is good no more. A running "badgewright serve" knows at once.',
    `Rights: award (and renew), revoke (and suspend, reinstate), read (list what was issued, and to whom). A clerk's name stands in the trail of what was done with the token. The file "token" of the folder may do everything.`,
  ],
  operands: { name: 'action', description: `${ACTIONS.join(', ')}; the name of the clerk after it.`, min: 1, max: 2 },
  options: {
    ...DATA,
    rights: {
      type: 'string',
      value: 'list',
      description: 'add: what the clerk may do, such as award,read. Default: all three.',
    },
    json: { type: 'boolean', description: 'As JSON.' },
  },
  examples: [
    { title: 'For somebody who awards and looks up', line: 'tokens add maria --rights award,read --data my-issuer' },
    { title: 'Whose there are', line: 'tokens list --data my-issuer' },
  ],
  run: async ({ options: { data, rights, json }, operands: [action = '', name] }, session) => {
    const at = placesIn(data, session)
    demandIssuer(data, at)
    if (!ACTIONS.some((each) => each === action))
      throw misuse(`tokens takes ${ACTIONS.join(', ')}, not "${action}"${didYouMean(action, ACTIONS)}`)
    if (rights !== undefined && action !== 'add')
      throw misuse('--rights is for tokens add: to change them revoke and add')
    const known = await readTokens(at, session)
    if (action === 'list') {
      if (name !== undefined) throw misuse(`tokens list takes nothing more: "${name}"`)
      list(known, json, session)
      return EXIT.ok
    }
    if (name === undefined) throw misuse(`tokens ${action} needs the name of the clerk`)
    if (!isTokenName(name)) throw misuse(`"${name}" is no name of a token: up to 40 of a-z, 0-9 and -`)
    const before = known.find((each) => each.name === name)
    if (action === 'add' && before !== undefined) throw misuse(`${name} has a token: tokens rotate gives another one`)
    if (action !== 'add' && before === undefined)
      throw misuse(
        `${name} has no token${didYouMean(
          name,
          known.map((each) => each.name),
        )}`,
      )
    if (action === 'revoke') {
      await removeToken(at, name)
      session.note(`the token of ${name} is good no more`)
      return EXIT.ok
    }
    const may = before?.rights ?? readRights(rights)
    const token = await writeToken(at, { name, rights: may, replace: action === 'rotate' }, session)
    if (json) session.printJson({ name, rights: may, token }, 2)
    else {
      session.print(token)
      session.note(`for ${name}, who may ${may.join(', ')}; it is not shown again`)
    }
    return EXIT.ok
  },
})

function readRights(text: string | undefined): TokenFile['rights'] {
  if (text === undefined) return RIGHTS
  const given = text.split(',').map((right) => right.trim())
  const wrong = given.find((right) => !RIGHTS.some((each) => each === right))
  if (wrong !== undefined)
    throw misuse(`--rights: there is no right "${wrong}"${didYouMean(wrong, RIGHTS)}: ${RIGHTS.join(', ')}`)
  return RIGHTS.filter((right) => given.includes(right))
}

function list(known: readonly TokenFile[], json: boolean, session: Session): void {
  if (json)
    session.printJson(
      known.map(({ name, rights, created }) => ({ name, rights, created })),
      2,
    )
  else if (known.length === 0) session.note('none but the file "token", which may do everything')
  else for (const { name, rights, created } of known) session.print(`${name}  ${rights.join(', ')}  since ${created}`)
}
