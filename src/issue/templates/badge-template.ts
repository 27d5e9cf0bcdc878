/**
 * A template of badges of one shape: how their texts are judged, where they stand, and what canonical form they give.
 *
 * @module
 */

import type { Template } from '../../canonical/templates/fill.js'
import { compileTemplate } from '../../canonical/templates/template.js'
import { ParseError } from '../../errors.js'
import type { Json, JsonObject } from '../../internal/types.js'
import { type SlotValidator, slotValidator } from '../../model/slot-validator.js'
import type { CredentialInput, OpenBadgeCredential } from '../../model/types.js'
import type { HashAlgorithm } from '../../platform/crypto-platform.js'
import { readyHash } from '../../platform/hash.js'
import type { SignSettings } from '../../proof/signing.js'
import { bundledContext } from '../../resolve/contexts/bundle.js'
import { prepareDocument } from '../sign-credential.js'
import { type Shape, shapeOf, withTexts } from './input-shape.js'
import { JsonText, type Path, put } from './json-text.js'
import { copyOf, isStill } from './known-parts.js'
import { ShapePattern } from './shape-pattern.js'

export interface DraftSettings {
  /** As `createCredential`, before the model has judged it. */
  readonly draft: (input: CredentialInput) => JsonObject
  readonly randomUuid: () => string
}

export interface FilledBadge {
  /** The caller's: it shares nothing with other badges. */
  readonly document: JsonObject
  /** Canonical N-Quads. */
  readonly form: string
  /** The JSON of `document` with what signing has added. */
  textOf(secured: JsonObject): string
}

export interface BadgeTemplate {
  /** The texts of an input of this template's shape, as `shapeOf` gives them; undefined for any other. */
  textsOf(input: CredentialInput): readonly string[] | undefined
  /** Undefined where the whole path has to make the badge, or to say what is wrong with it. */
  fill(texts: readonly string[]): FilledBadge | undefined
}

/**
 * From a first badge of the shape, which takes the whole path here, so that nothing is taken for granted: its texts must come
 * out where and as they went in. Undefined where one does not, and where the badge is refused.
 */
export async function compileBadge(
  input: CredentialInput,
  shape: Shape,
  settings: SignSettings,
  drafts: DraftSettings,
): Promise<BadgeTemplate | undefined> {
  const sample = plainSample(input, shape)
  if (sample === undefined) return undefined
  try {
    const draft = drafts.draft(sample)
    const paths = placesOf(sample, shape, drafts)
    const judge = paths && slotValidator(draft, 'open-badge', paths, drafts)
    if (judge === undefined) return undefined
    const document = judge.document as unknown as JsonObject
    if (!hasLastingContexts(document)) return undefined
    if (!isStill(await prepareDocument(judge.document, settings), document)) return undefined
    const hash = hashOf(settings)
    await readyHash(hash)
    const template = await compileTemplate(document, paths as Path[], settings.context, hash)
    return template && new CompiledBadgeTemplate(new ShapePattern(sample), judge, paths as Path[], template)
  } catch (error) {
    // The whole path says so, with the places; and perhaps it is this badge only.
    if (error instanceof ParseError) return undefined
    throw error
  }
}

/** Undefined where the caller's objects, read once more, show another face or throw. */
function plainSample(input: CredentialInput, { key, texts }: Shape): CredentialInput | undefined {
  try {
    const sample = withTexts(input, texts)
    const again = shapeOf(sample)
    return again?.key === key && isStill(again.texts, texts) ? sample : undefined
  } catch {
    return undefined
  }
}

/** No context that has to be fetched, in any place: what a URL answers may change while the batch is under way. */
function hasLastingContexts(document: JsonObject): boolean {
  const text = JSON.stringify(document)
  const contexts = document['@context'] as readonly Json[]
  return (
    contexts.every((context) => typeof context !== 'string' || bundledContext(context) !== undefined) &&
    text.split('"@context"').length === 2 &&
    !text.includes('"@import"')
  )
}

/** What VC Data Integrity hashes with under the signer's key. */
export const hashOf = ({ signer }: SignSettings): HashAlgorithm =>
  signer.algorithm === 'ES384' ? 'SHA-384' : 'SHA-256'

/** Where in the draft each text of the input comes to stand. Undefined where one is nowhere, or in several places. */
function placesOf(sample: CredentialInput, { key, texts }: Shape, { draft }: DraftSettings): Path[] | undefined {
  let mark = 'text'
  while (key.includes(mark) || JSON.stringify(sample).includes(mark)) mark += '~'
  const marked = draft(
    withTexts(
      sample,
      texts.map((_, index) => `${mark}${index}`),
    ),
  )
  const paths: Path[] = []
  let isOnce = true
  const visit = (value: Json, path: Path): void => {
    if (typeof value === 'string') {
      if (!value.startsWith(mark)) return
      const index = Number(value.slice(mark.length))
      if (paths[index] !== undefined) isOnce = false
      paths[index] = path
    } else if (typeof value === 'object' && value !== null)
      for (const [member, item] of Object.entries(value))
        visit(item, [...path, Array.isArray(value) ? Number(member) : member])
  }
  visit(marked, [])
  return isOnce && texts.every((_, index) => paths[index] !== undefined) ? paths : undefined
}

class CompiledBadgeTemplate implements BadgeTemplate {
  readonly #pattern: ShapePattern
  readonly #judge: SlotValidator<'open-badge'>
  readonly #paths: readonly Path[]
  readonly #template: Template
  readonly #json: JsonText

  constructor(pattern: ShapePattern, judge: SlotValidator<'open-badge'>, paths: readonly Path[], template: Template) {
    this.#pattern = pattern
    this.#judge = judge
    this.#paths = paths
    this.#template = template
    this.#json = new JsonText(judge.document as unknown as JsonObject, paths)
  }

  textsOf(input: CredentialInput): readonly string[] | undefined {
    return this.#pattern.textsOf(input)
  }

  fill(texts: readonly string[]): FilledBadge | undefined {
    const document = copyOf(this.#judge.document as unknown as JsonObject)
    for (let index = 0; index < texts.length; index++) put(document, this.#paths[index] as Path, texts[index] as string)
    if (!this.#judge.accepts(texts, document as unknown as OpenBadgeCredential)) return undefined
    const form = this.#template.fill(texts)
    if (form === undefined) return undefined
    return { document, form, textOf: (secured) => this.#json.extended(document, secured, texts) }
  }
}
