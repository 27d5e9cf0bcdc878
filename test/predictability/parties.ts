// Issuers, evaluators and schools with keys, badges with a rubric, and what verifiers say of all that they sign.
import {
  anyIssuer,
  type ControlledSigner,
  createCredential,
  createEvaluation,
  createSigner,
  type EvaluationInput,
  generateKey,
  type OpenBadgeCredential,
  type PrivateJwk,
  signCredential,
  type VerifiableCredential,
  type VerificationReport,
  verifyCredential,
} from '../../src/entries/index.js'

export interface Party {
  readonly key: PrivateJwk
  readonly id: string
  readonly signer: ControlledSigner
}

export async function partyOf(key: PrivateJwk, verificationMethod?: string): Promise<Party> {
  const signer = await createSigner({ key, verificationMethod })
  return { key, id: signer.verificationMethod.split('#')[0] as string, signer }
}
export const newParty = async () => partyOf(await generateKey())

export const now = new Date('2030-12-31T00:00:00Z')
export const ACHIEVEMENT = 'https://academy.example/questions'
export const RUBRIC = `${ACHIEVEMENT}#rubric`
export const level = (rank: number) => `${RUBRIC}-${rank}`

export interface BadgeOptions {
  readonly version?: string
  readonly holder?: string
  readonly validFrom?: string
  readonly stated?: number
  readonly achievement?: string
  readonly levels?: number
  /** Members of the credential. */
  readonly extra?: object
}

/** A badge of the issuer's, with a rubric of levels 0, 1 and 2, of which 1 passes. */
export function badgeOf(issuer: Party, id: string, options: BadgeOptions = {}): OpenBadgeCredential {
  const { version, holder = `did:example:${id}`, validFrom = '2030-01-10T00:00:00Z', stated = 1, levels = 3 } = options
  return createCredential({
    id: `https://academy.example/badges/${id}`,
    issuer: { id: issuer.id, name: 'Academy', url: `https://academy.example/${issuer.id.slice(-8)}` },
    validFrom,
    credentialSubject: {
      id: holder,
      achievement: {
        id: options.achievement ?? ACHIEVEMENT,
        ...(version === undefined ? {} : { version }),
        name: 'Asking Questions',
        description: 'Asks questions that make a class think.',
        criteria: { narrative: 'Two lessons.' },
        resultDescription: [
          {
            id: RUBRIC,
            name: 'Questions',
            resultType: 'RubricCriterionLevel',
            requiredLevel: level(1),
            rubricCriterionLevel: Array.from({ length: levels }, (_, rank) => ({
              id: level(rank),
              name: `Level ${rank}`,
              level: String(rank),
            })),
          },
        ],
      },
      result: [{ resultDescription: RUBRIC, achievedLevel: level(stated) }],
    },
    ...options.extra,
  })
}

export const verifiedBadge = async (badge: object, issuer: Party) =>
  verifyCredential(await signCredential(badge as OpenBadgeCredential, { signer: issuer.signer }), {
    trustedIssuers: [issuer.id],
    trustedEndorsers: anyIssuer,
    now,
  })

/** `confirmed` at the level, which is 1 where it is confirmed and else 0. */
export async function evaluated(
  badge: OpenBadgeCredential,
  evaluator: Party,
  outcome: 'confirmed' | 'not-confirmed' = 'confirmed',
  more: Partial<EvaluationInput> = {},
): Promise<VerificationReport<VerifiableCredential>> {
  const evaluation = createEvaluation({
    badge,
    evaluator: { id: evaluator.id, name: 'An evaluator' },
    outcome,
    levels: [{ resultDescription: RUBRIC, achievedLevel: level(outcome === 'confirmed' ? 1 : 0) }],
    validFrom: '2030-06-01T09:00:00Z',
    ...more,
  })
  return verified(evaluation, evaluator)
}

/** Anything that a party signs; the verifier was told to trust it. */
export const verified = async (
  credential: VerifiableCredential,
  party: Party,
  trustedIssuers: readonly string[] | typeof anyIssuer = [party.id],
) =>
  verifyCredential(await signCredential(credential, { signer: party.signer }), {
    trustedIssuers,
    now,
    accept: 'any-credential',
  })
