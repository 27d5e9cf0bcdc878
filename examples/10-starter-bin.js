// A school assesses two candidates for three roles, from their verified badges alone: whatever words the issuers used.
// With `--out folder` it also writes the badges there, for `badgewright fit`.
import { mkdir, writeFile } from 'node:fs/promises'
import { createVerifier } from 'badgewright'
import { assessStack, explainStack, namesIn } from 'badgewright/competency'
import { jon, maria, trustedIssuers } from './starter-bin/candidates.js'
import { crosswalk, frameworks, stacks } from './starter-bin/files.js'

const verifier = createVerifier({ trustedIssuers })
const options = { frameworks, crosswalks: [crosswalk], stacks, now: new Date() }

for (const { name, id, badges } of [maria, jon]) {
  const reports = await Promise.all(badges.map((badge) => verifier.verify(badge, { recipient: { id } })))
  for (const stack of stacks) {
    const report = assessStack(reports, stack, options)
    console.log(`\n${name}, ${explainStack(report, namesOf(reports)).join('\n')}`)
  }
}

/** Words for people: competencies, levels and stacks by their names, credentials by those of their achievements. */
function namesOf(reports) {
  const credentials = new Map(reports.map(({ credential }) => [credential.id, credential]))
  const roles = new Map(stacks.map(({ id, version, name }) => [`${id}@${version}`, name]))
  return (id) => roles.get(id) ?? credentials.get(id)?.credentialSubject.achievement.name ?? namesIn(frameworks)(id)
}

const folder = process.argv.includes('--out') && process.argv.at(process.argv.indexOf('--out') + 1)
if (folder) {
  for (const { name, badges } of [maria, jon]) {
    await mkdir(`${folder}/${name.toLowerCase()}`, { recursive: true })
    for (const [index, badge] of badges.entries())
      await writeFile(`${folder}/${name.toLowerCase()}/${index + 1}.json`, JSON.stringify(badge, null, 2))
  }
  await writeFile(`${folder}/trusted.txt`, `${trustedIssuers.join('\n')}\n`)
}
