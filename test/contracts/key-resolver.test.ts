// EXAMPLES section 10: a contract suite beside each port. The port: src/resolve/key-resolver.ts.
import { beforeAll, describe } from 'vitest'
import { type ContractRule, type KeyResolverContractOptions, keyResolverContract } from '../../src/entries/contracts.js'
import {
  createSigner,
  type DocumentLoader,
  didDocument,
  generateKey,
  jwks,
  type KeyResolver,
  type PublicJwk,
  ResolutionError,
  type ResolvedKey,
} from '../../src/entries/index.js'
import {
  didJwkResolver,
  didKeyResolver,
  didWebResolver,
  givenKeys,
  httpsControllerResolver,
  jwksResolver,
  selfAssertedKeys,
} from '../../src/entries/resolvers.js'
import { didJwk, didKey } from '../../src/keys/did-key.js'
import { testBroken, testContract } from './broken.js'

const purpose = 'assertionMethod'
const foreign = { id: 'did:other:1#key-1', issuer: 'did:other:1', purpose } as const
const web = 'did:web:school.example'
const site = 'https://school.example/issuer'

// Rules are listed before a key can be made: a P-256 key of RFC 7515 appendix A.3, the public part.
const publicKey: Extract<PublicJwk, { kty: 'EC' }> = {
  kty: 'EC',
  crv: 'P-256',
  x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
  y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
}
const loaderOf = (documents: Readonly<Record<string, unknown>>): DocumentLoader => ({
  load: async ({ url }) => {
    const document = documents[url]
    if (document === undefined) throw new ResolutionError('resolve.not_found', url, `${url}: not there`)
    return { url, bytes: new TextEncoder().encode(JSON.stringify(document)), mediaType: 'application/json' }
  },
})
const key = (id: string) => ({ id, publicKey })
const key1 = didKey(publicKey)
const jwk1 = didJwk(publicKey)
const multikey = key1.did.slice('did:key:'.length)

const RESOLVERS: Readonly<Record<string, { make: () => KeyResolver; options: KeyResolverContractOptions }>> = {
  'did:key': {
    make: didKeyResolver,
    options: {
      known: { id: key1.verificationMethod, issuer: key1.did, purpose },
      unknown: { id: `${key1.did}#other`, issuer: key1.did, purpose },
      foreign,
    },
  },
  'did:jwk': {
    make: didJwkResolver,
    options: {
      known: { id: jwk1.verificationMethod, issuer: jwk1.did, purpose },
      unknown: { id: `${jwk1.did}#1`, issuer: jwk1.did, purpose },
      foreign,
    },
  },
  'did:web': {
    make: didWebResolver,
    options: {
      known: { id: `${web}#key-1`, issuer: web, purpose },
      unknown: { id: `${web}#key-2`, issuer: web, purpose },
      foreign,
      loader: loaderOf({
        'https://school.example/.well-known/did.json': didDocument({ id: web, keys: [key(`${web}#key-1`)] }),
      }),
    },
  },
  https: {
    make: httpsControllerResolver,
    options: {
      known: { id: `${site}#key-1`, issuer: site, purpose },
      unknown: { id: `${site}#key-2`, issuer: site, purpose },
      foreign,
      loader: loaderOf({ [site]: didDocument({ id: site, keys: [key(`${site}#key-1`)] }) }),
    },
  },
  'a JWKS': {
    make: jwksResolver,
    options: {
      known: { id: 'key-1', issuer: site, purpose },
      unknown: { id: 'key-2', issuer: site, purpose },
      foreign,
      loader: loaderOf({
        'https://school.example/.well-known/jwks.json': {
          iss: site,
          keys: jwks([key(`${site}#key-1`)]).keys.map((jwk) => ({ ...jwk, kid: 'key-1' })),
        },
      }),
    },
  },
  'given keys': {
    make: () => givenKeys([{ id: `${web}#key-1`, type: 'Multikey', controller: web, publicKeyMultibase: multikey }]),
    options: { known: { id: `${web}#key-1`, issuer: web, purpose }, foreign },
  },
  'self-asserted keys': {
    make: selfAssertedKeys,
    options: { known: { id: `${site}#${multikey}`, issuer: site, purpose }, foreign },
  },
}

describe.each(Object.entries(RESOLVERS))('the resolver for %s', (_, { make, options }) => {
  testContract(keyResolverContract(make, options))
})

describe('broken resolvers are found', () => {
  const { make, options } = RESOLVERS['did:web'] as (typeof RESOLVERS)[string]
  const rulesOf = (change: (good: KeyResolver) => Partial<KeyResolver>): readonly ContractRule[] =>
    keyResolverContract(() => ({ ...make(), ...change(make()) }), options)
  const answering = (change: (key: ResolvedKey) => object) =>
    rulesOf((good) => ({
      resolve: async (request, context) => {
        const resolved = await good.resolve(request, context)
        return { ...resolved, ...change(resolved) }
      },
    }))
  let other: PublicJwk
  beforeAll(async () => {
    other = (await createSigner({ key: await generateKey('ES256') })).publicKey
  })
  let calls = 0

  testBroken(keyResolverContract(make, options), [
    { title: 'takes everything', caught: ['takes its own requests'], rules: rulesOf(() => ({ matches: () => true })) },
    { title: 'takes nothing', caught: ['takes its own requests'], rules: rulesOf(() => ({ matches: () => false })) },
    {
      title: 'a private key',
      caught: ['without private members'],
      rules: answering(({ publicJwk }) => ({ publicJwk: { ...publicJwk, d: 'AAAA' } })),
    },
    { title: 'a fragment', caught: ['in full'], rules: answering(() => ({ id: '#key-1' })) },
    {
      title: 'another controller',
      caught: ['whose key'],
      rules: answering(() => ({ controller: 'did:web:other.example' })),
    },
    { title: 'no purposes', caught: ['what the key is for'], rules: answering(() => ({ purposes: [] })) },
    { title: 'dates as texts', caught: ['dates as Date'], rules: answering(() => ({ revoked: '2030-01-01' })) },
    {
      title: 'evidence that is not text',
      caught: ['evidence in texts'],
      rules: answering(() => ({ evidence: { key: {} } })),
    },
    {
      title: 'another key when asked again',
      caught: ['when it is asked again'],
      rules: answering(({ publicJwk }) => ({ publicJwk: calls++ % 2 === 0 ? publicJwk : other })),
    },
    {
      title: 'errors of its own',
      caught: ['where the network fails', 'there is no such key'],
      rules: rulesOf((good) => ({
        resolve: (request, context) =>
          good.resolve(request, context).catch(() => {
            throw new SyntaxError('Unexpected token')
          }),
      })),
    },
    {
      title: 'an abort as an answer',
      caught: ['where a load was aborted'],
      rules: rulesOf((good) => ({
        resolve: (request, context) =>
          good.resolve(request, context).catch(() => {
            throw new ResolutionError('resolve.key_not_found', 'https://school.example/', 'no key')
          }),
      })),
    },
    {
      title: 'any key of the document',
      caught: ['there is no such key'],
      rules: rulesOf((good) => ({
        resolve: (request, context) => good.resolve({ ...request, id: `${web}#key-1` }, context),
      })),
    },
    {
      title: 'a key that is not there as unreachable',
      caught: ['there is no such key'],
      rules: rulesOf((good) => ({
        resolve: (request, context) =>
          good.resolve(request, context).catch(() => {
            throw new ResolutionError('resolve.unreachable', 'https://school.example/', 'no key')
          }),
      })),
    },
  ])
})
