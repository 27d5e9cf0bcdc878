/**
 * The port for registries of issuers: lists, directories, federations.
 *
 * @module
 */
import type { Context } from '../resolve/context.js'

/** Answers undefined where the registry was read and does not know the issuer; throws ResolutionError where it could not be read. */
export interface IssuerRegistry {
  readonly name: string
  /** Who it is; undefined for a stranger. */
  lookup(
    issuerId: string,
    context: Context,
  ): Promise<{ name?: string; evidence: Readonly<Record<string, string>> } | undefined>
}
