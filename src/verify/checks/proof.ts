/**
 * Do the signatures verify, and were they made for this? VC Data Integrity sections 4.3 to 4.5.
 *
 * @module
 */

import { analyze } from '../../canonical/analyze.js'
import { isSameJson } from '../../internal/json-equal.js'
import { listOf } from '../../internal/json-object.js'
import { onDemand } from '../../internal/on-demand.js'
import { shown } from '../../internal/shown.js'
import type { Json, JsonObject } from '../../internal/types.js'
import { parseDateTime } from '../../model/date-time.js'
import type { Proof } from '../../model/types.js'
import { type Check, check, type Finding, finding } from '../../report/check.js'
import { FINDINGS, type FindingRow } from '../../report/findings.js'
import type { Reading } from '../reading.js'
import { skewOf, type Work } from '../settings.js'
import type { KeyOutcome, Signature } from './key.js'

export interface ProofOutcome {
  readonly check: Check<'proof'>
  /** The signature that speaks for the issuer; present only where the check is valid. */
  readonly by?: Signature
}

/** What the proof must have been made for. `challenge` and `domain` are asked of presentations only. */
export interface ProofDemand {
  readonly purposes: readonly string[]
  readonly challenge?: string
  readonly domain?: string
}

/** Loaded for JWTs: most badges have their proof inside. */
const vcJwt = onDemand(() => import('../../proof/vc-jwt.js'))

export async function checkProof(
  reading: Reading,
  key: KeyOutcome,
  demand: ProofDemand,
  work: Work,
): Promise<ProofOutcome> {
  const { jwt, proofs, proofsLeft } = reading
  if (jwt === undefined && proofs.length === 0) {
    return { check: check([finding('proof.missing', 'nothing is signed: there is no "proof", and it is no JWT')]) }
  }
  if (proofsLeft > 0) {
    const message = `it has ${proofs.length + proofsLeft} proofs, ${proofs.length} at most are verified`
    return { check: check([finding('proof.too_complex', message, { pointer: '/proof' })]) }
  }
  const header = jwt === undefined ? undefined : (await vcJwt()).judgeHeader(jwt.jws.header)
  if (header !== undefined) return { check: check([header]) }
  if (key.check.status !== 'valid') {
    const ambiguous = proofs.length > 0 ? await findAmbiguous(reading, work) : []
    return {
      check: check(
        ambiguous.length > 0
          ? ambiguous
          : [finding('proof.blocked', 'without the key the signature cannot be checked')],
      ),
    }
  }
  const isOptional = work.settings.policy.keyBinding === 'report-only'
  const findings: Finding<'proof'>[] = []
  let by: Signature | undefined
  for (const signature of key.signatures) {
    const result = await verifySignature(signature, reading, demand, work)
    const verified = result.some(({ code }) => code === 'proof.verified')
    const speaks = signature.key !== undefined && (signature.isBound || isOptional)
    if (verified && speaks && (by === undefined || weight(signature) > weight(by))) by = signature
    findings.push(...result)
    // The next one would cost as much, and say the same.
    if (result.some(({ code }) => code === 'proof.too_complex')) break
  }
  return conclude(findings, by)
}

/** The issuer's own key before others; then what signs the JSON, and with it the order of arrays: proofs themselves stand in any order. */
function weight({ isBound, suite }: Signature): number {
  return (isBound ? 2 : 0) + (suite?.secures === 'json' ? 1 : 0)
}

/** What was rewritten to hide its issuer, or anything else, is said although there is no key to check it with. */
async function findAmbiguous({ document }: Reading, { context }: Work): Promise<Finding<'proof'>[]> {
  const { problems } = await analyze(document, context)
  return problems.flatMap(({ kind, message, pointer }) =>
    kind === 'ambiguous_member' ? [finding('proof.ambiguous_member', message, { pointer })] : [],
  )
}

/** One of the issuer's must verify; what could not be checked of a further one is a remark, what is wrong with it is not. */
function conclude(findings: readonly Finding<'proof'>[], by: Signature | undefined): ProofOutcome {
  const weighed =
    by === undefined
      ? findings.filter(({ code, note }) => !note && code !== 'proof.verified')
      : findings.map((one) => (statusOf(one) === 'indeterminate' ? unresolved(one) : one))
  // A co-signer's good signature alone proves nothing about the issuer.
  const settled = weighed.some(({ note }) => !note)
    ? weighed
    : [finding('proof.missing', 'none of the proofs that verify is by a key of the issuer'), ...weighed]
  const result = check(settled)
  return result.status === 'valid' && by !== undefined ? { check: result, by } : { check: result }
}

const statusOf = ({ code }: Finding<'proof'>): FindingRow['status'] => FINDINGS[code].status
const unresolved = ({ message, pointer }: Finding<'proof'>): Finding<'proof'> =>
  finding(
    'proof.co_signer_unresolved',
    `a further proof could not be checked: ${message}`,
    pointer === undefined ? {} : { pointer },
  )

