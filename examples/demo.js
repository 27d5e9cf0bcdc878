// npm run demo: a competency becomes a signed, baked and verified badge, and a forgery is found out.
import { writeFile } from 'node:fs/promises'
import {
  bakeImage,
  createCredential,
  createSigner,
  explain,
  generateKey,
  signCredential,
  unbakeImage,
  verifyCredential,
} from 'badgewright'
import { drawBadge } from './draw-badge.js'
import { developing, givingFeedback, proficient, rubric } from './giving-feedback.js'
import { printCompetency, printReport } from './print-report.js'

// The competency: what it is, where it is defined, and how well somebody can do it.
printCompetency(givingFeedback)

// The award: to whom, at which level, on which evidence.
const signer = await createSigner({ key: await generateKey() })
const issuer = { id: signer.controller, name: 'Example School of Education' }
const result = [{ resultDescription: rubric.id, achievedLevel: developing.id }]
const evidence = [{ id: 'https://portfolio.example/feedback-cycle', name: 'A feedback cycle, recorded' }]
const credentialSubject = { id: 'did:example:teacher-17', achievement: givingFeedback, result }
const credential = createCredential({ name: givingFeedback.name, issuer, evidence, credentialSubject })

// Signed, baked, written to a file, verified by a stranger who trusts this issuer.
const png = await bakeImage(drawBadge(), await signCredential(credential, { signer }))
await writeFile('giving-feedback.png', png)
const trust = { trustedIssuers: [issuer.id] }
printReport('The badge in giving-feedback.png', await verifyCredential(png, trust), explain)

// The same badge with a better level.
const forged = structuredClone(await unbakeImage(png))
forged.credentialSubject.result[0].achievedLevel = proficient.id
printReport('The same badge, with another level', await verifyCredential(await bakeImage(png, forged), trust), explain)
