/**
 * The badges of a batch: what they have in common is judged, compiled and hashed once, what is each badge's own every time.
 *
 * Badges have in common the issuer's profile, an achievement, and a shape (input-shape.ts): for each such kind there is a template
 * (badge-template.ts). Whatever does not fit takes the whole path, badge by badge; what is signed is the same, byte for byte.
 *
 * Nothing is remembered of a recipient, a signature or a verdict, and all of it goes with the batch.
 *
 * @module
 */
import type { CanonicalForms } from '../../canonical/types.js'
import { ParseError } from '../../errors.js'
import type { JsonObject, MaybePromise } from '../../internal/types.js'
import { plain } from '../../model/parse.js'
import type { CredentialInput, OpenBadgeCredential, SecuredCredential } from '../../model/types.js'
import type { HashAlgorithm } from '../../platform/crypto-platform.js'
import { checkSigner, type SignSettings } from '../../proof/signing.js'
import { signDocument } from '../sign-credential.js'
import { type BadgeTemplate, compileBadge, type DraftSettings, type FilledBadge, hashOf } from './badge-template.js'
import { type Shape, shapeOf } from './input-shape.js'
import { isStill } from './known-parts.js'

export interface TemplateSettings extends DraftSettings {
  readonly now: () => Date
  /** The settings of one signature. */
  readonly signing: (forms: CanonicalForms) => SignSettings
}

export interface IssuedFromTemplate {
  readonly credential: OpenBadgeCredential
  readonly secured: SecuredCredential
}

interface Made {
  readonly filled: FilledBadge
  readonly secured: JsonObject
}

/** Achievements that are remembered at a time; the one that was used longest ago goes. */
const MAX_ACHIEVEMENTS = 64
/** Shapes of one achievement's badges: with evidence and without, results of one kind and another. */
const MAX_SHAPES = 8
/** Characters. Larger badges take longer than what a template would save. */
const MAX_SIZE = 256 * 1024
/** Characters of a shape's key. */
const MAX_KEY = 8192

/** What badges of one achievement have in common, as it was when the achievement came for the second time. */
interface AwardKind {
  readonly issuer: JsonObject
  readonly achievement: JsonObject
  /** Characters of their JSON. */
  readonly size: number
  /** By key: a template, ready or being compiled, or that there is none, or that one such badge has been seen. */
  readonly shapes: Map<string, BadgeTemplate | Promise<BadgeTemplate | undefined> | 'none' | 'seen'>
  /** Most badges are of one shape. */
  usual: Usual | undefined
}

/** The template that was used last, and the characters of its shape's key. */
interface Usual {
  readonly template: BadgeTemplate
  readonly keySize: number
}

export class BatchTemplates {
  readonly #settings: TemplateSettings
  /** By id of the achievement. One that comes once is not worth a copy: it is `seen`. */
  readonly #kinds = new Map<string, AwardKind | 'seen'>()
  /** The one that was used last, and is the youngest entry. */
  #last: AwardKind | undefined

  constructor(settings: TemplateSettings) {
    this.#settings = settings
  }

  /** Undefined where the whole path has to be taken, or has to say what is wrong. Throws SigningError and UsageError. */
  async issue(given: CredentialInput): Promise<IssuedFromTemplate | undefined> {
    const made = await this.#make(given)
    if (made === undefined) return undefined
    const { filled, secured } = made
    return {
      credential: filled.document as unknown as OpenBadgeCredential,
      secured: secured as unknown as SecuredCredential,
    }
  }

  /** The JSON of what `issue` gives. */
  async issueText(given: CredentialInput): Promise<string | undefined> {
    const made = await this.#make(given)
    return made?.filled.textOf(made.secured)
  }

