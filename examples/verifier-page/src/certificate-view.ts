/**
 * A badge on paper: a file, not a window of this page, whose policy would take the certificate's styles away. Only a genuine badge has one.
 *
 * @module
 */
import { announce, button, element } from './dom.js'
import { save } from './download.js'
import type { Entry } from './entries.js'
import type { Verified } from './protocol.js'
import { TimeLimit, type WorkerPool } from './worker-pool.js'

export interface CertificateView {
  readonly button: HTMLButtonElement
  /** What came of it, in words. */
  readonly note: HTMLElement
}

/** Undefined where there is none. `signal`: something else is shown. */
export function certificateView(
  entry: Entry,
  { verdict, title, report }: Verified,
  pool: WorkerPool,
  signal: AbortSignal,
): CertificateView | undefined {
  if (verdict !== 'verified' && verdict !== 'signed') return undefined
  const note = element('p', { class: 'hint certificate-note', hidden: true })
  const say = (text: string) => {
    note.textContent = text
    note.hidden = false
    announce(text)
  }
  let isUnderWay = false
  const make = async () => {
    if (isUnderWay) return
    isUnderWay = true
    try {
      // Who scans the code on it comes to where the badge was fetched from.
      const url = entry.source !== undefined && 'url' in entry.source ? { url: entry.source.url } : {}
      const { html } = await pool.run({ kind: 'certificate', report, ...url }, { signal })
      const file = save(`certificate ${title || entry.name}`, 'html', new Blob([html], { type: 'text/html' }))
      say(`The certificate is in the file ${file}: open it and print it.`)
    } catch (error) {
      if (signal.aborted) return
      say(error instanceof TimeLimit ? 'It takes too long to make a certificate of this badge.' : problemOf(error))
    } finally {
      isUnderWay = false
    }
  }
  return { button: button('Printable certificate', () => void make()), note }
}

const problemOf = (error: unknown) => `There is no certificate: ${error instanceof Error ? error.message : `${error}`}`
