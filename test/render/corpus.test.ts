// Badges that others issued: each is shown, with whatever is in it, and none that does not count looks verified.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { anyIssuer, createVerifier, ResolutionError } from '../../src/entries/index.js'
import { renderBadge, renderBadgeSvg, renderCertificate } from '../../src/entries/render.js'
import { defaultResolvers } from '../../src/entries/resolvers.js'
import { selfAssertedKeys } from '../../src/resolve/self-asserted-keys.js'
import { shared } from '../shared.js'
import { parse } from './markup.js'

const manifest = shared('corpus/manifest.json')

test.skipIf(!manifest)('the corpus', async () => {
  const path = manifest as string
  const entries: { file: string }[] = JSON.parse(readFileSync(path, 'utf8'))
  const files = [...new Set(entries.map(({ file }) => file))].map((file) => join(dirname(path), file))
  const loader = {
    load: ({ url }: { url: string }) =>
      Promise.reject(new ResolutionError('resolve.not_found', url, `${url} was not found`)),
  }
  const resolvers = [...defaultResolvers(), selfAssertedKeys()]
  const verifier = createVerifier({ trustedIssuers: anyIssuer, accept: 'any-credential', loader, resolvers })
  const looks = new Map<string, number>()
  const now = new Date('2026-06-01T12:00:00Z')
  for (const file of files) {
    const report = await verifier.verify(new Uint8Array(readFileSync(file)), { now })
    // As it comes from a file or over a wire.
    const read = JSON.parse(JSON.stringify(report)) as typeof report
    const html = renderBadge(read)
    expect(html).toBe(renderBadge(report))
    const look = parse(html).elements[0]?.attributes.class ?? ''
    if (report.outcome !== 'valid') expect(look).toMatch(/bw-(invalid|indeterminate)$/)
    parse(renderBadgeSvg(report), 'svg')
    parse(renderCertificate(report), 'document')
    looks.set(look, (looks.get(look) ?? 0) + 1)
  }
  // Each kind was there: otherwise this says nothing.
  for (const look of ['signed', 'invalid', 'indeterminate'])
    expect(looks.get(`bw-badge bw-${look}`) ?? 0).toBeGreaterThan(10)
})
