/**
 * What people give as a badge, as bytes: a file, standard input, or a URL that is fetched by the loader's rules.
 *
 * @module
 */
import { createLoader, type DocumentLoader, defaultLimits, ResolutionError } from '../entries/index.js'
import type { Bytes } from '../internal/types.js'
import { EXIT } from './exit.js'
import { CommandFailure, inOwnWords } from './failure.js'
import { printable } from './printable.js'
import type { Session } from './session.js'

const ACCEPT =
  'application/vc, application/vc+jwt, application/ld+json, application/json, image/png, image/svg+xml, */*;q=0.1'

/** A scheme and what is behind it: no file is called like that. */
const LINK = /^([a-z][a-z0-9+.-]+):(?:\/\/|\S*\?)/i

/** Why this operand is no badge that can be read; undefined where it is a file or a URL to fetch. */
export function operandFault(name: string): CommandFailure | undefined {
  const scheme = LINK.exec(name)?.[1]?.toLowerCase()
  if (scheme === undefined) return undefined
  if (!isUrl(name))
    return new CommandFailure(
      EXIT.usage,
      scheme === 'file'
        ? `${name}: a file is given by its path, without file:`
        : `${name}: a link of the kind "${scheme}:" is for a wallet: open it there, and give the badge that it gets`,
    )
  if (/\s/.test(name))
    return new CommandFailure(
      EXIT.usage,
      `${name}: there is a space in the URL: write it as ${name.trim().replaceAll(/\s/g, '%20')}, and quote URLs for the shell`,
    )
  return URL.canParse(name) ? undefined : new CommandFailure(EXIT.usage, `${name}: is no URL that can be fetched`)
}

export const isUrl = (name: string): boolean => /^https?:\/\//i.test(name)

/** At most one byte more than an image may have, so that the report says that it is too large. Throws CommandFailure 66, 69 or 74. */
export async function readBadgeSource(
  name: string,
  { files, io }: Session,
  loader: DocumentLoader | undefined,
): Promise<Bytes> {
  if (!isUrl(name)) return files.read(name, defaultLimits.imageBytes)
  const [url = name] = name.split('#', 1)
  try {
    const request = { url, kind: 'refresh', maxBytes: defaultLimits.imageBytes, accept: ACCEPT } as const
    return (await (loader ?? createLoader()).load(request, { signal: io.signal })).bytes
  } catch (error) {
    if (!(error instanceof ResolutionError)) throw error
    const reason = error.message.includes(url) ? error.message : `${url}: ${error.message}`
    throw new CommandFailure(EXIT.unreachable, printable(inOwnWords(reason)), [], { cause: error })
  }
}
