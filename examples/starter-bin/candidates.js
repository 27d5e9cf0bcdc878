// Two issuers, two candidates and their badges.
import { createCredential, createSigner, generateKey, signCredential } from 'badgewright'
import { achievementFor } from 'badgewright/competency'
import { academyFramework, schoolFramework, starterBin } from './files.js'

async function newIssuer(name, framework, badges) {
  const signer = await createSigner({ key: await generateKey() })
  return { profile: { id: signer.controller, name }, framework, badges, signer }
}

const school = await newIssuer('Example School of Education', starterBin, 'https://education.example/badges')
const academy = await newIssuer('Academy of Practice', academyFramework, 'https://academy.example/badges')
const district = await newIssuer('Our district', schoolFramework, 'https://school.example/badges')
export const trustedIssuers = [school, academy, district].map(({ profile }) => profile.id)

/** A signed badge for the competency of that name, at the level of that number (from 1). */
async function award(issuer, recipient, name, level, years = 5) {
  const { framework, profile, signer, badges } = issuer
  const competency = framework.competencies.find((each) => each.name === name)
  const criteria = { narrative: `A portfolio of "${name}", judged by two teachers against the rubric.` }
  const id = `${badges}/${competency.id.split('/').at(-1)}`
  const achievement = achievementFor(competency, { id, framework, criteria, creator: profile })
  const result = level && [{ resultDescription: `${id}#levels`, achievedLevel: `${id}#level-${level}` }]
  const credentialSubject = { id: recipient, achievement, ...(result ? { result } : {}) }
  const evidence = [{ id: `https://portfolio.example/${recipient.split(':').at(-1)}` }]
  const validUntil = new Date(Date.now() + years * 365 * 86_400_000)
  return signCredential(createCredential({ issuer: profile, credentialSubject, evidence, validUntil }), { signer })
}

export const maria = { name: 'Maria', id: 'did:example:maria' }
maria.badges = [
  await award(school, maria.id, 'Modeling a Growth Mindset', 2),
  await award(academy, maria.id, 'Useful critique', 2, 2), // gold; the crosswalk says: proficient
  await award(school, maria.id, 'Building Relationships of Trust', 1),
  await award(school, maria.id, 'Student-centered Leadership'), // the whole set
  await award(district, maria.id, 'Leading our river project'),
]
export const jon = { name: 'Jon', id: 'did:example:jon' }
jon.badges = [
  await award(school, jon.id, 'Modeling a Growth Mindset', 1), // developing; proficient is asked
  await award(school, jon.id, 'Embracing Change', 2),
  await award(academy, jon.id, 'Buying devices'), // narrower than procuring hardware and software
  await award(school, jon.id, 'User Experience (UX) for Students'),
]
