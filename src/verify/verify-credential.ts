/**
 * The order of work (the order of the report is another matter): format; schema, in memory; key; proof; the issuer by the
 * caller's list; then what fetches. Each step is a file in checks/ and gets what it depends on as an argument.
 *
 * @module
 */
import { onDemand } from '../internal/on-demand.js'
import type { Bytes, JsonObject } from '../internal/types.js'
import type { VerifiableCredential } from '../model/types.js'
import { check, finding } from '../report/check.js'
import type { Checks, VerificationReport } from '../report/report.js'
import { allBlocked, blocked } from './blocked.js'
import type { EndorsementsOutcome } from './checks/endorsements.js'
import { checkFormat } from './checks/format.js'
import { checkIssuer, trustByList } from './checks/issuer.js'
import { checkKey } from './checks/key.js'
import { isEndorsed, nobodyEndorses, noNewerVersion, recipientNotAsked } from './checks/not-asked.js'
import { checkProof, type ProofOutcome } from './checks/proof.js'
import type { RefreshOutcome } from './checks/refresh.js'
import { checkSchema } from './checks/schema.js'
import { checkStatus } from './checks/status.js'
import { checkValidity } from './checks/validity.js'
import { makeReport } from './make-report.js'
import type { NestedOutcome } from './nested-credentials.js'
import { idOf } from './reading.js'
import type { Trust, Work } from './settings.js'

/** Whom a verification trusts: the caller's issuers, for endorsements its endorsers. */
export interface Role {
  readonly trust: Trust | undefined
  readonly accept: 'open-badge' | 'any-credential'
}

// What few credentials need, or few callers ask.
const declaredSchema = onDemand(() => import('./checks/declared-schema.js'))
const recipientCheck = onDemand(() => import('./checks/recipient.js'))
const refreshCheck = onDemand(() => import('./checks/refresh.js'))
const endorsementsCheck = onDemand(() => import('./checks/endorsements.js'))
const nestedCredentials = onDemand(() => import('./nested-credentials.js'))

const ASSERTION = { purposes: ['assertionMethod'] } as const

export async function verifyOne(
  input: Bytes | string | object,
  role: Role,
  work: Work,
  name?: string,
): Promise<VerificationReport<VerifiableCredential>> {
  const { settings, context } = work
  const { reading, check: format } = await checkFormat(input, { limits: settings.limits, accept: role.accept })
  if (reading === undefined) return makeReport({ checks: allBlocked(format), work, name })
  const { check: schema, model } = await checkSchema(reading, context)
  const issuer = idOf(reading.document.issuer)
  const key = await checkKey(reading, issuer, 'assertionMethod', work)
  const proof = await checkProof(reading, key, ASSERTION, work)
  const unread = 'it does not follow the data model, so this cannot be read from it'
  const validity =
    model === undefined
      ? blocked('validity', unread)
      : checkValidity(model, { now: work.now, clockSkewSeconds: settings.clockSkewSeconds })
  const recipient =
    model === undefined
      ? blocked('recipient', unread)
      : work.recipients.length === 0
        ? recipientNotAsked()
        : (await recipientCheck()).checkRecipient(model, work.recipients)
  const { by } = proof
  const isAuthenticated = speaksForIssuer(proof)
  if (model === undefined || issuer === undefined || by === undefined || trustByList(issuer, role.trust) === 'no') {
    const reason =
      by === undefined
        ? 'its proof did not verify'
        : model === undefined || issuer === undefined
          ? unread
          : 'the issuer is not trusted, so nothing that it names is fetched'
    const checks = {
      format,
      schema,
      key: key.check,
      proof: proof.check,
      refresh: blocked('refresh', reason),
      validity,
      status: blocked('status', reason),
      issuer:
        issuer === undefined || by === undefined
          ? blocked('issuer', reason)
          : await checkIssuer(issuer, role.trust, isAuthenticated, context),
      recipient,
      endorsements: blocked('endorsements', reason),
    }
    return makeReport({ checks, work, name, reading, model })
  }
  // The steps that fetch what the credential names: its proof has verified.
  const refresh =
    model.refreshService === undefined ? noRefresh() : await (await refreshCheck()).checkRefresh(model, work)
  const declared =
    model.credentialSchema === undefined
      ? schema
      : await (await declaredSchema()).checkDeclaredSchemas(schema, model, reading.whole, work)
  const status = await checkStatus(model, work)
  const issuerCheck = await checkIssuer(issuer, role.trust, isAuthenticated, context)
  const { document } = reading
  const endorsements = isEndorsed(document)
    ? await (await endorsementsCheck()).checkEndorsements(document, work)
    : noEndorsements()
  const nested = hasNested(document)
    ? await (await nestedCredentials()).verifyNestedCredentials(document, work)
    : NO_NESTED
  const checks = {
    format,
    schema: declared,
    key: key.check,
    proof: proof.check,
    refresh: refresh.check,
    validity,
    status,
    issuer: issuerCheck,
    recipient,
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

const noRefresh = (): RefreshOutcome => ({ check: noNewerVersion() })
const noEndorsements = (): EndorsementsOutcome => ({ check: nobodyEndorses(), reports: [] })
const NO_NESTED: NestedOutcome = { reports: [], left: 0 }

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

/** Comprehensive Learner Record 2.0. */
function hasNested({ type }: JsonObject): boolean {
  return type === 'ClrCredential' || (Array.isArray(type) && type.includes('ClrCredential'))
}
