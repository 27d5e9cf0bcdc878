/** RFC 6890 and the IANA special-purpose address registries; WHATWG URL section 3.5 for the spellings. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isAddressLiteral, isPublicAddress } from '../../src/resolve/addresses.js'

const REFUSED = [
  // IPv4
  '0.0.0.0',
  '0.1.2.3',
  '10.0.0.1',
  '10.255.255.255',
  '100.64.0.1',
  '100.100.100.200',
  '100.127.255.255',
  '127.0.0.1',
  '127.255.255.254',
  '168.63.129.16',
  '169.254.0.1',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.1',
  '192.0.0.192',
  '192.0.2.1',
  '192.88.99.1',
  '192.168.0.1',
  '198.18.0.1',
  '198.19.255.255',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '239.255.255.255',
  '240.0.0.1',
  '255.255.255.255',
  // IPv6
  '::',
  '::1',
  '100::1',
  '2001:2::1',
  '2001:db8::1',
  '2001:10::1',
  '2001:20::1',
  '3fff::1',
  '5f00::1',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  'ff02::1',
  // Outside 2000::/3: nobody has assigned it
  '4000::1',
  '200::1',
  'e000::1',
  // IPv6 that embeds IPv4, private or not
  '::127.0.0.1',
  '::8.8.8.8',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:8.8.8.8',
  '::ffff:0:127.0.0.1',
  '2002:7f00:1::',
  '2002:808:808::1',
  '2001:0:4136:e378:8000:63bf:3fff:fdd2',
  '64:ff9b::127.0.0.1',
  '64:ff9b::10.0.0.1',
  '64:ff9b::a9fe:a9fe',
  '64:ff9b:1::8.8.8.8',
  // A zone is of this machine
  '2606:4700::1%eth0',
  // No addresses
  '',
  'issuer.example',
  '1.2.3.4.5',
  '256.1.1.1',
  '[::1',
]
const PUBLIC = [
  '1.1.1.1',
  '8.8.8.8',
  '9.255.255.255',
  '11.0.0.0',
  '93.184.216.34',
  '100.63.255.255',
  '100.128.0.0',
  '172.15.255.255',
  '172.32.0.0',
  '168.63.129.17',
  '223.255.255.255',
  '2606:4700::6810:85e5',
  '2a00:1450:4001:80b::200e',
  '[2606:4700::1]',
  '64:ff9b::8.8.8.8',
]

test.each(REFUSED)('%s is not public', async (address) => {
  expect(await isPublicAddress(address)).toBe(false)
})
test.each(PUBLIC)('%s is public', async (address) => {
  expect(await isPublicAddress(address)).toBe(true)
})

const octets = fc.tuple(...Array.from({ length: 4 }, () => fc.nat(255)))
/** Half of them in or beside a range that is refused. */
const ipv4 = fc.oneof(
  octets,
  fc.tuple(fc.constantFrom(0, 10, 100, 127, 169, 172, 192, 198, 203, 224), fc.nat(255), fc.nat(255), fc.nat(255)),
)
const group = (high: number, low: number) => ((high << 8) | low).toString(16)

describe('laws', () => {
  test('NAT64 is judged by the IPv4 address it embeds', async () => {
    await fc.assert(
      fc.asyncProperty(ipv4, async ([a, b, c, d]) => {
        const plain = await isPublicAddress(`${a}.${b}.${c}.${d}`)
        expect(await isPublicAddress(`64:ff9b::${a}.${b}.${c}.${d}`)).toBe(plain)
        expect(await isPublicAddress(`64:ff9b::${group(a, b)}:${group(c, d)}`)).toBe(plain)
      }),
    )
  })

  test('no other IPv6 form of an IPv4 address is public', async () => {
    await fc.assert(
      fc.asyncProperty(ipv4, async ([a, b, c, d]) => {
        const tail = `${group(a, b)}:${group(c, d)}`
        const teredo = `2001:0:4136:e378:8000:63bf:${group(255 - a, 255 - b)}:${group(255 - c, 255 - d)}`
        for (const form of [`::${tail}`, `::ffff:${tail}`, `::ffff:0:${tail}`, `2002:${tail}::1`, teredo])
          expect(await isPublicAddress(form)).toBe(false)
      }),
    )
  })

  test('nothing outside 2000::/3 is public', async () => {
    const parts = fc.array(fc.nat(0xffff), { minLength: 8, maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(parts, async (words) => {
        const address = words.map((word) => word.toString(16)).join(':')
        if ((words[0] ?? 0) >> 13 !== 1) expect(await isPublicAddress(address)).toBe(false)
      }),
    )
  })

  test('every spelling of an IPv4 host in a URL is the same literal', async () => {
    const spell = fc.constantFrom(
      (byte: number) => String(byte),
      (byte: number) => `0x${byte.toString(16)}`,
      (byte: number) => `0${byte.toString(8)}`,
      (byte: number) => `0X${byte.toString(16).padStart(5, '0')}`,
    )
    await fc.assert(
      fc.asyncProperty(ipv4, fc.tuple(spell, spell, spell, spell), async (bytes, spells) => {
        const dotted = bytes.join('.')
        const [a, b, c, d] = bytes
        const hosts = [
          bytes.map((byte, index) => spells[index]?.(byte)).join('.'),
          String(((a * 256 + b) * 256 + c) * 256 + d),
          `0x${(((a * 256 + b) * 256 + c) * 256 + d).toString(16)}`,
          `${a}.${(b * 256 + c) * 256 + d}`,
          `${a}.${b}.${c * 256 + d}.`,
        ]
        for (const host of hosts) {
          const { hostname } = new URL(`https://${host}/`)
          expect(hostname).toBe(dotted)
          expect(isAddressLiteral(hostname)).toBe(true)
          // A parser that leaves the spelling alone does not make a name of it.
          expect(isAddressLiteral(host)).toBe(true)
        }
      }),
    )
  })
})

test('names are no literals', () => {
  for (const name of [
    'issuer.example',
    '1.example',
    '0x7f.example',
    'a1',
    'issuer.example.',
    '127.0.0.1.nip.example',
    'x0x1',
  ])
    expect(isAddressLiteral(name)).toBe(false)
})
