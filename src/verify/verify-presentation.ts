/**
 * Presentations: VCDM 2.0 section 4.13, VCDM 1.1 section 4.10. Who presents proves it with a key of theirs, for this challenge;
 * each credential inside is verified on its own, and must be about who presents it.
 *
 * @module
 */

import { invalidOption, missingOption } from '../errors.js'
import { contactIn } from '../internal/contact-uri.js'
import { idOf, listOf } from '../internal/json-object.js'
import { anything, flag, type Members } from '../internal/members.js'
import type { Bytes, Json, JsonObject } from '../internal/types.js'
import { readModel } from '../model/read.js'
import type { VerifiableCredential } from '../model/types.js'
import { type Check, check, type Finding, finding } from '../report/check.js'
import { weigh } from '../report/decide.js'
import type { PresentationChecks, PresentationReport, VerificationReport } from '../report/report.js'
import { anyHolder, noChallenge } from '../report/symbols.js'
import { checkFormat } from './checks/format.js'
import { speaksForController } from './checks/key.js'
import type { ProofDemand } from './checks/proof.js'
import { checkMeaning } from './checks/schema.js'
import { type Reading, sizeOf } from './reading.js'
import { skewOf, type Work } from './settings.js'
import * as step from './steps.js'
import { inTime } from './time-limit.js'
import { type Role, verifyOne } from './verify-credential.js'

/** What a presentation must answer to. */
export interface PresentationOptions {
  /** What the presenter was asked to sign, so that nobody can replay it. */
  readonly challenge: string | typeof noChallenge
  /** For whom the presentation must have been made. Default: not asked. */
  readonly domain?: string | undefined
  /** Default `subject`: each badge's recipient must be the proven holder. */
  readonly holder?: 'subject' | typeof anyHolder | undefined
  /** Take a presentation that nobody signed. Default false. */
  readonly unsignedPresentation?: boolean | undefined
}

/** `anything` is judged by checkOptions. */
export const PRESENTATION: Members<PresentationOptions> = {
  challenge: anything,
  domain: anything,
  holder: anything,
  unsignedPresentation: flag,
}

export async function verifyPresentationOnce(
  input: Bytes | string | object,
  options: PresentationOptions,
  work: Work,
): Promise<PresentationReport> {
  checkOptions(options)
  const { settings } = work
  const { check: format, reading } = await checkFormat(input, {
    limits: settings.limits,
    accept: 'any-credential',
    kind: 'vp',
  })
  if (reading === undefined) return conclude(unreadable(format, options), [], undefined, work)
  work.context.budget?.admit(() => sizeOf(reading))
  const holder = presenterOf(reading)
  const isUnsigned =
    options.unsignedPresentation === true && listOf(reading.whole.proof).length === 0 && reading.jwt === undefined
  const { time } = work
  const schema = await inTime(
    time,
    'schema',
    () => checkPresentationSchema(reading, work),
    (late) => late,
  )
  const signed = isUnsigned ? undefined : await checkSignature(reading, holder, options, work)
  const role: Role = { trust: settings.trustedIssuers, accept: settings.accept, isSentAlone: false }
  const credentials: VerificationReport<VerifiableCredential>[] = []
  const presented = listOf(reading.document.verifiableCredential)
  const verified = presented.slice(0, settings.limits.endorsements)
  for (const [index, entry] of verified.entries()) {
    if (time.isUp()) break
    credentials.push(
      await verifyOne(
        entry as object,
        role,
        { ...work, context: { ...work.context, memo: new WeakMap() } },
        `/verifiableCredential/${index}`,
      ),
    )
  }
  const proven = signed?.isProven ? holder : undefined
  const checks: PresentationChecks = {
    format,
    schema,
    key: signed?.key ?? check([finding('key.not_asked', 'the caller takes presentations that nobody signed')]),
    proof: signed?.proof ?? check([finding('proof.not_asked', 'the caller takes presentations that nobody signed')]),
    holder: checkHolder(proven, credentials, presented.length, verified.length, options),
  }
  return conclude(checks, credentials, proven, work)
}

