/**
 * Canonical forms of proof configurations (vc-di-eddsa section 3.2.5): in a batch they differ in the time and nothing else.
 *
 * @module
 */
import { compileTemplate } from '../canonical/template.js'
import type { Template } from '../canonical/template-fill.js'
import type { CanonicalContext } from '../canonical/types.js'
import type { JsonObject, MaybePromise } from '../internal/types.js'
import type { HashAlgorithm } from '../platform/crypto.js'
import { isStill } from './known-parts.js'

/** Contexts that the badges of one batch have: those of their achievements' extensions differ. */
const MAX_KINDS = 8

interface Kind {
  readonly hash: HashAlgorithm
  /** Without the time. */
  readonly sample: JsonObject
  readonly template: Template | undefined
}

export class ProofForms {
  readonly #kinds: Kind[] = []

  /** Undefined where there is no template for it. */
  of(configuration: JsonObject, hash: HashAlgorithm, context: CanonicalContext): MaybePromise<string | undefined> {
    const { created, ...sample } = configuration
    if (typeof created !== 'string') return undefined
    const kind = this.#kinds.find((each) => each.hash === hash && isStill(sample, each.sample))
    if (kind !== undefined) return kind.template?.fill([created])
    if (this.#kinds.length === MAX_KINDS) return undefined
    const add = (template: Template | undefined): string | undefined => {
      this.#kinds.push({ hash, sample, template })
      return template?.fill([created])
    }
    const template = compileTemplate(configuration, [['created']], context, hash)
    return template instanceof Promise ? template.then(add) : add(template)
  }
}
