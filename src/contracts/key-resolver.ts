/**
 * The contract of `KeyResolver`: run it on a resolver of your own, with a key that it finds and the documents it finds it in.
 *
 * @module
 */

import { ResolutionError } from '../errors.js'
import { callable, having, type Members, record } from '../internal/members.js'
import { isSameKey, readPublicJwk } from '../keys/jwk.js'
import { demandArgument, demandOptions } from '../report/demand-options.js'
import type { Context } from '../resolve/context.js'
import type { DocumentLoader } from '../resolve/document-loader.js'
import type { KeyRequest, KeyResolver, ResolvedKey } from '../resolve/key-resolver.js'
import { printableValue } from './printable-value.js'
import { answerOf, type ContractRule, ContractViolation, demand, failureOf } from './rule.js'
import { makeContext } from './surroundings.js'

/** What the resolver under test can be asked for. */
export interface KeyResolverContractOptions {
  /** A key that it finds, whose controller is `issuer`. */
  readonly known: KeyRequest
  /** A URL of another method: not its concern. */
  readonly foreign: KeyRequest
  /** One of its own method that does not exist. Leave it out where every request that it takes has a key. */
  readonly unknown?: KeyRequest | undefined
  /** What it needs of the network. Default: nothing can be fetched. */
  readonly loader?: DocumentLoader | undefined
}

const OPTIONS: Members<KeyResolverContractOptions> = {
  known: record,
  foreign: record,
  unknown: record,
  loader: having('load'),
}

/** The rules for a KeyResolver. */
export function keyResolverContract(
  make: () => KeyResolver | Promise<KeyResolver>,
  options: KeyResolverContractOptions,
): readonly ContractRule[] {
  demandArgument(make, callable, 'make')
  demandOptions(options, OPTIONS, { required: ['known', 'foreign'] })
  const { known, foreign, unknown, loader } = options
  const resolveKnown = async (context: Context = makeContext(loader)): Promise<ResolvedKey> => {
    const resolver = await make()
    return answerOf(() => resolver.resolve(known, context), `it finds the key ${String(known.id ?? known.issuer)}`)
  }
  return [
    {
      name: 'KeyResolver.matches: takes its own requests and no other',
      promise: 'one resolver for each DID method or kind of document.',
      run: async () => {
        const resolver = await make()
        demand(resolver.matches(known) === true, `matches(${printableValue(known)}) is true`)
        demand(resolver.matches(foreign) === false, `matches(${printableValue(foreign)}) is false`)
      },
    },
    {
      name: 'KeyResolver.resolve: gives a public key without private members',
      promise: 'A public key. It never has a private member;',
      run: async () => {
        const { publicJwk } = await resolveKnown()
        const reading = readPublicJwk(publicJwk)
        if (!reading.ok) throw new ContractViolation(`publicJwk cannot be used: ${reading.problem.message}`)
      },
    },
    {
      name: 'KeyResolver.resolve: names the key in full',
      promise: "The verification method's full id.",
      run: async () => {
        const { id } = await resolveKnown()
        demand(typeof id === 'string' && id !== '', `id is a text, not ${printableValue(id)}`)
        demand(!id.startsWith('#'), `id is the full id, not the fragment ${printableValue(id)}`)
      },
    },
    {
      name: 'KeyResolver.resolve: says whose key it is',
      promise: 'Who controls the key, as its document says.',
      run: async () => {
        const { controller } = await resolveKnown()
        demand(
          controller === known.issuer,
          `controller is ${printableValue(known.issuer)}, not ${printableValue(controller)}`,
        )
      },
    },
    {
      name: 'KeyResolver.resolve: says what the key is for',
      promise: "The verification relationships that list it in the controller's document.",
      run: async () => {
        const { purposes } = await resolveKnown()
        demand(
          Array.isArray(purposes) && purposes.every((purpose) => typeof purpose === 'string'),
          `purposes is a list of texts, not ${printableValue(purposes)}`,
        )
        demand(purposes.includes(known.purpose), `purposes has ${known.purpose}: it is ${printableValue(purposes)}`)
      },
    },
    {
      name: 'KeyResolver.resolve: gives evidence in texts, and dates as Date',
      promise: 'URLs and key ids for the report.',
      run: async () => {
        const { evidence, revoked, expires } = await resolveKnown()
        demand(
          typeof evidence === 'object' &&
            evidence !== null &&
            Object.values(evidence).every((value) => typeof value === 'string'),
          `evidence has texts only: it is ${printableValue(evidence)}`,
        )
        for (const date of [revoked, expires])
          demand(
            date === undefined || (date instanceof Date && !Number.isNaN(date.getTime())),
            `revoked and expires are absent or a valid Date, not ${printableValue(date)}`,
          )
      },
    },
    {
      name: 'KeyResolver.resolve: gives the same key when it is asked again with the same memory',
      promise: 'Remembers what was loaded: keys, contexts, decoded status lists.',
      run: async () => {
        const resolver = await make()
        const context = makeContext(loader)
        const [first, second] = [await resolver.resolve(known, context), await resolver.resolve(known, context)]
        demand(
          isSameKey(first.publicJwk, second.publicJwk) &&
            first.id === second.id &&
            first.controller === second.controller,
          `the second answer is another key: ${printableValue(second.id)} of ${printableValue(second.controller)}`,
        )
      },
    },
    {
      name: 'KeyResolver.resolve: throws a ResolutionError where the network fails, or needs none',
      promise: 'Throws only ResolutionError:',
      run: async () => {
        for (const failing of [unreachable, garbage])
          await answersOrThrowsResolutionError(await make(), known, makeContext(failing))
      },
    },
    {
      name: "KeyResolver.resolve: rejects with the signal's reason where a load was aborted",
      promise: "an abort rejects with the signal's reason.",
      run: async () => {
        const reason = new Error('aborted by the contract')
        const resolver = await make()
        const aborted: DocumentLoader = {
          load: async () => {
            throw reason
          },
        }
        const answer = await resolver
          .resolve(known, makeContext(aborted, AbortSignal.abort(reason)))
          .catch((error: unknown) => error)
        demand(
          !(answer instanceof Error) || answer === reason,
          `an abort is no answer about the key: the reason is passed on, not ${printableValue(answer)}`,
        )
      },
    },
    ...(unknown === undefined ? [] : [refusesUnknown(make, unknown, loader)]),
  ]
}

