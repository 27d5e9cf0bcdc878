// Prints a report: the ten checks, then what they mean.

/** `explain` is badgewright's: sentences for people. */
export function printReport(title, report, explain) {
  console.log(`\n${title}: ${report.outcome.toUpperCase()}`)
  for (const [check, { status, findings }] of Object.entries(report.checks)) {
    console.log(`  ${check.padEnd(13)}${status.padEnd(15)}${findings[0].code.padEnd(26)}${findings[0].message}`)
  }
  console.log(`\n  ${explain(report).join('\n  ')}`)
}
