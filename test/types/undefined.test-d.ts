/**
 * Undefined is as good as absent: who compiles with `exactOptionalPropertyTypes` may hand on an option that was not given to them. Each
 * line fails to compile where a type has an optional member that refuses undefined. Checked by `tsc`, like the sources.
 *
 * @module
 */
import type * as competency from '../../src/entries/competency.js'
import type * as contracts from '../../src/entries/contracts.js'
import type * as http from '../../src/entries/http.js'
import type * as index from '../../src/entries/index.js'
import type * as render from '../../src/entries/render.js'
import type * as status from '../../src/entries/status.js'
import type * as memory from '../../src/entries/store/memory.js'
import type * as suites from '../../src/entries/suites.js'
import type * as trust from '../../src/entries/trust.js'
import type * as wallet from '../../src/entries/wallet.js'

/** The optional members that refuse undefined. Those that are never to be given refuse all. */
type Refusing<T> = {
  [Name in keyof T]-?: Record<never, never> extends Pick<T, Name>
    ? Record<Name, undefined> extends { [Key in Name]?: Pick<T, Name>[Key] }
      ? never
      : [Exclude<T[Name], undefined>] extends [never]
        ? never
        : Name
    : never
}[keyof T]
type None<T extends never> = T

export type Checked = [
  None<Refusing<index.VerifyOptions<index.Acceptable>>>,
  None<Refusing<index.VerifyAllOptions>>,
  None<Refusing<index.PerCall>>,
  None<Refusing<index.PresentationOptions>>,
  None<Refusing<index.SignOptions>>,
  None<Refusing<index.ProofOptions>>,
  None<Refusing<index.SignerOptions>>,
  None<Refusing<index.DeriveOptions>>,
  None<Refusing<index.IssuerOptions>>,
  None<Refusing<NonNullable<index.IssuerOptions['status']>>>,
  None<Refusing<NonNullable<index.VerifyOptions['limits']>>>,
  None<Refusing<NonNullable<index.VerifyOptions['policy']>>>,
  None<Refusing<index.Award>>,
  None<Refusing<index.BatchOptions>>,
  None<Refusing<index.TextBatchOptions>>,
  None<Refusing<index.Change>>,
  None<Refusing<index.Renewal>>,
  None<Refusing<index.StatusChange>>,
  None<Refusing<index.ListRequest>>,
  None<Refusing<index.BakeOptions>>,
  None<Refusing<index.LoaderOptions>>,
  None<Refusing<index.DidDocumentOptions>>,
  None<Refusing<index.IssuerKey>>,
  None<Refusing<index.PresentationInput>>,
  None<Refusing<index.AchievementInput>>,
  None<Refusing<index.CredentialInput>>,
  None<Refusing<index.EndorsementInput>>,
  None<Refusing<index.AchievementSubjectInput>>,
  None<Refusing<index.ProfileInput>>,
  None<Refusing<index.ResultInput>>,
  None<Refusing<index.ResultDescriptionInput>>,
  None<Refusing<index.RubricCriterionLevelInput>>,
  None<Refusing<index.AlignmentInput>>,
  None<Refusing<index.EvidenceInput>>,
  None<Refusing<index.AddressInput>>,
  None<Refusing<index.IdentityObjectInput>>,
  None<Refusing<competency.AchievementForOptions>>,
  None<Refusing<competency.AssessOptions>>,
  None<Refusing<competency.WriteCaseOptions>>,
  None<Refusing<competency.CrosswalkCaseOptions>>,
  None<Refusing<competency.ReadCtdlOptions>>,
  None<Refusing<competency.WriteCtdlOptions>>,
  None<Refusing<competency.ComparePlugsOptions>>,
  None<Refusing<http.IssuerHandlerOptions>>,
  None<Refusing<render.RenderOptions>>,
  None<Refusing<render.CertificateOptions>>,
  None<Refusing<render.AssessmentOptions>>,
  None<Refusing<render.QrOptions>>,
  None<Refusing<render.MarkdownOptions>>,
  None<Refusing<status.DecodeOptions>>,
  None<Refusing<status.StatusEntryInput>>,
  None<Refusing<status.StatusListInput>>,
  None<Refusing<memory.StoreOptions>>,
  None<Refusing<NonNullable<memory.StoreOptions['statusSizes']>>>,
  None<Refusing<suites.LinkedDataSuiteOptions>>,
  None<Refusing<suites.EcdsaSd2023Options>>,
  None<Refusing<suites.DataIntegrityRow>>,
  None<Refusing<trust.DccRegistryOptions>>,
  None<Refusing<trust.OpenIdFederationOptions>>,
  None<Refusing<wallet.ImportOptions>>,
  None<Refusing<wallet.AnswerOptions>>,
  None<Refusing<wallet.LinkOptions>>,
  None<Refusing<contracts.KeyResolverContractOptions>>,
  None<Refusing<contracts.DocumentLoaderContractOptions>>,
  None<Refusing<contracts.ProofSuiteContractOptions>>,
  None<Refusing<contracts.SignerContractOptions>>,
]

/** The law is no law unless it finds one. */
type Strict = { readonly a?: string; readonly b?: string | undefined; readonly c: string }
export const found: Refusing<Strict> = 'a'
export type NoOther = None<Exclude<Refusing<Strict>, 'a'>>
