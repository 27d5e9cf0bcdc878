/** One badge, as a person wants to see it. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dataUrl, drawing, revokedBadge, richBadge } from '../badges.js'
import { equal, excludes, includes, ok } from '../expect.js'

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export const reading = {
  'a badge of a did:key issuer is genuine, and nothing is asked of the network': async ({ kit, open, shot }) => {
    const visit = await open({ serviceWorkers: 'allow' })
    await shot(visit, 'empty-light')
    equal(await visit.check({ 'badge.json': await kit.sign() }), 'Genuine, issuer not confirmed', 'verdict')
    includes(await visit.text('.fetched'), 'Nothing: the check needed no network', 'what was fetched')
    equal(visit.asked, [], 'requests')
  },
  'everything it says is there: criteria, evidence, result, alignment, endorsement, image': async ({
    kit,
    open,
    shot,
  }) => {
    const visit = await open()
    await visit.check({ 'rich.json': await richBadge(kit) })
    await shot(visit, 'genuine-light')
    await visit.unfold()
    const text = await visit.text('#detail')
    for (const part of [
      'Giving Feedback',
      'Example School of Education',
      'did:example:maria',
      '2026',
      '2036',
      'Portfolio',
      'Two recordings',
      'Proficient',
      'Feedback culture',
      'Our district',
      'every',
    ])
      includes(text, part, 'the badge')
    equal(
      await visit.page.locator('#detail ol li').filter({ hasText: 'Followed up' }).count(),
      1,
      'a list of the Markdown',
    )
    equal(
      await visit.page.locator('#detail strong', { hasText: 'three colleagues' }).count(),
      1,
      'bold text of the Markdown',
    )
    ok(
      await visit.page.locator('#detail .bw-image').evaluate((image) => image.complete && image.naturalWidth > 0),
      'the image is shown',
    )
    for (const name of ['File', 'Signature', 'Revocation', 'Dates']) includes(text, name, 'the checks')
    equal(visit.asked, [], 'requests')
    await shot(visit, 'genuine-all-open-light')
  },
  'a tampered badge is not valid, and says so first': async ({ kit, open, shot }) => {
    const badge = await kit.sign()
    const visit = await open()
    equal(
      await visit.check({ 'changed.json': { ...badge, validFrom: '2020-01-01T00:00:00Z' } }),
      'Not valid',
      'verdict',
    )
    includes(await visit.text('.bw-verdict'), 'changed after it was signed', 'reason')
    equal(await visit.page.locator('#detail .callout.trust').count(), 0, 'offers to trust')
    await shot(visit, 'tampered-light')
  },
  'it comes as JWT, PNG and SVG too': async ({ kit, open }) => {
    const { lib, sign, png, svg } = kit
    const badge = await sign()
    const visit = await open()
    await visit.give({
      'badge.jwt': await sign({ format: 'jwt' }),
      'badge.png': await lib.bakeImage(png(), badge),
      'badge.svg': await lib.bakeImage(svg(), badge),
    })
    await visit.settled()
    includes(await visit.text('#progress'), '3 badges checked: 3 genuine', 'summary')
  },
  'the picture it came in is shown where it has none of its own, and named for what it is': async ({ kit, open }) => {
    const { lib, sign, svg } = kit
    const visit = await open()
    const badge = await sign({ achievement: { image: { id: 'https://images.example/1.png', type: 'Image' } } })
    await visit.check({ 'badge.svg': await lib.bakeImage(svg(), badge) })
    includes(await visit.text('.source-picture'), 'not part of what was signed', 'caption')
    ok(
      await visit.page
        .locator('.source-picture img')
        .evaluate((image) => image.decode().then(() => image.naturalWidth > 0)),
      'the picture is shown',
    )
    equal(visit.asked, [], 'requests')
  },
  'the report can be downloaded': async ({ kit, open }) => {
    const visit = await open()
    await visit.check({ 'badge.json': await kit.sign() })
    const [download] = await Promise.all([
      visit.page.waitForEvent('download'),
      visit.page.getByRole('button', { name: 'Download the report' }).click(),
    ])
    equal(download.suggestedFilename(), 'report-giving-feedback.json', 'name')
    const { file, fetched, report } = JSON.parse(await readFile(await download.path(), 'utf8'))
    equal([file, fetched, report.outcome, Object.keys(report.checks).length], ['badge.json', [], 'valid', 10], 'report')
  },
  'a genuine badge has a certificate to print: a file that stands alone': async ({ kit, open, shot }) => {
    const visit = await open()
    const { page } = visit
    await visit.check({
      'badge.json': await kit.sign({ name: 'Feedback, for Maria', subject: { name: 'Maria Muster' } }),
    })
    const button = page.getByRole('button', { name: 'Printable certificate', exact: true })
    await button.focus()
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')])
    const name = 'certificate-giving-feedback.html'
    equal(download.suggestedFilename(), name, 'name')
    const words = `The certificate is in the file ${name}: open it and print it.`
    await page.getByRole('status').filter({ hasText: words }).waitFor()
    equal(await visit.text('.certificate-note'), words, 'words beside the button')
    ok(await button.evaluate((each) => each === document.activeElement), 'the focus stays')
    await page.evaluate(AXE)
    const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }))
    equal(
      violations.map(({ id }) => id),
      [],
      'axe-core',
    )
    await shot(visit, 'certificate-made-light')

    const html = await readFile(await download.path(), 'utf8')
    excludes(html, /<script|src="(?!data:)|bw-qr"/, 'the file')
    // As it is opened from a folder: a context of its own, with no network.
    const context = await page.context().browser().newContext({ offline: true })
    try {
      const paper = await context.newPage()
      await paper.setContent(html)
      const text = (await paper.locator('body').allInnerTexts()).join('\n')
      for (const part of [
        'Maria Muster',
        'Giving Feedback',
        'Feedback, for Maria',
        'Example School of Education',
        'Genuine',
      ])
        includes(text, part, 'the certificate')
      includes(await paper.title(), 'Giving Feedback', 'title')
      equal(
        await paper.locator('.bw-certificate').evaluate((each) => getComputedStyle(each).borderTopStyle),
        'double',
        'its styles',
      )
    } finally {
      await context.close()
    }
    equal(visit.asked, [], 'requests')
  },
  'the certificate of a badge that was fetched leads back to it': async ({ kit, open }) => {
    const url = 'https://school.example/badges/17.json'
    const visit = await open({ web: { [url]: { body: JSON.stringify(await kit.sign()) } } })
    await visit.paste(url)
    equal(await visit.verdict(), 'Genuine, issuer not confirmed', 'verdict')
    const [download] = await Promise.all([
      visit.page.waitForEvent('download'),
      visit.page.getByRole('button', { name: 'Printable certificate' }).click(),
    ])
    const html = await readFile(await download.path(), 'utf8')
    includes(html, `aria-label="QR code of ${url}"`, 'the QR code')
    equal(visit.asked, [url], 'requests')
  },
  'what is not genuine, or not decided, has no certificate': async ({ kit, open }) => {
    const visit = await open()
    const badge = await kit.sign()
    const { badge: unknown } = await revokedBadge(kit)
    for (const [given, verdict] of [
      [{ ...badge, validFrom: '2020-01-01T00:00:00Z' }, 'Not valid'],
      [unknown, 'Could not be decided'],
    ]) {
      equal(await visit.check({ 'badge.json': given }), verdict, 'verdict')
      equal(await visit.page.getByRole('button', { name: 'Download the report' }).count(), 1, 'reports')
      equal(await visit.page.getByRole('button', { name: 'Printable certificate' }).count(), 0, verdict)
      await visit.page.getByRole('button', { name: 'Clear' }).click()
    }
  },
  'something that is no badge is called that': async ({ open }) => {
    const visit = await open()
    equal(await visit.check({ 'letter.txt': 'Dear sir or madam' }), 'Not valid', 'verdict')
    includes(await visit.text('#detail'), 'cannot be read as a badge', 'reason')
  },
  'an image in the badge needs no network': async ({ kit, open }) => {
    const visit = await open()
    const image = { id: dataUrl('image/svg+xml', drawing), type: 'Image' }
    await visit.check({ 'badge.json': await kit.sign({ achievement: { image } }) })
    equal(await visit.page.locator('#detail .bw-image').count(), 1, 'images')
    equal(visit.asked, [], 'requests')
  },
}
