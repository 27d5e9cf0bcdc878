/** Third-party documents whose sources say whether they follow the data model. */
import { readFileSync } from 'node:fs'
import { Ajv2019 } from 'ajv/dist/2019.js'
import formats from 'ajv-formats'
import { expect, test } from 'vitest'
import { ParseError } from '../../src/errors.js'
import type { JsonObject } from '../../src/internal/types.js'
import {
  parseCredential,
  parseEndorsement,
  parsePresentation,
  parseVerifiableCredential,
} from '../../src/model/parse.js'
import { judge } from '../../src/model/read.js'
import { Walk } from '../../src/model/walk.js'
import { describeShared, shared } from '../shared.js'
import { isStricterOnPurpose, LOOSER } from './differences.js'

interface Entry {
  readonly id: string
  readonly file: string
  readonly format: string
  readonly kind: string
  readonly expect: string
  readonly inject?: Readonly<Record<string, string>>
}

/** Refused for what only the contexts, or only the network, can say: the schema check of verify*. */
const NOT_THE_MODELS: Readonly<Record<string, string>> = {
  'vcdm2/credential-redef-type-fail': 'a context redefines a protected term',
  'vcdm2/credential-type-mapped-nonurl-fail': 'a context maps a type to no URL',
  'vcdm2/credential-type-unmapped-fail': 'no context maps the type',
  'verifier-core/schema-bad-schema-url': 'the declared schema cannot be loaded',
  'vcdm2/fixture-relatedResource': 'a part of a credential, not a document',
}

const manifest = shared('corpus/manifest.json')
const folder = shared('corpus/') ?? ''
const entries = (manifest ? (JSON.parse(readFileSync(manifest, 'utf8')) as Entry[]) : []).filter(({ format }) =>
  ['json', '1ob'].includes(format),
)
const isBadge = ({ kind }: Entry) => kind.startsWith('OpenBadgeCredential')

function documentOf(entry: Entry): JsonObject {
  const document = JSON.parse(readFileSync(folder + entry.file, 'utf8'))
  for (const [name, value] of Object.entries(entry.inject ?? {})) {
    const path = name.split('.')
    const last = path.pop() as string
    let at = document
    for (const step of path) at = at[step] ??= {}
    at[last] = value
  }
  return document
}

function parse(entry: Entry): unknown {
  const document = documentOf(entry)
  if (isBadge(entry)) return parseCredential(document)
  if (entry.kind === 'EndorsementCredential') return parseEndorsement(document)
  return entry.kind === 'VerifiablePresentation' ? parsePresentation(document) : parseVerifiableCredential(document)
}

describeShared('the corpus', { manifest: 'corpus/manifest.json' }, () => {
  test.each(
    entries.filter(
      (entry) =>
        ['schema-ok', 'valid', 'warning'].includes(entry.expect) &&
        !entry.kind.startsWith('OB2') &&
        !(entry.id in NOT_THE_MODELS),
    ),
  )('$id follows the model', (entry) => {
    expect(() => parse(entry)).not.toThrow()
  })

  test.each(entries.filter((entry) => entry.expect === 'schema-fail' && !(entry.id in NOT_THE_MODELS)))(
    '$id is refused',
    (entry) => {
      expect(() => parse(entry)).toThrow(ParseError)
    },
  )

  const schemas = [
    ['open-badge', shared('schemas/ob/ob_v3p0_achievementcredential_schema.json')],
    ['endorsement', shared('schemas/ob/ob_v3p0_endorsementcredential_schema.json')],
  ] as const
  test.skipIf(!schemas[0][1])(
    'VCDM 2.0 badges and endorsements are judged as the JSON Schemas of 1EdTech judge them',
    () => {
      const counts = { accepted: 0, refused: 0 }
      for (const [kind, path] of schemas) {
        const ajv = new Ajv2019({ strict: false })
        formats.default(ajv)
        const validate = ajv.compile(JSON.parse(readFileSync(path as string, 'utf8')))
        const chosen = entries.filter(
          ({ kind: name }) => name === (kind === 'open-badge' ? 'OpenBadgeCredential-v2' : 'EndorsementCredential'),
        )
        for (const entry of chosen) {
          const document = documentOf(entry)
          const reading = judge(document, kind, new Walk())
          const accepted = validate(document)
          counts[accepted ? 'accepted' : 'refused']++
          if (!reading.ok) {
            const unexplained = reading.issues.filter((issue) => accepted && !isStricterOnPurpose(issue, document))
            expect(unexplained, entry.id).toEqual([])
            continue
          }
          const isLooser = (rows: typeof LOOSER) => rows.some((row) => row.explains(reading))
          if (!accepted && !isLooser(LOOSER)) expect.fail(`${entry.id}: ${JSON.stringify(validate.errors)}`)
          if (!validate(reading.value) && !isLooser(LOOSER.slice(1)))
            expect.fail(`${entry.id}, strict form: ${JSON.stringify(validate.errors)}`)
        }
      }
      expect(counts.accepted).toBeGreaterThan(30)
      expect(counts.refused).toBeGreaterThan(3)
    },
  )
})
