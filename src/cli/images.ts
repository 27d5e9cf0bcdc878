/**
 * Badges in and out of images, for the commands that do it.
 *
 * @module
 */
import { readContainer } from '../bake/read-container.js'
import { bakeImage, defaultLimits, type SecuredCredential, type VerifiableCredentialV1 } from '../entries/index.js'
import type { Bytes } from '../internal/types.js'
import { readBadge } from './documents.js'
import { EXIT } from './exit.js'
import { about, CommandFailure, misuse } from './failure.js'
import { shownName } from './files.js'
import type { Session } from './session.js'

export type FileFormat = 'json' | 'jwt' | 'png' | 'svg'

/** The signed form, whatever it is in. Nothing is verified, and the model is not asked. */
export async function readSecured(name: string, session: Session): Promise<SecuredCredential> {
  const bytes = await readBadge(name, session)
  return about(shownName(name), async () => {
    const { jws, document } = await readContainer(bytes, defaultLimits)
    return jws ?? (document as unknown as SecuredCredential)
  })
}

/** A badge that is to be put somewhere is signed. Throws CommandFailure 65, naming the file that is not. */
export function demandSigned(name: string, secured: SecuredCredential): void {
  if (typeof secured === 'string' || (secured as { readonly proof?: unknown }).proof !== undefined) return
  throw new CommandFailure(EXIT.data, `${shownName(name)}: is not signed: badgewright issue signs what it makes`)
}

export interface Baked {
  readonly bytes: Bytes
  readonly container: 'png' | 'svg'
}

/** Throws CommandFailure 65 where the image is not one, or holds a badge and `existing` is `refuse`. */
export async function bakeInto(
  image: string,
  secured: SecuredCredential | SecuredCredential<VerifiableCredentialV1>,
  existing: 'replace' | 'refuse',
  session: Session,
): Promise<Baked> {
  const bytes = await readBadge(image, session)
  const baked = await about(shownName(image), () => bakeImage(bytes, secured, { existing }))
  return { bytes: baked, container: baked[0] === 0x89 ? 'png' : 'svg' }
}

/** What the name of a file promises; undefined where it promises nothing of these. */
export function formatOf(name: string | undefined): FileFormat | undefined {
  const extension = /\.([a-z0-9]+)$/i.exec(name ?? '')?.[1]?.toLowerCase()
  if (extension === 'json' || extension === 'jsonld' || extension === '1ob') return 'json'
  if (extension === 'jwt' || extension === 'png' || extension === 'svg') return extension
  return undefined
}

/** Files of other programs: a badge under such a name would be opened by the wrong one. */
const FOREIGN = /\.(jpe?g|gif|webp|avif|bmp|tiff?|ico|heic|pdf|html?|xml|csv|zip|docx?|xlsx?|pem|key)$/i

/** A file says by its name what is in it: then it must be that. Throws CommandFailure 64. */
export function checkFormat(out: string | undefined, format: FileFormat, wayOut: string): void {
  const foreign = FOREIGN.exec(out ?? '')?.[1]
  if (foreign !== undefined)
    throw misuse(
      `--out ${out}: what comes out is ${format.toUpperCase()}, and a badge is never ${foreign.toUpperCase()}`,
      'Badges are .json, .jwt, .png or .svg',
    )
  const promised = formatOf(out)
  if (promised !== undefined && promised !== format)
    throw misuse(`--out ${out}: what comes out is ${format.toUpperCase()}, not ${promised.toUpperCase()}`, wayOut)
}

/** The output is none of the inputs that must survive. Throws CommandFailure 64. */
export function protect(out: string | undefined, inputs: readonly (string | undefined)[], { files }: Session): void {
  if (out !== undefined && inputs.some((input) => input !== undefined && files.resolve(input) === files.resolve(out)))
    throw new CommandFailure(EXIT.usage, `--out ${out} would replace an input that is still needed: name another file`)
}
