/** One verification, inside the worker. */
import {
  anyIssuer,
  createVerifier,
  defaultLimits,
  explain,
  type Recipient,
  ResolutionError,
  type VerifiableCredential,
  type VerificationReport,
  type Verifier,
} from 'badgewright'
import { defaultResolvers, selfAssertedKeys } from 'badgewright/resolvers'
import { dccRegistry } from 'badgewright/trust'
import { plainText } from './plain-text.js'
import type { Settings, Source, Verified, VerifyTask } from './protocol.js'
import { createRecorder } from './recording-loader.js'
import { unpack } from './unpack.js'
import { failureInWords } from './words.js'

const recorder = createRecorder()

/** A verifier keeps keys and lists that it has fetched, so it stays as long as the settings do. */
let current: { readonly key: string; readonly verifier: Verifier } | undefined

function verifierFor(settings: Settings): Verifier {
  const key = JSON.stringify(settings)
  if (current?.key === key) return current.verifier
  const { trust, issuers, registries, ownKeys } = settings
  const recipient = recipientOf(settings.recipient)
  const verifier = createVerifier({
    trustedIssuers: trust === 'anybody' ? anyIssuer : [...issuers, ...registries.map((url) => dccRegistry({ url }))],
    loader: recorder.loader,
    resolvers: [...(ownKeys ? [selfAssertedKeys()] : []), ...defaultResolvers()],
    ...(recipient === undefined ? {} : { recipient }),
  })
  current = { key, verifier }
  return verifier
}

function recipientOf(text: string): Recipient | undefined {
  if (text === '') return undefined
  // A DID or URL has a scheme; what else has an @ is an address.
  const isAddress = text.includes('@') && !/^(did|https?|urn|mailto):/i.test(text)
  return isAddress ? { type: 'emailAddress', value: text } : { id: text }
}

export async function verifyJob(task: VerifyTask, onFetch: (url: string) => void): Promise<Verified> {
  const fetched = recorder.start(onFetch)
  const input = await read(task.source)
  const report = await verifierFor(task.settings).verify(input)
  const credential = credentialOf(report)
  const issuer = provenIssuer(report)
  const contains = await unpack(input, report)
  return {
    verdict: report.outcome !== 'valid' ? report.outcome : report.issuerTrusted ? 'verified' : 'signed',
    title: titleOf(credential) ?? '',
    answer: explain(report).slice(0, 4).join(' '),
    ...(issuer === undefined ? {} : { issuer }),
    issuerCodes: (report.refreshed ?? report).checks.issuer.findings.map(({ code }) => code),
    ...(contains.length === 0 ? {} : { contains }),
    report: new Blob([JSON.stringify(report)], { type: 'application/json' }),
    // A badge that was fetched is on this list as well.
    fetched: fetched.map((each, index) => ('url' in task.source && index === 0 ? { ...each, kind: 'badge' } : each)),
  }
}

async function read(source: Source): Promise<Uint8Array | string> {
  if ('text' in source) return source.text
  if ('bytes' in source) return new Uint8Array(await source.bytes.arrayBuffer())
  try {
    const accept = 'application/json, application/vc+jwt, image/png, image/svg+xml, */*;q=0.1'
    const request = { url: source.url, kind: 'refresh', maxBytes: defaultLimits.imageBytes, accept } as const
    return (await recorder.loader.load(request, {})).bytes
  } catch (error) {
    if (error instanceof ResolutionError) throw new Error(failureInWords(error.code, source.url))
    throw error
  }
}

function credentialOf(report: VerificationReport): VerifiableCredential | undefined {
  const { refreshed } = report
  if (refreshed !== undefined) return credentialOf(refreshed)
  return report.outcome === 'valid' ? report.credential : report.unverified
}

function titleOf(credential: VerifiableCredential | undefined): string | undefined {
  const subject = [credential?.credentialSubject].flat()[0] as { achievement?: { name?: unknown } } | undefined
  return textOf(subject?.achievement?.name) ?? textOf(credential?.name)
}

/** A text, or the first of several languages. */
function textOf(value: unknown): string | undefined {
  const [first] = [value].flat()
  const text = typeof first === 'object' && first !== null ? (first as { '@value'?: unknown })['@value'] : first
  return typeof text === 'string' ? plainText(text) || undefined : undefined
}

/** Whoever is named by a badge that somebody else signed shall not be trusted by one click. */
function provenIssuer(report: VerificationReport): Verified['issuer'] {
  const { checks } = report.refreshed ?? report
  const credential = credentialOf(report)
  const doubted = checks.key.findings.some(
    ({ code }) => code === 'key.self_asserted' || code === 'key.other_controller',
  )
  if (credential === undefined || checks.proof.status !== 'valid' || checks.key.status !== 'valid' || doubted)
    return undefined
  const { issuer } = credential
  const id = typeof issuer === 'string' ? issuer : issuer.id
  return { id, name: (typeof issuer === 'string' ? undefined : textOf(issuer.name)) ?? plainText(id) }
}
