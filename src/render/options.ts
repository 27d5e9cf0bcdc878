/**
 * What a caller may choose, checked and made complete.
 *
 * @module
 */
import { invalidOption, UsageError } from '../errors.js'
import { anything, callable, type Members, text } from '../internal/members.js'
import { shown } from '../internal/shown.js'
import { demandOptions } from '../report/demand-options.js'
import { englishMessages } from './english-messages.js'
import { renderMessages } from './message-shape.js'
import type { RenderMessages } from './messages.js'
import type { SafeHtml } from './safe-html.js'
import { name, type Said } from './text.js'

/** Language, dates, headings and pictures of what is written. */
export interface RenderOptions {
  /** Every text of ours. Default `englishMessages`. */
  readonly messages?: RenderMessages | undefined
  /** BCP 47: how dates are written, and which of a text's languages is shown. Default: the language of `messages`. */
  readonly locale?: string | undefined
  /** IANA, such as `Europe/Vienna`. Default `UTC`. */
  readonly timeZone?: string | undefined
  /** The level of the badge's own heading; those in it are one deeper. Default 2. */
  readonly headingLevel?: 1 | 2 | 3 | 4 | undefined
  /**
   * Asked for every image that is no data URL: what to put into `src` (`https:`, `http:`, `blob:` or `data:`), or undefined to leave it
   * out, which is the default: whoever serves an image learns who looks at it.
   */
  readonly images?: ((url: string) => string | undefined) | undefined
  /** Letters, digits, `-` and `_`, beginning with a letter: tells the ids of several badges on one page apart. Default `bw`. */
  readonly idPrefix?: string | undefined
}

/** `anything` is judged in words of its own. */
export const RENDER: Members<RenderOptions> = {
  messages: renderMessages,
  locale: text,
  timeZone: text,
  headingLevel: anything,
  images: callable,
  idPrefix: text,
}

/** Complete options, and what is made of them once. */
export interface Settings {
  readonly messages: RenderMessages
  readonly locale: string
  readonly day: Intl.DateTimeFormat
  readonly time: Intl.DateTimeFormat
  readonly moment: Intl.DateTimeFormat
  readonly headingLevel: number
  readonly images: (url: string) => string | undefined
  readonly idPrefix: string
  /** Characters of Markdown that may still be read: a badge with a thousand narratives costs no more than a long one. */
  readonly budget: { markdown: number }
  /** A badge's own words, on one line. */
  readonly isolate: (said: Said | string) => SafeHtml
}

const MARKDOWN_BUDGET = 40_000

/** Throws UsageError `usage.invalid_option`, naming the option. */
export function settingsOf(options: RenderOptions = {}): Settings {
  demandOptions(options, RENDER)
  return completed(options)
}

/** For options that have been judged. */
export function completed(options: RenderOptions): Settings {
  const {
    messages = englishMessages,
    timeZone = 'UTC',
    headingLevel = 2,
    images = () => undefined,
    idPrefix = 'bw',
  } = options
  const locale = options.locale ?? messages.language
  if (![1, 2, 3, 4].includes(headingLevel))
    throw invalidOption('headingLevel', `must be 1, 2, 3 or 4, not ${shown(headingLevel)}`)
  if (!/^[A-Za-z][\w-]{0,63}$/.test(idPrefix))
    throw invalidOption(
      'idPrefix',
      `must be letters, digits, "-" and "_", beginning with a letter, not ${shown(idPrefix)}`,
    )
  const format = (option: string, style: Intl.DateTimeFormatOptions) => {
    try {
      return new Intl.DateTimeFormat(locale, { ...style, timeZone })
    } catch (cause) {
      throw new UsageError(
        'usage.invalid_option',
        `${option}: no such locale (${shown(locale)}) or time zone (${shown(timeZone)})`,
        { cause, option: 'locale' },
      )
    }
  }
  return {
    messages,
    locale,
    day: format('"locale", "timeZone"', { dateStyle: 'long' }),
    time: format('"locale", "timeZone"', { timeStyle: 'short' }),
    moment: format('"locale", "timeZone"', { dateStyle: 'long', timeStyle: 'long' }),
    headingLevel,
    images,
    idPrefix,
    budget: { markdown: MARKDOWN_BUDGET },
    isolate: (said) => name(said, messages),
  }
}

/** The same one level deeper, with ids of its own: for what a badge holds. */
export function deeper(settings: Settings, id: string): Settings {
  return { ...settings, headingLevel: Math.min(settings.headingLevel + 1, 6), idPrefix: `${settings.idPrefix}-${id}` }
}
