/** Badges made to harm who looks at them. They are signed, so that everything in them is shown. */
import { dataUrl, pngOf } from '../badges.js'
import { equal, excludes, includes, ok } from '../expect.js'

const SCRIPT = `"><img src=x onerror="globalThis.pwned=1"><script>globalThis.pwned=1</script><svg onload="globalThis.pwned=1"><iframe srcdoc="<script>parent.pwned=1</script>"></iframe>`
const MARKDOWN =
  '[go](javascript:globalThis.pwned=1) ![x](https://track.example/p.gif) <https://ok.example> [d](data:text/html,<script>pwned=1</script>) {{pwned}}'
const URL_SCRIPT = 'javascript:globalThis.pwned=1//'

/** Every text is script, every address runs one. */
async function scripted({ sign, newIssuer }) {
  const issuer = await newIssuer(`School ${SCRIPT}`)
  const profile = {
    ...issuer.profile,
    url: URL_SCRIPT,
    description: SCRIPT,
    email: `a@b.example"><script>pwned=1</script>`,
  }
  const rubric = 'urn:uuid:6f0a4cf6-5a38-4c2a-8d4f-2f0f2f6a1c11'
  const levelId = 'urn:uuid:6f0a4cf6-5a38-4c2a-8d4f-2f0f2f6a1c12'
  return sign({
    issuer: { ...issuer, profile },
    name: `Credential ${SCRIPT}`,
    description: SCRIPT,
    evidence: [
      {
        id: URL_SCRIPT,
        name: SCRIPT,
        description: SCRIPT,
        narrative: `${SCRIPT} ${MARKDOWN}`,
        genre: SCRIPT,
        audience: SCRIPT,
      },
    ],
    subject: {
      result: [{ resultDescription: rubric, achievedLevel: levelId, value: SCRIPT }],
      narrative: `${SCRIPT} ${MARKDOWN}`,
      role: SCRIPT,
      term: SCRIPT,
      licenseNumber: SCRIPT,
    },
    achievement: {
      id: URL_SCRIPT,
      name: `Badge ${SCRIPT}`,
      description: `${SCRIPT} ${MARKDOWN}`,
      criteria: {
        id: URL_SCRIPT,
        narrative: `# ${SCRIPT}\n\n${MARKDOWN}\n\n<details open ontoggle="globalThis.pwned=1">`,
      },
      tag: [SCRIPT],
      humanCode: SCRIPT,
      fieldOfStudy: SCRIPT,
      specialization: SCRIPT,
      alignment: [
        {
          targetName: SCRIPT,
          targetUrl: URL_SCRIPT,
          targetDescription: SCRIPT,
          targetCode: SCRIPT,
          targetFramework: SCRIPT,
        },
      ],
      resultDescription: [
        {
          id: rubric,
          name: SCRIPT,
          resultType: 'RubricCriterionLevel',
          rubricCriterionLevel: [{ id: levelId, name: SCRIPT, level: SCRIPT, description: SCRIPT, points: '1' }],
        },
      ],
    },
  })
}

/** Nothing ran, nothing could. Anything that a page can run is looked for in what is really there. */
async function demandHarmless(visit) {
  await visit.unfold()
  const found = await visit.page.evaluate(() => ({
    pwned: globalThis.pwned,
    elements: [...document.querySelectorAll('#detail, #list, #stack, #progress')].flatMap((place) =>
      [...place.querySelectorAll('script, iframe, object, embed, form, base, meta, link, style, audio, video')].map(
        ({ outerHTML }) => outerHTML.slice(0, 100),
      ),
    ),
    attributes: [...document.querySelectorAll('#detail *, #list *')].flatMap((each) =>
      [...each.attributes]
        .filter(
          ({ name, value }) =>
            /^on|^style$|^src(set|doc)$/.test(name) || /^\s*(?:javascript|vbscript|data:text)/i.test(value),
        )
        .map(({ name, value }) =>
          name === 'src' && /^(?:data:image|blob:)/.test(value) ? '' : `${name}=${value.slice(0, 80)}`,
        )
        .filter(Boolean),
    ),
    targets: [...document.querySelectorAll('#detail a[href]')]
      .map(({ protocol }) => protocol)
      .filter((each) => !['https:', 'http:', 'mailto:'].includes(each)),
  }))
  equal(found, { elements: [], attributes: [], targets: [] }, 'what could run')
  equal(visit.asked, [], 'requests')
}

