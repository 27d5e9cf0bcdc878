/**
 * The JSON form of quality profiles: reading, and its JSON Schema. `schemas/quality-profile.json` is the schema; a test holds it and
 * `parseQualityProfile` to the same judgement.
 *
 * @module
 */
import { pointer } from '../../internal/json-pointer.js'
import type { Json, JsonObject } from '../../internal/types.js'
import { isDate } from '../../model/date-time.js'
import { present, Reading } from '../reading.js'
import type { QualityProfile, QualityProfileCheck, QualitySource, QualityWeight } from './types.js'

const WEIGHTS: readonly QualityWeight[] = ['required', 'recommended', 'if-available']
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/
const PROFILE = ['$schema', 'id', 'title', 'version', 'description', 'sources', 'checks']
const CHECK = ['check', 'weight', 'source', 'section', 'asks', 'settings']
/** More is no profile that people could read. */
const MAX_CHECKS = 200

const text = { type: 'string', pattern: '\\S' }
const name = { type: 'string', pattern: NAME.source }

/** JSON Schema (2020-12) of a QualityProfile, for editors and other languages. */
export const qualityProfileSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Quality profile: what somebody asks of a micro-credential',
  type: 'object',
  properties: {
    $schema: text,
    id: { ...name, description: 'A short name. Not that of a text that nobody of you has read.' },
    title: text,
    version: text,
    description: text,
    sources: {
      description: 'The texts that ask for it, by names that checks refer to.',
      type: 'object',
      propertyNames: name,
      additionalProperties: {
        type: 'object',
        properties: {
          title: text,
          url: { type: 'string', pattern: '^https?://\\S+$' },
          read: {
            description: 'The day on which you read it: YYYY-MM-DD.',
            type: 'string',
            pattern: '^\\d{4}-\\d{2}-\\d{2}$',
          },
        },
        required: ['title', 'read'],
        additionalProperties: false,
      },
      minProperties: 1,
    },
    checks: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          check: { ...text, description: "The id of a check: one of the library's, or one of your own." },
          weight: { enum: [...WEIGHTS] },
          source: { ...name, description: 'A name in "sources".' },
          section: text,
          asks: { ...text, description: 'What is asked, in the words of the source.' },
          settings: { description: 'What the check takes.', type: 'object' },
        },
        required: ['check', 'weight', 'source'],
        additionalProperties: false,
      },
      minItems: 1,
      maxItems: MAX_CHECKS,
    },
  },
  required: ['id', 'title', 'sources', 'checks'],
  additionalProperties: false,
} as const satisfies JsonObject

/**
 * Reads a profile (parsed JSON). Closed: a mistyped member would ask for less. Whether its checks are known, and take their settings, is
 * `lintQualityProfile`'s to say. Throws ParseError `parse.invalid` with every issue at its place.
 */
export function parseQualityProfile(value: unknown): QualityProfile {
  const reading = new Reading(value, 'a quality profile')
  const what = 'the profile'
  const object = reading.object(reading.value, '', what)
  const profile = object ?? {}
  reading.only(profile, PROFILE, '', what)
  reading.optionalText(profile, '$schema', '', what)
  const sources = readSources(reading, profile.sources)
  const read = present<QualityProfile>({
    id: readName(reading, profile, 'id', '', what),
    title: reading.text(profile, 'title', '', what) ?? '',
    version: reading.optionalText(profile, 'version', '', what),
    description: reading.optionalText(profile, 'description', '', what),
    sources,
    checks: reading
      .objects(profile, 'checks', '', what)
      .map((entry, index) => readCheck(reading, entry, index, sources)),
  })
  if (object !== undefined && !(Array.isArray(profile.checks) && profile.checks.length > 0))
    reading.report('parse.missing', '/checks', 'the profile asks for nothing: "checks" has at least one')
  if (Array.isArray(profile.checks) && profile.checks.length > MAX_CHECKS)
    reading.report('parse.value', '/checks', `more than ${MAX_CHECKS} checks`)
  reading.finish()
  return read
}

function readName(reading: Reading, parent: JsonObject, member: string, place: string, what: string): string {
  const found = reading.text(parent, member, place, what)
  if (found !== undefined && !NAME.test(found))
    reading.report(
      'parse.value',
      pointer(place, member),
      `${what} "${member}" is a short name of letters, digits, ".", "-", "_"`,
    )
  return found ?? ''
}

function readSources(reading: Reading, value: Json | undefined): Record<string, QualitySource> {
  if (value === undefined)
    reading.report('parse.missing', '/sources', 'the profile "sources" is missing: who asks for it')
  const object = value === undefined ? {} : (reading.object(value, '/sources', 'the profile "sources"') ?? {})
  const names = Object.keys(object)
  if (value !== undefined && names.length === 0)
    reading.report('parse.value', '/sources', 'the profile names no source: who asks for it?')
  return Object.fromEntries(
    names.map((key) => {
      const place = pointer('/sources', key)
      const what = `source "${key}"`
      if (!NAME.test(key)) reading.report('parse.value', place, `${what}: a source has a short name`)
      const source = reading.object(object[key], place, what) ?? {}
      reading.only(source, ['title', 'url', 'read'], place, what)
      const url = reading.optionalText(source, 'url', place, what)
      if (url !== undefined && !/^https?:\/\/\S+$/.test(url))
        reading.report('parse.value', pointer(place, 'url'), `${what} "url" must be an http(s) URL`)
      const read = reading.text(source, 'read', place, what)
      if (read !== undefined && !isDate(read))
        reading.report('parse.value', pointer(place, 'read'), `${what} "read" must be a day such as "2026-08-31"`)
      return [
        key,
        present<QualitySource>({ title: reading.text(source, 'title', place, what) ?? '', url, read: read ?? '' }),
      ]
    }),
  )
}

function readCheck(
  reading: Reading,
  { value, place }: { readonly value: JsonObject; readonly place: string },
  index: number,
  sources: Readonly<Record<string, QualitySource>>,
): QualityProfileCheck {
  const what = `check ${typeof value.check === 'string' ? `"${value.check.slice(0, 60)}"` : index}`
  reading.only(value, CHECK, place, what)
  const weight = reading.text(value, 'weight', place, what)
  if (weight !== undefined && !(WEIGHTS as readonly string[]).includes(weight))
    reading.report('parse.value', pointer(place, 'weight'), `${what} "weight" must be one of ${WEIGHTS.join(', ')}`)
  const source = readName(reading, value, 'source', place, what)
  if (NAME.test(source) && !Object.hasOwn(sources, source))
    reading.report(
      'parse.semantic',
      pointer(place, 'source'),
      `${what} names the source "${source}", which is not in "sources"`,
    )
  const { settings } = value
  return present<QualityProfileCheck>({
    check: reading.text(value, 'check', place, what) ?? '',
    weight: weight as QualityWeight,
    source,
    section: reading.optionalText(value, 'section', place, what),
    asks: reading.optionalText(value, 'asks', place, what),
    settings:
      settings === undefined ? undefined : reading.object(settings, pointer(place, 'settings'), `${what} "settings"`),
  })
}
