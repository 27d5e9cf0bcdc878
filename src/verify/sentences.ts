/**
 * What each finding means to somebody who knows nothing of signatures: one sentence for every code. Null where there is nothing to
 * say: what is only the consequence of another finding, and steps that went well without anybody having to know.
 *
 * @module
 */
import type { FindingCode } from '../report/findings.js'

const LATER = 'Try again later.'
const ASK_ISSUER = 'Ask its issuer for a corrected badge.'

// Marked pure, for a bundler cannot know that of template literals: who does not explain leaves the sentences out.
export const SENTENCES: Readonly<Record<FindingCode, string | null>> = /* @__PURE__ */ (() => ({
  'format.parsed': null,
  'format.malformed': 'The file cannot be read as a badge: it is damaged, or it is something else.',
  'format.unsupported':
    'What was given is not a badge itself, or has a form that is not read here. Give the badge file, or ask for it in another form.',
  'format.no_badge_in_image':
    'The image holds no badge: it may be a screenshot, or have been saved by a program that removes it.',
  'format.not_open_badge': 'What was given is not an Open Badge 3.0.',
  'format.too_large': 'The file is larger than any badge should be.',
  'format.too_deep': 'The file is built in a way that no badge should be.',
  'format.duplicate_member': 'The file says one thing twice, so that nobody can tell which of the two is meant.',

  'schema.conforms': null,
  'schema.not_applicable': null,
  'schema.mismatch': `It is not built as the standard for badges demands. ${ASK_ISSUER}`,
  'schema.undefined_term': `It has parts whose meaning is not stated, and which its signature cannot protect. ${ASK_ISSUER}`,
  'schema.declared_mismatch': `It does not follow the rules that it says it follows. ${ASK_ISSUER}`,
  'schema.unknown_context': `A vocabulary that it uses could not be fetched, or is not the one it was made with. ${LATER}`,
  'schema.blocked': null,
  'schema.limit': 'To check its form would take more documents, or more work, than one badge may ask for.',
  'schema.timeout': `There was no time to look at all that its meaning hangs on. ${LATER}`,
  'schema.older_context': 'It was made with an earlier version of the standard.',
  'schema.outside_vocabulary': 'It uses words that the standard does not list.',
  'schema.shorthand': 'It is written more briefly than the standard recommends.',
  'schema.semantic': 'Some of what it says does not fit together.',
  'schema.declared_unreachable': 'Some rules that it says it follows could not be checked.',

  'key.resolved': null,
  'key.not_asked': null,
  'key.not_found': 'Its issuer does not have the key that it says it was signed with.',
  'key.not_issuer': 'It was signed by somebody else than the issuer it names.',
  'key.not_authorized': 'The key that signed it may not sign badges for its issuer.',
  'key.revoked': 'The key that signed it has been revoked by its issuer.',
  'key.expired': 'The key that signed it has expired.',
  'key.unusable': 'The key that it says it was signed with is none, or must not be relied on.',
  'key.unreachable': `The issuer's key could not be read from where it is published. ${LATER}`,
  'key.method_unsupported': 'The key that signed it is of a kind, or in a place, that is not known here.',
  'key.blocked': null,
  'key.limit': 'More would have to be fetched to find the key that signed it than may be for one badge.',
  'key.timeout': `There was no time to find the key that signed it. ${LATER}`,
  'key.self_asserted': 'It brought its own key along; nobody else confirms whose it is.',
  'key.other_controller': 'It was signed with a key of somebody else than its issuer.',

  'proof.verified': null,
  'proof.not_asked': null,
  'proof.missing': 'Its issuer did not sign it, so anybody may have written it.',
  'proof.mismatch': 'It was changed after it was signed, or signed with another key than it says.',
  'proof.malformed': 'Its signature is damaged.',
  'proof.suite_forbidden': 'It is not signed in a way that proves anything.',
  'proof.purpose_mismatch': 'Its signature was made for another purpose than issuing a badge.',
  'proof.claims_mismatch': 'It contradicts itself about its issuer, its recipient or its dates.',
  'proof.expired': 'Its signature was made for a time that is over.',
  'proof.not_yet': 'Its signature has a date that is yet to come.',
  'proof.ambiguous_member':
    'It was rewritten so that its signature still fits but programs read something else. Treat it as forged.',
  'proof.not_derived': 'It is the original that its owner keeps, not the copy that is meant to be shown.',
  'proof.too_complex': 'It is built in a way that makes checking it take too long, which no honest badge needs.',
  'proof.challenge_mismatch': 'It was not presented for this occasion.',
  'proof.domain_mismatch': 'It was presented to somebody else.',
  'proof.suite_unsupported': 'It is signed in a way that cannot be checked here.',
  'proof.blocked': null,
  'proof.limit': 'More would have to be fetched to check its signature than may be for one badge.',
  'proof.timeout': `There was no time to check its signature. ${LATER}`,
  'proof.claim_absent': null,
  'proof.co_signer_unresolved': 'A further signature on it could not be checked.',

  'refresh.current': 'It is the newest version.',
  'refresh.refreshed': 'Its issuer has a newer version, and this is the answer about that one.',
  'refresh.absent': null,
  'refresh.failed': 'Whether its issuer has a newer version could not be found out.',
  'refresh.type_unsupported': 'Whether its issuer has a newer version cannot be asked from here.',
  'refresh.blocked': null,
  'refresh.limit': 'Whether its issuer has a newer version was not asked.',
  'refresh.timeout': `There was no time to ask whether its issuer has a newer version. ${LATER}`,

  'validity.current': 'It is within its validity period.',
  'validity.not_yet': 'It is not valid yet.',
  'validity.expired': 'It has expired.',
  'validity.blocked': null,
  'validity.no_offset': 'Its dates do not say in which time zone they are.',

  'status.active': 'It has not been revoked.',
  'status.absent': 'Its issuer does not publish whether it has been revoked.',
  'status.revoked': 'It was revoked by its issuer.',
  'status.suspended': 'It is suspended by its issuer.',
  'status.unreachable': `The issuer's list of revoked badges could not be fetched, so it may or may not be revoked. ${LATER}`,
  'status.list_untrusted': "The list of revoked badges is not its issuer's, so it may or may not be revoked.",
  'status.list_malformed': 'The list of revoked badges cannot be read, so it may or may not be revoked.',
  'status.list_stale': `The list of revoked badges is out of date, so it may or may not be revoked. ${LATER}`,
  'status.purpose_mismatch': 'It refers to a list that does not say whether it has been revoked.',
  'status.index_out_of_range': 'The list of revoked badges has no place for it, so it may or may not be revoked.',
  'status.type_unsupported':
    'Its issuer says in a way that is not read here whether it has been revoked, so it may or may not be. Ask the issuer.',
  'status.blocked': null,
  'status.limit': 'The list of revoked badges is too large to be read, or there are too many of them.',
  'status.timeout': `There was no time to ask whether it has been revoked, so it may or may not be. ${LATER}`,
  'status.message': 'Its issuer has left a remark about its status.',
  'status.list_short': null,
  'status.list_other_issuer': 'The list of revoked badges is kept by somebody else than its issuer.',
  'status.list_unsigned': 'The list of revoked badges is not signed.',

  'issuer.trusted': 'Its issuer is one you trust.',
  'issuer.not_asked': 'Whether its issuer can be trusted was not asked.',
  'issuer.untrusted': 'Its issuer is not among those you trust.',
  'issuer.unauthenticated': 'It does not prove who issued it.',
  'issuer.registry_unreachable': `The register of issuers could not be read, so its issuer may or may not be in it. ${LATER}`,
  'issuer.blocked': null,
  'issuer.limit': 'More would have to be fetched to ask for its issuer than may be for one badge.',
  'issuer.timeout': `There was no time to ask for its issuer. ${LATER}`,

  'recipient.matched': 'It is about the person you expect.',
  'recipient.not_asked': null,
  'recipient.mismatch': 'It is about somebody else.',
  'recipient.incomparable':
    'It names the person it is about in another way than you asked, so it may or may not be about them. Ask by the name that it uses.',
  'recipient.blocked': null,

  'endorsements.all_valid': 'What others say in its favour has been checked.',
  'endorsements.absent': null,
  'endorsements.some_invalid': 'Something that others are said to say in its favour is forged or no longer holds.',
  'endorsements.limit': 'Not everything that others say in its favour was checked.',
  'endorsements.timeout': `There was no time to check all that others say in its favour. ${LATER}`,
  'endorsements.blocked': null,
  'endorsements.unrelated': 'An endorsement that it carries is about something else.',

  'holder.matched': 'It was presented by the person it is about.',
  'holder.not_asked': null,
  'holder.mismatch': 'It was presented by somebody else than the person it is about.',
  'holder.incomparable':
    'It does not name the person it is about in a way that could be compared with who presents it.',
  'holder.blocked': null,
  'holder.limit': 'Not all of what was presented was checked.',
  'holder.timeout': `There was no time to check all that was presented. ${LATER}`,
}))()
