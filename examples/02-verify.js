// Verify a badge, whoever issued it: JSON, a JWT, a PNG or an SVG.

// #region readme
import { createVerifier, explain } from 'badgewright'
import { badge, issuer } from './01-issue.js'

const verifier = createVerifier({ trustedIssuers: [issuer.id] }) // or anyIssuer, by name
const report = await verifier.verify(badge)
console.log(explain(report).join('\n'))
for (const [check, { status, findings }] of Object.entries(report.checks)) console.log(check, status, findings[0].code)
if (report.outcome === 'valid')
  console.log(report.credential.credentialSubject.achievement.name) // only here it exists
else console.log(report.because) // the codes that decided it, such as [ 'proof.mismatch' ]
// #endregion