export const hostile = {
  'HTML and script in every text, javascript: in every address: text is shown, nothing runs': async ({
    kit,
    open,
    shot,
  }) => {
    const visit = await open()
    equal(
      await visit.check({ '<img src=x onerror=pwned=1>.json': await scripted(kit) }),
      'Genuine, issuer not confirmed',
      'verdict',
    )
    await demandHarmless(visit)
    includes(await visit.text('#detail'), '<script>', 'the text, as text')
    // Many: the list shows names of badges and files.
    await visit.give({ 'b.json': await scripted(kit), '"><script>pwned=1</script>.json': 'x' })
    await visit.page.locator('#progress', { hasText: '3 badges checked' }).waitFor()
    await demandHarmless(visit)
    await shot(visit, 'hostile-light')
  },
  'links lead nowhere by themselves, and tell nobody where from': async ({ kit, open }) => {
    const visit = await open()
    const evidence = [{ id: 'https://portfolio.example/maria', name: 'Portfolio' }]
    await visit.check({ 'badge.json': await kit.sign({ evidence }) })
    const link = visit.page.locator('#detail a[href="https://portfolio.example/maria"]')
    equal(await link.getAttribute('rel'), 'noopener noreferrer nofollow', 'rel')
    equal(await link.getAttribute('target'), '_blank', 'target')
  },
  'names that turn the direction of text, or hide in it, do not': async ({ kit, open, shot }) => {
    const visit = await open()
    const tricky = '\u202egnp.degdab\u202c Verified\u200b\u2066 by Harvard'
    const name = `Feedback ${tricky} ${'Z\u0351\u0351\u0351\u0351\u0351\u0351\u0351\u0351\u0351\u0351'.repeat(5)}`
    const issuer = await kit.newIssuer(`School \u202e${'x'.repeat(50)}`)
    await visit.give({
      'a\u202egnp.json': await kit.sign({ achievement: { name }, issuer }),
      'b.json': await kit.sign(),
    })
    await visit.settled()
    const text = await visit.page.locator('body').textContent()
    excludes(text, /[\u202a-\u202e\u2066-\u2069\u200b]/, 'the page')
    excludes(await visit.text('#list'), /\p{M}{5}/u, 'the list')
    equal(await visit.page.locator('#list bdi').count(), 2, 'names are isolated')
    await shot(visit, 'directions-light')
  },
  'a picture that is a decompression bomb is not decoded': async ({ kit, open, shot }) => {
    const visit = await open({
      // Whatever the browser would decode has been an element with a source first.
      prepare: (context) =>
        context.addInitScript(() => {
          globalThis.pictures = []
          new MutationObserver((changes) => {
            for (const { addedNodes } of changes)
              for (const node of addedNodes)
                if (node instanceof Element)
                  for (const image of [node, ...node.querySelectorAll('img')])
                    if (image.localName === 'img') globalThis.pictures.push(image.src.slice(0, 30))
          }).observe(document, { childList: true, subtree: true })
        }),
    })
    const image = { id: dataUrl('image/png', pngOf(60_000, 60_000)), type: 'Image' }
    equal(
      await visit.check({ 'bomb.json': await kit.sign({ achievement: { image } }) }),
      'Genuine, issuer not confirmed',
      'verdict',
    )
    equal(await visit.page.evaluate(() => globalThis.pictures), [], 'pictures')
    const baked = pngOf(60_000, 60_000, await kit.sign({ achievement: { image: undefined } }))
    await visit.give({ 'bomb.png': baked })
    await visit.page.locator('#list button', { hasText: 'Giving' }).nth(1).click()
    await visit.page.locator('.no-picture').waitFor()
    includes(await visit.text('.no-picture'), '60000 × 60000 pixels', 'words')
    equal(await visit.page.evaluate(() => globalThis.pictures), [], 'pictures of the file')
    await shot(visit, 'bomb-light')
  },
  'a drawing that repeats itself endlessly, or holds pictures, is not shown': async ({ kit, open }) => {
    const bomb = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><g id="a0"><rect width="1" height="1"/></g>${Array.from({ length: 30 }, (_, at) => `<g id="a${at + 1}">${`<use xlink:href="#a${at}"/>`.repeat(10)}</g>`).join('')}</svg>`
    const nested = `<svg xmlns="http://www.w3.org/2000/svg"><image href="${dataUrl('image/png', pngOf(60_000, 60_000))}" width="10" height="10"/></svg>`
    for (const svg of [bomb, nested]) {
      const visit = await open()
      const image = { id: dataUrl('image/svg+xml', svg), type: 'Image' }
      await visit.check({ 'badge.json': await kit.sign({ achievement: { image } }) })
      equal(await visit.page.locator('#detail img').count(), 0, 'pictures')
    }
  },
  'many nested things end in a verdict': async ({ open, kit }) => {
    const visit = await open()
    const deep = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`
    const brackets = '['.repeat(500_000)
    await visit.give({
      'deep.json': deep,
      'brackets.json': brackets,
      'svg.svg': `<svg xmlns="http://www.w3.org/2000/svg">${'<g>'.repeat(50_000)}`,
    })
    await visit.settled()
    includes(await visit.text('#progress'), '3 badges checked: 3 not valid', 'summary')
    const quotes = await kit.sign({
      achievement: {
        criteria: { narrative: `${'>'.repeat(20_000)} x\n\n${'* '.repeat(5_000)}y\n\n${'['.repeat(20_000)}` },
      },
    })
    await visit.give({ 'quotes.json': quotes })
    await visit.page.locator('#progress', { hasText: '4 badges checked' }).waitFor()
    await visit.page.locator('#list button', { hasText: 'Giving' }).click()
    await visit.page.locator('.bw-verdict-words', { hasText: 'Genuine' }).waitFor()
    ok(
      (await visit.page.evaluate(() => document.querySelectorAll('#detail *').length)) < 20_000,
      'the page is not flooded',
    )
  },
  'files for the comparison can be anything': async ({ open }) => {
    const visit = await open()
    await visit.page.locator('#stack-panel summary').click()
    const pick = (name, text) =>
      visit.page.setInputFiles('#stack-files', { name, mimeType: 'application/json', buffer: Buffer.from(text) })
    await pick('<b>x</b>.json', 'no json')
    await visit.page.locator('#stack .callout', { hasText: '<b>x</b>.json: is no JSON' }).waitFor()
    await visit.page.getByRole('button', { name: 'Remove the files' }).click()
    await pick(
      'stack.json',
      JSON.stringify({
        id: 'https://x.example/s',
        name: SCRIPT,
        requirements: [{ id: 'a', competency: 'https://x.example/unknown' }],
      }),
    )
    await visit.page.locator('#stack .assessment, #stack .callout:not([hidden])').first().waitFor()
    equal(await visit.page.evaluate(() => globalThis.pwned), undefined, 'pwned')
  },
}
