/**
 * The order of work (the order of the report is another matter): format; schema, in memory; key; proof; the issuer by the
 * caller's list; then what fetches. Each step is a file in checks/ and gets what it depends on as an argument.
 *
 * @module
 */
import type { Bytes } from '../internal/types.js'
import type { VerifiableCredential } from '../model/types.js'
import { check, finding } from '../report/check.js'
import type { Checks, VerificationReport } from '../report/report.js'
import { allBlocked, blocked } from './blocked.js'
import { checkEndorsements } from './checks/endorsements.js'
import { checkFormat } from './checks/format.js'
import { checkIssuer, trustByList } from './checks/issuer.js'
import { checkKey } from './checks/key.js'
import { noNewerVersion, recipientNotAsked } from './checks/not-asked.js'
import { checkProof, type ProofOutcome } from './checks/proof.js'
import type { RefreshOutcome } from './checks/refresh.js'
import { checkSchema } from './checks/schema.js'
import { checkStatus } from './checks/status.js'
import { checkValidity } from './checks/validity.js'
import { makeReport } from './make-report.js'
import { verifyNestedCredentials } from './nested-credentials.js'
import { idOf, type Reading } from './reading.js'
import type { Trust, Work } from './settings.js'

/** Whom a verification trusts: the caller's issuers, for endorsements its endorsers. */
export interface Role {
  readonly trust: Trust | undefined
  readonly accept: 'open-badge' | 'any-credential'
}

const ASSERTION = { purposes: ['assertionMethod'] } as const

export async function verifyOne(
  input: Bytes | string | object,
  role: Role,
  work: Work,
  name?: string,
): Promise<VerificationReport<VerifiableCredential>> {
  const { settings, context } = work
  const format = await checkFormat(input, { limits: settings.limits, accept: role.accept })
  const { reading } = format
  if (reading === undefined) return makeReport({ checks: allBlocked(format.check), work, name })
  const schema = await checkSchema(reading, context)
  const issuer = idOf(reading.document.issuer)
  const key = await checkKey(reading, issuer, 'assertionMethod', work)
  const proof = await checkProof(reading, key, ASSERTION, work)
  const { model } = schema
  const unread = 'it does not follow the data model, so this cannot be read from it'
  const base = {
    format: format.check,
    schema: schema.check,
    key: key.check,
    proof: proof.check,
    validity:
      model === undefined
        ? blocked('validity', unread)
        : checkValidity(model, { now: work.now, clockSkewSeconds: settings.clockSkewSeconds }),
    recipient: model === undefined ? blocked('recipient', unread) : await recipientOf(model, work),
  }
  if (model === undefined || issuer === undefined || proof.by === undefined) {
    const reason = proof.by === undefined ? 'its proof did not verify' : unread
    const checks = {
      ...base,
      refresh: blocked('refresh', reason),
      status: blocked('status', reason),
      issuer:
        issuer === undefined || proof.by === undefined
          ? blocked('issuer', reason)
          : await issuerOf(issuer, role, proof, work),
      endorsements: blocked('endorsements', reason),
    }
    return makeReport({ checks, work, name, reading, model })
  }
  return verifyOutside({ reading, model, issuer, proof, base, role, work, name })
}

interface Proven {
  readonly reading: Reading
  readonly model: VerifiableCredential
  readonly issuer: string
  readonly proof: ProofOutcome
  readonly base: Pick<Checks, 'format' | 'schema' | 'key' | 'proof' | 'validity' | 'recipient'>
  readonly role: Role
  readonly work: Work
  readonly name: string | undefined
}

/** The steps that fetch what the credential names: its proof has verified. */
async function verifyOutside({
  reading,
  model,
  issuer,
  proof,
  base,
  role,
  work,
  name,
}: Proven): Promise<VerificationReport<VerifiableCredential>> {
  const isAuthenticated = speaksForIssuer(proof)
  if (trustByList(issuer, role.trust) === 'no') {
    const reason = 'the issuer is not trusted, so nothing that it names is fetched'
    const checks = {
      ...base,
      refresh: blocked('refresh', reason),
      status: blocked('status', reason),
      issuer: await issuerOf(issuer, role, proof, work),
      endorsements: blocked('endorsements', reason),
    }
    return makeReport({ checks, work, name, reading, model })
  }
  const refresh = await refreshOf(model, work)
  const schema =
    model.credentialSchema === undefined
      ? base.schema
      : await (await import('./checks/declared-schema.js')).checkDeclaredSchemas(
          base.schema,
          model,
          reading.whole,
          work,
        )
  const status = await checkStatus(model, work)
  const issuerCheck = await issuerOf(issuer, role, proof, work)
  const endorsements = await checkEndorsements(reading.document, work)
  const nested = await verifyNestedCredentials(reading.document, work)
  const checks = {
    ...base,
    schema,
    refresh: refresh.check,
    status,
    issuer: issuerCheck,
    endorsements: leftOut(endorsements.check, nested.left),
  }
  return makeReport({
    checks,
    work,
    name,
    reading,
    model,
    issuerTrusted: isAuthenticated && issuerCheck.status === 'valid',
    endorsements: endorsements.reports,
    nested: nested.reports,
    refreshed: refresh.refreshed,
  })
}

/** There is no check for nested credentials; that some were left out must be said all the same. */
function leftOut(endorsements: Checks['endorsements'], left: number): Checks['endorsements'] {
  if (left === 0) return endorsements
  return check([
    ...endorsements.findings,
    finding('endorsements.limit', `${left} of the credentials inside were not verified`),
  ])
}

/** False where the badge brought its key along, or the key is somebody else's: then no list of issuers can be held against it. */
function speaksForIssuer({ by }: ProofOutcome): boolean {
  return by?.isBound === true && by.key?.selfAsserted !== true
}

function issuerOf(issuer: string, { trust }: Role, proof: ProofOutcome, { context }: Work): Promise<Checks['issuer']> {
  return checkIssuer(issuer, trust, speaksForIssuer(proof), context)
}

async function recipientOf(model: VerifiableCredential, { recipients }: Work): Promise<Checks['recipient']> {
  if (recipients.length === 0) return recipientNotAsked()
  const { checkRecipient } = await import('./checks/recipient.js')
  return checkRecipient(model, recipients)
}

async function refreshOf(model: VerifiableCredential, work: Work): Promise<RefreshOutcome> {
  if (model.refreshService === undefined) return { check: noNewerVersion() }
  const { checkRefresh } = await import('./checks/refresh.js')
  return checkRefresh(model, work)
}
