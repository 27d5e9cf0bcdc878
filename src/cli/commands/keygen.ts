import type { KeyAlgorithm } from '../../entries/index.js'
import { createSigner, generateKey } from '../../entries/index.js'
import { publicJwk } from '../../keys/jwk.js'
import { defineCommand } from '../command.js'
import { EXIT } from '../exit.js'
import { misuse } from '../failure.js'
import { STANDARD } from '../files.js'
import { toJson } from '../printable.js'
import { controllerOf } from '../signing.js'

export const keygen = defineCommand({
  name: 'keygen',
  summary: 'make a key to sign badges with',
  description: [
    'Writes a private key (JWK) that only you may read, and shows what others may know of it. Whoever has the file can issue in your name: keep it like a password, and keep a copy.',
    'The key is its own identifier (did:key), and badges can be signed with it at once. To issue under a domain of your own, name the key with --verification-method and publish it: see badgewright did --help.',
  ],
  options: {
    alg: {
      type: 'string',
      choices: ['EdDSA', 'ES256', 'ES384', 'RS256'],
      default: 'EdDSA',
      description: 'EdDSA is Ed25519, and right unless a verifier of yours needs another; RS256 signs JWTs only.',
    },
    out: {
      type: 'string',
      value: 'file',
      default: 'issuer-key.json',
      description: 'Where the private key goes; - prints it.',
    },
    'verification-method': {
      type: 'string',
      value: 'url',
      description: 'The name of the key, for example did:web:school.example#key-1. Stands in the file as "kid".',
    },
    force: { type: 'boolean', description: 'Replace a file that is there. The key in it is lost.' },
    json: { type: 'boolean', description: 'Show the public part as JSON.' },
  },
  examples: [
    { title: 'A key, and who you are by it', line: 'keygen' },
    {
      title: 'A key for your own domain',
      line: 'keygen --out school-key.json --verification-method did:web:school.example#key-1',
    },
    { title: 'A key for JWTs that 1EdTech validators take', line: 'keygen --alg RS256 --out rsa-key.json' },
  ],
  run: async ({ options }, session) => {
    const { alg, out, force, json, 'verification-method': named } = options
    const isPrinted = out === STANDARD
    if (isPrinted && json) throw misuse('--json shows the public part, --out - prints the private one: choose')
    const key = await generateKey(alg as KeyAlgorithm)
    // The signer judges the name, before anything is written.
    const { verificationMethod } = await createSigner({
      key,
      ...(named === undefined ? {} : { verificationMethod: named }),
    })
    const written = named === undefined ? key : { ...key, kid: verificationMethod }
    const text = `${toJson(written, 2)}\n`
    if (isPrinted) session.io.stdout.write(text)
    else await session.files.write(out, text, { secret: true, replace: force })
    const issuer = controllerOf(verificationMethod)
    const shown = { issuer, verificationMethod, publicJwk: publicJwk(written) }
    if (isPrinted) session.note(`issuer               ${issuer}`, `verification method  ${verificationMethod}`)
    else if (json) session.printJson({ file: out, ...shown }, 2)
    else {
      const { bold, dim } = session.style
      session.print(
        `${bold('private key')}          ${out} ${dim('(keep it secret, and keep a copy)')}`,
        `${bold('issuer')}               ${issuer}`,
        `${bold('verification method')}  ${verificationMethod}`,
        bold('public key'),
        toJson(shown.publicJwk, 2),
      )
    }
    return EXIT.ok
  },
})
