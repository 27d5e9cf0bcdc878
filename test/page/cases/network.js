/** What is asked for, what is not, and what the page says where it was refused. */
import { revokedBadge, webIssuer } from '../badges.js'
import { equal, includes, ok } from '../expect.js'
import { CLOSED } from '../visit.js'

const json = (value) => ({ body: JSON.stringify(value) })

export const network = {
  'the policy is in the page, and what it forbids is seen here': async ({ open, policy }) => {
    const visit = await open()
    equal(
      await visit.page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content'),
      policy,
      'meta',
    )
    const refused = visit.page.waitForEvent('requestfailed')
    await visit.page.evaluate(() => {
      document.body.append(Object.assign(document.createElement('img'), { src: 'https://track.example/pixel.gif' }))
    })
    equal((await refused).failure()?.errorText, 'csp', 'what became of the request')
    includes(visit.complaints.splice(0).join(), 'Content Security Policy', 'complaint')
  },
  'without its worker the page says what to do': async ({ kit, open }) => {
    const visit = await open({ prepare: (context) => context.route('**/worker.js', (route) => route.abort('failed')) })
    includes(await visit.check({ 'badge.json': await kit.sign() }), 'Load the page again', 'words')
  },
  'a revoked badge: one request, for the list, and the answer': async ({ kit, open, shot }) => {
    const { badge, url, list } = await revokedBadge(kit)
    const visit = await open({ web: { [url]: json(list) } })
    equal(await visit.check({ 'revoked.json': badge }), 'Not valid', 'verdict')
    includes(await visit.text('.bw-verdict'), 'revoked by its issuer', 'reason')
    equal(visit.asked, [url], 'requests')
    includes(await visit.text('.fetched'), /1 address was asked.*\n*.*list of revoked badges/, 'what was fetched')
    await shot(visit, 'revoked-light')
  },
  'a list that the host keeps from web pages is undecided, and the page says which and why': async ({
    kit,
    open,
    shot,
  }) => {
    const { badge, url, list } = await revokedBadge(kit)
    const visit = await open({ web: { [url]: { ...json(list), headers: CLOSED } } })
    equal(await visit.check({ 'badge.json': badge }), 'Could not be decided', 'verdict')
    const words = await visit.text('.callout.open')
    includes(words, url, 'address')
    includes(words, /does not let web pages read this \(CORS\)/, 'reason')
    await shot(visit, 'undecided-light')
  },
  'the key of a did:web issuer: fetched, or named where it cannot be': async ({ kit, open }) => {
    const issuer = await webIssuer(kit)
    const badge = await kit.sign({ issuer })
    const url = 'https://school.example/.well-known/did.json'
    const reached = await open({ web: { [url]: json(issuer.document) } })
    equal(await reached.check({ 'badge.json': badge }), 'Genuine, issuer not confirmed', 'verdict')
    equal(reached.asked, [url], 'requests')
    const refused = await open()
    equal(await refused.check({ 'badge.json': badge }), 'Could not be decided', 'verdict without the host')
    includes(await refused.text('.callout.open'), url, 'address')
  },
  'a list is fetched once for many badges': async ({ kit, open }) => {
    const { badge, url, list } = await revokedBadge(kit)
    const visit = await open({
      web: {
        [url]: { ...json(list), headers: { 'access-control-allow-origin': '*', 'cache-control': 'max-age=600' } },
      },
    })
    await visit.give(Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`${index}.json`, badge])))
    await visit.settled()
    includes(await visit.text('#progress'), '12 not valid', 'summary')
    ok(visit.asked.length <= 3, `once per worker, not once per badge: ${visit.asked.length}`)
  },
  'images of other hosts are not asked for': async ({ kit, open }) => {
    const image = { id: 'https://images.example/badge.png', type: 'Image' }
    const narrative = 'See ![this](https://images.example/track.png) and <img src="https://images.example/pixel.gif">'
    const visit = await open()
    await visit.check({ 'badge.json': await kit.sign({ achievement: { image, criteria: { narrative } } }) })
    await visit.unfold()
    equal(visit.asked, [], 'requests')
  },
  'once loaded it works without a network, in a new tab too': async ({ kit, open }) => {
    const visit = await open({ serviceWorkers: 'allow' })
    await visit.page.getByText('This page now works offline, too.').waitFor()
    await visit.context.setOffline(true)
    const badges = {
      'badge.png': await kit.lib.bakeImage(kit.png(), await kit.sign()),
      'badge.svg': await kit.lib.bakeImage(kit.svg(), await kit.sign({ format: 'jwt' })),
    }
    await visit.page.reload()
    await visit.give(badges)
    await visit.settled()
    includes(await visit.text('#progress'), '2 genuine', 'after a reload')
    const tab = await visit.context.newPage()
    await tab.goto(visit.page.url())
    await tab.setInputFiles('#files', {
      name: 'badge.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(await kit.sign())),
    })
    await tab.locator('.bw-verdict-words', { hasText: 'Genuine' }).waitFor()
  },
}
