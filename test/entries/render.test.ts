// Nothing misspelt goes through: a walk over what `badgewright/render` exports.

import * as render from '../../src/entries/render.js'
import { reportOf } from '../competency/reports.js'
import { assessmentSample } from '../render/samples.js'
import { complete, walkEntry } from './walk.js'

const report = reportOf({ id: 'urn:x:knots', aligned: ['https://a.example/knots'] })
const style = complete<render.RenderOptions>({
  messages: render.englishMessages,
  locale: 'en',
  timeZone: 'UTC',
  headingLevel: 2,
  images: (url: string) => url,
  idPrefix: 'a',
})
const {
  assessment,
  options: { stack, frameworks },
} = assessmentSample()

walkEntry(render, {
  renderAssessment: {
    call: render.renderAssessment,
    right: [
      assessment,
      complete<render.AssessmentOptions>({
        ...style,
        stack,
        stacks: [],
        frameworks,
        names: (id: string) => id,
      }),
    ],
    options: 1,
  },
  renderBadge: { call: render.renderBadge, right: [report, style], options: 1 },
  renderBadgeSvg: { call: render.renderBadgeSvg, right: [report, style], options: 1 },
  renderCertificate: {
    call: render.renderCertificate,
    right: [
      report,
      complete<render.CertificateOptions>({
        ...style,
        url: 'https://a.example/badge',
        stylesheetUrl: '/style.css',
      }),
    ],
    options: 1,
  },
  renderMarkdown: {
    call: render.renderMarkdown,
    right: ['**bold**', complete<render.MarkdownOptions>({ messages: render.englishMessages })],
    options: 1,
  },
  renderOperatingCurve: {
    call: render.renderOperatingCurve,
    right: [
      [{ failing: 0.1, accepted: 0.5, looked: 20 }],
      complete<render.OperatingCurveOptions>({ title: 'A', idPrefix: 'a', tolerate: 0.2 }),
    ],
    options: 1,
  },
  renderTrackRecord: {
    call: render.renderTrackRecord,
    right: [
      { confidence: 0.95, rows: [{ name: 'A', awards: 3, confirmed: { badges: 0, confirmed: 0 } }] },
      complete<render.PlotOptions>({ title: 'A', idPrefix: 'a' }),
    ],
    options: 1,
  },
  qrSvg: {
    call: render.qrSvg,
    right: ['https://a.example/', complete<render.QrOptions>({ label: 'A', errorCorrection: 'low', border: 4 })],
    options: 1,
  },
})
