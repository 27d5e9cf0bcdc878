/**
 * Moments for people: by Intl, in the locale and the time zone of the caller.
 *
 * @module
 */
import { endOfDay } from '../competency/last-day.js'
import { parseDateTime } from '../model/date-time.js'
import type { Settings } from './options.js'
import { html, type SafeHtml } from './safe-html.js'
import { cut, line, NAME_LENGTH } from './text.js'

/** The day. What is no date is shown as it stands. */
export function day(text: string, settings: Settings): SafeHtml {
  return shown(text, settings, settings.day)
}

/** The day and the time, with the time zone. */
export function moment(text: string, settings: Settings): SafeHtml {
  return shown(text, settings, settings.moment)
}

/** Of an end the last day before it, and the time where it is not midnight. */
export function lastDay(
  text: string,
  { isolate, day, time }: Settings,
): { readonly day: SafeHtml; readonly time?: string } {
  const found = parseDateTime(text)
  if (found === undefined) return { day: isolate(text) }
  const date = new Date(found.time)
  const end = endOfDay(date, day, time)
  const shown = html`<time datetime="${date.toISOString().replace('.000Z', 'Z')}">${end.day}</time>`
  return end.time === undefined ? { day: shown } : { day: shown, time: end.time }
}

function shown(text: string, { isolate }: Settings, format: Intl.DateTimeFormat): SafeHtml {
  const found = parseDateTime(text)
  if (found === undefined) return isolate(text)
  const date = new Date(found.time)
  return html`<time datetime="${date.toISOString().replace('.000Z', 'Z')}">${format.format(date)}</time>`
}

/** For texts that are no markup. */
export function plainDay(text: string, { day }: Settings): string {
  return plain(text, day)
}

export function plainMoment(text: string, { moment }: Settings): string {
  return plain(text, moment)
}

function plain(text: string, format: Intl.DateTimeFormat): string {
  const found = parseDateTime(text)
  return found === undefined ? line(cut(text, NAME_LENGTH)) : format.format(new Date(found.time))
}
