/**
 * Every code of an error of this library, as `FINDINGS` has those of reports: a closed set. What the error's class is, the first word
 * says. `parse.*` are codes of `ParseIssue` too.
 *
 * @module
 */

/** What a code means. */
export interface ErrorCodeRow {
  /** For people; may be reworded in any release. */
  readonly says: string
  /** Asking again, with nothing changed, may help. */
  readonly retry?: true
}

/** The codes of all errors, with what each means and whether asking again may help. */
export const ERROR_CODES = {
  'usage.already_baked': { says: 'the image holds a badge already, and existing is "refuse"' },
  'usage.already_claimed': { says: 'the award is bound to the key of another holder already' },
  'usage.already_signed': { says: 'the document has a proof already' },
  'usage.ambiguous_stack': { says: 'a stack extends one of which there are several versions' },
  'usage.award_conflict': { says: 'an award with this id was issued with other content' },
  'usage.award_erased': { says: 'the person of the award was erased' },
  'usage.award_issued': { says: 'an offer of which something was issued cannot be withdrawn' },
  'usage.award_suspended': { says: 'the award is suspended' },
  'usage.award_withdrawn': { says: 'the offer was withdrawn' },
  'usage.batch_cancelled': { says: 'the batch was cancelled, which is for good' },
  'usage.batch_conflict': { says: 'a batch with this id has other awards' },
  'usage.claim_expired': { says: 'the award could be claimed until a date that has passed' },
  'usage.credential_too_large': { says: 'a badge that no reader with these limits would take' },
  'usage.cyclic_stack': { says: 'a stack extends itself' },
  'usage.different_credentials': { says: 'two credentials that are not the same have no newer one' },
  'usage.duplicate_requirement': { says: 'two stacks use one id for different requirements' },
  'usage.indivisible_pointer': { says: 'a pointer leads into a list, which is revealed as a whole' },
  'usage.invalid_assertion': { says: 'no Open Badges 2.0 assertion, or its parts name others' },
  'usage.invalid_award': { says: 'an award that is misspelt, incomplete or of another kind' },
  'usage.invalid_awards': { says: 'awards of a batch that cannot be issued; `failures` has the first of them' },
  'usage.invalid_framework': { says: 'a framework that contradicts itself' },
  'usage.invalid_input': { says: 'neither bytes, nor text, nor an object' },
  'usage.invalid_key': { says: 'a key that cannot be used' },
  'usage.invalid_option': { says: 'an option or argument that is misspelt or of another kind; `option` names it' },
  'usage.invalid_policy': { says: 'a credit policy that nothing can be decided by' },
  'usage.invalid_ratings': { says: 'a rating that the scale does not have, or that a rater gave twice' },
  'usage.invalid_results': { says: 'results of badges that were not drawn, or two of one badge' },
  'usage.invalid_stack': { says: 'a requirement that cannot be judged' },
  'usage.key_not_active': { says: 'no verifier would believe what this key signs' },
  'usage.large_stack': { says: 'a stack with more requirements than are judged' },
  'usage.legacy_suite': { says: 'a legacy suite is named by legacySuite' },
  'usage.link_too_long': { says: 'a link that no QR code holds' },
  'usage.method_not_accepted': { says: "a request does not take holders of the signer's DID method" },
  'usage.missing_option': { says: 'an option that is needed; `option` names it' },
  'usage.no_base_proof': { says: 'no ecdsa-sd-2023 base proof to derive from' },
  'usage.no_network': { says: 'the runtime has no fetch' },
  'usage.no_such_status': { says: 'the credential has no status entry for this purpose' },
  'usage.not_asked': { says: 'a badge that nobody asked for' },
  'usage.not_json': { says: 'a value that is no JSON' },
  'usage.other_audit': { says: 'a sample with another plan, seed or list of badges than was committed to' },
  'usage.other_framework': { says: 'a base that is of another framework' },
  'usage.other_holder': { says: 'the award is for another id than that of the holder' },
  'usage.other_issuer': { says: 'a batch that was submitted for another profile of an issuer' },
  'usage.public_key_needed': { says: 'the public key cannot be learned from what was given' },
  'usage.report_of_another': { says: 'the report of another badge' },
  'usage.request_not_met': { says: 'what is shown does not answer the request' },
  'usage.revoked': { says: 'the credential or its award was revoked, which is for good' },
  'usage.revoked_assertion': { says: 'the Open Badges 2.0 assertion was revoked' },
  'usage.several_base_proofs': { says: 'several base proofs, of which one has to be chosen' },
  'usage.signer_not_holder': { says: "the signer's key cannot belong to the holder" },
  'usage.signer_not_issuer': { says: "the signer's key cannot belong to the issuer" },
  'usage.suite_not_accepted': { says: 'the request takes no proof that this key makes' },
  'usage.suite_not_for_key': { says: 'the suite is for keys of another kind' },
  'usage.too_many_claims': { says: 'the award was claimed by one holder after the other' },
  'usage.unknown_award': { says: 'the award is not there' },
  'usage.unknown_batch': { says: 'the issuer has no such batch' },
  'usage.unknown_competency': { says: 'a competency that is not of the framework' },
  'usage.unknown_credential': { says: 'the issuer has no such credential' },
  'usage.unknown_key': { says: 'the set has no such key' },
  'usage.unknown_level': { says: 'a level that the competency does not have' },
  'usage.unknown_part': { says: 'no part of the competency' },
  'usage.unknown_pointer': { says: 'a pointer that names nothing' },
  'usage.unknown_proof': { says: 'proofs of suites that are not known here' },
  'usage.unknown_stack': { says: 'a stack extends one that was not given' },
  'usage.unknown_suite': { says: 'no such suite' },
  'usage.unsigned_credential': { says: 'a credential without a proof' },
  'usage.unsupported_runtime': { says: 'the runtime lacks what this needs' },
  'usage.wrong_clock': { says: 'the clocks of a worker and of its database are apart' },
  'usage.wrong_secret': { says: 'no award is offered under this id and secret' },

  'defect.unexpected': { says: 'a bug: of this library, or of a part that the caller brought' },

  'parse.ambiguous_member': { says: 'a member that contexts make to mean something else' },
  'parse.domain': { says: 'a request for another domain than the one it came from' },
  'parse.duplicate_member': { says: 'a member that stands twice in one object' },
  'parse.forbidden_member': { says: 'a member that no document may have' },
  'parse.ill_formed': { says: 'a text with half a character, which no signature can cover' },
  'parse.indivisible': { says: 'JSON-LD of which no parts can be shown' },
  'parse.invalid': { says: 'no document of the kind it should be; `issues` has every reason' },
  'parse.is_url': { says: 'a URL, and not what is found there' },
  'parse.link': { says: 'a link of a known form that is broken' },
  'parse.malformed': { says: 'damaged, or not of its own format' },
  'parse.malformed_image': { says: 'an image that no viewer shows' },
  'parse.missing': { says: 'a member that has to be there' },
  'parse.no_badge_in_image': { says: 'an image without a badge' },
  'parse.no_offset': { says: 'a time without its offset' },
  'parse.not_an_image': { says: 'neither PNG nor SVG' },
  'parse.not_json': { says: 'no JSON' },
  'parse.open_badges_2': { says: 'a badge of Open Badges 2.0 or older' },
  'parse.outside_vocabulary': { says: 'a term that the standard does not have' },
  'parse.proof': { says: 'a proof that is broken, or of another document' },
  'parse.request': { says: 'no request that can be answered' },
  'parse.reserved_member': { says: 'a member that JWTs keep for themselves' },
  'parse.semantic': { says: 'parts that contradict each other' },
  'parse.several_badges': { says: 'an image with more than one badge' },
  'parse.too_complex': { says: 'more work than is done for one document' },
  'parse.too_deep': { says: 'more levels than are read' },
  'parse.too_large': { says: 'more bytes than are read' },
  'parse.too_many': { says: 'more items than are read' },
  'parse.type': { says: 'a value of another type' },
  'parse.undefined_term': { says: 'a member that no context defines' },
  'parse.unknown_context': { says: 'a context that could not be loaded' },
  'parse.unknown_member': { says: 'a member that a closed class does not have' },
  'parse.unsupported': { says: 'a form that is known, and not read' },
  'parse.value': { says: 'a value that may not stand there' },
  'parse.webhook': { says: 'no webhook: headers are missing, or the body is no event' },
  'parse.webhook_signature': { says: 'a webhook that nobody signed who has the secret' },
  'parse.webhook_time': { says: 'a webhook of another time than now' },

  'resolve.bad_answer': { says: 'no HTTP, a redirect to nowhere, or a compression that is broken' },
  'resolve.forbidden_address': { says: 'the host is at an address that is not public' },
  'resolve.forbidden_url': { says: 'a URL that is not fetched' },
  'resolve.http_status': { says: 'a status other than 200' },
  'resolve.key_not_found': { says: 'the document does not have this key' },
  'resolve.key_unsupported': { says: 'a key of a kind that is not taken' },
  'resolve.limit': { says: 'more documents than one report may load' },
  'resolve.malformed': { says: 'the document cannot be read' },
  'resolve.method_unsupported': { says: 'no resolver for this DID method or kind of URL' },
  'resolve.not_asked': { says: 'not fetched, because nobody is known to stand behind it' },
  'resolve.not_found': { says: 'the server says that there is no such document' },
  'resolve.timeout': { says: 'it took longer than allowed', retry: true },
  'resolve.tls': { says: 'the server could not prove who it is' },
  'resolve.too_large': { says: 'more bytes than allowed' },
  'resolve.too_many': { says: 'a document that leads to too many contexts' },
  'resolve.too_many_redirects': { says: 'more redirects than are followed' },
  'resolve.unreachable': { says: 'no connection', retry: true },
  'resolve.unusable_key': { says: 'a key that must not be relied on, or an identifier that cannot be a key' },
  'resolve.wrong_document': { says: 'the document of somebody else' },

  'sign.failed': { says: 'the key or its service failed', retry: true },
  'sign.malformed': { says: 'the signer answered no signature' },
  'sign.wrong_key': { says: 'the signer signed with another key than it said' },

  'store.award_closed': { says: 'no credential can be recorded of an award that stands so' },
  'store.busy': { says: 'others had the store at the same time', retry: true },
  'store.closed': { says: 'the store was closed' },
  'store.conflict': { says: 'somebody changed the record meanwhile', retry: true },
  'store.credential_taken': { says: 'another award has a credential with this id' },
  'store.failed': { says: 'the database failed', retry: true },
  'store.invalid_export': { says: 'no export, or one that is damaged or cut off' },
  'store.invalid_key': { says: 'a key that no database can keep' },
  'store.invalid_query': { says: 'a query that no store can answer' },
  'store.invalid_value': { says: 'a value that no database can keep' },
  'store.missing_package': { says: 'an optional package is not installed' },
  'store.newer_export': { says: 'an export of a newer version of this library' },
  'store.newer_schema': { says: 'the tables are of a newer version of this library' },
  'store.not_empty': { says: 'a store that holds something else than what is restored into it' },
  'store.sink_failed': { says: 'the results of a batch could not be written', retry: true },
  'store.unknown_award': { says: 'the store has no such award' },
  'store.unknown_credential': { says: 'the store has no such credential' },
  'store.unknown_index': { says: 'the list has no such entry' },
  'store.unknown_list': { says: 'the store has no such list' },
} as const satisfies Readonly<
  Record<`${'usage' | 'defect' | 'parse' | 'resolve' | 'sign' | 'store'}.${string}`, ErrorCodeRow>
>

/** The code of any error that this library throws. */
export type ErrorCode = keyof typeof ERROR_CODES
/** Classes of your own that extend UsageError may have further ones. */
export type UsageErrorCode = Extract<ErrorCode, `usage.${string}`> | (`usage.${string}` & {})
/** A bug has no kinds. */
export type DefectErrorCode = Extract<ErrorCode, `defect.${string}`>
/** Only this library reads documents, so that there are no others. */
export type ParseErrorCode = Extract<ErrorCode, `parse.${string}`>
/** Loaders and resolvers of your own may have further ones. */
export type ResolutionErrorCode = Extract<ErrorCode, `resolve.${string}`> | (`resolve.${string}` & {})
/** Signers of your own may have further ones. */
export type SigningErrorCode = Extract<ErrorCode, `sign.${string}`> | (`sign.${string}` & {})
/** Stores of your own may have further ones. */
export type StoreErrorCode = Extract<ErrorCode, `store.${string}`> | (`store.${string}` & {})
