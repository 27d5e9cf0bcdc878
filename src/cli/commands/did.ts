import { didDocument, type IssuerKey, jwks, ResolutionError } from '../../entries/index.js'
import { didWebUrl } from '../../resolve/did-web.js'
import { defineCommand } from '../command.js'
import { readPublicKeyFile } from '../documents.js'
import { EXIT } from '../exit.js'
import { misuse } from '../failure.js'
import { toJson } from '../printable.js'
import type { Session } from '../session.js'
import { controllerOf, isMethodUrl } from '../signing.js'

export const did = defineCommand({
  name: 'did',
  summary: 'show what to publish so that others find your keys, and where',
  description: [
    'Prints the document of a did:web (or https) identifier and a JWKS, made of your public keys, with the address of each. Put both there, as application/json, and badges that you sign with these keys can be verified by anybody.',
    'Keys are named #key-1, #key-2, ... in the order given, or as their files say ("kid"). Keep the keys of the past, or the badges that they signed can no longer be verified.',
  ],
  options: {
    key: {
      type: 'string',
      value: 'file',
      multiple: true,
      description: 'A key of yours: JWK, Multikey or PEM. Of a private key only the public part is used.',
    },
    id: {
      type: 'string',
      value: 'id',
      description: 'Who you are: did:web:school.example, or an https URL. Default: what the key says.',
    },
    'out-dir': { type: 'string', value: 'folder', description: 'Write did.json and jwks.json into this folder.' },
    json: { type: 'boolean', description: 'As one JSON document.' },
  },
  examples: [
    { title: 'For your own domain', line: 'did --id did:web:school.example --key issuer-key.json' },
    {
      title: 'After changing keys: the new one, and the one that signed the badges of the past',
      line: 'did --id did:web:school.example --key old-key.json --key issuer-key.json',
    },
    { title: 'As files', line: 'did --key school-key.json --out-dir public' },
  ],
  run: async ({ options }, session) => {
    const { key: names, json, 'out-dir': folder } = options
    if (names.length === 0) throw misuse('did needs a key: --key <file>')
    if (json && folder !== undefined) throw misuse('--json prints, --out-dir writes files: choose')
    const keys = await Promise.all(names.map((name) => readPublicKeyFile(name, session)))
    const id = options.id ?? keys.map(({ kid }) => (isMethodUrl(kid) ? controllerOf(kid) : undefined)).find(Boolean)
    if (id === undefined) throw misuse('say who you are: --id did:web:school.example')
    const places = placesOf(id)
    const issuerKeys = keys.map(
      (publicKey, index): IssuerKey => ({
        id: isMethodUrl(publicKey.kid) && controllerOf(publicKey.kid) === id ? publicKey.kid : `${id}#key-${index + 1}`,
        publicKey,
      }),
    )
    const document = didDocument({ id, keys: issuerKeys })
    // One host may serve many issuers: a set without "iss" speaks for the host alone.
    const set = { ...(id.startsWith('https:') ? { iss: id } : {}), ...jwks(issuerKeys) }
    if (folder !== undefined) await writeBoth(folder, document, set, places, session)
    else if (json)
      session.printJson({ id, did: { url: places.document, document }, jwks: { url: places.jwks, document: set } }, 2)
    else {
      const { bold } = session.style
      session.print(
        bold(`Publish this at ${places.document}`),
        toJson(document, 2),
        '',
        bold(`and this at ${places.jwks}, for verifiers that want a JWKS`),
        toJson(set, 2),
      )
    }
    return EXIT.ok
  },
})

interface Places {
  readonly document: string
  readonly jwks: string
}

function placesOf(id: string): Places {
  if (/^did:(?:key|jwk):/.test(id)) throw misuse(`${id.slice(0, 40)}... is its own key: there is nothing to publish`)
  const isWeb = id.startsWith('did:web:')
  if (!isWeb && !(/^https:\/\/\S+$/.test(id) && URL.canParse(id)))
    throw misuse(`--id is did:web:<host> or an https URL, not "${id}"`)
  const document = isWeb ? webUrl(id) : controllerOf(id)
  return { document, jwks: `${new URL(document).origin}/.well-known/jwks.json` }
}

function webUrl(id: string): string {
  try {
    return didWebUrl(id)
  } catch (error) {
    // For a resolver it is the badge's mistake, here it is the caller's.
    if (error instanceof ResolutionError) throw misuse(`--id: ${error.message}`)
    throw error
  }
}

async function writeBoth(
  folder: string,
  document: object,
  set: object,
  places: Places,
  session: Session,
): Promise<void> {
  for (const [file, content, url] of [
    ['did.json', document, places.document],
    ['jwks.json', set, places.jwks],
  ] as const) {
    const name = `${folder.replace(/[\\/]+$/, '')}/${file}`
    await session.files.write(name, `${toJson(content, 2)}\n`)
    session.print(`${session.style.bold(name)}  publish at ${url}`)
  }
}
