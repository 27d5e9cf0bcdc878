/**
 * `badgewright/wallet`: for whoever holds badges. Take them in from anything, keep the newest of each, choose what to show, answer who
 * asks.
 *
 * @module
 */
export { type Answer, type AnswerOptions, answerRequest, type Choice } from '../wallet/answer-request.js'
export { type Disclosure, discloseBadge } from '../wallet/disclose-badge.js'
export { type Disclosable, type DisclosureChoices, disclosureChoices, hasBaseProof } from '../wallet/disclosure.js'
export type { HeldBadge } from '../wallet/held-badge.js'
export { type Imported, type ImportOptions, importBadges } from '../wallet/import-badges.js'
export type { ImportedBadge, ImportedMessage, ImportProblem, Place } from '../wallet/import-walk.js'
export {
  type Candidate,
  type Mismatch,
  matchRequest,
  type QueryMatch,
  type RequestMatch,
} from '../wallet/match-request.js'
export { type Merged, mergeBadges, type Undecided } from '../wallet/merge-badges.js'
export type { WalletMessage, WalletMessageKind } from '../wallet/message.js'
export { readWalletLink } from '../wallet/read-link.js'
export { type CredentialQuery, type PresentationRequest, parseRequest } from '../wallet/request.js'
export { createWalletLink, type LinkMessage, type LinkOptions } from '../wallet/write-link.js'
