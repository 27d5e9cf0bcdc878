/**
 * Answering a request: a presentation of what the holder chose, bound to whoever asked.
 *
 * @module
 */
import type { SignOptions } from '../defaults/sign.js'
import { missingOption, UsageError } from '../errors.js'
import {
  anything,
  arrayOf,
  date,
  having,
  type Members,
  record,
  shape,
  signal as signalKind,
  text,
} from '../internal/members.js'
import { shown } from '../internal/shown.js'
import type { JsonObject } from '../internal/types.js'
import { controllerOf, type Signer } from '../keys/signer.js'
import type { EmbeddedCredential, SecuredCredential, VerifiableCredential } from '../model/types.js'
import type { SignedPresentation } from '../present/presentation.js'
import { type ProofSuite, proofSuite } from '../proof/suite.js'
import { demandArgument, demandOptions } from '../report/demand-options.js'
import { type Disclosure, discloseBadge } from './disclose-badge.js'
import { hasBaseProof } from './disclosure.js'
import { documentOf, type HeldBadge, heldBadge } from './held-badge.js'
import { matchQuery } from './match-request.js'
import { withKnownProofs } from './presentable.js'
import { type PresentationRequest, presentationRequest } from './request.js'
import { domainFor } from './same-party.js'

/** What the holder lets go. */
export interface Choice {
  readonly badge: HeldBadge
  /**
   * For a badge with an ecdsa-sd-2023 base proof: what to show besides what its issuer made mandatory. Default: what the
   * request asks for.
   */
  readonly reveal?: readonly string[] | undefined
}

/** Who answers, to whom, and what they show. */
export interface AnswerOptions
  extends Pick<SignOptions, 'signer' | 'suite' | 'now' | 'suites' | 'loader' | 'limits' | 'signal'> {
  /** Whom the wallet talks to, as it knows it and not as the request says it: the origin of the page or of the exchange's URL. */
  readonly origin: string
  /** As the holder chose. May be empty for a request that only asks who they are. */
  readonly show: readonly Choice[]
  /** When the answer stops being good. Default: the challenge alone decides. */
  readonly expires?: Date | undefined
}

const CHOICE: Members<Choice> = { badge: heldBadge, reveal: arrayOf(text) }
/** `anything` is judged in words of its own. */
const ANSWER: Members<AnswerOptions> = {
  signer: anything,
  suite: text,
  now: date,
  suites: arrayOf(proofSuite),
  loader: having('load'),
  limits: record,
  signal: signalKind,
  origin: anything,
  show: arrayOf(shape(CHOICE, { required: ['badge'] })),
  expires: date,
}

/** A signed presentation, and what is in it. */
export interface Answer {
  readonly presentation: SignedPresentation
  /** What is in it, in its order: each with its disclosure, where only a part is shown. */
  readonly shown: readonly { readonly badge: HeldBadge; readonly disclosure?: Disclosure }[]
  /** Those of them that name somebody else than the holder as their recipient. Verifiers refuse them, unless the holder is a parent or a school. */
  readonly aboutOthers: readonly HeldBadge[]
  /** Where the request wants it. */
  readonly respondTo?: string
}

/**
 * A presentation by `signer`, whose DID is the holder: of the badges in `show`, of base proofs only what is asked, signed with the
 * request's challenge and domain. Nothing is sent.
 *
 * Throws ParseError `parse.domain` where the request is for another domain than `origin`; UsageError `usage.request_not_met` (what is
 * shown does not answer a required query), `usage.not_asked` (a badge that no query asks for), `usage.method_not_accepted`,
 * `usage.suite_not_accepted` (the holder's key is of a kind the request does not take), `usage.unknown_proof` (a badge has only proofs
 * of suites that are not known here); and what `signPresentation` and
 * `deriveCredential` throw.
 */
export async function answerRequest(request: PresentationRequest, options: AnswerOptions): Promise<Answer> {
  demandOptions(options, ANSWER)
  demandArgument(request, presentationRequest, 'request')
  const { origin, show, expires, signer, suite: _, ...rest } = options ?? {}
  if (!Array.isArray(show)) throw missingOption('show', 'is missing: list what the holder chose, or nothing')
  if (typeof signer?.verificationMethod !== 'string')
    throw missingOption('signer', 'is missing: make one with createSigner')
  const domain = domainFor(request.domain, origin)
  const { signPresentation } = await import('../defaults/sign.js')
  const suite = await chooseSuite(request, options)
  const parts: Part[] = []
  for (const choice of show) parts.push(await prepare(choice, request, rest))
  demandAnswer(request, parts)
  const holder = controllerOf(signer.verificationMethod)
  const { holderPresentation } = await import('../present/presentation.js')
  const presentation = await signPresentation(
    holderPresentation(
      holder,
      parts.map(({ secured }) => secured),
    ),
    {
      ...rest,
      signer,
      ...(suite === undefined ? {} : { suite }),
      proof: { challenge: request.challenge, domain, ...(expires === undefined ? {} : { expires }) },
    },
  )
  return {
    presentation,
    shown: parts.map(({ badge, disclosure }) => ({ badge, ...(disclosure === undefined ? {} : { disclosure }) })),
    aboutOthers: parts.filter(({ badge }) => !isAbout(badge, holder)).map(({ badge }) => badge),
    ...(request.respondTo === undefined ? {} : { respondTo: request.respondTo }),
  }
}

