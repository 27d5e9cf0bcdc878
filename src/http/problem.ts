/**
 * What went wrong, to a client: problem details, RFC 9457. Nothing of the inside is told but our own codes and messages.
 *
 * @module
 */
import { OpenBadgeError, ParseError, SigningError, StoreError, UsageError } from '../errors.js'
import type { Json } from '../internal/types.js'

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  409: 'Conflict',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  503: 'Service Unavailable',
}

export interface ProblemOptions {
  readonly headers?: Readonly<Record<string, string>>
  /** The code of the error, where it is one of ours. */
  readonly code?: string
  /** The member that is wrong. */
  readonly option?: string | undefined
  readonly issues?: readonly Json[]
}

export function problem(
  status: number,
  detail: string,
  { headers, code, option, issues }: ProblemOptions = {},
): Response {
  const body = {
    type: 'about:blank',
    title: TITLES[status],
    status,
    detail,
    ...(code === undefined ? {} : { code }),
    ...(option === undefined ? {} : { option }),
    ...(issues === undefined ? {} : { issues }),
  }
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      'access-control-allow-origin': '*',
      ...headers,
    },
  })
}

const NOT_FOUND = ['store.unknown_list', 'store.unknown_credential', 'usage.unknown_credential']
const CONFLICTS = ['usage.award_conflict', 'usage.revoked', 'usage.no_such_status', 'store.conflict']

/** Any error as an answer. `report` is told of those that are not the client's. */
export function problemOf(error: unknown, report: (error: unknown) => void): Response {
  if (!(error instanceof OpenBadgeError)) {
    report(error)
    return problem(500, 'this is a mistake of the server, not yours')
  }
  const { code, message } = error
  if (NOT_FOUND.includes(code)) return problem(404, message, { code })
  if (CONFLICTS.includes(code)) return problem(409, message, { code })
  if (error instanceof ParseError)
    return problem(422, message, {
      code,
      issues: error.issues.map((issue) => ({ code: issue.code, pointer: issue.pointer, message: issue.message })),
    })
  if (code === 'usage.missing_option') return problem(501, message, { code })
  if (error instanceof UsageError) return problem(422, message, { code, option: error.option })
  if (code === 'store.invalid_key' || code === 'store.invalid_value') return problem(422, message, { code })
  report(error)
  const isTransient = error instanceof StoreError || error instanceof SigningError
  const detail = isTransient
    ? 'the store or the key of the issuer does not answer: try again, nothing was lost'
    : message
  return problem(503, detail, { code, headers: { 'retry-after': '5' } })
}
