import { publicJwk } from '../../keys/jwk.js'
import { defineCommand } from '../command.js'
import { readDate } from '../dates.js'
import { EXIT } from '../exit.js'
import { CommandFailure, misuse } from '../failure.js'
import { DATA } from '../issuer/desk.js'
import { addKey, beginKey, type FolderKey, type KeyState, readKeys, revokeKey } from '../issuer/key-files.js'
import { type At, placesIn } from '../issuer/layout.js'
import { demandIssuer } from '../issuer-folder.js'
import { printable } from '../printable.js'
import type { Session } from '../session.js'
import { didYouMean } from '../suggest.js'

const ACTIONS = ['list', 'add', 'rotate', 'revoke'] as const

const SAID: Readonly<Record<KeyState, string>> = {
  signing: 'signs',
  next: 'published, will sign after the next rotation',
  'verify-only': 'rotated out; what it signed stays good',
  revoked: 'revoked; nothing it signed counts',
}

export const keys = defineCommand({
  name: 'keys',
  summary: "list, add, rotate and revoke an issuer's keys",
  description: [
    'list: all keys and what they are good for. add: a new key that is published and does not sign yet, so that verifiers which remember what they read know it before it is used; wait at least as long as they may remember it (five minutes with "badgewright serve"). rotate: the added key signs from now on, or a new one where none was added; badges that the older one signed stay good.',
    'revoke: for a key that others may have. From then on nothing that it signed counts, also not what it signed before, because a thief can write any date: rotate first, then revoke it, then issue those badges again (renew).',
    'A running "badgewright serve" publishes each change at once. An issuer that is its own key (did:key) has this one only.',
  ],
  operands: {
    name: 'action',
    description: `${ACTIONS.join(', ')}; revoke takes the id of the key after it.`,
    min: 1,
    max: 2,
  },
  options: {
    ...DATA,
    since: { type: 'string', value: 'date', description: 'revoke: from when on nothing counts. Default: now.' },
    json: { type: 'boolean', description: 'As JSON.' },
  },
  examples: [
    { title: 'Which keys there are', line: 'keys list --data my-issuer' },
    { title: 'A new key, without a minute in which badges do not verify', line: 'keys add --data my-issuer' },
    { title: 'And some minutes later', line: 'keys rotate --data my-issuer' },
  ],
  run: async ({ options: { data, since, json }, operands: [action = '', id] }, session) => {
    const at = placesIn(data, session)
    demandIssuer(data, at)
    if (since !== undefined && action !== 'revoke') throw misuse('--since is for keys revoke')
    if (id !== undefined && action !== 'revoke') throw misuse(`keys ${action} takes no id: "${id}"`)
    const known = await readKeys(at, session)
    if (action === 'add') await add(at, known, session)
    else if (action === 'rotate') await rotate(at, known, session)
    else if (action === 'revoke') await revoke(known, id, since, session)
    else if (action !== 'list')
      throw misuse(`keys takes ${ACTIONS.join(', ')}, not "${action}"${didYouMean(action, ACTIONS)}`)
    print(await readKeys(at, session), json, session)
    return EXIT.ok
  },
})

async function add(at: At, known: readonly FolderKey[], session: Session): Promise<void> {
  demandName(known)
  const waiting = known.find(({ state }) => state === 'next')
  if (waiting !== undefined) throw misuse(`${waiting.id} was added already: badgewright keys rotate begins with it`)
  await addKey(at, known, { isNext: true, now: session.now() }, session)
}

async function rotate(at: At, known: readonly FolderKey[], session: Session): Promise<void> {
  demandName(known)
  const waiting = known.find(({ state }) => state === 'next')
  if (waiting !== undefined) return beginKey(waiting, session)
  await addKey(at, known, { isNext: false, now: session.now() }, session)
  session.note(
    'note: verifiers that remember the keys they read may not know the new one for some minutes: "keys add" some time before avoids that',
  )
}

async function revoke(
  known: readonly FolderKey[],
  id: string | undefined,
  since: string | undefined,
  session: Session,
): Promise<void> {
  if (id === undefined) throw misuse('keys revoke needs the id of the key: badgewright keys list shows them')
  demandName(known)
  const key = known.find((each) => each.id === id || each.id.endsWith(`#${id}`))
  if (key === undefined)
    throw misuse(
      `there is no key ${id}${didYouMean(
        id,
        known.map((each) => each.id),
      )}: there are ${known.map((each) => each.id).join(', ')}`,
    )
  if (key.state === 'signing')
    throw misuse(`${key.id} is the key that signs: badgewright keys rotate first, then revoke it`)
  const from = since === undefined ? session.now() : readDate('--since', since, 'begins')
  if (key.revoked !== undefined && key.revoked <= from) return
  if (from > session.now()) throw misuse(`--since ${since} is still to come: a key that is stolen is revoked at once`)
  await revokeKey(key, from, session)
}

/** An issuer that is its own key cannot take another. */
function demandName(known: readonly FolderKey[]): void {
  const [first] = known
  if (first !== undefined && !/^did:(?:key|jwk):/.test(first.id)) return
  throw new CommandFailure(EXIT.data, 'this issuer is its own key (did:key): another key would be another issuer', [
    'One that can change its keys has a name of its own: badgewright init <folder> --url https://...',
  ])
}

function print(known: readonly FolderKey[], json: boolean, session: Session): void {
  if (json)
    session.printJson(
      known.map(({ id, state, revoked, key }) => ({
        id,
        state,
        ...(revoked === undefined ? {} : { revoked: revoked.toISOString() }),
        publicJwk: publicJwk(key),
      })),
      2,
    )
  else for (const { id, state } of known) session.print(`${printable(id)}  ${SAID[state]}`)
}