function checkOptions({ challenge, domain, holder }: PresentationOptions): void {
  if (challenge !== noChallenge && (typeof challenge !== 'string' || challenge === '')) {
    throw missingOption('challenge', 'is missing: give the text that the presenter was asked to sign, or noChallenge')
  }
  if (domain !== undefined && typeof domain !== 'string') throw invalidOption('domain', 'is a text')
  if (holder !== undefined && holder !== 'subject' && holder !== anyHolder)
    throw invalidOption('holder', 'is "subject" or anyHolder')
}

/** The holder it names; where it names none, who controls the key it was signed with. */
function presenterOf({ document, proofs, jwt }: Reading): string | undefined {
  const named = idOf(document.holder)
  if (named !== undefined) return named
  const method: Json | undefined =
    jwt === undefined ? proofs[0]?.verificationMethod : (jwt.jws.payload.iss ?? jwt.jws.header.kid)
  return typeof method === 'string' ? method.split('#', 1)[0] : undefined
}

async function checkPresentationSchema(reading: Reading, { context }: Work): Promise<Check<'schema'>> {
  const read = readModel(reading.whole, 'presentation')
  const meaning = await checkMeaning(reading, context)
  if (!read.ok)
    return check([
      ...read.issues.map(({ pointer, message }) => finding('schema.mismatch', message, { pointer })),
      ...meaning,
    ])
  const notes = read.notes.map(({ code, pointer, message }) => finding(code, message, { pointer }))
  return check([
    finding('schema.conforms', `it follows the model of presentations (VCDM ${read.version})`),
    ...notes,
    ...meaning,
  ])
}

async function checkSignature(
  reading: Reading,
  holder: string | undefined,
  options: PresentationOptions,
  work: Work,
): Promise<Pick<PresentationChecks, 'key' | 'proof'> & { readonly isProven: boolean }> {
  const isReplayable = options.challenge === noChallenge
  const demand: ProofDemand = {
    purposes: isReplayable ? ['authentication', 'assertionMethod'] : ['authentication'],
    ...(typeof options.challenge === 'string' ? { challenge: options.challenge } : {}),
    ...(options.domain === undefined ? {} : { domain: options.domain }),
  }
  // Where no challenge is asked, the key needs the relationship that the proof was made for.
  const asserts =
    isReplayable &&
    reading.proofs.length > 0 &&
    reading.proofs.every(({ proofPurpose }) => proofPurpose === 'assertionMethod')
  const key = await step.key(reading, holder, asserts ? 'assertionMethod' : 'authentication', work)
  const { check: signature, by } = await step.proof(reading, key, demand, work)
  const claims =
    reading.jwt === undefined || signature.status !== 'valid' ? [] : judgeClaims(reading.jwt.jws.payload, demand, work)
  const proof = claims.length === 0 ? signature : check([...signature.findings, ...claims])
  const isProven = proof.status === 'valid' && speaksForController(by)
  return { key: key.check, proof, isProven }
}

/** A JWT answers a challenge with `nonce` and names its reader in `aud`; its times are those of the presentation. RFC 7519 section 4.1. */
function judgeClaims({ nonce, aud, exp, nbf }: JsonObject, demand: ProofDemand, work: Work): Finding<'proof'>[] {
  const findings: Finding<'proof'>[] = []
  const now = work.now.getTime()
  if (demand.challenge !== undefined && nonce !== demand.challenge)
    findings.push(finding('proof.challenge_mismatch', 'the "nonce" of the JWT is not the challenge that was asked'))
  if (demand.domain !== undefined && !listOf(aud).includes(demand.domain))
    findings.push(finding('proof.domain_mismatch', 'the JWT was not made for this domain ("aud")'))
  if (typeof exp === 'number' && exp * 1000 < now - skewOf(work))
    findings.push(finding('proof.expired', `the JWT expired at ${exp} (seconds since 1970)`))
  if (typeof nbf === 'number' && nbf * 1000 > now + skewOf(work))
    findings.push(finding('proof.not_yet', `the JWT is valid from ${nbf} (seconds since 1970)`))
  return findings
}

