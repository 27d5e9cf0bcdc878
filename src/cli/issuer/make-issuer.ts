/**
 * A new issuer in a folder: key, profile, settings, token, and with `init` an achievement and awards to begin with.
 *
 * @module
 */
import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { issuerUrls } from '../../entries/http.js'
import { createAchievement, createSigner, generateKey } from '../../entries/index.js'
import { toJson } from '../printable.js'
import type { Session } from '../session.js'
import { controllerOf } from '../signing.js'
import { addAchievement } from './achievement-files.js'
import { type At, FILES } from './layout.js'
import { type Settings, writeSettings } from './settings.js'

export interface NewIssuer extends Settings {
  readonly name: string
}

/** Who issues. The key last: a folder with a key is whole, and a start that was cut off is made anew. */
export async function makeIssuer(at: At, { name, ...settings }: NewIssuer, session: Session): Promise<string> {
  const { url } = settings
  await mkdir(at('.'), { recursive: true, mode: 0o700 })
  const key = await generateKey()
  const did = url?.startsWith('https:') ? didWebOf(url) : undefined
  const { verificationMethod } = await createSigner({
    key,
    ...(did === undefined ? {} : { verificationMethod: `${did}#key-1` }),
  })
  const id = controllerOf(verificationMethod)
  const profile = { id, type: ['Profile'], name, ...(url === undefined ? {} : { url }) }
  await session.files.write(at(FILES.profile), `${toJson(profile, 2)}\n`, { replace: true })
  if (Object.values(settings).some((value) => value !== undefined)) await writeSettings(at, settings, session)
  await session.files.write(at(FILES.token), `${randomBytes(24).toString('base64url')}\n`, {
    secret: true,
    replace: true,
  })
  await session.files.write(at(FILES.key), `${toJson({ ...key, kid: verificationMethod }, 2)}\n`, { secret: true })
  return id
}

/** An achievement with a rubric, and two awards of it, to be changed into one's own. */
export async function addExamples(at: At, url: string, session: Session): Promise<string> {
  const { achievement } = issuerUrls(url)
  const id = achievement('giving-feedback')
  const level = (name: string, description: string) => ({ id: `${id}#${name.toLowerCase()}`, name, description })
  const example = createAchievement({
    id,
    name: 'Giving Feedback',
    description: 'Gives feedback from which the other person learns something.',
    achievementType: 'MicroCredential',
    criteria: { narrative: 'Three recorded conversations, judged by two colleagues with the rubric below.' },
    resultDescription: [
      {
        id: `${id}#rubric`,
        name: 'Feedback rubric',
        resultType: 'RubricCriterionLevel',
        rubricCriterionLevel: [
          level('Emerging', 'Says what was good and what was not.'),
          level('Proficient', 'Says what could be done next, and is understood.'),
        ],
      },
    ],
  })
  await addAchievement(at, example as never, { idOf: achievement, replace: false }, session)
  await session.files.write(at(FILES.awards), AWARDS, { replace: false })
  return id
}

const AWARDS = `id,recipient,name,level,valid_from
2030-001,ada@example.org,Ada Example,Proficient,
2030-002,ben@example.org,Ben Example,Emerging,
`

/** did:web method specification, section 3.1. */
function didWebOf(base: string): string {
  const { host, pathname } = new URL(base)
  const path = pathname.split('/').filter((part) => part !== '')
  return ['did:web', host.replace(':', '%3A'), ...path].join(':')
}
