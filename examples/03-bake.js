// Bake a badge into a PNG, take it out again, verify it.
import { anyIssuer, bakeImage, unbakeImage, verifyCredential } from 'badgewright'
import { badge } from './01-issue.js'
import { drawBadge } from './draw-badge.js'

const png = await bakeImage(drawBadge(), badge)
const inside = await unbakeImage(png)
console.log('the image holds', inside.credentialSubject.achievement.name)

const report = await verifyCredential(png, { trustedIssuers: anyIssuer })
console.log(report.outcome, '-', report.checks.issuer.findings[0].message)
