/**
 * Who signs: a key file and the name of its key. And how: the form of the proof.
 *
 * @module
 */
import { createSigner, type JwtShape, type Signer } from '../entries/index.js'
import { readPrivateKeyFile } from './documents.js'
import { misuse } from './failure.js'
import type { Session } from './session.js'

/** What stands before the fragment: who has the key. */
export function controllerOf(verificationMethod: string): string {
  return verificationMethod.split('#', 1)[0] ?? verificationMethod
}

/** A key id that is a URL names the verification method; any other is somebody's own. */
export function isMethodUrl(kid: string | undefined): kid is string {
  return kid !== undefined && /^(?:did:|https:\/\/)/.test(kid)
}

/**
 * The key's name is the option's, else the `kid` of the file, else its did:key. Where the issuer is another one, no verifier would
 * accept the key, so the clerk is told at once what is missing.
 */
export async function readSigner(file: string, { method, issuer }: SignerNames, session: Session): Promise<Signer> {
  const key = await readPrivateKeyFile(file, session)
  const name = method ?? (isMethodUrl(key.kid) ? key.kid : undefined)
  const signer = await createSigner({ key, ...(name === undefined ? {} : { verificationMethod: name }) })
  const controller = controllerOf(signer.verificationMethod)
  // An https issuer may list keys that are elsewhere.
  const isElsewhere = issuer?.startsWith('https://') === true && name?.startsWith('https://') === true
  if (issuer !== undefined && issuer !== controller && !isElsewhere)
    throw misuse(
      `the issuer is ${issuer}, but the key is ${signer.verificationMethod}: no verifier would accept it`,
      method === undefined
        ? `Name the key as the issuer's document does: --verification-method ${issuer}#key-1 (badgewright did prints that document)`
        : `Sign with a key of ${issuer}, or issue as ${controller}`,
    )
  return signer
}

/** Suites from before DataIntegrityProof, and the context that a badge needs for each. */
export const LEGACY_SUITES = { Ed25519Signature2020: 'https://w3id.org/security/suites/ed25519-2020/v1' } as const

/** What a badge needs besides its usual contexts. */
export function contextsFor({ 'legacy-suite': suite }: Pick<SecuringOptions, 'legacy-suite'>): readonly string[] {
  return suite === undefined ? [] : [LEGACY_SUITES[suite]]
}

/** The options of a command that say how a badge is secured. */
export interface SecuringOptions {
  readonly format: 'embedded' | 'jwt'
  readonly suite: string | undefined
  readonly 'legacy-suite': keyof typeof LEGACY_SUITES | undefined
  readonly 'jwt-shape': JwtShape | undefined
}

/** The same as `signCredential` and `createIssuer` take it. */
export type Securing =
  | { readonly format: 'embedded'; readonly suite?: string; readonly legacySuite?: string }
  | { readonly format: 'jwt'; readonly jwt?: JwtShape }

/** Throws CommandFailure 64 for options that do not go together. */
export function readSecuring({
  format,
  suite,
  'legacy-suite': legacySuite,
  'jwt-shape': jwt,
}: SecuringOptions): Securing {
  if (format === 'jwt') {
    if (suite !== undefined || legacySuite !== undefined)
      throw misuse(
        `--${suite === undefined ? 'legacy-suite' : 'suite'} is for embedded proofs: a JWT is signed as its key says`,
      )
    return { format, ...(jwt === undefined ? {} : { jwt }) }
  }
  if (jwt !== undefined) throw misuse('--jwt-shape is for --format jwt')
  if (suite !== undefined && legacySuite !== undefined)
    throw misuse('--suite and --legacy-suite are two answers to one question: give one of them')
  return {
    format,
    ...(suite === undefined ? {} : { suite }),
    ...(legacySuite === undefined ? {} : { legacySuite }),
  }
}

export interface SignerNames {
  readonly method: string | undefined
  readonly issuer: string | undefined
}
