/**
 * From the options of `verify` to those of a verifier.
 *
 * @module
 */
import {
  anyHolder,
  anyIssuer,
  createLoader,
  type DocumentLoader,
  insecureNetwork,
  type KeyResolver,
  noChallenge,
  type PerCall,
  type PresentationOptions,
  ResolutionError,
  strictPolicy,
  type VerificationPolicy,
  type VerifyOptions,
} from '../entries/index.js'
import { defaultResolvers, givenKeys, selfAssertedKeys } from '../entries/resolvers.js'
import type { Values } from './command.js'
import { readDate } from './dates.js'
import { readKnownKeys, readList } from './documents.js'
import { about, misuse } from './failure.js'
import type { OptionsDef } from './option-def.js'
import { readRecipient } from './recipient.js'
import type { Session } from './session.js'
import { didYouMean } from './suggest.js'

export const VERIFY_OPTIONS = {
  trust: {
    type: 'string',
    value: 'id',
    multiple: true,
    sets: 'trustedIssuers',
    description: 'An issuer you trust, by its id (DID or URL).',
  },
  'trust-file': {
    type: 'string',
    value: 'file',
    multiple: true,
    description: 'Issuers you trust: one id a line, # for remarks.',
  },
  'any-issuer': {
    type: 'boolean',
    description: 'Whoever issued it: says whether it is genuine, not whether to believe it.',
  },
  recipient: {
    type: 'string',
    value: 'id',
    multiple: true,
    description: 'Whom it should be about: a DID or URL, an e-mail address, or type=value. With several, any of them.',
  },
  now: { type: 'string', value: 'date', description: 'Judge at this time instead of now: 2030-01-31T12:00:00Z.' },
  offline: { type: 'boolean', description: 'Fetch nothing. What had to be fetched is indeterminate.' },
  timeout: {
    type: 'string',
    value: 'seconds',
    default: '30',
    sets: 'timeoutMs',
    description: 'How long one badge may take. What there was no time for is indeterminate.',
  },
  'insecure-network': {
    type: 'boolean',
    description: 'Also fetch over http and from private addresses: for tests and closed networks.',
  },
  accept: {
    type: 'string',
    choices: ['open-badge', 'any-credential'],
    default: 'open-badge',
    description: 'What counts: Open Badges 3.0 only, or any verifiable credential.',
  },
  key: {
    type: 'string',
    value: 'file',
    multiple: true,
    description: 'Keys that you know: a JWK, a JWKS or a verification method. Asked before anybody else.',
  },
  'self-asserted': {
    type: 'boolean',
    description: 'Also take keys that a badge brings along; nobody confirms whose they are.',
  },
  policy: {
    type: 'string',
    value: 'check=demand',
    multiple: true,
    description:
      'How much a check decides, for example status=best-effort: required, if-present, best-effort, report-only.',
  },
  challenge: {
    type: 'string',
    value: 'text',
    description: 'Of a presentation: what its presenter was asked to sign, so that nobody can replay it.',
  },
  'no-challenge': { type: 'boolean', description: 'Of a presentation: take one that was made for no challenge.' },
  domain: { type: 'string', value: 'text', description: 'Of a presentation: for whom it must have been made.' },
  'any-holder': {
    type: 'boolean',
    description: 'Of a presentation: whoever presents it. Else its badges have to be about the presenter.',
  },
  summary: { type: 'boolean', description: 'One line for each badge.' },
  json: { type: 'boolean', description: 'The report as JSON; of several badges one line each (NDJSON).' },
} as const satisfies OptionsDef

export type VerifyCommandOptions = Values<typeof VERIFY_OPTIONS>
/** What is asked of badges alone. */
export type BadgeOptions = Omit<VerifyCommandOptions, 'challenge' | 'no-challenge' | 'domain' | 'any-holder'>

export interface VerifySettings {
  readonly verifier: VerifyOptions
  readonly perCall: PerCall
}

/** Throws CommandFailure: 64 where nobody said whom to trust. */
export async function readVerifyOptions(options: BadgeOptions, session: Session): Promise<VerifySettings> {
  const { io } = session
  const trustedIssuers = await readTrust(options, session)
  const resolvers = await readResolvers(options, session)
  const recipient = options.recipient.map((text) => readRecipient(text))
  if (options.offline && options['insecure-network'])
    throw misuse('--offline fetches nothing, --insecure-network fetches from anywhere: choose')
  const open = options['insecure-network'] ? createLoader({ allowPrivateAddresses: insecureNetwork }) : io.loader
  const loader = options.offline ? offlineLoader : open
  return {
    verifier: {
      trustedIssuers,
      resolvers,
      // What prints reports reads of them what any credential has.
      accept: options.accept as 'open-badge',
      policy: readPolicy(options.policy),
      timeoutMs: readTimeout(options.timeout),
      ...(loader === undefined ? {} : { loader }),
    },
    perCall: {
      now: options.now === undefined ? session.now() : readDate('--now', options.now, 'begins'),
      signal: io.signal,
      ...(recipient.length === 0 ? {} : { recipient }),
    },
  }
}

