/**
 * A registrar has been sent a diploma that its issuer has since revoked. Ten steps, with keyboard and screen reader in mind: every
 * control is found by the name that is read out.
 *
 * @module
 */
import { readFile } from 'node:fs/promises'
import { equal, excludes, includes, ok } from '../expect.js'

const BADGE = 'verifier-core/getVCv1Revoked'
const NAME = 'diploma.json'

const textOf = async (locator) => (await locator.allInnerTexts()).join('\n')

export const registrar = {
  'ten steps with a revoked diploma': Object.assign(
    async ({ corpus, open, say, shot }) => {
      const visit = await open({ web: corpus.web })
      const { page } = visit
      const button = (name) => page.getByRole('button', { name, exact: true })
      const verdict = () => page.locator('.bw-verdict-words strong').textContent()

      say('1. Opens the page and reads what it does, and that nothing is uploaded.')
      includes(await visit.text('header'), 'nothing is uploaded', 'lead')
      equal(await page.getByRole('heading', { level: 1 }).textContent(), 'Check a badge', 'heading')

      say('2. Comes by Tab to the field for files and picks the attachment.')
      await page.keyboard.press('Tab')
      equal(await page.evaluate(() => document.activeElement.textContent), 'Skip to the results', 'first stop')
      await page.keyboard.press('Tab')
      equal(await page.evaluate(() => document.activeElement.id), 'files', 'second stop')
      equal(await page.getByLabel('choose files').count(), 1, 'its name')
      await visit.give({ [NAME]: corpus.bytes(BADGE) })

      say('3. Hears the answer without looking: not valid, revoked.')
      await page.getByRole('status').filter({ hasText: 'This badge is not valid.' }).waitFor()
      includes(await page.getByRole('status').textContent(), 'revoked by its issuer', 'announced')
      equal(await page.evaluate(() => document.activeElement.id), 'detail', 'where the focus is')

      say('4. Reads the verdict and its reason.')
      equal(await verdict(), 'Not valid', 'verdict')
      includes(await visit.text('.bw-verdict'), 'It was revoked by its issuer.', 'reason')
      excludes(await visit.text('#detail'), /Verified|Genuine/, 'anything that sounds good')
      await shot(visit, 'registrar-verdict-light')

      say('5. Unfolds what the badge says: person, degree and institution.')
      await page.getByText('What the badge says').click()
      for (const part of [
        'Sam Salmon',
        'Mock Bachelor of Science in Computer Science',
        'Sam Salmon - Mock Bachelor of Science Degree in Computer Science',
        'Massachusetts Institute of Technology',
      ])
        includes(await visit.text('#detail'), part, 'the badge')
      excludes(await visit.text('#detail'), 'Nobody is named', 'the badge')

      say('6. Looks through the ten checks: the signature is good, so it is no forgery; the revocation is what failed.')
      await page.getByText('All ten checks').click()
      const check = (name) => page.locator('.bw-check').filter({ has: page.locator('strong', { hasText: name }) })
      includes(await textOf(check('Signature')), 'passed', 'signature')
      includes(await textOf(check('Revocation')), 'failed', 'revocation')
      equal(await page.locator('.bw-check').count(), 10, 'checks')

      say("7. Sees what was asked for: the issuer's list, and nothing else.")
      ok(visit.asked.length === 1, `one request, not ${visit.asked.length}`)
      includes(await visit.text('.fetched'), visit.asked[0], 'address')
      includes(await visit.text('.fetched'), 'the list of revoked badges', 'what for')

      say('8. Puts the institution on the list of the trusted: revoked stays revoked.')
      await page.getByText('Whom do you trust?').click()
      const issuer = await page
        .locator('#detail .bw-claims code')
        .filter({ hasText: /^did:key:/ })
        .first()
        .textContent()
      await page.getByLabel('Their ids, one in a line').fill(issuer)
      await button('Use these choices').click()
      await page.locator('#trust-summary', { hasText: '1 issuer.' }).waitFor()
      await visit.settled()
      equal(await verdict(), 'Not valid', 'verdict')
      includes(await visit.text('.bw-verdict'), 'It was revoked by its issuer.', 'reason')

      say('9. Downloads the report for the file. There is no certificate to print.')
      equal(await button('Printable certificate').count(), 0, 'certificate')
      const [download] = await Promise.all([page.waitForEvent('download'), button('Download the report').click()])
      const { file, fetched, report } = JSON.parse(await readFile(await download.path(), 'utf8'))
      equal([file, report.outcome, report.because], [NAME, 'invalid', ['status.revoked']], 'report')
      ok(
        fetched.every(({ url }) => visit.asked.includes(url)),
        'the report says what was fetched',
      )

      say('10. Clears the page for the next one; the trusted stay.')
      await button('Clear').click()
      includes(await visit.text('#results'), 'Nothing has been checked yet', 'results')
      excludes(await visit.text('body'), 'Bachelor', 'the page')
      excludes(await page.evaluate(() => JSON.stringify(localStorage)), 'Bachelor', 'the storage')
      includes(await visit.text('#trust-summary'), '1 issuer', 'the trusted')
    },
    { needsCorpus: true },
  ),
}
