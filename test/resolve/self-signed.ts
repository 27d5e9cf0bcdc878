/** Self-signed certificates, written in DER as RFC 5280 has them: Node can read certificates but not make them. */
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'

const tlv = (tag: number, ...parts: Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts)
  const length =
    body.length < 128
      ? [body.length]
      : body.length < 256
        ? [0x81, body.length]
        : [0x82, body.length >> 8, body.length & 255]
  return Buffer.concat([Buffer.from([tag, ...length]), body])
}
const sequence = (...parts: Uint8Array[]) => tlv(0x30, ...parts)
const oid = (hex: string) => tlv(0x06, Buffer.from(hex, 'hex'))
const utcTime = (date: Date) =>
  tlv(0x17, Buffer.from(`${date.toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`, 'ascii'))
/** Positive and minimal, whatever the bytes. */
const integer = (bytes: Uint8Array) => tlv(0x02, Buffer.from([1]), bytes)
const extension = (id: string, value: Uint8Array) => sequence(oid(id), tlv(0x04, value))

const ECDSA_WITH_SHA256 = sequence(oid('2a8648ce3d040302'))
const COMMON_NAME = '550403'
const BASIC_CONSTRAINTS = '551d13'
const SUBJECT_ALT_NAME = '551d11'

export interface Certificate {
  readonly cert: string
  readonly key: string
}

/** For these DNS names and IPv4 addresses; by default good from yesterday until tomorrow. */
export function selfSigned(names: readonly string[], { from = -1, until = 1 } = {}): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const day = (offset: number) => utcTime(new Date(Date.now() + offset * 86_400_000))
  // The common name is never what a host is compared with, once there are alternative names.
  const name = sequence(tlv(0x31, sequence(oid(COMMON_NAME), tlv(0x0c, Buffer.from('badgewright test')))))
  const hosts = names.map((host) =>
    /^[0-9.]+$/.test(host)
      ? tlv(0x87, Buffer.from(host.split('.').map(Number)))
      : tlv(0x82, Buffer.from(host, 'ascii')),
  )
  const body = sequence(
    tlv(0xa0, tlv(0x02, Buffer.from([2]))),
    integer(randomBytes(8)),
    ECDSA_WITH_SHA256,
    name,
    sequence(day(from), day(until)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    tlv(
      0xa3,
      sequence(
        extension(BASIC_CONSTRAINTS, sequence(tlv(0x01, Buffer.from([0xff])))),
        extension(SUBJECT_ALT_NAME, sequence(...hosts)),
      ),
    ),
  )
  const der = sequence(body, ECDSA_WITH_SHA256, tlv(0x03, Buffer.from([0]), sign('sha256', body, privateKey)))
  const base64 = der.toString('base64').replace(/.{64}/g, '$&\n')
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}