async function verifySignature(
  signature: Signature,
  reading: Reading,
  demand: ProofDemand,
  work: Work,
): Promise<readonly Finding<'proof'>[]> {
  const { proof, key, suite, pointer } = signature
  if (key === undefined)
    return [
      finding(
        'proof.co_signer_unresolved',
        signature.findings[0]?.message ?? 'its key could not be had',
        pointer === '' ? {} : { pointer },
      ),
    ]
  if (reading.jwt !== undefined) return verifyJwt(reading, key, work)
  if (proof === undefined) return []
  if (suite === undefined) {
    return [
      finding(
        'proof.suite_unsupported',
        `proofs of the kind "${shown(proof.cryptosuite ?? proof.type, 60)}" cannot be verified here`,
        { pointer },
      ),
    ]
  }
  const refusals = judgeOptions(proof, pointer, reading, demand, work)
  if (refusals.length > 0) return refusals
  const findings = await suite.verify(chained(reading, proof), proof as unknown as Proof, key, work.context)
  // Suites know one proof, which for them is "/proof".
  return findings.map((one) =>
    one.pointer?.startsWith('/proof') ? { ...one, pointer: pointer + one.pointer.slice('/proof'.length) } : one,
  )
}

async function verifyJwt(
  { jwt }: Reading,
  key: NonNullable<Signature['key']>,
  { context }: Work,
): Promise<readonly Finding<'proof'>[]> {
  if (jwt === undefined) return []
  const { compareClaims, jwtAlgorithm, verifyVcJwt } = await vcJwt()
  const { header, payload } = jwt.jws
  if (jwtAlgorithm(header.alg) === undefined) {
    return [finding('proof.suite_unsupported', `JWTs signed with "${shown(header.alg, 20)}" cannot be verified here`)]
  }
  const signature = await verifyVcJwt(jwt.jws, key, context.concurrent)
  if (signature.code !== 'proof.verified') return [signature]
  if (payload.nbf !== undefined && typeof payload.nbf !== 'number')
    return [finding('proof.malformed', 'the claim "nbf" is not a number')]
  if (payload.exp !== undefined && typeof payload.exp !== 'number')
    return [finding('proof.malformed', 'the claim "exp" is not a number')]
  return [signature, ...compareClaims(jwt)]
}

/** VC Data Integrity section 2.1: what the proof says of itself. */
function judgeOptions(
  proof: JsonObject,
  pointer: string,
  { document, proofs }: Reading,
  demand: ProofDemand,
  work: Work,
): Finding<'proof'>[] {
  const now = work.now.getTime()
  const findings: Finding<'proof'>[] = []
  const at = (member: string) => ({ pointer: `${pointer}/${member}` })
  if (typeof proof.proofPurpose !== 'string' || !demand.purposes.includes(proof.proofPurpose)) {
    findings.push(
      finding(
        'proof.purpose_mismatch',
        `the proof's purpose is ${proof.proofPurpose === undefined ? 'not stated' : `"${shown(proof.proofPurpose, 60)}"`}, expected is "${demand.purposes.join('" or "')}"`,
        at('proofPurpose'),
      ),
    )
  }
  for (const member of ['created', 'expires'] as const) {
    if (proof[member] === undefined) continue
    const time = stampOf(proof[member])
    if (time === undefined)
      findings.push(
        finding('proof.malformed', `"${member}" of the proof is not a date and time with an offset`, at(member)),
      )
    else if (member === 'created' && time > now + skewOf(work))
      findings.push(
        finding(
          'proof.not_yet',
          `the proof says it was created at ${shown(proof.created)}, which is yet to come`,
          at(member),
        ),
      )
    else if (member === 'expires' && time < now - skewOf(work))
      findings.push(finding('proof.expired', `the proof expired at ${shown(proof.expires)}`, at(member)))
  }
  if (proof['@context'] !== undefined) {
    const own = listOf(proof['@context'])
    const contexts = listOf(document['@context'])
    if (!own.every((entry, index) => isSameJson(entry, contexts[index]))) {
      findings.push(
        finding('proof.malformed', 'the proof was made under other contexts than the document has now', at('@context')),
      )
    }
  }
  if (proof.previousProof !== undefined) {
    const ids = new Set(proofs.map(({ id }) => id))
    const missing = listOf(proof.previousProof).find((id) => typeof id !== 'string' || !ids.has(id))
    if (missing !== undefined)
      findings.push(
        finding(
          'proof.malformed',
          `the proof builds on ${JSON.stringify(missing).slice(0, 120)}, which is not among the proofs`,
          at('previousProof'),
        ),
      )
  }
  if (demand.challenge !== undefined && proof.challenge !== demand.challenge) {
    findings.push(
      finding(
        'proof.challenge_mismatch',
        'the presentation does not answer the challenge that was asked',
        at('challenge'),
      ),
    )
  }
  if (demand.domain !== undefined && !listOf(proof.domain).includes(demand.domain)) {
    findings.push(finding('proof.domain_mismatch', 'the presentation was not made for this domain', at('domain')))
  }
  return findings
}

/** An XMLSchema dateTimeStamp, of which the offset is a part, in milliseconds. */
function stampOf(value: Json | undefined): number | undefined {
  const moment = typeof value === 'string' ? parseDateTime(value) : undefined
  return moment?.hasOffset ? moment.time : undefined
}

/** A proof that builds on others secures them too (VC Data Integrity section 4.5, "Verify Proof Sets and Chains"). */
function chained({ document, proofs }: Reading, { previousProof }: JsonObject): JsonObject {
  if (previousProof === undefined) return document
  const previous = listOf(previousProof)
  return { ...document, proof: proofs.filter(({ id }) => id !== undefined && previous.includes(id)) }
}
