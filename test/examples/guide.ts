/**
 * Guides as programs: what a reader copies out of a Markdown file, and what it says will be printed.
 *
 * - A `ts` block is a script. Its first line is its name (`// issue.ts`); one without a name, or with `// issue.ts, continued`,
 *   goes on with a script.
 * - A `json` (`svg`, ...) block with a name in its info string is a file.
 * - An `sh` block holds commands: `npx badgewright ...`, `npx tsx issue.ts`, `echo $?`; `npm ...` sets up and is not run.
 * - A `text` block right after one of them is what it prints. `…` stands for anything within a line, a line of nothing but
 *   `…` for any number of lines.
 *
 * @module
 */
export interface Block {
  readonly language: string
  /** What stands behind the language, or in the first line of a script. */
  readonly name?: string
  readonly text: string
  /** Of its first line in the guide. */
  readonly line: number
}

export type Step =
  | { readonly kind: 'script'; readonly name: string; readonly prints: string | undefined; readonly line: number }
  | { readonly kind: 'command'; readonly command: string; readonly line: number }
  /** All that the commands since the last one print. */
  | { readonly kind: 'prints'; readonly text: string; readonly line: number }

export interface Guide {
  readonly title: string
  /** Scripts and other files, by name. */
  readonly files: ReadonlyMap<string, string>
  readonly steps: readonly Step[]
  readonly lines: number
}

const FENCE = /^```(\S*)(?: (\S+))?\n([\s\S]*?)^```$/gm

export function blocksOf(markdown: string): Block[] {
  return [...markdown.matchAll(FENCE)].map((match) => {
    const [, language = '', info, text = ''] = match
    const name = info ?? (language === 'ts' ? /^\/\/ (\S+\.ts)(?:, continued)?\n/.exec(text)?.[1] : undefined)
    const line = markdown.slice(0, match.index).split('\n').length + 1
    return { language, text, line, ...(name === undefined ? {} : { name }) }
  })
}

/** Throws where a block could not be run: nothing in a guide is only for show, but `http` and setting up. */
export function readGuide(markdown: string): Guide {
  const files = new Map<string, string>()
  const steps: Step[] = []
  const blocks = blocksOf(markdown)
  if (blocks.length * 2 !== markdown.split('\n').filter((line) => line.startsWith('```')).length)
    throw new Error('a fence is not closed, or has more than a language and a name')
  let script: string | undefined
  for (const [index, { language, name, text, line }] of blocks.entries()) {
    const next = blocks[index + 1]
    // Right after: with nothing between them but a word such as "prints".
    const output = next?.language === 'text' ? next : undefined
    if (language === 'ts') {
      script = name ?? script
      if (script === undefined) throw new Error(`line ${line}: the first script has no name`)
      files.set(script, (files.get(script) ?? '') + text)
      steps.push({ kind: 'script', name: script, prints: output?.text, line })
    } else if (language === 'sh') {
      const commands = text.replace(/\\\n\s*/g, '').split('\n')
      for (const command of commands) if (command.trim() !== '') steps.push({ kind: 'command', command, line })
      if (output !== undefined) steps.push({ kind: 'prints', text: output.text, line: output.line })
    } else if (language === 'text') {
      if (!['ts', 'sh'].includes(blocks[index - 1]?.language ?? ''))
        throw new Error(`line ${line}: nobody knows what prints this`)
    } else if (name !== undefined) files.set(name, text)
    else throw new Error(`line ${line}: a block of "${language}" without a name`)
  }
  const title = /^# (.+)\n/.exec(markdown)?.[1]
  if (title === undefined) throw new Error('it has no title')
  return { title, files, steps, lines: markdown.trimEnd().split('\n').length }
}

/** The printed text with what differs from the guide, or exactly what the guide says: for a comparison that shows the difference. */
export function asShown(printed: string, shown: string): string {
  const have = lines(printed)
  const want = lines(shown)
  const pattern = want.map((line) =>
    line.trim() === '…' ? '(?:.*\n)*?' : `${line.split('…').map(escaped).join('.*')}\n`,
  )
  return new RegExp(`^${pattern.join('')}$`).test(`${have.join('\n')}\n`) ? want.join('\n') : have.join('\n')
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
const lines = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => line.trimEnd())

/** As a POSIX shell would, for words, quotes and nothing else. Throws where there is more to it. */
export function wordsOf(command: string): string[] {
  if (/[|<>;&`*]|\$(?!\?)/.test(command.replace(/'[^']*'|"[^"$`]*"/g, ''))) throw new Error(`not run here: ${command}`)
  return [...command.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)].map(([word]) => word.replace(/['"]/g, ''))
}
