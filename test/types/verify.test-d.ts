/** What verifying is asked for decides what its reports hold, and a mistake is reported where it was made. Checked by tsc. */
import {
  anyIssuer,
  createVerifier,
  type OpenBadgeCredential,
  type VerifiableCredential,
  type VerificationReport,
  type Verifier,
  type VerifyOptions,
  verifyCredential,
} from '../../src/entries/index.js'

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const same = <A, B>(_: Same<A, B>): void => undefined

const own = createVerifier({ trustedIssuers: anyIssuer })
same<typeof own, Verifier<OpenBadgeCredential>>(true)
const badge = createVerifier({ trustedIssuers: anyIssuer, accept: 'open-badge' })
same<typeof badge, Verifier<OpenBadgeCredential>>(true)
const any = createVerifier({ trustedIssuers: anyIssuer, accept: 'any-credential' })
same<typeof any, Verifier<VerifiableCredential>>(true)
const absent = createVerifier({ trustedIssuers: anyIssuer, accept: undefined })
// Nothing is inferred of undefined: what every verifier holds.
same<typeof absent, Verifier<VerifiableCredential>>(true)
declare const accept: 'open-badge' | 'any-credential'
const open = createVerifier({ trustedIssuers: anyIssuer, accept })
same<typeof open, Verifier<VerifiableCredential>>(true)
const kept: VerifyOptions<'any-credential'> = { trustedIssuers: anyIssuer, accept: 'any-credential' }
const report = verifyCredential('{}', kept)
same<typeof report, Promise<VerificationReport<VerifiableCredential>>>(true)
const ofBadge = verifyCredential('{}', { trustedIssuers: anyIssuer })
same<typeof ofBadge, Promise<VerificationReport<OpenBadgeCredential>>>(true)

// Each stands on the line of the member that is wrong: with overloads it was the whole call, against the one that was not meant.
createVerifier({
  // @ts-expect-error a list, or anyIssuer
  trustedIssuers: 'did:web:school.example',
})
createVerifier({
  trustedIssuers: anyIssuer,
  // @ts-expect-error misspelt
  recipent: { id: 'did:example:ada' },
})
createVerifier({
  trustedIssuers: anyIssuer,
  // @ts-expect-error no such class
  accept: 'any-badge',
})
createVerifier({
  trustedIssuers: anyIssuer,
  accept: 'any-credential',
  // @ts-expect-error a number
  clockSkewSeconds: '300',
})