function refusesUnknown(
  make: () => KeyResolver | Promise<KeyResolver>,
  unknown: KeyRequest,
  loader: DocumentLoader | undefined,
): ContractRule {
  return {
    name: 'KeyResolver.resolve: throws resolve.key_not_found where there is no such key',
    promise: 'where the document has no such key',
    run: async () => {
      const resolver = await make()
      const error = await failureOf(
        () => resolver.resolve(unknown, makeContext(loader)),
        `there is no key ${printableValue(unknown.id)}`,
      )
      demand(error instanceof ResolutionError, `a resolver throws only ResolutionError, not ${printableValue(error)}`)
      demand(error.code === 'resolve.key_not_found', `the code is resolve.key_not_found, not ${error.code}`)
    },
  }
}

const unreachable: DocumentLoader = {
  load: async ({ url }) => {
    throw new ResolutionError('resolve.unreachable', url, `${url}: the contract cut the network`)
  },
}

/** No JSON, whatever was asked for. */
const garbage: DocumentLoader = {
  load: async ({ url }) => ({ url, bytes: Uint8Array.of(0x7b, 0xff, 0x00), mediaType: 'application/json' }),
}

async function answersOrThrowsResolutionError(
  resolver: KeyResolver,
  request: KeyRequest,
  context: Context,
): Promise<void> {
  try {
    await resolver.resolve(request, context)
  } catch (error) {
    demand(error instanceof ResolutionError, `a resolver throws only ResolutionError, not ${printableValue(error)}`)
  }
}
