/**
 * What is decided once for an issuer and stands in no profile: where it is published, and whether badges say names.
 *
 * @module
 */
import { existsSync } from 'node:fs'
import { issuerUrls } from '../../entries/http.js'
import { readJsonObject } from '../documents.js'
import { EXIT } from '../exit.js'
import { CommandFailure } from '../failure.js'
import { toJson } from '../printable.js'
import type { Session } from '../session.js'
import { didYouMean } from '../suggest.js'
import { type At, FILES } from './layout.js'

export interface Settings {
  /** The public URL, which stands in every badge. Absent where the first start of `serve` took the address that it listened at. */
  readonly url?: string
  /** Whether a badge says its recipient's name, where one is given. `badge`: in clear, for everybody who sees the badge. Default `badge`. */
  readonly names?: (typeof NAMES)[number]
}

export const NAMES = ['badge', 'never'] as const

/** None where the file is not there. Throws CommandFailure 65 where it says what nobody understands. */
export async function readSettings(at: At, session: Session): Promise<Settings> {
  const file = at(FILES.settings)
  if (!existsSync(file)) return {}
  const { url, names, ...rest } = await readJsonObject(file, 'settings', session)
  const wrong = (says: string) => new CommandFailure(EXIT.data, `${file}: ${says}`)
  const [unknown] = Object.keys(rest)
  if (unknown !== undefined) throw wrong(`"${unknown}" is no setting${didYouMean(unknown, ['url', 'names'])}`)
  if (url !== undefined) {
    if (typeof url !== 'string') throw wrong('"url" is a text')
    issuerUrls(url)
  }
  if (names !== undefined && !NAMES.some((each) => each === names))
    throw wrong(`"names" is ${NAMES.join(' or ')}, not ${JSON.stringify(names)}`)
  return {
    ...(url === undefined ? {} : { url }),
    ...(names === undefined ? {} : { names: names as (typeof NAMES)[number] }),
  }
}

export async function writeSettings(at: At, settings: Settings, session: Session): Promise<void> {
  await session.files.write(at(FILES.settings), `${toJson(settings, 2)}\n`, { replace: true })
}
