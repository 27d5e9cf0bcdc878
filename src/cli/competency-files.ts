/**
 * Frameworks, stacks and crosswalks as files. A framework may be in our own JSON form, CASE or CTDL-ASN: its members say which.
 *
 * @module
 */
import {
  type CaseFinding,
  type CasePackage,
  type CompetencyFramework,
  type CompetencyStack,
  type Crosswalk,
  type CtdlReading,
  parseCrosswalk,
  parseFramework,
  parseStack,
  type ReadCaseOptions,
  readCase,
  readCtdlAsn,
} from '../entries/competency.js'
import { defaultLimits } from '../entries/index.js'
import { decodeUtf8 } from '../internal/bytes.js'
import { JsonError, parseJson } from '../internal/json.js'
import { isObject } from '../internal/json-object.js'
import type { Json } from '../internal/types.js'
import { EXIT } from './exit.js'
import { about, CommandFailure } from './failure.js'
import { shownName } from './files.js'
import type { Session } from './session.js'

/** A national framework has tens of thousands of items. 64 MiB. */
const FRAMEWORK_BYTES = 64 * 1024 * 1024

export interface FrameworkFile {
  readonly format: 'badgewright' | 'case' | 'ctdl'
  readonly frameworks: readonly CompetencyFramework[]
  readonly crosswalks: readonly Crosswalk[]
  readonly findings: readonly (CaseFinding | CtdlReading['findings'][number])[]
  readonly casePackage?: CasePackage
  /** CASE 1.0 or 1.1. */
  readonly caseVersion?: string
  readonly ctdlDocument?: Json
}

/** What tells a document of CTDL-ASN, an envelope of the Registry or a request to publish from our own form. */
const CTDL = ['@graph', '@type', 'decoded_resource', 'envelope_type', 'GraphInput']

/** For commands that read other people's frameworks. */
export const LEVEL_ORDER = {
  type: 'string',
  value: 'end',
  choices: ['lowest-first', 'highest-first'],
  description:
    'CASE and CTDL-ASN: how rubrics are listed whose levels have positions and no scores. Without it nobody knows which level is higher.',
} as const

/** Throws CommandFailure 65 with what is wrong. */
export async function readFrameworkFile(
  name: string,
  session: Session,
  options: ReadCaseOptions = {},
): Promise<FrameworkFile> {
  const value = contentsOf(await readJson(name, FRAMEWORK_BYTES, session))
  return about(shownName(name), (): FrameworkFile => {
    const members = typeof value === 'object' && value !== null ? value : {}
    if ('CFDocument' in members) {
      const { framework, crosswalk, findings, package: casePackage, version } = readCase(value, options)
      return {
        format: 'case',
        frameworks: [framework],
        crosswalks: crosswalk === undefined ? [] : [crosswalk],
        findings,
        casePackage,
        caseVersion: version,
      }
    }
    if (Array.isArray(value) || CTDL.some((member) => member in members)) {
      const { frameworks, crosswalk, findings, document } = readCtdlAsn(value, options)
      const crosswalks = crosswalk === undefined ? [] : [crosswalk]
      return { format: 'ctdl', frameworks, crosswalks, findings, ctdlDocument: document }
    }
    return { format: 'badgewright', frameworks: [parseFramework(value)], crosswalks: [], findings: [] }
  })
}

/** A CASE package, out of the member that some servers answer it in. */
function contentsOf(value: Json): Json {
  if (!isObject(value) || value.CFDocument !== undefined) return value
  return isObject(value.CFPackage) ? (value.CFPackage as Json) : value
}

export async function readStackFile(name: string, session: Session): Promise<CompetencyStack> {
  const value = await readJson(name, defaultLimits.documentBytes, session)
  return about(shownName(name), () => parseStack(value))
}

export async function readCrosswalkFile(name: string, session: Session): Promise<Crosswalk> {
  const value = await readJson(name, FRAMEWORK_BYTES, session)
  return about(shownName(name), () => parseCrosswalk(value))
}

/** Any JSON value of a text in UTF-8. */
export async function readJson(name: string, maxBytes: number, { files }: Session): Promise<Json> {
  const bytes = await files.read(name, maxBytes)
  const fail = (reason: string) => new CommandFailure(EXIT.data, `${shownName(name)}: ${reason}`)
  if (bytes.length > maxBytes) throw fail(`has more than ${maxBytes} bytes`)
  const text = decodeUtf8(bytes)
  if (text === undefined) throw fail('is not text in UTF-8')
  try {
    return parseJson(text.replace(/^\ufeff/, ''), { maxDepth: defaultLimits.depth })
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    throw fail(`is no JSON: ${error.message}${error.pointer === '' ? '' : ` (at ${error.pointer})`}`)
  }
}
