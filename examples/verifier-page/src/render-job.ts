/** A report as HTML, inside the worker: Markdown that is slow to read stops nobody, and ends with the worker. */
import { UsageError, type VerificationReport } from 'badgewright'
import { renderBadge, renderCertificate } from 'badgewright/render'
import type { CertificateTask, Rendered, RenderTask } from './protocol.js'

export async function renderJob({ report }: RenderTask): Promise<Rendered> {
  const parsed = JSON.parse(await report.text()) as VerificationReport
  return { html: renderBadge(parsed, { headingLevel: 2, idPrefix: 'badge' }) }
}

export async function certificateJob({ report, url }: CertificateTask): Promise<Rendered> {
  const parsed = JSON.parse(await report.text()) as VerificationReport
  if (url === undefined) return { html: renderCertificate(parsed) }
  try {
    return { html: renderCertificate(parsed, { url }) }
  } catch (error) {
    // An address that no QR code holds: a certificate without one is still a certificate.
    if (error instanceof UsageError) return { html: renderCertificate(parsed) }
    throw error
  }
}
