import { createPresentation, type SecuredCredential, signPresentation } from '../../entries/index.js'
import type { JsonObject } from '../../internal/types.js'
import { isEnvelope, isPresentation } from '../../model/kinds.js'
import { defineCommand, type Values } from '../command.js'
import { readDate } from '../dates.js'
import { EXIT } from '../exit.js'
import { CommandFailure, misuse } from '../failure.js'
import { shownName } from '../files.js'
import { checkFormat, protect, readSecured } from '../images.js'
import { checkResultOptions, credentialText, writeResult } from '../result-files.js'
import type { Session } from '../session.js'
import { controllerOf, readSigner } from '../signing.js'

const OPTIONS = {
  key: { type: 'string', value: 'file', required: true, description: 'The private key of the holder (see keygen).' },
  'verification-method': {
    type: 'string',
    value: 'url',
    description: "The name of the key in the holder's document. Default: what the key file says, or its did:key.",
  },
  challenge: { type: 'string', value: 'text', description: 'What the verifier asked to sign.' },
  'no-challenge': { type: 'boolean', description: 'The verifier asked for none: whoever gets it can show it again.' },
  domain: { type: 'string', value: 'text', description: 'For whom it is made, as the verifier said.' },
  expires: { type: 'string', value: 'date', description: 'The last day (UTC) it counts, or a time. Default: no end.' },
  format: {
    type: 'string',
    choices: ['embedded', 'jwt'],
    default: 'embedded',
    description: 'JSON with the proof inside, or a JWT (vp+jwt). Badges inside stay as they are.',
  },
  suite: { type: 'string', value: 'name', description: 'The cryptosuite of an embedded proof. Default: by the key.' },
  out: { type: 'string', value: 'file', description: 'Where the presentation goes. Default: standard output.' },
  json: { type: 'boolean', description: 'Say what was written as JSON.' },
} as const

type Options = Values<typeof OPTIONS>

export const present = defineCommand({
  name: 'present',
  summary: 'show badges to somebody as their holder',
  description: [
    'Wraps badges and signs the whole with the key of who holds them, for what a verifier asked: nobody else can show it as theirs, and nobody can show it again elsewhere. The badges themselves are not changed and not verified.',
    'verify takes it with the same challenge; the badges in it have to be about the holder, unless it is told --any-holder.',
  ],
  operands: {
    name: 'badge',
    description: 'Signed badges: JSON, JWT, PNG or SVG.',
    min: 1,
    max: Number.POSITIVE_INFINITY,
  },
  options: OPTIONS,
  examples: [
    {
      title: 'One badge, for a school that asked',
      line: 'present --key my-key.json --challenge 7f3a --domain school.example ada.png --out for-school.json',
    },
    {
      title: 'Two, as a JWT',
      line: 'present --key my-key.json --challenge 7f3a --format jwt ada.png ben.json --out for-school.jwt',
    },
  ],
  run: async ({ options, operands }, session) => {
    const { challenge, domain, expires, format, out } = options
    checkOptions(options, operands, session)
    const signer = await readSigner(options.key, { method: options['verification-method'], issuer: undefined }, session)
    const credentials: SecuredCredential[] = []
    for (const name of operands) credentials.push(await readPresented(name, session))
    const holder = controllerOf(signer.verificationMethod)
    const presentation = createPresentation({ holder, credentials })
    const common = {
      signer,
      now: session.now(),
      signal: session.io.signal,
      ...(session.io.loader === undefined ? {} : { loader: session.io.loader }),
      proof: {
        ...(challenge === undefined ? {} : { challenge }),
        ...(domain === undefined ? {} : { domain }),
        ...(expires === undefined ? {} : { expires: readDate('--expires', expires, 'ends') }),
      },
    }
    const { suite } = options
    const signed =
      format === 'jwt'
        ? await signPresentation(presentation, { ...common, format })
        : await signPresentation(presentation, { ...common, ...(suite === undefined ? {} : { suite }) })
    const summary = { holder, verificationMethod: signer.verificationMethod, format, badges: credentials.length }
    await writeResult(credentialText(signed), { ...options, out }, summary, session)
    return EXIT.ok
  },
})

function checkOptions(options: Options, operands: readonly string[], session: Session): void {
  const { challenge, 'no-challenge': none, expires, format, key, out, suite } = options
  if (challenge !== undefined && none) throw misuse('--challenge signs one, --no-challenge none: choose')
  if (challenge === undefined && !none)
    throw misuse(
      'say what the verifier asked you to sign: --challenge <text>, or --no-challenge where it asked for nothing',
    )
  if (format === 'jwt' && suite !== undefined)
    throw misuse('--suite is for embedded proofs: a JWT is signed as its key says')
  if (expires !== undefined) readDate('--expires', expires, 'ends')
  checkResultOptions(options)
  protect(out, [key, ...operands], session)
  checkFormat(out, format === 'jwt' ? 'jwt' : 'json', '--format says which of the two')
}

/** Throws CommandFailure 65 for what nobody signed, and for what is a presentation itself. */
async function readPresented(name: string, session: Session): Promise<SecuredCredential> {
  const secured = await readSecured(name, session)
  if (typeof secured === 'string') return secured
  const document = secured as unknown as JsonObject
  if (isPresentation(document))
    throw new CommandFailure(EXIT.data, `${shownName(name)}: is a presentation itself: give the badges in it`)
  if (document.proof === undefined && !isEnvelope(document))
    throw new CommandFailure(
      EXIT.data,
      `${shownName(name)}: has no proof, so nobody would believe it: give the badge as its issuer signed it`,
    )
  return secured
}
