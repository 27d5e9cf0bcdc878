// A key management service at arm's length, for digest-signer.test.ts: digests in, DER out, one line of JSON each.
/** Services sign digests; node:crypto only messages. So ECDSA is written out here, with a nonce per signature. */
import { constants, createECDH, createPrivateKey, privateEncrypt, randomBytes } from 'node:crypto'
import { createInterface } from 'node:readline'

const CURVES = {
  'P-256': ['prime256v1', 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n, 32],
  'P-384': [
    'secp384r1',
    0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
    48,
  ],
}
const toBigInt = (bytes) => BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
const mod = (value, n) => ((value % n) + n) % n
function power(base, exponent, n) {
  let result = 1n
  for (let bit = exponent; bit > 0n; bit >>= 1n, base = (base * base) % n) if (bit & 1n) result = (result * base) % n
  return result
}
function integer(value) {
  let hex = value.toString(16)
  if (hex.length % 2 === 1) hex = `0${hex}`
  const bytes = Buffer.from(Number.parseInt(hex.slice(0, 2), 16) > 127 ? `00${hex}` : hex, 'hex')
  return Buffer.concat([Buffer.from([0x02, bytes.length]), bytes])
}
function signEcdsa({ crv, d }, digest) {
  const [name, n, size] = CURVES[crv]
  const curve = createECDH(name)
  const k = (toBigInt(randomBytes(size)) % (n - 1n)) + 1n
  curve.setPrivateKey(Buffer.from(k.toString(16).padStart(size * 2, '0'), 'hex'))
  const r = toBigInt(curve.getPublicKey().subarray(1, 1 + size)) % n
  const s = mod(power(k, n - 2n, n) * (toBigInt(digest) + r * toBigInt(Buffer.from(d, 'base64url'))), n)
  const body = Buffer.concat([integer(r), integer(s)])
  return Buffer.concat([Buffer.from([0x30, body.length]), body])
}
/** RFC 8017 section 9.2: DigestInfo of SHA-256 in front. */
function signRsa(jwk, digest) {
  const info = Buffer.concat([Buffer.from('3031300d060960864801650304020105000420', 'hex'), digest])
  return privateEncrypt(
    { key: createPrivateKey({ key: jwk, format: 'jwk' }), padding: constants.RSA_PKCS1_PADDING },
    info,
  )
}

const key = JSON.parse(process.env.KMS_KEY)
for await (const line of createInterface({ input: process.stdin })) {
  const digest = Buffer.from(JSON.parse(line).digest, 'base64')
  const signature = key.kty === 'RSA' ? signRsa(key, digest) : signEcdsa(key, digest)
  process.stdout.write(`${JSON.stringify({ signature: signature.toString('base64') })}\n`)
}
