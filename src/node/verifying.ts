/**
 * Verifying, in a worker thread: a verifier like any other, with caches of its own.
 *
 * @module
 */
import { createVerifier, type VerifyOptions } from '../defaults/verify.js'
import { anyIssuer } from '../report/symbols.js'
import type { NamedInput } from '../verify/verifier.js'
import { distantLoader } from './distant-loader.js'
import type { VerifyJob, Work } from './messages.js'
import type { Ask } from './switchboard.js'

/** Answers each report as JSON: a report is nothing else, and a text crosses faster. */
export function createVerifying({ options, trustsAnyIssuer, trustsAnyEndorser, hasLoader }: VerifyJob, ask: Ask): Work {
  const verifier = createVerifier({
    ...(options as VerifyOptions),
    ...(trustsAnyIssuer ? { trustedIssuers: anyIssuer } : {}),
    ...(trustsAnyEndorser ? { trustedEndorsers: anyIssuer } : {}),
    ...(hasLoader ? { loader: distantLoader(ask) } : {}),
  })
  return async (inputs, answer) => {
    const reports: string[] = []
    for await (const report of verifier.verifyAll(inputs as readonly NamedInput[])) reports.push(JSON.stringify(report))
    answer(reports)
  }
}
