/**
 * One person's badges, verified: for commands that count on the reports.
 *
 * @module
 */
import { canonicalUri } from '../entries/competency.js'
import { createVerifier, type VerificationReport } from '../entries/index.js'
import { badgeInputs } from './badge-inputs.js'
import { EXIT, type ExitCode, worse } from './exit.js'
import { failureOf } from './failure.js'
import { STANDARD } from './files.js'
import { PROGRAM } from './help.js'
import { listFiles } from './list-files.js'
import { printable } from './printable.js'
import type { Session } from './session.js'
import type { readVerifyOptions } from './verify-options.js'

/** Reports in the order of the files. What cannot be read is said, and makes the exit code worse. */
export async function verifyAll(
  names: readonly string[],
  settings: Awaited<ReturnType<typeof readVerifyOptions>>,
  session: Session,
): Promise<{ readonly reports: readonly VerificationReport[]; readonly exit: ExitCode }> {
  const list = await listFiles(names, session)
  const { inputs, asideBefore } = badgeInputs(list, session, settings.verifier.loader)
  const reports: VerificationReport[] = []
  let exit: ExitCode = EXIT.ok
  for await (const report of createVerifier(settings.verifier).verifyAll(inputs, settings.perCall)) {
    if (report.outcome !== undefined) {
      reports.push(report)
      continue
    }
    const failure = failureOf(report.name ?? STANDARD, report.error)
    exit = worse(exit, failure.exit)
    for (const line of [`${PROGRAM}: ${failure.message}`, ...failure.details]) session.note(printable(line))
  }
  for (const { failure } of asideBefore()) {
    if (failure === undefined) continue
    exit = worse(exit, failure.exit)
    session.note(`${PROGRAM}: ${printable(failure.message)}`)
  }
  return { reports, exit }
}

/** Words for ids: badges and achievements by what their achievement is called. */
export function namesOfBadges(reports: readonly VerificationReport[]): (id: string) => string {
  const names = new Map<string, string>()
  for (const report of reports) {
    const credential = report.outcome === 'valid' ? report.credential : report.unverified
    if (credential === undefined) continue
    const { id, name } = credential.credentialSubject.achievement
    names.set(credential.id, `"${name}"`)
    names.set(canonicalUri(id), `"${name}"`)
  }
  return (id) => names.get(id) ?? names.get(canonicalUri(id)) ?? id
}
