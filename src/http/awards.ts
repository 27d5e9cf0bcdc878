/**
 * What a clerk looks up over http: what was issued, page by page, and what became of one award.
 *
 * @module
 */
import { type AwardPage, pageOfAwards, rowOf } from '../issue/award-pages.js'
import type { CredentialQuery, CredentialState, CredentialStore } from '../issue/credential-store.js'
import { parseDateTime } from '../model/date-time.js'
import { type Person, personProblem } from '../model/person.js'
import { problem } from './problem.js'

/** Rows of a page where nobody says, and at most. */
const LIMIT = 50
const MOST = 500
/** Records that one request may look at: a person is looked for in each, and others wait meanwhile. */
const MOST_SEEN = 20_000

const PARAMETERS = ['achievement', 'state', 'person', 'from', 'before', 'limit', 'after', 'copy'] as const
const STATES: readonly string[] = ['active', 'suspended', 'revoked'] satisfies readonly CredentialState[]

/**
 * `GET /awards`: `{ awards, next? }`, where `next` is the query of the next page; with `achievement` (an id), `state`, `person` (an id, or
 * an e-mail address), `from` and `before` (RFC 3339), `limit` (50, at most 500).
 */
export async function listAwards(request: Request, credentials: CredentialStore): Promise<Response> {
  const { searchParams } = new URL(request.url)
  const unknown = [...searchParams.keys()].find((name) => !PARAMETERS.some((each) => each === name))
  if (unknown !== undefined)
    return problem(400, `there is no parameter "${unknown.slice(0, 100)}": there are ${PARAMETERS.join(', ')}`)
  const given = Object.fromEntries(searchParams) as Partial<Record<(typeof PARAMETERS)[number], string>>
  const read = readQuery(given)
  if (typeof read === 'string') return problem(400, read)
  const page = await pageOfAwards(credentials, { ...read, most: MOST_SEEN })
  const next = nextQuery(given, page)
  return json({ awards: page.rows, ...(next === undefined ? {} : { next }) })
}

/** `GET /awards/<award id>`: its badges, each with its trail and its places in status lists. Undefined where there is none. */
export async function showAward(awardId: string, credentials: CredentialStore): Promise<Response | undefined> {
  const badges = []
  for await (const { credentialId } of credentials.list({ awardId })) {
    const [record] = await credentials.get([{ credentialId }])
    if (record !== undefined) badges.push({ ...rowOf(record), places: record.status, trail: record.events })
  }
  return badges.length === 0 ? undefined : json({ award: awardId, badges })
}

type Given = Partial<Record<(typeof PARAMETERS)[number], string>>

/** What is wrong with it, or what is asked. */
function readQuery(given: Given): string | Omit<Parameters<typeof pageOfAwards>[1], 'most'> {
  const { achievement, state, person, from, before, limit = String(LIMIT), after, copy } = given
  if (!/^\d{1,4}$/.test(limit) || Number(limit) < 1 || Number(limit) > MOST)
    return `"limit" is a number from 1 to ${MOST}`
  if (state !== undefined && !STATES.includes(state)) return `"state" is ${STATES.join(', ')}`
  if (copy !== undefined && (after === undefined || !/^\d{1,9}$/.test(copy))) return '"copy" is a number beside "after"'
  const dates: { issuedFrom?: Date; issuedBefore?: Date } = {}
  for (const [name, to, value] of [
    ['from', 'issuedFrom', from] as const,
    ['before', 'issuedBefore', before] as const,
  ]) {
    if (value === undefined) continue
    const time = parseDateTime(value)?.time
    if (time === undefined) return `"${name}" is a date and time such as 2030-01-31T12:00:00Z`
    dates[to] = new Date(time)
  }
  const whom = person === undefined ? undefined : personOf(person)
  if (whom !== undefined && personProblem(whom, 'person') !== undefined)
    return '"person" is an id (a DID or URL) or an e-mail address'
  const query: CredentialQuery = {
    ...(achievement === undefined ? {} : { achievementId: achievement }),
    ...(state === undefined ? {} : { state: state as CredentialState }),
    ...dates,
  }
  return {
    query,
    limit: Number(limit),
    ...(whom === undefined ? {} : { person: whom }),
    ...(after === undefined ? {} : { after: copy === undefined ? after : { awardId: after, copy: Number(copy) } }),
  }
}

const personOf = (text: string): Person => (/^[a-z][a-z0-9+.-]*:/i.test(text) ? { id: text } : { email: text })

/** A relative URL: `?after=...`, with all that was asked. */
function nextQuery(given: Given, { next }: AwardPage): string | undefined {
  if (next === undefined) return undefined
  const { copy: _, ...rest } = given
  const again = new URLSearchParams({
    ...rest,
    after: next.awardId,
    ...(next.copy === undefined ? {} : { copy: String(next.copy) }),
  })
  return `?${again}`
}

/** For whom it was made and nobody else. */
function json(value: unknown): Response {
  return new Response(JSON.stringify(value), {
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
  })
}
