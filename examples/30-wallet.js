// A wallet: it takes in what comes, keeps the newest of each badge, and shows a part of one to whoever asks.
import { createVerifier } from 'badgewright'
import * as wallet from 'badgewright/wallet'
import { asker, holder, post, requestLink, schoolId } from './wallet-post.js'

// 1. Take it in. Nothing is fetched without a loader.
const { badges, problems } = await wallet.importBadges(post)
for (const { place, message } of problems) console.log(`${place}: ${message}`)

// 2. Verify it. Of a badge that can be shown in parts, all of it is shown: to oneself.
const verifier = createVerifier({ trustedIssuers: [schoolId] })
const verified = badges.map(async (badge) => {
  if (!wallet.hasBaseProof(badge.secured)) return { ...badge, report: await verifier.verify(badge.secured) }
  const whole = await wallet.discloseBadge(badge.secured, { reveal: [''] })
  return { ...badge, report: await verifier.verify(whole.credential) }
})

// 3. Keep the newest of each. Only one that its issuer signed replaces another.
const kept = wallet.mergeBadges(await Promise.all(verified))
console.log(`${kept.badges.length} badge is kept, ${kept.replaced.length} was replaced`)

// 4. Somebody asks, by a link: which badges answer, and what of them would be seen?
const request = wallet.parseRequest(requestLink)
const show = wallet.matchRequest(request, kept.badges).queries.map(({ candidates }) => candidates[0])
console.log(request.queries[0].reason, show[0].reveal.join(' and '))

// 5. Answer whom one is really talking to, and nobody else.
const answer = await wallet.answerRequest(request, { origin: 'https://far.example', signer: holder, show })
for (const { disclosure } of answer.shown) console.log('withheld:', disclosure.withheld.join(' '))

// The other side.
const report = await verifier.verifyPresentation(answer.presentation, asker)
console.log(report.outcome, JSON.stringify(report.credentials[0].credential.credentialSubject.result))
