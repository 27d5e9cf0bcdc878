/** How badges come in, and what is refused at once. */
import { revokedBadge } from '../badges.js'
import { equal, excludes, includes, ok } from '../expect.js'
import { CLOSED } from '../visit.js'

const MB = 1024 * 1024

export const input = {
  'pasted JSON and a pasted JWT': async ({ kit, open }) => {
    const visit = await open()
    await visit.paste(JSON.stringify(await kit.sign()))
    equal(await visit.verdict(), 'Genuine, issuer not confirmed', 'JSON')
    await visit.paste(await kit.sign({ format: 'jwt' }))
    await visit.page.locator('#progress', { hasText: '2 badges checked: 2 genuine' }).waitFor()
  },
  'pasted anywhere on the page': async ({ kit, open }) => {
    const visit = await open()
    await visit.page.evaluate(
      (text) => {
        const clipboardData = new DataTransfer()
        clipboardData.setData('text/plain', text)
        document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
      },
      JSON.stringify(await kit.sign()),
    )
    equal(await visit.verdict(), 'Genuine, issuer not confirmed', 'verdict')
  },
  'dropped anywhere on the page': async ({ kit, open }) => {
    const visit = await open()
    await visit.page.evaluate(
      (text) => {
        const dataTransfer = new DataTransfer()
        dataTransfer.items.add(new File([text], 'dropped.json'))
        document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
      },
      JSON.stringify(await kit.sign()),
    )
    equal(await visit.verdict(), 'Genuine, issuer not confirmed', 'verdict')
    includes(await visit.text('.source'), 'dropped.json', 'name')
  },
  'an https address is fetched, and named': async ({ kit, open }) => {
    const url = 'https://school.example/badges/17.json'
    const visit = await open({ web: { [url]: { body: JSON.stringify(await kit.sign()) } } })
    await visit.paste(url)
    equal(await visit.verdict(), 'Genuine, issuer not confirmed', 'verdict')
    includes(await visit.text('.fetched'), url, 'what was fetched')
    equal(visit.asked, [url], 'requests')
  },
  'an address that does not let web pages read it says so, and what to do': async ({ kit, open }) => {
    const url = 'https://closed.example/17.json'
    const visit = await open({ web: { [url]: { body: JSON.stringify(await kit.sign()), headers: CLOSED } } })
    await visit.paste(url)
    includes(await visit.verdict(), /closed\.example.*CORS.*Download the file/, 'words')
  },
  'only https is asked': async ({ open }) => {
    const visit = await open()
    await visit.paste('http://school.example/17.json')
    includes(await visit.verdict(), 'Only https addresses are asked', 'words')
    equal(visit.asked, [], 'requests')
  },
  'a list and a presentation are unpacked, and each badge in them is checked': async ({ kit, open }) => {
    const { lib, sign, newIssuer } = kit
    const badges = [
      await sign(),
      await sign({ format: 'jwt' }),
      { ...(await sign()), validFrom: '2020-01-01T00:00:00Z' },
    ]
    const holder = await newIssuer('Maria')
    const presentation = lib.createPresentation({ holder: holder.profile.id, credentials: badges.slice(0, 2) })
    const visit = await open()
    await visit.give({
      'list.json': badges,
      'presentation.json': await lib.signPresentation(presentation, { signer: holder.signer }),
    })
    await visit.page
      .locator('#progress', { hasText: '5 badges checked: 4 genuine (issuer not confirmed), 1 not valid.' })
      .waitFor()
    equal(
      await visit.page.locator('#list button').evaluateAll((buttons) => buttons.map(({ dataset }) => dataset.verdict)),
      ['signed', 'signed', 'invalid', 'signed', 'signed'],
      'list',
    )
    await visit.page.locator('#list button[data-verdict="invalid"]').click()
    await visit.page.locator('.source', { hasText: 'list.json (3 of 3)' }).waitFor()
  },
  'nothing pasted': async ({ open }) => {
    const visit = await open()
    await visit.paste('   ')
    includes(await visit.text('#intake-problem'), 'nothing in the field', 'words')
  },
  'a file of 200 MB is refused by its size, without being read': async ({ open }) => {
    const visit = await open()
    const read = await visit.page.evaluate((size) => {
      const file = new File([new Uint8Array(10)], 'film.png')
      let reads = 0
      Object.defineProperty(file, 'size', { value: size })
      for (const name of ['arrayBuffer', 'text', 'stream', 'slice'])
        Object.defineProperty(file, name, { value: () => ++reads && Promise.reject(new Error('read')) })
      const event = new DragEvent('drop', { bubbles: true, cancelable: true })
      Object.defineProperty(event, 'dataTransfer', { value: { files: [file], getData: () => '' } })
      document.body.dispatchEvent(event)
      return reads
    }, 200 * MB)
    includes(await visit.verdict(), 'The file has 200 MB. No badge is larger than 16 MB', 'words')
    equal(read, 0, 'reads')
  },
  '17 MB pasted at once are refused before the field has them': async ({ open }) => {
    const visit = await open()
    const taken = await visit.page.evaluate((length) => {
      const event = new ClipboardEvent('paste', { bubbles: true, cancelable: true })
      Object.defineProperty(event, 'clipboardData', { value: { files: [], getData: () => 'x'.repeat(length) } })
      const field = document.getElementById('text')
      field.dispatchEvent(event)
      return { prevented: event.defaultPrevented, length: field.value.length }
    }, 17 * MB)
    equal(taken, { prevented: true, length: 0 }, 'field')
    includes(await visit.text('#intake-problem'), 'No badge is larger than 16 MB', 'words')
  },
  '500 files at once: few at a time, progress is shown, the page goes on answering': async ({ kit, open, shot }) => {
    const { badge, url, list } = await revokedBadge(kit)
    let answer
    const listed = new Promise((resolve) => {
      answer = resolve
    })
    const headers = { 'access-control-allow-origin': '*' }
    const visit = await open({
      web: { [url]: (route) => listed.then(() => route.fulfill({ headers, body: JSON.stringify(list) })) },
    })
    const [good, other] = [await kit.sign(), await kit.sign({ achievement: { name: 'Embracing Change' } })]
    const bad = { ...good, validFrom: '2019-01-01T00:00:00Z' }
    await visit.page.evaluate(() => {
      globalThis.lived = { frames: 0, longest: 0, workers: 0 }
      let last = performance.now()
      const beat = () => {
        const now = performance.now()
        globalThis.lived.longest = Math.max(globalThis.lived.longest, now - last)
        globalThis.lived.frames += 1
        last = now
        requestAnimationFrame(beat)
      }
      beat()
    })
    const files = Object.fromEntries(
      Array.from({ length: 500 }, (_, index) => [
        `badge-${index}.json`,
        index === 17 ? badge : index % 10 === 3 ? bad : index % 2 === 0 ? good : other,
      ]),
    )
    await visit.give(files)
    await visit.page.locator('#progress p', { hasText: /Checking… \d+ of 500/ }).waitFor()
    ok(visit.page.workers().length <= 4, `at most four workers, not ${visit.page.workers().length}`)
    // While they are checked somebody looks at one.
    await visit.page.locator('#list button[data-verdict="invalid"]').first().click()
    await visit.page.locator('#detail .bw-verdict', { hasText: 'Not valid' }).waitFor()
    includes(await visit.text('#progress'), /Checking…/, 'still under way')
    answer()
    await visit.settled()
    includes(
      await visit.text('#progress'),
      '500 badges checked: 449 genuine (issuer not confirmed), 51 not valid.',
      'summary',
    )
    equal(await visit.page.locator('#list li').count(), 500, 'list')
    const { frames } = await visit.page.evaluate(() => globalThis.lived)
    ok(frames > 20, `frames were drawn while it worked: ${frames}`)
    equal(visit.asked, [url], 'requests')
    await shot(visit, 'five-hundred-light')
  },
  'checks can be stopped, and what was not checked says so': async ({ kit, open }) => {
    const { sign, newIssuer } = kit
    const never = 'https://status.example/never'
    const credentialStatus = {
      id: `${never}#1`,
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: '1',
      statusListCredential: never,
    }
    const slow = await sign({ credentialStatus, issuer: await newIssuer() })
    const visit = await open({ web: { [never]: () => new Promise(() => {}) } })
    await visit.give(Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`slow-${index}.json`, slow])))
    await visit.page.locator('#list button[data-verdict="checking"]').first().waitFor()
    await visit.page.getByRole('button', { name: 'Stop' }).click()
    await visit.settled()
    includes(await visit.text('#progress'), '20 badges given: 20 could not be checked', 'summary')
    includes(await visit.text('#detail'), 'You stopped the check', 'words')
    // The workers were ended; new ones do their work.
    await visit.page.getByRole('button', { name: 'Clear' }).click()
    equal(await visit.check({ 'good.json': await sign() }), 'Genuine, issuer not confirmed', 'verdict afterwards')
  },
  'a check has a time limit': async ({ kit, open }) => {
    const slow = await kit.sign()
    const visit = await open({
      clock: true,
      // A worker that never answers, whatever it does.
      prepare: (context) =>
        context.route('**/worker.js', (route) => route.fulfill({ contentType: 'text/javascript', body: 'for(;;);' })),
    })
    await visit.give({ 'slow.json': slow })
    await visit.page.locator('#progress', { hasText: 'Checking' }).waitFor()
    await visit.page.clock.fastForward(29_000)
    includes(await visit.text('#progress'), 'Checking', 'after 29 seconds')
    await visit.page.clock.fastForward(2_000)
    includes(await visit.verdict(), 'took longer than half a minute and was stopped', 'words')
  },
  'more than 1000 are not taken': async ({ open }) => {
    const visit = await open()
    await visit.page.evaluate(() => {
      const dataTransfer = new DataTransfer()
      for (let index = 0; index < 1003; index++) dataTransfer.items.add(new File([], `${index}.json`))
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
    })
    includes(await visit.text('#intake-problem'), 'At most 1000 badges at a time: 3 were left out', 'words')
    await visit.settled()
    includes(await visit.text('#progress'), '1000 could not be checked', 'empty files')
    excludes(await visit.text('#list'), '1000.json', 'list')
  },
}
