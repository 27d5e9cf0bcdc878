import {
  type BundledProfile,
  checkModularity,
  checkQuality,
  lintQualityProfile,
  type ModularityReport,
  parseQualityProfile,
  QUALITY_PROFILES,
  type QualityProfile,
  type QualityReport,
  qualityProfile,
} from '../../entries/competency.js'
import { createAchievement, decodeCredential, defaultLimits, parseCredential } from '../../entries/index.js'
import { ParseError } from '../../errors.js'
import { decodeUtf8 } from '../../internal/bytes.js'
import { JsonError, parseJson } from '../../internal/json.js'
import type { JsonObject } from '../../internal/types.js'
import { readModel } from '../../model/read.js'
import type { Achievement, OpenBadgeCredential } from '../../model/types.js'
import { defineCommand } from '../command.js'
import { readJson } from '../competency-files.js'
import { readBadge } from '../documents.js'
import { EXIT, type ExitCode } from '../exit.js'
import { about, CommandFailure, misuse } from '../failure.js'
import { shownName } from '../files.js'
import { printable } from '../printable.js'
import { qualityLines } from '../quality-view.js'
import type { Session } from '../session.js'
import type { Style } from '../style.js'
import { didYouMean } from '../suggest.js'
import { rows } from '../table.js'

/** 1 MiB: a profile is read by people. */
const PROFILE_BYTES = 1024 * 1024

const EXIT_OF: Readonly<Record<QualityReport['readiness'], ExitCode>> = {
  ready: EXIT.ok,
  incomplete: EXIT.invalid,
  undetermined: EXIT.indeterminate,
}

export const lint = defineCommand({
  name: 'lint',
  summary: 'what keeps this badge from plugging in?',
  description: [
    'For issuers: can a school ask for this badge, check it, and know what level it means? Each finding names the field, why it matters to the other side, and how to mend it. NOTHING IS VERIFIED: that is what verify does.',
    'With --profile: how far is it ready for what somebody asks of micro-credentials? Each check with who asks it, where it looked and what would mend it. What Open Badges have no field for "cannot be said", and is no fault of the badge. Nobody is certified by it.',
    'Exit code 0: no gap, or ready; 1: there are gaps, or what is required is not met; 2: nothing that is required is missing, and some of it cannot be said.',
  ],
  operands: {
    name: 'file',
    description: 'A badge (JSON, JWT, PNG, SVG) or an achievement (JSON). - is standard input.',
    min: 0,
    max: 1,
  },
  options: {
    profile: {
      type: 'string',
      value: 'name',
      description: `A quality profile: ${QUALITY_PROFILES.join(', ')}, or a file (schema quality-profile).`,
    },
    list: {
      type: 'boolean',
      description: 'The profiles that come with it; with --json as data to begin your own with.',
    },
    json: { type: 'boolean', description: 'The findings as JSON.' },
  },
  examples: [
    { title: 'An achievement before it is awarded', line: 'lint achievement.json' },
    { title: 'A badge as it was awarded, for a program', line: 'lint --json badge.png' },
    { title: 'By the elements of the European Council', line: 'lint --profile eu-2022 badge.json' },
  ],
  run: async ({ options, operands: [name] }, session): Promise<ExitCode> => {
    if (options.list) {
      if (name !== undefined || options.profile !== undefined)
        throw misuse('--list says which profiles there are: leave the file and --profile out')
      return listProfiles(options.json, session)
    }
    if (name === undefined) throw misuse('say which badge or achievement')
    const profile = options.profile === undefined ? undefined : await readProfile(options.profile, session)
    const bytes = await readBadge(name, session)
    const subject = await about(shownName(name), () => readSubject(bytes))
    if (profile !== undefined) {
      const report = await checkQuality(subject, profile, { now: session.now() })
      if (options.json) session.printJson(report, 2)
      else session.print(...qualityLines(report, session.style))
      return EXIT_OF[report.readiness]
    }
    const report = checkModularity(subject)
    if (options.json) session.printJson(report, 2)
    else session.print(...linesOf(report, session.style))
    return report.findings.some(({ weight }) => weight === 'gap') ? EXIT.invalid : EXIT.ok
  },
})

async function listProfiles(asJson: boolean, session: Session): Promise<ExitCode> {
  const profiles = await Promise.all(QUALITY_PROFILES.map((id) => qualityProfile(id)))
  if (asJson) session.printJson(profiles, 2)
  else session.print(...rows(profiles.map(({ id, title }) => [id, title])))
  return EXIT.ok
}

const isBundled = (name: string): name is BundledProfile => (QUALITY_PROFILES as readonly string[]).includes(name)

/** One that comes with it by its name, else a file. Throws CommandFailure 65 for one with faults, with each at its place. */
async function readProfile(name: string, session: Session): Promise<BundledProfile | QualityProfile> {
  if (isBundled(name)) return name
  if (!/[./\\]/.test(name) && name !== '-')
    throw misuse(
      `there is no profile ${name}${didYouMean(name, QUALITY_PROFILES)}: there are ${QUALITY_PROFILES.join(', ')}, and files such as ./${name}.json`,
    )
  const value = await readJson(name, PROFILE_BYTES, session)
  return about(shownName(name), async () => {
    const profile = parseQualityProfile(value)
    const findings = await lintQualityProfile(profile)
    const said = (severity: 'error' | 'warning') =>
      findings.flatMap((one) => (one.severity === severity ? [`${one.pointer}: ${one.message}`] : []))
    const [errors, warnings] = [said('error'), said('warning')]
    if (errors.length > 0)
      throw new CommandFailure(
        EXIT.data,
        `${shownName(name)}: the profile has faults`,
        errors.map((line) => printable(line)),
      )
    session.note(...warnings.map((line) => printable(`${shownName(name)}: ${line}`)))
    return profile
  })
}

async function readSubject(bytes: Uint8Array): Promise<Achievement | OpenBadgeCredential> {
  const achievement = readAchievement(bytes)
  if (achievement !== undefined) return achievement
  const { unverified } = await decodeCredential(bytes)
  return parseCredential(unverified)
}

/** Undefined where it is something else: decodeCredential says what is wrong with that. */
function readAchievement(bytes: Uint8Array): Achievement | undefined {
  const text = decodeUtf8(bytes)?.replace(/^\ufeff/, '')
  if (text === undefined || !text.trimStart().startsWith('{')) return undefined
  try {
    const value = parseJson(text, { maxDepth: defaultLimits.depth }) as JsonObject
    // What `issue --achievement` takes has no types yet.
    if (value.type === undefined && value.criteria !== undefined) return createAchievement(value as never)
    if (![value.type].flat().includes('Achievement')) return undefined
    const reading = readModel(value, 'achievement')
    if (reading.ok) return reading.value
    throw new ParseError('parse.invalid', `not an achievement: ${reading.issues[0]?.message}`, reading.issues)
  } catch (error) {
    if (error instanceof JsonError) return undefined
    throw error
  }
}

function linesOf({ summary, findings }: ModularityReport, style: Style): string[] {
  return [
    style.bold(summary),
    ...findings.flatMap(({ code, weight, pointer, message, why, mend, source }) => [
      '',
      `${weight === 'gap' ? style.red('gap') : style.yellow('advice')}  ${style.bold(code)}  ${printable(pointer)}`,
      `  ${printable(message)}`,
      `  why:  ${why}`,
      `  mend: ${mend}`,
      style.dim(`  ${source}`),
    ]),
  ]
}