/** Undefined where nobody said what to ask of a presentation. Throws CommandFailure 64. */
export function readPresentation(options: VerifyCommandOptions): PresentationOptions | undefined {
  const { challenge, 'no-challenge': none, domain, 'any-holder': anyone } = options
  if (challenge !== undefined && none) throw misuse('--challenge asks for one, --no-challenge for none: choose')
  if (challenge === undefined && !none) {
    if (domain === undefined && !anyone) return undefined
    throw misuse(
      `--${domain === undefined ? 'any-holder' : 'domain'} is for presentations: say --challenge <text> too, or --no-challenge`,
    )
  }
  return {
    challenge: challenge ?? noChallenge,
    ...(domain === undefined ? {} : { domain }),
    ...(anyone ? { holder: anyHolder } : {}),
  }
}

async function readTrust(options: BadgeOptions, session: Session): Promise<VerifyOptions['trustedIssuers']> {
  const { trust, 'trust-file': files, 'any-issuer': isAny } = options
  if (isAny) {
    if (trust.length + files.length > 0) throw misuse('--any-issuer trusts everybody, --trust some: choose')
    return anyIssuer
  }
  if (trust.length + files.length === 0)
    throw misuse(
      'say whom you trust: a signature proves who signed, not that you should believe them',
      '  --trust <id>         an issuer you trust, for example did:web:school.example (repeatable)',
      '  --trust-file <file>  many of them, one id a line',
      '  --any-issuer         whoever it was: only whether the badge is genuine',
    )
  const wrong = trust.find((id) => !/^[a-z][a-z0-9+.-]*:\S+$/i.test(id))
  if (wrong !== undefined)
    throw misuse(
      `--trust takes the id of an issuer (a DID or URL), not "${wrong}"; a file with ids is for --trust-file`,
    )
  const lists = await Promise.all(files.map((file) => readList(file, session)))
  return [...trust, ...lists.flat()]
}

/** The first that has the key answers: known keys before the network, what a badge brings along only where nobody else has it. */
async function readResolvers(options: BadgeOptions, session: Session): Promise<readonly KeyResolver[]> {
  const known = await Promise.all(
    options.key.map(async (file) => {
      const keys = await readKnownKeys(file, session)
      return about(file, () => givenKeys(keys))
    }),
  )
  const selfAsserted = options['self-asserted'] ? [selfAssertedKeys()] : []
  return [...known, ...defaultResolvers(), ...selfAsserted]
}

const DEMANDS = ['required', 'if-present', 'best-effort', 'report-only']

function readPolicy(pairs: readonly string[]): Partial<VerificationPolicy> {
  const policy = pairs.map((pair) => {
    const [, name, demand] = /^([^=]+)=(.+)$/.exec(pair) ?? []
    if (name === undefined || demand === undefined)
      throw misuse(`--policy is check=demand, for example status=best-effort, not "${pair}"`)
    const checks = Object.keys(strictPolicy)
    // Of the checks that are always required the verifier says so.
    if (!checks.includes(name) && !['format', 'key', 'proof'].includes(name))
      throw misuse(`--policy has no check "${name}"${didYouMean(name, checks)}: it has ${checks.join(', ')}`)
    if (!DEMANDS.includes(demand))
      throw misuse(`--policy ${name} is ${DEMANDS.join(', ')}, not "${demand}"${didYouMean(demand, DEMANDS)}`)
    return [name, demand] as const
  })
  const twice = policy.find(([name], index) => policy.findIndex(([other]) => other === name) !== index)
  if (twice !== undefined) throw misuse(`--policy says ${twice[0]} twice`)
  return Object.fromEntries(policy)
}

/** Seconds to milliseconds. */
function readTimeout(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw misuse(`--timeout is a whole number of seconds, at least 1, not "${text}"`)
  return Number(text) * 1000
}

const offlineLoader: DocumentLoader = {
  load: async ({ url }) => {
    throw new ResolutionError('resolve.unreachable', url, `${url.slice(0, 200)}: not fetched, because of --offline`)
  },
}

/** Of commands that count badges of one person. Throws CommandFailure 64 where nobody said who that is. */
export function demandPerson(options: {
  readonly recipient: readonly string[]
  readonly 'same-person': boolean
}): void {
  if (options.recipient.length === 0 && !options['same-person'])
    throw misuse(
      'say whom the badges should be about: a badge of somebody else must not count',
      '  --recipient <id>   a DID, URL or e-mail address (repeatable)',
      '  --same-person      you know on other grounds that they are all about one person',
    )
}
