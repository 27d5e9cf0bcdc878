/** What `create*` takes and refuses, as authors meet it. Checked by tsc. */
import { createAchievement, createCredential, createEndorsement } from '../../src/model/create.js'
import type {
  AchievementInput,
  CredentialInput,
  EmbeddedCredential,
  OpenBadgeCredential,
  Proof,
  SecuredCredential,
  SignedCredential,
  VerifiableCredential,
} from '../../src/model/types.js'

const defaults = { randomUuid: () => '00000000-0000-4000-8000-000000000000', now: () => new Date(0) }

const achievement: AchievementInput = {
  name: 'Giving Feedback',
  description: 'Gives feedback that students use.',
  criteria: { narrative: 'Three observed lessons.' },
  image: 'https://school.example/feedback.png',
  achievementType: 'ext:Practice',
  alignment: [{ targetName: 'Feedback', targetUrl: 'https://frameworks.example/feedback' }],
  resultDescription: [
    { name: 'Level', resultType: 'RubricCriterionLevel', rubricCriterionLevel: [{ name: 'Proficient' }] },
  ],
}
const input: CredentialInput = {
  issuer: { id: 'did:web:school.example', name: 'School' },
  credentialSubject: { id: 'did:example:teacher', achievement },
  validFrom: new Date(0),
}

export const badge: OpenBadgeCredential = createCredential(input, defaults)
export const asCredential: VerifiableCredential = badge
// An achievement made before goes where an input goes.
createCredential(
  { ...input, credentialSubject: { id: 'did:example:teacher', achievement: createAchievement(achievement, defaults) } },
  defaults,
)

// @ts-expect-error VCDM 1.1 name: use validFrom
createCredential({ ...input, issuanceDate: '2030-01-01T00:00:00Z' }, defaults)
// @ts-expect-error VCDM 1.1 name: use validUntil
createCredential({ ...input, expirationDate: '2030-01-01T00:00:00Z' }, defaults)
// @ts-expect-error a slip in an optional member
createCredential({ ...input, validTill: '2030-01-01T00:00:00Z' }, defaults)
// @ts-expect-error criteria need an id or a narrative
createAchievement({ ...achievement, criteria: {} }, defaults)
// @ts-expect-error a term that nobody defined: "ext:Badgelet"
createAchievement({ ...achievement, achievementType: 'Badgelet' }, defaults)
const { credentialSubject } = input
// @ts-expect-error the closed vocabulary of result statuses
createCredential({ ...input, credentialSubject: { ...credentialSubject, result: [{ status: 'Done' }] } }, defaults)
// @ts-expect-error 1EdTech's schema demands a name
createEndorsement({ issuer: 'did:web:school.example', credentialSubject: { id: 'https://school.example/a' } }, defaults)

// No index signature: a slip is no member.
// @ts-expect-error validUntill
badge.validUntill
// @ts-expect-error the contexts begin with VCDM 2.0
export const contexts: OpenBadgeCredential['@context'] = ['https://www.w3.org/2018/credentials/v1']

export const secured = (signed: EmbeddedCredential): SecuredCredential => signed
// @ts-expect-error without a proof it is not secured
export const unsecured: SecuredCredential = badge

// What signing writes: a badge's proofs are a list of one or more; of any other credential that is not known.
export const listed = ({ proof: [first] }: SignedCredential): Proof => first
export const either = ({ proof }: SignedCredential<VerifiableCredential>): Proof | readonly Proof[] => proof
export const storable = (signed: SignedCredential): EmbeddedCredential => signed
// @ts-expect-error a badge's proof is a list
export const single = ({ proof }: SignedCredential): string | undefined => proof.created
// @ts-expect-error another credential's is not one always
export const never = ({ proof: [first] }: SignedCredential<VerifiableCredential>): Proof => first
