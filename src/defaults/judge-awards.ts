/**
 * Judging awards as signing would, without a key. Loaded when the first batch is submitted: it brings the model and the contexts with it.
 *
 * @module
 */
import { findProblems } from '../canonical/analyze.js'
import { ParseError, UsageError } from '../errors.js'
import { canonicalJson } from '../internal/jcs.js'
import { JsonError } from '../internal/json-error.js'
import { MAX_DEPTH } from '../internal/json-object.js'
import { snapshotJson } from '../internal/json-snapshot.js'
import type { Json, JsonObject, MaybePromise } from '../internal/types.js'
import { type Award, credentialInput } from '../issue/award.js'
import { demandId } from '../issue/batch.js'
import type { CredentialStore } from '../issue/credential-store.js'
import { demandSameBadge } from '../issue/record.js'
import { readAward } from '../jobs/batch-lines.js'
import type { AwardJudge, JudgedAward } from '../jobs/submit.js'
import type { IssuerProfile } from '../model/types.js'
import { hashHex } from '../platform/hash.js'
import { refuseProblems } from '../proof/problems.js'
import { createCredential } from './model.js'
import { lazyLoader, now, readLimits, signingCache } from './platform.js'

/** Of the hash that the judged badge has; nobody gets that one. */
const SALT = 'AAAAAAAAAAAAAAAAAAAAAA'

export function judgeFor(profile: IssuerProfile, credentials: CredentialStore): AwardJudge {
  const context = { loader: lazyLoader(), cache: signingCache(), limits: readLimits() }

  /** What is judged is what is kept: a copy, which nothing changes and no getter makes say something else. */
  function judge(given: Award): MaybePromise<JudgedAward> {
    const copy = copyOf(given)
    const text = JSON.stringify(copy)
    const award = readAward(copy as unknown as Award & { readonly id: string })
    const input = credentialInput(award, { profile, salt: () => SALT })
    const id = demandId({ award, index: 0 })
    const credential = createCredential({ validFrom: now(), ...input })
    const judged = { id, text, digest: hashHex('SHA-256', canonicalJson(copy)) }
    const problems = findProblems(credential as unknown as JsonObject, { ...context, now: now() })
    const settle = (found: Awaited<typeof problems>): JudgedAward => {
      if (found.length > 0) throw refuseProblems(found)
      return judged
    }
    return problems instanceof Promise ? problems.then(settle) : settle(problems)
  }

  return {
    judge,
    conflicts: async (awards) => {
      const conflicts = new Map<JudgedAward, Error>()
      if (awards.length === 0) return conflicts
      const records = await credentials.get(awards.map(({ id }) => ({ awardId: id })))
      for (const [at, judged] of awards.entries()) {
        const record = records[at]
        if (record === undefined) continue
        try {
          demandSameBadge(record, readAward(JSON.parse(judged.text) as Award), judged.id)
        } catch (error) {
          if (!(error instanceof UsageError)) throw error
          conflicts.set(judged, error)
        }
      }
      return conflicts
    },
  }
}

/** Throws UsageError `usage.invalid_award`, ParseError. */
function copyOf(award: unknown): JsonObject {
  if (typeof award !== 'object' || award === null || Array.isArray(award))
    throw new UsageError('usage.invalid_award', 'an award is an object')
  const { validFrom, validUntil } = award as Award
  try {
    return snapshotJson(
      { ...award, ...textOf('validFrom', validFrom), ...textOf('validUntil', validUntil) },
      { maxDepth: MAX_DEPTH },
    ) as Json as JsonObject
  } catch (cause) {
    if (!(cause instanceof JsonError)) throw cause
    const message = `an award is JSON and dates: ${cause.message}`
    throw new ParseError('parse.invalid', message, [{ code: 'parse.not_json', pointer: cause.pointer, message }], {
      cause,
    })
  }
}

function textOf(name: 'validFrom' | 'validUntil', value: unknown): object {
  if (!(value instanceof Date)) return {}
  if (!Number.isNaN(value.getTime())) return { [name]: value.toISOString() }
  throw new UsageError('usage.invalid_award', `"${name}" is a valid Date`, { option: name })
}