function checkHolder(
  holder: string | undefined,
  credentials: readonly VerificationReport<VerifiableCredential>[],
  presented: number,
  admitted: number,
  options: PresentationOptions,
): Check<'holder'> {
  const left: Finding<'holder'>[] = []
  if (presented > admitted)
    left.push(finding('holder.limit', `${presented} credentials are presented, ${admitted} may be verified`))
  if (admitted > credentials.length)
    left.push(finding('holder.timeout', `there was no time for ${admitted - credentials.length} of the credentials`))
  if (options.holder === anyHolder) return check([holderNotAsked(), ...left])
  if (holder === undefined) {
    const message =
      'who presents it is not proven, so nothing can be said of whose badges these are; to take them anyhow say anyHolder'
    return check([finding('holder.blocked', message), ...left])
  }
  const findings = credentials.flatMap((report, index): Finding<'holder'>[] => {
    const credential = report.outcome === 'valid' ? report.credential : report.unverified
    const pointer = `/verifiableCredential/${index}`
    if (credential === undefined) return [finding('holder.blocked', 'a credential could not be read', { pointer })]
    const subjects = [credential.credentialSubject].flat()
    if (subjects.some(({ id }) => id === holder)) return []
    // Whose e-mail address it is, say, no DID can tell.
    return subjects.every(({ id }) => id !== undefined && contactIn(id) === undefined)
      ? [finding('holder.mismatch', 'a credential is about somebody else than who presents it', { pointer })]
      : [
          finding(
            'holder.incomparable',
            'a credential does not name whom it is about by an id that could be compared with who presents it',
            { pointer },
          ),
        ]
  })
  const all = [...findings, ...left]
  return check(
    all.length > 0
      ? all
      : [finding('holder.matched', 'every credential is about who presents it', { evidence: { holder } })],
  )
}

const holderNotAsked = (): Finding<'holder'> =>
  finding('holder.not_asked', 'whether the badges are about who presents them was not asked')

const PRESENTATION_CHECK_IDS = [
  'format',
  'schema',
  'key',
  'proof',
  'holder',
] as const satisfies readonly (keyof PresentationChecks)[]

function conclude(
  checks: PresentationChecks,
  credentials: readonly VerificationReport<VerifiableCredential>[],
  holder: string | undefined,
  { now, settings }: Work,
): PresentationReport {
  // The schema is the only check of a presentation that may be relaxed; what is not asked has been said by the caller.
  const own = weigh(PRESENTATION_CHECK_IDS, checks, (id) => (id === 'schema' ? settings.policy.schema : 'if-present'))
  const base = { checks, credentials: credentials as readonly VerificationReport[], at: now.toISOString() }
  for (const outcome of ['invalid', 'indeterminate'] as const) {
    const inside = credentials.flatMap((report) => (report.outcome === outcome ? report.because : []))
    const because = own.outcome === outcome ? [...own.because, ...inside] : inside
    if (because.length > 0) return { outcome, because, ...base }
  }
  return { outcome: 'valid', ...(holder === undefined ? {} : { holder }), ...base }
}

function unreadable(format: Check<'format'>, { holder }: PresentationOptions): PresentationChecks {
  const message = 'the document could not be read'
  return {
    format,
    schema: check([finding('schema.blocked', message)]),
    key: check([finding('key.blocked', message)]),
    proof: check([finding('proof.blocked', message)]),
    holder: check([holder === anyHolder ? holderNotAsked() : finding('holder.blocked', message)]),
  }
}
