/** Whom the reader trusts. */
import { equal, includes, ok } from '../expect.js'

const REGISTRY = 'https://digitalcredentials.github.io/community-registry/registry.json'

async function openPanel(visit) {
  await visit.page.locator('#trust-panel summary').click()
}

export const trust = {
  'trust this issuer: one click, and the badge is verified': async ({ kit, open, shot }) => {
    const visit = await open()
    await visit.check({ 'badge.json': await kit.sign() })
    includes(await visit.text('.callout.trust'), 'Anybody can issue a genuine badge under any name', 'remark')
    await visit.page.getByRole('button', { name: 'Trust this issuer' }).click()
    await visit.page.locator('.bw-verdict-words', { hasText: 'Verified' }).waitFor()
    includes(await visit.text('#trust-summary'), '1 issuer', 'summary')
    await shot(visit, 'valid-light')
    // Kept in this browser.
    await visit.page.reload()
    equal(await visit.check({ 'badge.json': await kit.sign() }), 'Verified', 'after a reload')
  },
  'a list of ids: others are not valid, and can be added': async ({ kit, open, shot }) => {
    const visit = await open()
    await openPanel(visit)
    await visit.page.fill('#issuers', `${kit.school.profile.id}  the school\ndid:web:other.example`)
    await visit.page.getByRole('button', { name: 'Use these choices' }).click()
    includes(await visit.text('#trust-summary'), '2 issuers', 'summary')
    await shot(visit, 'trust-panel-light')
    equal(await visit.check({ 'badge.json': await kit.sign() }), 'Verified', 'listed')
    await visit.page.getByRole('button', { name: 'Clear' }).click()
    equal(
      await visit.check({ 'other.json': await kit.sign({ issuer: await kit.newIssuer('Somebody') }) }),
      'Not valid',
      'not listed',
    )
    includes(await visit.text('.callout.trust'), 'not among those you trust', 'remark')
    await visit.page.getByRole('button', { name: 'Trust this issuer' }).click()
    await visit.page.locator('.bw-verdict-words', { hasText: 'Verified' }).waitFor()
  },
  'what is no id is pointed out': async ({ open }) => {
    const visit = await open()
    await openPanel(visit)
    await visit.page.fill('#issuers', 'Example School')
    await visit.page.getByRole('button', { name: 'Use these choices' }).click()
    includes(await visit.text('#trust'), '“Example” is no issuer', 'words')
  },
  'a register is fetched when it is ticked, and not before': async ({ kit, open }) => {
    const registry = { registry: { [kit.school.profile.id]: { name: 'School' } } }
    const visit = await open({ web: { [REGISTRY]: { body: JSON.stringify(registry) } } })
    await visit.check({ 'badge.json': await kit.sign() })
    equal(visit.asked, [], 'requests before')
    await openPanel(visit)
    await visit.page.getByLabel(/DCC community registry/).check()
    await visit.page.getByRole('button', { name: 'Use these choices' }).click()
    await visit.page.locator('.bw-verdict-words', { hasText: 'Verified' }).waitFor()
    equal(visit.asked, [REGISTRY], 'requests after')
  },
  'a register that cannot be reached leaves it undecided': async ({ kit, open }) => {
    const visit = await open()
    await openPanel(visit)
    await visit.page.getByLabel(/DCC community registry/).check()
    await visit.page.getByRole('button', { name: 'Use these choices' }).click()
    equal(await visit.check({ 'badge.json': await kit.sign() }), 'Could not be decided', 'verdict')
    includes(await visit.text('.callout.open'), REGISTRY, 'address')
  },
  'about whom it is': async ({ kit, open }) => {
    const visit = await open()
    await openPanel(visit)
    await visit.page.fill('#recipient', 'did:example:jon')
    await visit.page.getByRole('button', { name: 'Use these choices' }).click()
    equal(await visit.check({ 'badge.json': await kit.sign() }), 'Not valid', 'somebody else')
    await visit.page.fill('#recipient', 'did:example:maria')
    await visit.page.getByRole('button', { name: 'Use these choices' }).click()
    await visit.page.locator('.bw-verdict-words', { hasText: 'Genuine' }).waitFor()
  },
  'without storage the choices hold until the page is closed': async ({ kit, open }) => {
    const visit = await open({
      prepare: (context) =>
        context.addInitScript(() => {
          Object.defineProperty(globalThis, 'localStorage', {
            get() {
              throw new DOMException('no storage', 'SecurityError')
            },
          })
        }),
    })
    await visit.check({ 'badge.json': await kit.sign() })
    await visit.page.getByRole('button', { name: 'Trust this issuer' }).click()
    await visit.page.locator('.bw-verdict-words', { hasText: 'Verified' }).waitFor()
    await openPanel(visit)
    ok((await visit.text('#trust')).includes('does not keep your choices'), 'it says so')
  },
}
