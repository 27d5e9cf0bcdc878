/**
 * `npm run test:page`: builds the verifier page from the packed package and visits it in Chromium. Ends with 1 where a case failed.
 *
 *     npm run test:page -- --only registrar        cases whose name has this in it
 *     npm run test:page -- --shots folder          also takes pictures of the page's states
 *
 * @module
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'
import { buildPage, POLICY } from '../../examples/verifier-page/build.js'
import { installPacked } from '../../examples/verifier-page/packed.js'
import { CHROMIUM_FLAGS, chromium as findChromium } from '../runtimes/binaries.js'
import { makeBadges } from './badges.js'
import { accessibility } from './cases/accessibility.js'
import { corpusCases } from './cases/corpus.js'
import { hostile } from './cases/hostile.js'
import { input } from './cases/input.js'
import { network } from './cases/network.js'
import { reading } from './cases/reading.js'
import { registrar } from './cases/registrar.js'
import { roles } from './cases/roles.js'
import { trust } from './cases/trust.js'
import { openCorpus } from './corpus.js'
import { Failure } from './expect.js'
import { serve } from './site.js'
import { visitPage } from './visit.js'

/** Nothing is resolved but the loopback address: what a case did not put there is not reached by another way. */
const FLAGS = [...CHROMIUM_FLAGS, '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1']

const { values: args } = parseArgs({
  options: { only: { type: 'string' }, shots: { type: 'string' }, consumer: { type: 'string' } },
})

const { path, version } = findChromium()
const folder = mkdtempSync(join(tmpdir(), 'badgewright-page-test-'))
let failed = 0
let passed = 0
let browser
let site
try {
  const consumer = args.consumer ?? installPacked(folder)
  await buildPage(join(folder, 'site'), consumer)
  site = await serve(join(folder, 'site'), POLICY)
  browser = await chromium.launch({ executablePath: path, args: FLAGS })
  const packed = (name) => import(pathToFileURL(join(consumer, 'node_modules/badgewright/dist', `${name}.js`)).href)
  const kit = await makeBadges(await packed('index'), await packed('status'))
  const corpus = openCorpus()
  if (args.shots !== undefined) mkdirSync(args.shots, { recursive: true })
  console.log(
    `Chromium ${version}${corpus === undefined ? '; ../shared/corpus is not there: its cases are skipped' : ''}`,
  )
  const groups = { reading, input, trust, network, hostile, roles, accessibility, corpus: corpusCases, registrar }
  for (const [group, cases] of Object.entries(groups)) {
    for (const [name, run] of Object.entries(cases)) {
      const title = `${group}: ${name}`
      if (args.only !== undefined && !title.includes(args.only)) continue
      await perform(title, run, { kit, corpus, consumer, packed, policy: POLICY })
    }
  }
} finally {
  await browser?.close()
  site?.close()
  rmSync(folder, { recursive: true, force: true })
}
console.log(`\nverifier page: ${passed} cases passed, ${failed} failed`)
process.exit(failed > 0 || passed === 0 ? 1 : 0)

async function perform(title, run, context) {
  if (run.needsCorpus && context.corpus === undefined)
    return console.log(`skip  ${title}: ../shared/corpus is not there`)
  const visits = []
  const open = async (options) => {
    const visit = await visitPage(browser, site.origin, options)
    visits.push(visit)
    return visit
  }
  const shot = async (visit, name) => {
    if (args.shots !== undefined) await visit.page.screenshot({ path: join(args.shots, `${name}.png`), fullPage: true })
  }
  try {
    await run({ ...context, open, shot, say: (text) => console.log(`      ${text}`) })
    // Nothing may have been refused by the policy, thrown or asked of the user.
    const complaints = visits.flatMap((visit) => visit.complaints)
    if (complaints.length > 0) throw new Failure(`the browser complains: ${complaints.slice(0, 3).join('; ')}`)
    passed += 1
    console.log(`ok    ${title}`)
  } catch (error) {
    failed += 1
    console.log(`FAIL  ${title}\n      ${error instanceof Failure ? error.message : (error?.stack ?? error)}`)
  } finally {
    await Promise.all(visits.map((visit) => visit.done()))
  }
}