interface Part {
  readonly badge: HeldBadge
  /** As it is shown. */
  readonly secured: SecuredCredential<VerifiableCredential>
  readonly disclosure?: Disclosure
}

async function prepare(
  { badge, reveal }: Choice,
  request: PresentationRequest,
  rest: Pick<AnswerOptions, 'suites' | 'loader' | 'limits' | 'signal'>,
): Promise<Part> {
  const document = documentOf(badge)
  const { suites, loader, limits, signal } = rest
  if (!hasBaseProof(document) && reveal === undefined) {
    const known = suites ?? (await import('../proof/default-suites.js')).defaultSuites()
    return { badge, secured: withKnownProofs(badge.secured, known) }
  }
  const disclosure = await discloseBadge(document as unknown as EmbeddedCredential<VerifiableCredential>, {
    reveal: reveal ?? askedOf(badge, request),
    ...(suites === undefined ? {} : { suites }),
    ...(loader === undefined ? {} : { loader }),
    ...(limits === undefined ? {} : { limits }),
    ...(signal === undefined ? {} : { signal }),
  })
  return { badge, secured: disclosure.credential, disclosure }
}

/** All that any query asks of it. */
function askedOf(badge: HeldBadge, { queries }: PresentationRequest): string[] {
  const budget = { steps: MAX_STEPS }
  const asked = queries.flatMap((query) => {
    const match = matchQuery(query, badge, budget)
    return 'because' in match ? [] : (match.reveal ?? [])
  })
  return [...new Set(asked)]
}

const MAX_STEPS = 2_000_000

/** What is shown, as it is shown, answers all that is required, and nothing is shown that nobody asked for. */
function demandAnswer({ queries }: PresentationRequest, parts: readonly Part[]): void {
  const budget = { steps: MAX_STEPS }
  const answers = parts.map((part) => {
    const isDerived = part.disclosure !== undefined
    const asShown: HeldBadge = {
      unverified: isDerived ? (part.secured as unknown as VerifiableCredential) : part.badge.unverified,
      secured: part.secured,
    }
    return queries.map((query) => !('because' in matchQuery(query, asShown, budget)))
  })
  const unmet = queries.filter((query, index) => query.required && !answers.some((each) => each[index]))
  if (unmet.length > 0)
    throw new UsageError(
      'usage.request_not_met',
      `what is shown does not answer the request at ${unmet.map(({ pointer }) => pointer).join(', ')}: see matchRequest for what does, and for what each badge lacks`,
    )
  const unasked = parts.find((_, index) => !answers[index]?.some(Boolean))
  if (unasked !== undefined)
    throw new UsageError(
      'usage.not_asked',
      `nobody asked for the badge ${shown(unasked.badge.unverified.id ?? 'without id', 100)}: leave it out of "show"`,
    )
}

/** The suite the caller wants, or the first that the request accepts and the key can. */
async function chooseSuite(
  { acceptedMethods, acceptedCryptosuites }: PresentationRequest,
  { signer, suite, suites }: AnswerOptions,
): Promise<string | undefined> {
  const method = /^did:([a-z0-9]+):/.exec(signer.verificationMethod)?.[1]
  if (acceptedMethods !== undefined && (method === undefined || !acceptedMethods.includes(method)))
    throw new UsageError(
      'usage.method_not_accepted',
      `the request takes holders with did:${acceptedMethods.map((each) => shown(each, 30)).join(', did:')}, and the signer is ${shown(signer.verificationMethod, 100)}: sign with a key of such a DID`,
    )
  if (acceptedCryptosuites === undefined) return suite
  const known = suites ?? (await import('../proof/default-suites.js')).defaultSuites()
  const fits =
    suite === undefined
      ? acceptedCryptosuites.find((name) => canSign(name, known, signer))
      : acceptedCryptosuites.find((name) => name === suite)
  if (fits === undefined)
    throw new UsageError(
      'usage.suite_not_accepted',
      `the request takes proofs with ${acceptedCryptosuites.map((each) => shown(each, 40)).join(', ')}, and ${suite ?? `a key for ${signer.algorithm}`} makes none of them: sign with another key`,
    )
  return fits
}

/** A base proof is no answer: it would have to be derived from. */
const canSign = (name: string, suites: readonly ProofSuite[], { algorithm }: Signer): boolean =>
  suites.some(
    (suite) => suite.names.includes(name) && suite.algorithms.includes(algorithm) && suite.derive === undefined,
  )

/** A badge without a recipient's id names nobody else. */
function isAbout({ unverified }: HeldBadge, holder: string): boolean {
  return [unverified.credentialSubject].flat().every((subject) => {
    const { id } = (subject ?? {}) as JsonObject
    return id === undefined || id === holder
  })
}
