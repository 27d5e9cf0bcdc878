/**
 * `badgewright/trust`: registries of issuers, for `trustedIssuers` and `trustedEndorsers`.
 *
 * @module
 */
export type { IssuerRegistry } from '../verify/issuer-registry.js'
export {
  type DccRegistryOptions,
  dccRegistry,
  type ListedIssuer,
  type ListRegistryOptions,
  listRegistry,
} from '../verify/registries/list-registry.js'
export {
  type OpenIdFederationOptions,
  openIdFederation,
  type TrustAnchor,
} from '../verify/registries/openid-federation.js'
