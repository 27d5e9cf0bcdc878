/**
 * The steps of a verification: each is a file in checks/. Here stands when it has nothing to do, what it answers when an earlier one
 * failed, and that it is taken in time.
 *
 * @module
 */
import { onDemand } from '../internal/on-demand.js'
import type { JsonObject, MaybePromise } from '../internal/types.js'
import type { VerifiableCredential } from '../model/types.js'
import { type Check, check, finding } from '../report/check.js'
import { blocked, issuerBlocked, recipientBlocked, refreshBlocked } from './blocked.js'
import type { EndorsementsOutcome } from './checks/endorsements.js'
import { checkIssuer, trustByList } from './checks/issuer.js'
import { checkKey, type KeyOutcome, type Signature } from './checks/key.js'
import { isEndorsed, nobodyEndorses, noNewerVersion, recipientNotAsked } from './checks/not-asked.js'
import { checkProof, type ProofDemand, type ProofOutcome } from './checks/proof.js'
import type { RefreshOutcome } from './checks/refresh.js'
import { checkSchema, type SchemaOutcome } from './checks/schema.js'
import { checkStatus, claimedStatus } from './checks/status.js'
import { checkValidity } from './checks/validity.js'
import type { NestedOutcome } from './nested-credentials.js'
import type { Reading } from './reading.js'
import type { Trust, Work } from './settings.js'
import { inTime } from './time-limit.js'

// What few credentials need, or few callers ask.
const declaredSchema = onDemand(() => import('./checks/declared-schema.js'))
const recipientCheck = onDemand(() => import('./checks/recipient.js'))
const refreshCheck = onDemand(() => import('./checks/refresh.js'))
const endorsementsCheck = onDemand(() => import('./checks/endorsements.js'))
const nestedCredentials = onDemand(() => import('./nested-credentials.js'))

/** What the proof of a credential is for. */
export const ASSERTION = { purposes: ['assertionMethod'] } as const

export function schema(reading: Reading, { time, context }: Work): MaybePromise<SchemaOutcome> {
  return inTime(time, 'schema', () => checkSchema(reading, context), late<SchemaOutcome>)
}

/** The keys of all proofs; `controller` is whom they must belong to. */
export function key(
  reading: Reading,
  controller: string | undefined,
  relationship: 'assertionMethod' | 'authentication',
  work: Work,
): MaybePromise<KeyOutcome> {
  return inTime(
    work.time,
    'key',
    () => checkKey(reading, controller, relationship, work),
    (check) => ({ check, signatures: [] }),
  )
}

export function proof(reading: Reading, key: KeyOutcome, demand: ProofDemand, work: Work): MaybePromise<ProofOutcome> {
  return inTime(work.time, 'proof', () => checkProof(reading, key, demand, work), late<ProofOutcome>)
}

export function validity(schema: SchemaOutcome, { now, settings }: Work): Check<'validity'> {
  if (schema.model === undefined) return blocked('validity', unread(schema))
  return checkValidity(schema.model, { now, clockSkewSeconds: settings.clockSkewSeconds })
}

export async function recipient(schema: SchemaOutcome, work: Work): Promise<Check<'recipient'>> {
  if (schema.model === undefined) return recipientBlocked(unread(schema), work)
  if (work.recipients.length === 0) return recipientNotAsked()
  return (await recipientCheck()).checkRecipient(schema.model, work.recipients)
}

/** What is known before anything is fetched that the credential names. */
export interface Known {
  readonly reading: Reading
  readonly schema: SchemaOutcome
  readonly issuer: string | undefined
  /** The signature that holds. */
  readonly by: Signature | undefined
  /** Does it speak for the issuer? */
  readonly isAuthenticated: boolean
  readonly trust: Trust | undefined
}

/** The checks that fetch what the credential names. */
export interface Named {
  readonly schema: Check<'schema'>
  readonly refresh: RefreshOutcome
  readonly status: Check<'status'>
  readonly issuer: Check<'issuer'>
  readonly endorsements: EndorsementsOutcome
  readonly nested: NestedOutcome
}

