/** Runs commands in this process, in a folder of their own. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import type { Io } from '../../src/cli/io.js'
import { run } from '../../src/cli/run.js'
import { type DocumentLoader, ResolutionError } from '../../src/entries/index.js'
import { drawPng } from '../bake/make-png.js'

/** RFC 8037 appendix A.1. */
export const KEY = {
  kty: 'OKP',
  crv: 'Ed25519',
  x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
  d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
}
export const ISSUER = 'did:key:z6MktwupdmLXVVqTzCw4i46r4uGyosGXRnR3XjN4Zq7oMMsw'
export const METHOD = `${ISSUER}#${ISSUER.slice('did:key:'.length)}`
export const HOLDER = 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK'

export const ACHIEVEMENT = {
  id: 'https://school.example/feedback',
  name: 'Giving Feedback – Rückmeldung 教育 \u{1f469}\u200d\u{1f393}',
  description: 'Gives feedback that helps.',
  achievementType: 'MicroCredential',
  criteria: { narrative: 'Three observed conversations.' },
  resultDescription: [
    {
      id: 'https://school.example/feedback/rubric',
      name: 'Feedback rubric',
      resultType: 'RubricCriterionLevel',
      rubricCriterionLevel: [
        { id: 'https://school.example/feedback/emerging', name: 'Emerging' },
        { id: 'https://school.example/feedback/proficient', name: 'Proficient' },
      ],
    },
  ],
}
export const PNG = drawPng(8, 8, (x, y) => [x * 30, y * 30, 90])
export const SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><title>Ⓡ</title><circle r="4"/></svg>\n'

export interface Result {
  readonly code: number
  readonly out: string
  readonly err: string
  readonly bytes: Uint8Array
}
export type Options = Partial<Omit<Io, 'stdin' | 'stdout' | 'stderr'>> & {
  readonly stdin?: string | Uint8Array | AsyncIterable<Uint8Array>
  /** Called for each write to standard output. */
  readonly onOutput?: () => void
  /** Both outputs are terminals of this width. */
  readonly terminal?: number
}

export interface Workshop {
  readonly folder: string
  path(name: string): string
  write(name: string, content: string | Uint8Array | object): string
  read(name: string): Uint8Array
  text(name: string): string
  json<T>(name: string): T
  cli(words: readonly string[], options?: Options): Promise<Result>
}

/** A folder with a key, an achievement and images. Call it at the top of a test file: it is removed at the end. */
export function workshop(): Workshop {
  const folder = mkdtempSync(join(tmpdir(), 'badgewright-cli-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const path = (name: string) => join(folder, name)
  const shop: Workshop = {
    folder,
    path,
    write: (name, content) => {
      const isRaw = typeof content === 'string' || content instanceof Uint8Array
      writeFileSync(path(name), isRaw ? content : JSON.stringify(content))
      return name
    },
    read: (name) => new Uint8Array(readFileSync(path(name))),
    text: (name) => readFileSync(path(name), 'utf8'),
    json: <T>(name: string) => JSON.parse(readFileSync(path(name), 'utf8')) as T,
    cli: (words, options = {}) => runCli(words, { cwd: folder, ...options }),
  }
  shop.write('key.json', KEY)
  shop.write('feedback.json', ACHIEVEMENT)
  shop.write('badge.png', PNG)
  shop.write('badge.svg', SVG)
  return shop
}

async function* inputOf(input: string | Uint8Array | undefined): AsyncGenerator<Uint8Array> {
  if (input !== undefined) yield typeof input === 'string' ? new TextEncoder().encode(input) : input
}

export async function runCli(words: readonly string[], options: Options): Promise<Result> {
  const { stdin, terminal, onOutput, ...io } = options
  const chunks: Uint8Array[] = []
  let err = ''
  const terminalOf = terminal === undefined ? {} : { isTTY: true, columns: terminal }
  const code = await run(words, {
    stdin: typeof stdin === 'object' && Symbol.asyncIterator in stdin ? stdin : inputOf(stdin),
    stdout: {
      ...terminalOf,
      write: (chunk) => {
        chunks.push(typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk)
        onOutput?.()
      },
    },
    stderr: {
      ...terminalOf,
      write: (chunk) => {
        err += String(chunk)
      },
    },
    env: {},
    cwd: '/nowhere',
    signal: new AbortController().signal,
    now: () => new Date('2030-01-01T12:00:00Z'),
    loader: unreachable,
    ...io,
  })
  const bytes = new Uint8Array(Buffer.concat(chunks))
  return { code, out: new TextDecoder().decode(bytes), err, bytes }
}

/** No test asks a network. */
const unreachable: DocumentLoader = {
  load: async ({ url }) => {
    throw new ResolutionError('resolve.unreachable', url, `${url}: the test has no network`)
  },
}

/** A badge for the holder, the same in every run. */
export const ISSUE = [
  'issue',
  '--key',
  'key.json',
  '--achievement',
  'feedback.json',
  '--issuer-name',
  'Hill School',
  '--recipient',
  HOLDER,
  '--id',
  'https://school.example/awards/1',
] as const
