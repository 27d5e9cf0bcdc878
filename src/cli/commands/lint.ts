import { checkModularity, type ModularityReport } from '../../entries/competency.js'
import { createAchievement, decodeCredential, defaultLimits, parseCredential } from '../../entries/index.js'
import { ParseError } from '../../errors.js'
import { decodeUtf8 } from '../../internal/bytes.js'
import { JsonError, parseJson } from '../../internal/json.js'
import type { JsonObject } from '../../internal/types.js'
import { readModel } from '../../model/read.js'
import type { Achievement, OpenBadgeCredential } from '../../model/types.js'
import { defineCommand } from '../command.js'
import { readBadge } from '../documents.js'
import { EXIT, type ExitCode } from '../exit.js'
import { about } from '../failure.js'
import { shownName } from '../files.js'
import { printable } from '../printable.js'
import type { Style } from '../style.js'

export const lint = defineCommand({
  name: 'lint',
  summary: 'what keeps this badge from plugging in?',
  description: [
    'For issuers: can a school ask for this badge, check it, and know what level it means? Each finding names the field, why it matters to the other side, and how to mend it. NOTHING IS VERIFIED: that is what verify does.',
    'Exit code 0: no gap, 1: there are gaps.',
  ],
  operands: {
    name: 'file',
    description: 'A badge (JSON, JWT, PNG, SVG) or an achievement (JSON). - is standard input.',
    min: 1,
    max: 1,
  },
  options: { json: { type: 'boolean', description: 'The findings as JSON.' } },
  examples: [
    { title: 'An achievement before it is awarded', line: 'lint achievement.json' },
    { title: 'A badge as it was awarded, for a program', line: 'lint --json badge.png' },
  ],
  run: async ({ options, operands: [name = ''] }, session): Promise<ExitCode> => {
    const bytes = await readBadge(name, session)
    const report = await about(shownName(name), async () => checkModularity(await readSubject(bytes)))
    if (options.json) session.printJson(report, 2)
    else session.print(...linesOf(report, session.style))
    return report.findings.some(({ weight }) => weight === 'gap') ? EXIT.invalid : EXIT.ok
  },
})

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
