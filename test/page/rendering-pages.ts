/**
 * Everything that `badgewright/render` makes, as pages for a browser: bundled and run by rendering.js.
 */
import {
  qrSvg,
  renderAssessment,
  renderBadge,
  renderBadgeSvg,
  renderCertificate,
  renderMarkdown,
  stylesheet,
} from '../../src/entries/render.js'
import { endorsementOf, fullBadge, reportOn } from '../render/reports.js'
import { assessmentSample, samples } from '../render/samples.js'

const HOSTILE =
  '"><img src=x onerror="alert(1)"><script>alert(1)</script>[x](javascript:alert(1)) ![x](https://evil.example/pixel.png) <style>*{display:none}</style> \u202eevil'

export interface Page {
  readonly name: string
  readonly html: string
}

export { stylesheet }

export async function pages(): Promise<readonly Page[]> {
  const all = await samples()
  const { assessment, options } = assessmentSample()
  const hostile = reportOn(
    fullBadge(() => HOSTILE),
    { more: { endorsements: [reportOn(endorsementOf(() => HOSTILE))], nested: [reportOn(fullBadge(() => HOSTILE))] } },
  )
  const forged = reportOn(
    fullBadge(() => HOSTILE),
    { outcome: 'invalid', codes: { proof: 'proof.mismatch' } },
  )
  const long = reportOn(fullBadge((place) => `${place} ${'word'.repeat(200)} ${'and more '.repeat(400)}`))
  const stylesheetUrl = '/style.css'
  const named = (found: object) => Object.entries(found)
  return [
    ...named({ ...all, hostile, forged, long }).map(([name, report]) => ({
      name: `badge ${name}`,
      html: inPage(renderBadge(report)),
    })),
    ...named({ verified: all.verified, signed: all.signed, expired: all.expired, hostile, long }).map(
      ([name, report]) => ({
        name: `certificate ${name}`,
        html: renderCertificate(report, { url: 'https://school.example/badges/17', stylesheetUrl }),
      }),
    ),
    { name: 'assessment', html: inPage(renderAssessment(assessment, options)) },
    {
      name: 'cards',
      html: inPage(
        named({ ...all, hostile })
          .map(([name, report]) => `<p>${renderBadgeSvg(report, { idPrefix: name })}</p>`)
          .join(''),
      ),
    },
    {
      name: 'markdown and code',
      html: inPage(
        `<div class="bw-badge">${renderMarkdown(HOSTILE)}${qrSvg('https://school.example/badges/17')}</div>`,
      ),
    },
  ]
}

function inPage(body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>A school</title><link rel="stylesheet" href="/style.css"></head><body><main><h1>A school</h1>${body}</main></body></html>`
}
