/**
 * Presentations: VCDM 2.0 section 4.13, VCDM 1.1 section 4.10. Who presents proves it with a key of theirs, for this challenge;
 * each credential inside is verified on its own, and must be about who presents it.
 *
 * @module
 */
import { UsageError } from '../errors.js'
import type { Bytes, Json, JsonObject } from '../internal/types.js'
import { readModel } from '../model/read.js'
import type { VerifiableCredential } from '../model/types.js'
import { type Check, check, type Finding, finding } from '../report/check.js'
import { FINDINGS, type FindingCode, type FindingRow } from '../report/findings.js'
import type { PresentationChecks, PresentationReport, VerificationReport } from '../report/report.js'
import { anyHolder, noChallenge } from '../report/symbols.js'
import { checkFormat } from './checks/format.js'
import { checkKey, type KeyOutcome } from './checks/key.js'
import { checkProof, type ProofDemand } from './checks/proof.js'
import { checkMeaning } from './checks/schema.js'
import { idOf, listOf, type Reading } from './reading.js'
import { skewOf, type Work } from './settings.js'
import { type Role, verifyOne } from './verify-credential.js'

/** What a presentation must answer to. */
export interface PresentationOptions {
  /** What the presenter was asked to sign, so that nobody can replay it. */
  readonly challenge: string | typeof noChallenge
  /** For whom the presentation must have been made. Default: not asked. */
  readonly domain?: string
  /** Default `subject`: each badge's recipient must be the proven holder. */
  readonly holder?: 'subject' | typeof anyHolder
  /** Take a presentation that nobody signed. Default false. */
  readonly unsignedPresentation?: boolean
}

/** Real credentials take hundreds of steps each, if any: a presentation of a hundred is far from this. */
const STEPS_TOGETHER = 4

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
  if (reading === undefined) return conclude(unreadable(format), [], undefined, work)
  const holder = presenterOf(reading)
  const isUnsigned =
    options.unsignedPresentation === true && listOf(reading.whole.proof).length === 0 && reading.jwt === undefined
  const schema = await checkPresentationSchema(reading, work)
  const signed = isUnsigned ? undefined : await checkSignature(reading, holder, options, work)
  const role: Role = { trust: settings.trustedIssuers, accept: settings.accept }
  const credentials: VerificationReport<VerifiableCredential>[] = []
  const presented = listOf(reading.document.verifiableCredential)
  const budget = { left: settings.limits.canonicalSteps * STEPS_TOGETHER }
  for (const [index, entry] of presented.slice(0, settings.limits.endorsements).entries()) {
    credentials.push(
      await verifyOne(
        entry as object,
        role,
        { ...work, context: { ...work.context, memo: new WeakMap(), budget } },
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
    holder: checkHolder(proven, credentials, presented.length, options),
  }
  return conclude(checks, credentials, proven, work)
}

function checkOptions({ challenge, domain, holder }: PresentationOptions): void {
  if (challenge !== noChallenge && (typeof challenge !== 'string' || challenge === '')) {
    throw new UsageError(
      'usage.missing_option',
      '"challenge" is missing: give the text that the presenter was asked to sign, or noChallenge',
    )
  }
  if (domain !== undefined && typeof domain !== 'string')
    throw new UsageError('usage.invalid_option', '"domain" is a text')
  if (holder !== undefined && holder !== 'subject' && holder !== anyHolder)
    throw new UsageError('usage.invalid_option', '"holder" is "subject" or anyHolder')
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
  const key: KeyOutcome = await checkKey(reading, holder, asserts ? 'assertionMethod' : 'authentication', work)
  const { check: signature, by } = await checkProof(reading, key, demand, work)
  const claims =
    reading.jwt === undefined || signature.status !== 'valid' ? [] : judgeClaims(reading.jwt.jws.payload, demand, work)
  const proof = claims.length === 0 ? signature : check([...signature.findings, ...claims])
  // A key that is somebody else's, or that the presentation brought along, says nothing of the holder.
  const isProven = proof.status === 'valid' && by?.isBound === true && by.key?.selfAsserted !== true
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
  options: PresentationOptions,
): Check<'holder'> {
  const left =
    presented > credentials.length
      ? [finding('holder.limit', `${presented} credentials are presented, ${credentials.length} were verified`)]
      : []
  if (options.holder === anyHolder) {
    return check([finding('holder.not_asked', 'whether the badges are about who presents them was not asked'), ...left])
  }
  if (holder === undefined) {
    const message =
      'who presents it is not proven, so nothing can be said of whose badges these are; to take them anyhow say anyHolder'
    return check([finding('holder.blocked', message), ...left])
  }
  const findings = credentials.flatMap((report, index): Finding<'holder'>[] => {
    const credential = report.outcome === 'valid' ? report.credential : report.unverified
    const pointer = `/verifiableCredential/${index}`
    if (credential === undefined) return [finding('holder.blocked', 'a credential could not be read', { pointer })]
    const isAbout = [credential.credentialSubject].flat().some(({ id }) => id === holder)
    return isAbout
      ? []
      : [finding('holder.mismatch', 'a credential is about somebody else than who presents it', { pointer })]
  })
  const all = [...findings, ...left]
  return check(
    all.length > 0
      ? all
      : [finding('holder.matched', 'every credential is about who presents it', { evidence: { holder } })],
  )
}

const ORDER = ['format', 'schema', 'key', 'proof', 'holder'] as const

function conclude(
  checks: PresentationChecks,
  credentials: readonly VerificationReport<VerifiableCredential>[],
  holder: string | undefined,
  work: Work,
): PresentationReport {
  const own = ORDER.flatMap((id) => (checks[id] as Check).findings as readonly { code: FindingCode }[]).map(
    ({ code }) => code,
  )
  const codesOf = (status: FindingRow['status']) =>
    own.filter((code) => (FINDINGS[code] as FindingRow).status === status && !tolerated(code, work))
  const inside = (outcome: 'invalid' | 'indeterminate') =>
    credentials.flatMap((report) => (report.outcome === outcome ? report.because : []))
  const base = { checks, credentials: credentials as readonly VerificationReport[], at: work.now.toISOString() }
  for (const outcome of ['invalid', 'indeterminate'] as const) {
    const because = [...codesOf(outcome), ...inside(outcome)]
    if (because.length > 0) return { outcome, because, ...base }
  }
  return { outcome: 'valid', ...(holder === undefined ? {} : { holder }), ...base }
}

/** Of a presentation's checks only the schema may be relaxed. */
function tolerated(code: FindingCode, { settings }: Work): boolean {
  const { schema } = settings.policy
  return (
    code.startsWith('schema.') &&
    (schema === 'report-only' ||
      (schema === 'best-effort' && (FINDINGS[code] as FindingRow).status === 'indeterminate'))
  )
}

function unreadable(format: Check<'format'>): PresentationChecks {
  const message = 'the document could not be read'
  return {
    format,
    schema: check([finding('schema.blocked', message)]),
    key: check([finding('key.blocked', message)]),
    proof: check([finding('proof.blocked', message)]),
    holder: check([finding('holder.blocked', message)]),
  }
}