  async #make(given: CredentialInput): Promise<Made | undefined> {
    const { signing, now } = this.#settings
    const input = given.validFrom === undefined ? { ...given, validFrom: now() } : given
    const kind = this.#kindOf(input)
    if (kind === undefined) return undefined
    const { usual } = kind
    const texts = usual && textsOf(input, usual, kind)
    const shape = texts === undefined ? smallShape(input, kind) : undefined
    if (texts === undefined && shape === undefined) return undefined
    const forms = new BadgeForms()
    const settings = signing(forms)
    const filled =
      texts === undefined ? await this.#fillAny(input, shape as Shape, kind, settings) : usual?.template.fill(texts)
    if (filled === undefined) return undefined
    checkSigner(settings.signer, filled.document.issuer, 'issuer')
    forms.now(filled, settings)
    return { filled, secured: await signDocument(filled.document, settings) }
  }

  async #fillAny(
    input: CredentialInput,
    shape: Shape,
    kind: AwardKind,
    settings: SignSettings,
  ): Promise<FilledBadge | undefined> {
    const template = await this.#template(input, shape, kind, settings)
    if (template === undefined) return undefined
    kind.usual = { template, keySize: shape.key.length }
    return template.fill(shape.texts)
  }

  #kindOf({ issuer, credentialSubject: { achievement } }: CredentialInput): AwardKind | undefined {
    const id = idOf(achievement)
    if (id === undefined) return undefined
    const found = this.#kinds.get(id)
    // One that has changed begins anew.
    const known = typeof found === 'object' && !isUnchanged(issuer, achievement, found) ? undefined : found
    const kind = known === 'seen' ? kindOf(issuer, achievement) : known
    if (kind !== undefined && kind === this.#last) return kind
    this.#last = kind
    this.#kinds.delete(id)
    this.#kinds.set(id, kind ?? 'seen')
    const [oldest] = this.#kinds.keys()
    if (this.#kinds.size > MAX_ACHIEVEMENTS && oldest !== undefined) this.#kinds.delete(oldest)
    return kind
  }

  /** A promise where one is being compiled. */
  #template(
    input: CredentialInput,
    { key, texts }: Shape,
    { shapes, issuer, achievement }: AwardKind,
    settings: SignSettings,
  ): MaybePromise<BadgeTemplate | undefined> {
    const found = shapes.get(key)
    // Whose badge it is compiled from is told what went wrong; for others the whole path is still open.
    if (found instanceof Promise) return found.catch(() => undefined)
    if (typeof found === 'object') return found
    if (found === 'none') return undefined
    // The first shape is that of most badges; any other may be that of a single one.
    const isWorthIt = found === 'seen' || shapes.size === 0
    if (isWorthIt) {
      const sample = { ...input, issuer, credentialSubject: { ...input.credentialSubject, achievement } }
      const compiling = this.#compile(sample as unknown as CredentialInput, { key, texts }, shapes, settings)
      shapes.set(key, compiling)
      if (shapes.size > MAX_SHAPES) forgetOne(shapes)
      return compiling
    }
    shapes.set(key, 'seen')
    if (shapes.size > MAX_SHAPES) forgetOne(shapes)
    return undefined
  }

  async #compile(
    sample: CredentialInput,
    shape: Shape,
    shapes: AwardKind['shapes'],
    settings: SignSettings,
  ): Promise<BadgeTemplate | undefined> {
    let template: BadgeTemplate | undefined
    try {
      template = await compileBadge(sample, shape, settings, this.#settings)
      return template
    } finally {
      shapes.set(shape.key, template ?? 'none')
    }
  }
}

/** Undefined where there is none, and where a getter throws: the whole path says so. */
function idOf(achievement: { readonly id?: unknown }): string | undefined {
  try {
    const { id } = achievement
    return typeof id === 'string' ? id : undefined
  } catch {
    return undefined
  }
}

/** Undefined for what is no plain JSON. */
function kindOf(issuer: unknown, achievement: unknown): AwardKind | undefined {
  try {
    const [ofIssuer, ofAchievement] = [plain(issuer, 'profile'), plain(achievement, 'achievement')] as [
      JsonObject,
      JsonObject,
    ]
    const size = JSON.stringify([ofIssuer, ofAchievement]).length
    return { issuer: ofIssuer, achievement: ofAchievement, size, shapes: new Map(), usual: undefined }
  } catch (error) {
    if (error instanceof ParseError) return undefined
    throw error
  }
}

/** False also where looking at it throws: the whole path says so. */
function isUnchanged(issuer: unknown, achievement: unknown, kind: AwardKind): boolean {
  try {
    return isStill(issuer, kind.issuer) && isStill(achievement, kind.achievement)
  } catch {
    return false
  }
}

/** Undefined for a badge of another shape, and for one that is too large. */
function textsOf(
  input: CredentialInput,
  { template, keySize }: Usual,
  { size }: AwardKind,
): readonly string[] | undefined {
  const texts = template.textsOf(input)
  return texts !== undefined && isSmall(texts, size + keySize) ? texts : undefined
}

function smallShape(input: CredentialInput, { size }: AwardKind): Shape | undefined {
  const shape = shapeOf(input)
  if (shape === undefined) return undefined
  const { key, texts } = shape
  return key.length <= MAX_KEY && isSmall(texts, size + key.length) ? shape : undefined
}

/** `others`: the characters of all that is not the badge's own. */
function isSmall(texts: readonly string[], others: number): boolean {
  let all = others
  for (const text of texts) all += text.length
  return all <= MAX_SIZE
}

/** The oldest that is no template; only where all are, the oldest of them. */
function forgetOne(shapes: AwardKind['shapes']): void {
  const [oldest] = [...shapes].filter(([, shape]) => typeof shape === 'string').concat(...shapes)
  if (oldest !== undefined) shapes.delete(oldest[0])
}

/** For the suite: the canonical form of one badge. */
class BadgeForms implements CanonicalForms {
  #filled: FilledBadge | undefined
  #settings: SignSettings | undefined

  now(filled: FilledBadge, settings: SignSettings): void {
    this.#filled = filled
    this.#settings = settings
  }

  of(asked: JsonObject, hash: HashAlgorithm): string | undefined {
    const [filled, settings] = [this.#filled, this.#settings]
    // The whole path may be asking, while the template is being compiled.
    if (filled === undefined || settings === undefined || hash !== hashOf(settings)) return undefined
    return asked === filled.document ? filled.form : undefined
  }
}
