/**
 * What every runtime must do alike, in plain JavaScript without a test framework: it runs from the packed package, in Node, Bun
 * and Deno as it is installed, in workerd and browsers as a bundler leaves it. Nothing here may be of one runtime only.
 *
 *     const results = await runSuite({ badgewright, resolvers, suites, wallet })
 *
 * @module
 */

/** One grey pixel. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=='
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect width="1" height="1"/></svg>'
/** 131 072 entries, of which 5 and 7 are set. */
const STATUS_LIST = 'uH4sIAAAAAAACA-3BIQEAAAACIIv_LzvDAjQAAAAAAAAAAAAAAAAAAADA2wAGVxItAEAAAA'
/** RFC 8032 section 7.1, test 1, as a seed and as PKCS#8. */
const SEED = '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60'
const PEM = `-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
-----END PRIVATE KEY-----`
const PUBLIC_X = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo'

const SUITE_2020 = 'https://w3id.org/security/suites/ed25519-2020/v1'
const NAME = 'Giving Feedback – ein Überblick 🎓'
const ISSUED = new Date('2025-01-01T00:00:00Z')
const NOW = new Date('2026-01-01T00:00:00Z')

class Failure extends Error {}

function equal(actual, expected, what) {
  const [is, wanted] = [JSON.stringify(actual), JSON.stringify(expected)]
  if (is !== wanted) throw new Failure(`${what}: ${is}, expected ${wanted}`)
}

async function refused(work, type, code) {
  let failure
  try {
    await work()
  } catch (error) {
    failure = error
  }
  if (!(failure instanceof type)) throw new Failure(`threw ${String(failure)}, expected ${type.name}`)
  equal(failure.code, code, 'code')
}

/** Answers `{ name, ok, reason? }` for each case, in their order. Never throws for a case that fails. */
export async function runSuite({ badgewright: lib, resolvers, suites, wallet }) {
  const results = []
  for (const [name, run] of Object.entries(cases(lib, resolvers, suites, wallet))) {
    try {
      await run()
      results.push({ name, ok: true })
    } catch (error) {
      const reason = error instanceof Failure ? error.message : `${error?.stack ?? error}`
      results.push({ name, ok: false, reason: reason.slice(0, 600) })
    }
  }
  return results
}

/** A minimal badge, signed by a fresh did:key. For those who want to see what one verification takes. */
export async function issueOne(lib) {
  const { signer, credential } = await make(lib)
  return lib.signCredential(credential, { signer, now: ISSUED })
}

export function verifyOne(lib, badge) {
  return lib.verifyCredential(badge, { trustedIssuers: lib.anyIssuer, now: NOW })
}

async function make(lib, { algorithm = 'EdDSA', subject = {}, contexts = [], ...more } = {}) {
  const signer = await lib.createSigner({ key: await lib.generateKey(algorithm) })
  const issuer = signer.verificationMethod.split('#')[0]
  const achievement = lib.createAchievement({
    name: NAME,
    description: 'Gives feedback that helps.',
    criteria: { narrative: 'Three observed conversations.' },
  })
  const credential = lib.createCredential({
    issuer: { id: issuer, name: 'School' },
    validFrom: ISSUED,
    credentialSubject: { id: 'did:example:teacher', achievement, ...subject },
    ...more,
  })
  return { signer, issuer, credential: { ...credential, '@context': [...credential['@context'], ...contexts] } }
}

const bytesOf = (binary) => Uint8Array.from(binary, (character) => character.charCodeAt(0))
const png = () => bytesOf(atob(PNG))
const svg = () => new TextEncoder().encode(SVG)

/** Answers documents from memory; whatever else is asked for is a failure of the world. */
function memoryLoader(lib, documents) {
  return {
    load: async ({ url }) => {
      if (!Object.hasOwn(documents, url)) throw new lib.ResolutionError('resolve.unreachable', url, `nothing at ${url}`)
      const bytes = new TextEncoder().encode(JSON.stringify(documents[url]))
      return { url, bytes, mediaType: 'application/json' }
    },
  }
}

