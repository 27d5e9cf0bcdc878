// A term's awards in one go: streamed in, streamed out, one bad award is one error, and what was cut off goes on where it ended.
import { createAchievement, createIssuer, createSigner, createVerifier, generateKey } from 'badgewright'

const signer = await createSigner({ key: await generateKey() })
const profile = { id: signer.controller, name: 'Example College' }
const issuer = createIssuer({ profile, signer })
const achievement = createAchievement({
  id: 'https://college.example/achievements/giving-feedback',
  name: 'Giving Feedback',
  description: 'Feedback that helps others grow.',
  criteria: { narrative: 'Gave three colleagues feedback that they could act on, and followed up.' },
})

// A query of your database, a file: only a few awards are in memory at a time.
async function* awards() {
  for (let number = 0; number < 1000; number++) {
    const email = number === 17 ? 'nobody' : `learner-${number}@example.edu`
    yield { id: `spring-${number}`, achievement, recipient: { email } }
  }
}

// As text, ready for a file: that takes less than objects which are written afterwards.
const written = new Map()
const onProgress = ({ done, failed }) => done % 500 === 0 && console.log(done, 'done,', failed, 'failed')
for await (const { id, text, error } of issuer.issueBatch(awards(), { as: 'text', onProgress })) {
  if (error) console.log(id, error.code)
  else written.set(id, text)
  if (id === 'spring-699') break // the power fails
}
// Started again behind the last one that was written; with a store (`credentials`) no award is issued twice in any case.
const after = 'spring-699'
for await (const { id, text } of issuer.issueBatch(awards(), { as: 'text', after })) written.set(id, text)

let valid = 0
const verifier = createVerifier({ trustedIssuers: [profile.id] })
for await (const { outcome } of verifier.verifyAll(written.values())) if (outcome === 'valid') valid++
console.log(written.size, 'badges,', valid, 'valid')
