/** Third-party badges, their documents from the recorded web. */
import { equal, includes, ok } from '../expect.js'

const needsCorpus = (run) => Object.assign(run, { needsCorpus: true })

export const corpusCases = {
  "1EdTech's baked images: their key is in themselves, so they are accepted only by choice": needsCorpus(
    async ({ corpus, open }) => {
      const { 'https://example.com/issuers/876543': _, ...web } = corpus.web
      const visit = await open({ web })
      for (const [before, id] of ['1edtech/simple-json-png', '1edtech/simple-json-svg'].entries()) {
        await visit.give({ [corpus.file(id)]: corpus.bytes(id) })
        await visit.settled(before + 1)
      }
      includes(await visit.text('#progress'), '2 badges checked: 2 could not be decided', 'by default')
      includes(await visit.text('.callout.open'), 'https://example.com/issuers/876543', 'address')
      await visit.page.locator('#trust-panel summary').click()
      await visit.page.getByLabel(/bring their own key/).check()
      await visit.page.getByRole('button', { name: 'Use these choices' }).click()
      await visit.page.locator('#progress', { hasText: '2 genuine (issuer not confirmed)' }).waitFor()
      equal(await visit.page.locator('.callout.trust').count(), 0, 'offers to trust an issuer whom nothing proves')
    },
  ),
  'fixtures of the DCC: valid ones, expired ones, revoked ones': needsCorpus(async ({ corpus, open, shot }) => {
    const visit = await open({ web: corpus.web })
    const wanted = corpus.manifest.filter(
      ({ id, format, kind, expect, inject }) =>
        id.startsWith('dcc/') &&
        format === 'json' &&
        kind.startsWith('OpenBadgeCredential') &&
        ['valid', 'invalid'].includes(expect) &&
        inject === undefined,
    )
    // A PNG with a QR code and no badge in it is no part of this.
    ok(wanted.length > 20, `there are fixtures: ${wanted.length}`)
    await visit.give(Object.fromEntries(wanted.map(({ id }, index) => [`${index}.json`, corpus.bytes(id)])))
    await visit.settled()
    const shown = await visit.page
      .locator('#list button')
      .evaluateAll((buttons) => buttons.map(({ dataset }) => dataset.verdict))
    const differing = wanted.flatMap(({ id, expect }, index) => {
      const good = shown[index] === 'signed'
      return good === (expect === 'valid') ? [] : [`${id}: ${shown[index]}, expected ${expect}`]
    })
    equal(differing, [], 'verdicts')
    await shot(visit, 'corpus-light')
  }),
  'VCDM 1.1 and 2.0 badges of verifier-core, tampered and whole': needsCorpus(async ({ corpus, open }) => {
    const expected = {
      'verifier-core/getVCv1': 'Genuine, issuer not confirmed',
      'verifier-core/getVCv1Tampered': 'Not valid',
      'verifier-core/getVCv1NoProof': 'Not valid',
      'verifier-core/getVCv2Revoked': 'Not valid',
      'verifier-core/getVCv2SimpleIssuerId': 'Genuine, issuer not confirmed',
    }
    for (const [id, verdict] of Object.entries(expected)) {
      const visit = await open({ web: corpus.web })
      equal(await visit.check({ 'badge.json': corpus.bytes(id) }), verdict, id)
    }
  }),
}