/** Nothing is fetched for a credential whose proof does not hold, or whose issuer the caller's list leaves out. */
export async function whatIsNamed(known: Known, work: Work): Promise<Named> {
  const { issuer, by, trust, schema } = known
  const { model } = schema
  if (by === undefined) return notFetched('its proof did not verify', known, work)
  if (model === undefined || issuer === undefined) return notFetched(unread(schema), known, work)
  if (trustByList(issuer, trust) === 'no')
    return notFetched('the issuer is not trusted, so nothing that it names is fetched', known, work)
  const { reading } = known
  const refresh = await newerVersion(model, work)
  const declared = await declaredSchemas(schema.check, model, reading, work)
  const status = await statusOf(model, reading, work)
  const trusted = await trustIn(issuer, known, work)
  const endorsements = await endorsementsOf(reading.document, work)
  const nested = await credentialsInside(reading.document, work)
  return {
    schema: declared,
    refresh,
    status,
    issuer: trusted,
    endorsements: { ...endorsements, check: withLeftOut(endorsements.check, nested) },
    nested,
  }
}

async function notFetched(reason: string, known: Known, work: Work): Promise<Named> {
  const { issuer, by, trust } = known
  return {
    schema: known.schema.check,
    refresh: { check: refreshBlocked(reason, work) },
    status: blocked('status', reason),
    issuer:
      issuer === undefined || by === undefined
        ? issuerBlocked(reason, trust, issuer)
        : await trustIn(issuer, known, work),
    endorsements: { check: blocked('endorsements', reason), reports: [] },
    nested: NO_NESTED,
  }
}

function newerVersion(model: VerifiableCredential, work: Work): MaybePromise<RefreshOutcome> {
  if (model.refreshService === undefined) return { check: noNewerVersion() }
  return inTime(
    work.time,
    'refresh',
    async () => (await refreshCheck()).checkRefresh(model, work),
    late<RefreshOutcome>,
  )
}

function declaredSchemas(
  schema: Check<'schema'>,
  model: VerifiableCredential,
  reading: Reading,
  work: Work,
): MaybePromise<Check<'schema'>> {
  if (model.credentialSchema === undefined) return schema
  return inTime(
    work.time,
    'schema',
    async () => (await declaredSchema()).checkDeclaredSchemas(schema, model, reading.whole, work),
    ({ findings }) => check([...schema.findings, ...findings]),
  )
}

function statusOf(model: VerifiableCredential, reading: Reading, work: Work): MaybePromise<Check<'status'>> {
  const claimed = claimedStatus(reading)
  if (model.credentialStatus === undefined) return checkStatus(model, claimed, work)
  return inTime(work.time, 'status', () => checkStatus(model, claimed, work), itself)
}

/** The caller's own list is read late or not; registries are asked while there is time. */
function trustIn(
  issuer: string,
  { trust, isAuthenticated }: Known,
  { context, time }: Work,
): MaybePromise<Check<'issuer'>> {
  const ask = () => checkIssuer(issuer, trust, isAuthenticated, context)
  return trustByList(issuer, trust) === 'ask' && isAuthenticated ? inTime(time, 'issuer', ask, itself) : ask()
}

async function endorsementsOf(document: JsonObject, work: Work): Promise<EndorsementsOutcome> {
  if (!isEndorsed(document)) return { check: nobodyEndorses(), reports: [] }
  return (await endorsementsCheck()).checkEndorsements(document, work)
}

async function credentialsInside(document: JsonObject, work: Work): Promise<NestedOutcome> {
  return hasNested(document) ? (await nestedCredentials()).verifyNestedCredentials(document, work) : NO_NESTED
}

const NO_NESTED: NestedOutcome = { reports: [], left: 0, late: 0 }

/** Comprehensive Learner Record 2.0. */
function hasNested({ type }: JsonObject): boolean {
  return type === 'ClrCredential' || (Array.isArray(type) && type.includes('ClrCredential'))
}

/** There is no check for nested credentials; that some were left out must be said all the same. */
function withLeftOut(endorsements: Check<'endorsements'>, { left, late }: NestedOutcome): Check<'endorsements'> {
  const findings = [...endorsements.findings]
  if (left > 0) findings.push(finding('endorsements.limit', `${left} of the credentials inside were not verified`))
  if (late > 0)
    findings.push(finding('endorsements.timeout', `there was no time for ${late} of the credentials inside`))
  return findings.length === endorsements.findings.length ? endorsements : check(findings)
}

/** Why there is no model. */
function unread({ check }: SchemaOutcome): string {
  return check.status === 'invalid'
    ? 'it does not follow the data model, so this cannot be read from it'
    : 'there was no time to read it'
}

const late = <Outcome extends { readonly check: unknown }>(check: Outcome['check']) => ({ check }) as Outcome
const itself = <C>(check: C) => check
