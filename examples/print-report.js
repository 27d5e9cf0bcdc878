// Prints a competency as it was modelled, and reports: the ten checks, then what they mean.

/** What can be earned, and which rubric says how well. */
export function printCompetency({ name, description, criteria, alignment = [], resultDescription = [] }) {
  console.log(`\nThe competency: ${name}`)
  console.log(`  ${description}`)
  console.log(`  earned by    ${criteria.narrative}`)
  for (const { targetName, targetUrl } of alignment) console.log(`  the same as  ${targetName}, ${targetUrl}`)
  for (const { name, rubricCriterionLevel = [] } of resultDescription)
    console.log(`  ${name.toLowerCase().padEnd(13)}${rubricCriterionLevel.map((level) => level.name).join(' < ')}`)
}

/** A DID is as long as its key: its beginning is enough to tell it from others here. */
const short = (text) => text.replace(/did:key:(\w{8})\w+(?:#\w+)?/g, 'did:key:$1…')

/** `explain` is badgewright's: sentences for people. */
export function printReport(title, report, explain) {
  console.log(`\n${title}: ${report.outcome.toUpperCase()}`)
  for (const [check, { status, findings }] of Object.entries(report.checks)) {
    console.log(`  ${check.padEnd(13)}${status.padEnd(15)}${findings[0].code.padEnd(26)}${short(findings[0].message)}`)
  }
  console.log(`\n  ${explain(report).map(short).join('\n  ')}`)
}
