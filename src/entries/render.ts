/**
 * `badgewright/render`: verification reports for people, as accessible HTML, as SVG and as a certificate to print.
 *
 * @module
 */
export { type AssessmentOptions, renderAssessment } from '../render/assessment.js'
export { renderBadge } from '../render/badge.js'
export { renderBadgeSvg } from '../render/badge-svg.js'
export { type CertificateOptions, renderCertificate } from '../render/certificate.js'
export { englishMessages } from '../render/english-messages.js'
export { type MarkdownOptions, renderMarkdown } from '../render/markdown.js'
export type { Lapse, Look, RenderMessages } from '../render/messages.js'
export type { RenderOptions } from '../render/options.js'
export {
  type OperatingCurveOptions,
  type Plot,
  type PlotOptions,
  renderOperatingCurve,
  renderTrackRecord,
} from '../render/plots.js'
export { type QrOptions, qrSvg } from '../render/qr.js'
export { stylesheet } from '../render/stylesheet.js'
