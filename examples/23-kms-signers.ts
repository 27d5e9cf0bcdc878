// Keys that never leave their service. Each client is typed by the one method that is used of it.
import { type Bytes, digestSigner, type PublicJwk, type Signer, SigningError } from 'badgewright'

interface KeyName {
  /** What the service answers as PEM, read by `importPublicKey({ pem })`. */
  readonly publicKey: PublicJwk
  /** `did:web:school.example#key-1` */
  readonly verificationMethod: string
}

/** AWS KMS, key spec ECC_NIST_P256: `awsKmsSigner(new KMS({ region }), keyId, name)` with KMS of `@aws-sdk/client-kms`. */
export const awsKmsSigner = (kms: AwsKms, KeyId: string, name: KeyName): Signer =>
  digestSigner({
    ...name,
    algorithm: 'ES256',
    encoding: 'der',
    signDigest: async (Message) => {
      const { Signature } = await kms.sign({ KeyId, Message, MessageType: 'DIGEST', SigningAlgorithm: 'ECDSA_SHA_256' })
      return Signature ?? failed('AWS KMS')
    },
  })

interface AwsKms {
  sign(input: {
    KeyId: string
    Message: Bytes
    MessageType: 'DIGEST'
    SigningAlgorithm: 'ECDSA_SHA_256'
  }): Promise<{ Signature?: Bytes | undefined }>
}

/** Google Cloud KMS, EC_SIGN_P256_SHA256: `new KeyManagementServiceClient()` and the name of the key version. */
export function googleKmsSigner(
  kms: {
    asymmetricSign(request: {
      name: string
      digest: { sha256: Bytes }
    }): Promise<readonly [{ signature?: Bytes | string | null | undefined }, ...unknown[]]>
  },
  keyVersion: string,
  name: KeyName,
): Signer {
  return digestSigner({
    ...name,
    algorithm: 'ES256',
    encoding: 'der',
    signDigest: async (sha256) => {
      const [{ signature }] = await kms.asymmetricSign({ name: keyVersion, digest: { sha256 } })
      return signature instanceof Uint8Array ? signature : failed('Google Cloud KMS')
    },
  })
}

/** HashiCorp Vault, transit engine, key type ed25519: the message goes out, the signature comes back. */
export function vaultEd25519Signer(vault: VaultKey, name: KeyName): Signer {
  return { ...name, algorithm: 'EdDSA', sign: (message) => vaultSign(vault, '', { input: base64(message) }) }
}

/** HashiCorp Vault, transit engine, key type rsa-2048: only the digest goes out. */
export function vaultRsaSigner(vault: VaultKey, name: KeyName): Signer {
  return digestSigner({
    ...name,
    algorithm: 'RS256',
    encoding: 'raw',
    signDigest: (digest) =>
      vaultSign(vault, '/sha2-256', { input: base64(digest), prehashed: true, signature_algorithm: 'pkcs1v15' }),
  })
}

export interface VaultKey {
  readonly address: string
  readonly token: string
  readonly key: string
}

async function vaultSign({ address, token, key }: VaultKey, hash: string, body: object): Promise<Bytes> {
  const response = await fetch(`${address}/v1/transit/sign/${encodeURIComponent(key)}${hash}`, {
    method: 'POST',
    headers: { 'x-vault-token': token, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch((cause) => failed('Vault', cause))
  if (!response.ok) return failed(`Vault (${response.status})`)
  const { data } = (await response.json()) as { data?: { signature?: string } }
  // vault:v1:<base64>
  const signature = /^vault:v\d+:(.+)$/.exec(data?.signature ?? '')?.[1]
  return signature === undefined ? failed('Vault') : Uint8Array.from(atob(signature), (byte) => byte.charCodeAt(0))
}

/** PKCS#11 through `pkcs11js`: a session that is logged in, and the handle of a private key on P-256. CKM_ECDSA signs digests. */
export function pkcs11Signer(
  pkcs11: {
    C_SignInit(session: Uint8Array, mechanism: { mechanism: number }, key: Uint8Array): void
    C_SignAsync(session: Uint8Array, data: Uint8Array, output: Uint8Array): Promise<Uint8Array>
  },
  { session, key }: { readonly session: Uint8Array; readonly key: Uint8Array },
  name: KeyName,
): Signer {
  const CKM_ECDSA = 0x1041
  // A session does one thing at a time.
  let last: Promise<unknown> = Promise.resolve()
  const signDigest = (digest: Bytes) => {
    const turn = last.then(() => {
      pkcs11.C_SignInit(session, { mechanism: CKM_ECDSA }, key)
      return pkcs11.C_SignAsync(session, digest, new Uint8Array(64))
    })
    last = turn.catch(() => undefined)
    return turn
  }
  return digestSigner({ ...name, algorithm: 'ES256', encoding: 'raw', signDigest })
}

const base64 = (bytes: Bytes) => btoa(String.fromCharCode(...bytes))
function failed(what: string, cause?: unknown): never {
  throw new SigningError('sign.failed', `${what} did not sign`, { cause })
}