function cases(lib, resolvers, suites, wallet) {
  const report = (input, options = {}) =>
    lib.verifyCredential(input, { trustedIssuers: lib.anyIssuer, now: NOW, ...options })
  const verdict = async (input, options) => {
    const { outcome, because = [] } = await report(input, options)
    return outcome === 'valid' ? 'valid' : because[0]
  }
  const signed = async (options = {}, signing = {}) => {
    const { signer, credential } = await make(lib, options)
    return lib.signCredential(credential, { signer, now: ISSUED, ...signing })
  }

  const embedded =
    (algorithm, suite, contexts, naming = { suite }) =>
    async () => {
      const badge = await signed({ algorithm, contexts }, naming)
      const [proof] = badge.proof
      equal(proof.cryptosuite ?? proof.type, suite, 'suite')
      equal(await verdict(badge), 'valid', 'verdict')
      equal(await verdict(JSON.stringify(badge)), 'valid', 'verdict of its text')
    }
  const jwt = (algorithm) => async () => {
    const token = await signed({ algorithm }, { format: 'jwt' })
    equal(JSON.parse(atob(token.split('.')[0].replaceAll('-', '+').replaceAll('_', '/'))).alg, algorithm, 'alg')
    equal(await verdict(token), 'valid', 'verdict')
    const [header, payload, signature] = token.split('.')
    const other = (await signed({ algorithm }, { format: 'jwt' })).split('.')
    equal(await verdict([header, payload, other[2]].join('.')), 'proof.mismatch', 'verdict with another signature')
    equal(signature.length, other[2].length, 'length of signatures')
  }
  const baking = (container, image) => async () => {
    for (const badge of [await signed(), await signed({}, { format: 'jwt' })]) {
      const baked = await lib.bakeImage(image(), badge)
      equal(await lib.unbakeImage(baked), badge, 'unbaked')
      equal(await verdict(baked), 'valid', 'verdict')
      const decoded = await lib.decodeCredential(baked)
      const { unverified, version } = decoded
      equal(
        [decoded.container, version, unverified.credentialSubject.achievement.name],
        [container, '2.0', NAME],
        'decoded',
      )
    }
    await refused(() => lib.unbakeImage(image()), lib.ParseError, 'parse.no_badge_in_image')
  }

  return {
    'embedded, Ed25519, eddsa-rdfc-2022': embedded('EdDSA', 'eddsa-rdfc-2022'),
    'embedded, P-256, ecdsa-rdfc-2019': embedded('ES256', 'ecdsa-rdfc-2019'),
    'embedded, P-384 with SHA-384, ecdsa-rdfc-2019': embedded('ES384', 'ecdsa-rdfc-2019'),
    'embedded, JCS, eddsa-jcs-2022': embedded('EdDSA', 'eddsa-jcs-2022'),
    'embedded, Ed25519Signature2020': embedded('EdDSA', 'Ed25519Signature2020', [SUITE_2020], {
      legacySuite: 'Ed25519Signature2020',
    }),
    'JWT, EdDSA': jwt('EdDSA'),
    'JWT, ES256': jwt('ES256'),
    'JWT, RS256': jwt('RS256'),
    'selective disclosure, ecdsa-sd-2023': async () => {
      const evidence = [{ type: ['Evidence'], name: 'Recording' }]
      const base = await signed({ algorithm: 'ES256', evidence }, { suite: 'ecdsa-sd-2023' })
      equal(await verdict(base), 'proof.not_derived', 'verdict of the base proof')
      const derived = await lib.deriveCredential(base, { reveal: [] })
      equal([await verdict(derived), derived.evidence], ['valid', undefined], 'disclosure')
      const tampered = { ...derived, validFrom: '2024-01-01T00:00:00Z' }
      equal(await verdict(tampered), 'proof.mismatch', 'verdict of a changed disclosure')
    },
    'tampering is found': async () => {
      const badge = await signed()
      equal(await verdict({ ...badge, validFrom: '2024-01-01T00:00:00Z' }), 'proof.mismatch', 'validFrom')
      const { proof: _, ...unsigned } = badge
      equal(await verdict(unsigned), 'proof.missing', 'no proof')
      const other = await signed()
      equal(await verdict({ ...badge, issuer: other.issuer }), 'key.not_issuer', 'another issuer')
    },
    'ambiguous members are refused': async () => {
      const badge = await signed()
      const validUntil = 'https://www.w3.org/2018/credentials#validUntil'
      equal(await verdict({ ...badge, [validUntil]: '2020-01-01T00:00:00Z' }), 'proof.ambiguous_member', 'by IRI')
      equal(await verdict({ ...badge, '@included': [] }), 'proof.ambiguous_member', '@included')
    },
    'unusual JSON-LD takes the general path': async () => {
      const context = { steps: { '@id': 'https://school.example/terms#steps', '@container': '@list' } }
      const { signer, credential } = await make(lib)
      const extended = { ...credential, '@context': [...credential['@context'], context], steps: ['ask', 'listen'] }
      const badge = await lib.signCredential(extended, { signer, now: ISSUED })
      equal(await verdict(badge), 'valid', 'verdict')
      equal(await verdict({ ...badge, steps: ['listen', 'ask'] }), 'proof.mismatch', 'in another order')
    },
    'undefined terms are never signed': () =>
      refused(
        async () => {
          const { signer, credential } = await make(lib)
          return lib.signCredential({ ...credential, nobodyDefinesThis: 1 }, { signer })
        },
        lib.ParseError,
        'parse.undefined_term',
      ),
    'baking PNG': baking('png', png),
    'baking SVG': baking('svg', svg),
    'decoding shows what is there, and names what is not': async () => {
      const { container, unverified } = await lib.decodeCredential(
        new TextEncoder().encode(JSON.stringify(await signed())),
      )
      equal([container, unverified.credentialSubject.achievement.name], ['json', NAME], 'JSON in bytes')
      await refused(() => lib.decodeCredential('{"a":1,"a":2}'), lib.ParseError, 'parse.duplicate_member')
      await refused(() => lib.decodeCredential(png()), lib.ParseError, 'parse.no_badge_in_image')
    },
    'status lists are decoded': async () => {
      const url = 'https://school.example/status/1'
      const keeper = await make(lib)
      const list = {
        '@context': ['https://www.w3.org/ns/credentials/v2'],
        id: url,
        type: ['VerifiableCredential', 'BitstringStatusListCredential'],
        issuer: keeper.issuer,
        validFrom: '2025-01-01T00:00:00Z',
        credentialSubject: { type: 'BitstringStatusList', statusPurpose: 'revocation', encodedList: STATUS_LIST },
      }
      const loader = memoryLoader(lib, {
        [url]: await lib.signCredential(list, { signer: keeper.signer, now: ISSUED }),
      })
      const entry = (index) => ({
        type: 'BitstringStatusListEntry',
        statusPurpose: 'revocation',
        statusListIndex: `${index}`,
        statusListCredential: url,
      })
      for (const [index, expected] of [
        [5, 'status.revoked'],
        [6, 'valid'],
        [131_071, 'valid'],
        [131_072, 'status.index_out_of_range'],
      ]) {
        const badge = await signed({ credentialStatus: entry(index) })
        equal(await verdict(badge, { loader }), expected, `entry ${index}`)
      }
      const unreachable = await signed({ credentialStatus: { ...entry(5), statusListCredential: `${url}0` } })
      equal(await verdict(unreachable, { loader }), 'status.unreachable', 'another list')
    },
    'declared schemas are judged': async () => {
      const url = 'https://school.example/schema.json'
      const badge = await signed({ credentialSchema: [{ id: url, type: 'JsonSchema' }] })
      const schema = (required) => ({
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        type: 'object',
        required,
      })
      const judged = (required) => verdict(badge, { loader: memoryLoader(lib, { [url]: schema(required) }) })
      equal([await judged(['issuer']), await judged(['motto'])], ['valid', 'schema.declared_mismatch'], 'verdicts')
    },
    'presentations are bound to their holder': async () => {
      const holder = await lib.createSigner({ key: await lib.generateKey('ES256') })
      const id = holder.verificationMethod.split('#')[0]
      const credentials = [await signed({ subject: { id } }), await signed({ subject: { id } }, { format: 'jwt' })]
      const presentation = await lib.signPresentation(lib.createPresentation({ holder: id, credentials }), {
        signer: holder,
        now: ISSUED,
        proof: { challenge: 'b6c1', domain: 'verifier.example' },
      })
      const ask = (challenge) =>
        lib.verifyPresentation(presentation, {
          trustedIssuers: lib.anyIssuer,
          now: NOW,
          challenge,
          domain: 'verifier.example',
        })
      equal((await ask('b6c1')).outcome, 'valid', 'outcome')
      equal((await ask('other')).because, ['proof.challenge_mismatch'], 'with another challenge')
    },
    'recipients are found by hashed address': async () => {
      const signer = await lib.createSigner({ key: await lib.generateKey() })
      const issuer = lib.createIssuer({
        profile: { id: signer.verificationMethod.split('#')[0], type: ['Profile'], name: 'School' },
        signer,
        now: () => ISSUED,
      })
      const achievement = lib.createAchievement({ name: 'A', description: 'B', criteria: { narrative: 'C' } })
      const badge = await issuer.issue({ achievement, recipient: { email: 'Ada@example.org' } })
      const about = (value) => verdict(badge, { recipient: { type: 'emailAddress', value } })
      equal(
        [await about('ada@example.org'), await about('eve@example.org')],
        ['valid', 'recipient.mismatch'],
        'verdicts',
      )
    },
    'keys come as PEM, seed, Multikey, JWK and CryptoKey': async () => {
      const seed = Uint8Array.from(SEED.match(/../g), (pair) => Number.parseInt(pair, 16))
      const keys = [await lib.importPrivateKey({ pem: PEM }), await lib.importPrivateKey({ seed, algorithm: 'EdDSA' })]
      for (const key of keys) equal(key.x, PUBLIC_X, 'public key')
      const signer = await lib.createSigner({ key: keys[0] })
      const multikey = signer.verificationMethod.split('#')[1]
      equal((await lib.importPublicKey({ multikey })).x, PUBLIC_X, 'public key of the Multikey')
      // RFC 8032 section 7.1, test 1: the signature of nothing.
      const signature = await signer.sign(new Uint8Array(0))
      equal([signature.length, signature[0], signature[63]], [64, 0xe5, 0x0b], 'signature')
      const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
      const publicKey = await crypto.subtle.exportKey('jwk', pair.publicKey)
      const { kty, crv, x, y } = publicKey
      const held = await lib.createSigner({ key: pair.privateKey, publicKey: { kty, crv, x, y } })
      equal([held.algorithm, (await held.sign(seed)).length], ['ES256', 64], 'CryptoKey')
    },
    'nothing private is asked for': async () => {
      const loader = lib.createLoader()
      const ask = (url) => () => loader.load({ url, kind: 'key', maxBytes: 1000 }, {})
      await refused(ask('https://127.0.0.1/'), lib.ResolutionError, 'resolve.forbidden_address')
      await refused(ask('https://0x7f.1/'), lib.ResolutionError, 'resolve.forbidden_address')
      await refused(ask('https://[::ffff:169.254.169.254]/'), lib.ResolutionError, 'resolve.forbidden_address')
      await refused(ask('http://school.example/'), lib.ResolutionError, 'resolve.forbidden_url')
      await refused(ask('file:///etc/passwd'), lib.ResolutionError, 'resolve.forbidden_url')
    },
    'a wallet takes in, merges, discloses and answers': async () => {
      const holder = await lib.createSigner({ key: await lib.generateKey() })
      const id = holder.verificationMethod.split('#')[0]
      const subject = { id, narrative: 'Private.', result: [{ value: '12' }] }
      const badge = await signed({ algorithm: 'ES256', subject }, { suite: 'ecdsa-sd-2023' })
      const { badges, problems } = await wallet.importBadges([badge, JSON.stringify(badge), 'VP1-X'])
      equal(
        problems.map(({ code }) => code),
        ['parse.unsupported'],
        'problems',
      )
      const held = wallet.mergeBadges(badges).badges
      equal(held.length, 1, 'badges')
      const example = { credentialSubject: { result: { value: '12' } } }
      const query = [{ type: 'QueryByExample', credentialQuery: { example } }]
      const asked = { query, challenge: 'c', domain: 'school.example' }
      const request = wallet.parseRequest(wallet.createWalletLink({ verifiablePresentationRequest: asked }))
      const show = wallet.matchRequest(request, held).queries.map(({ candidates }) => candidates[0])
      const answer = { origin: 'https://school.example', signer: holder, show, now: NOW }
      const { presentation } = await wallet.answerRequest(request, answer)
      const options = { trustedIssuers: lib.anyIssuer, challenge: 'c', domain: 'school.example', now: NOW }
      equal((await lib.verifyPresentation(presentation, options)).outcome, 'valid', 'presentation')
      equal(JSON.stringify(presentation).includes('Private'), false, 'what was withheld')
      const foreign = { ...answer, origin: 'https://evil.example' }
      await refused(() => wallet.answerRequest(request, foreign), lib.ParseError, 'parse.domain')
    },
    'subpaths share errors and suites': async () => {
      await refused(async () => resolvers.givenKeys([{}]), lib.UsageError, 'usage.invalid_key')
      const badge = await signed()
      const own = { suites: suites.defaultSuites(), resolvers: resolvers.defaultResolvers() }
      equal(await verdict(badge, own), 'valid', 'with the arrays of the subpaths')
      equal(await verdict(badge, { suites: [suites.ecdsaRdfc2019] }), 'proof.suite_unsupported', 'without its suite')
    },
  }
}
