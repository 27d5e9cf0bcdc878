/** Presentations, lists and wallets' backups: no badges themselves, but full of them. Inside the worker. */
import type { VerificationReport } from 'badgewright'

/** A file that is read as a badge, or is refused for its size, holds no others. */
const MAY_HOLD = ['format.unsupported', 'format.malformed', 'format.not_open_badge']

export async function unpack(input: Uint8Array | string, report: VerificationReport): Promise<string[]> {
  if (report.outcome !== 'invalid' || !MAY_HOLD.includes(report.because[0])) return []
  const { importBadges } = await import('badgewright/wallet')
  // Without a loader: links in it are not followed.
  const { badges } = await importBadges(input, { maxItems: 1000 })
  return badges.map(({ secured, unverified }) => {
    const badge = secured ?? unverified
    return typeof badge === 'string' ? badge : JSON.stringify(badge)
  })
}
