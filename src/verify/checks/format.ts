/**
 * What is this? Bytes, a text or an object become a document, or a reason why not.
 *
 * @module
 */

import { type Container, openContainer } from '../../bake/read-container.js'
import { ParseError, UsageError } from '../../errors.js'
import { isObject, listOf } from '../../internal/json-object.js'
import { nearest } from '../../internal/members.js'
import { onDemand } from '../../internal/on-demand.js'
import { shown } from '../../internal/shown.js'
import type { Bytes, Json, JsonObject, MaybePromise } from '../../internal/types.js'
import { isEnvelope, isOpenBadge, isPresentation } from '../../model/kinds.js'
import { type Check, check, type Finding, finding } from '../../report/check.js'
import type { Limits } from '../../report/limits.js'
import { type Reading, readEmbedded, readJwt } from '../reading.js'

export interface FormatOutcome {
  readonly check: Check<'format'>
  readonly reading?: Reading
}

/** Which finding an unreadable input becomes. What has no row is malformed. */
const PARSE_FINDINGS = {
  'parse.too_large': 'format.too_large',
  'parse.too_deep': 'format.too_deep',
  'parse.duplicate_member': 'format.duplicate_member',
  'parse.no_badge_in_image': 'format.no_badge_in_image',
  'parse.open_badges_2': 'format.not_open_badge',
  'parse.is_url': 'format.unsupported',
  'parse.unsupported': 'format.unsupported',
} as const

/** Reads a credential. `accept` is what the caller wants to see verified. */
export async function checkFormat(
  input: Bytes | string | object,
  {
    limits,
    accept,
    kind = 'vc',
  }: { readonly limits: Limits; readonly accept: 'open-badge' | 'any-credential'; readonly kind?: 'vc' | 'vp' },
): Promise<FormatOutcome> {
  try {
    const opened = openContainer(input, limits)
    // What is there already is not awaited: most badges have all they need in memory.
    const { container, document, jws } = opened instanceof Promise ? await opened : opened
    const text =
      document === undefined
        ? jws
        : isEnvelope(document)
          ? (await envelopes()).openEnvelope(document, kind, limits.documentBytes)
          : undefined
    const reading =
      text === undefined
        ? readEmbedded(container, document as JsonObject)
        : await readText(container, text, limits, kind)
    if ('code' in reading) return { check: check([reading]) }
    const judged = kind === 'vc' ? judgeType(reading.document, accept) : undefined
    const refusal = judged instanceof Promise ? await judged : judged
    if (refusal !== undefined) return { check: check([refusal]) }
    return {
      check: check([finding('format.parsed', `read as ${container.toUpperCase()}`, { evidence: { container } })]),
      reading,
    }
  } catch (error) {
    // Inside a badge or a list of inputs anything may stand; null or a number is a bad badge there, and no bug of the caller's.
    if (error instanceof UsageError && error.code === 'usage.invalid_input')
      return { check: check([finding('format.malformed', error.message)]) }
    if (!(error instanceof ParseError)) throw error
    return {
      check: check(
        error.issues.length > 0
          ? error.issues.map((issue) => fromIssue(issue.code, issue.message, issue.pointer))
          : [fromIssue(error.code, error.message, '')],
      ),
    }
  }
}

/** What JWTs take is loaded for them: most badges have their proof inside. Once: a second `import()` is no free question. */
const jwtReaders = onDemand(() => Promise.all([import('../../proof/jws.js'), import('../../proof/vc-jwt.js')]))

const envelopes = onDemand(() => import('../../bake/envelope.js'))
const others = onDemand(() => Promise.all([import('../../bake/holder.js'), import('../../bake/not-a-badge.js')]))

async function readText(
  container: Container,
  text: string,
  limits: Limits,
  kind: 'vc' | 'vp',
): Promise<Reading | Finding<'format'>> {
  const [{ decodeJws, isJwsFault }, { readVcJwt }] = await jwtReaders()
  const jws = decodeJws(text, { maxDepth: limits.depth })
  if (isJwsFault(jws)) return fromIssue(`parse.${jws.kind}`, jws.message, jws.pointer ?? '')
  const jwt = readVcJwt(jws, kind)
  if ('fault' in jwt) return finding('format.malformed', jwt.fault)
  return readJwt(container, jwt, text)
}

function judgeType(
  document: JsonObject,
  accept: 'open-badge' | 'any-credential',
): MaybePromise<Finding<'format'> | undefined> {
  if (isPresentation(document)) {
    return finding('format.unsupported', 'this is a presentation: verify it with verifyPresentation', {
      pointer: '/type',
    })
  }
  const types = listOf(document.type)
  if (types.includes('Assertion') || (isObject(document.badge) && isObject(document.recipient))) {
    return finding(
      'format.not_open_badge',
      'this is an Open Badges 1 or 2 assertion, which is checked with its issuer and is no verifiable credential',
      { pointer: '/type' },
    )
  }
  if (isOpenBadge(document)) return undefined
  if (types.includes('VerifiableCredential')) return accept === 'any-credential' ? undefined : otherType(document)
  return others().then(([{ holderOf }, { notABadge }]) => {
    const what = notABadge(document)
    if (what === undefined) return accept === 'any-credential' ? undefined : otherType(document)
    return finding(holderOf(document) === undefined ? 'format.not_open_badge' : 'format.unsupported', what)
  })
}

function otherType(document: JsonObject): Finding<'format'> {
  const types = listOf(document.type)
  const lack = document.type === undefined ? 'it has no "type"' : LACKS
  return finding(
    'format.not_open_badge',
    `this is not an Open Badge: ${lack}${didYouMean(types)}; to verify other credentials use accept: "any-credential"`,
    { pointer: '/type' },
  )
}

const LACKS = 'its "type" has neither OpenBadgeCredential nor AchievementCredential'

function didYouMean(types: readonly Json[]): string {
  for (const type of types) {
    const meant = typeof type === 'string' ? nearest(type, ['OpenBadgeCredential', 'AchievementCredential']) : undefined
    if (meant !== undefined) return ` (${shown(type)}: did you mean ${meant}?)`
  }
  return ''
}

function fromIssue(code: string, message: string, pointer: string): Finding<'format'> {
  const known = Object.hasOwn(PARSE_FINDINGS, code)
    ? PARSE_FINDINGS[code as keyof typeof PARSE_FINDINGS]
    : 'format.malformed'
  return finding(known, message, pointer === '' ? {} : { pointer })
}
