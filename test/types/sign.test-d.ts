/** What is signed has the type of its format, and a mistake is reported where it was made. Checked by tsc. */
import {
  type OpenBadgeCredential,
  type SignedCredential,
  type SignedPresentation,
  type Signer,
  signCredential,
  signPresentation,
  type VerifiablePresentation,
} from '../../src/entries/index.js'

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const same = <A, B>(_: Same<A, B>): void => undefined

declare const credential: OpenBadgeCredential
declare const presentation: VerifiablePresentation
declare const signer: Signer
declare const format: 'embedded' | 'jwt'

const embedded = signCredential(credential, { signer })
same<typeof embedded, Promise<SignedCredential<OpenBadgeCredential>>>(true)
const jwt = signCredential(credential, { signer, format: 'jwt', jwt: 'vc+jwt' })
same<typeof jwt, Promise<string>>(true)
// Whoever hands on what was chosen elsewhere.
const either = signCredential(credential, { signer, format })
same<typeof either, Promise<string | SignedCredential<OpenBadgeCredential>>>(true)
const shown = signPresentation(presentation, { signer, proof: { challenge: 'c' } })
same<typeof shown, Promise<SignedPresentation>>(true)
const shownAsJwt = signPresentation(presentation, { signer, format: 'jwt', jwt: undefined })
same<typeof shownAsJwt, Promise<string>>(true)
const shownEither = signPresentation(presentation, { signer, format })
same<typeof shownEither, Promise<string | SignedPresentation>>(true)

// Each stands on the line of the member that is wrong: with overloads it was the whole call.
signCredential(credential, {
  signer,
  // @ts-expect-error no such format
  format: 'jwtt',
})
signCredential(credential, {
  signer,
  format: 'jwt',
  // @ts-expect-error no such shape
  jwt: 'vp+jwt',
})
signCredential(credential, {
  signer,
  // @ts-expect-error misspelt
  suites_: 'eddsa-jcs-2022',
})
signPresentation(presentation, {
  signer,
  // @ts-expect-error a text
  proof: { challenge: 7 },
})
