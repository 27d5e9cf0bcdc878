/**
 * Which addresses are public: those of the IANA special-purpose registries (RFC 6890) are not, nor is what hides one of them.
 *
 * @module
 */

/** Public by registry, and yet the inside of a cloud: Azure's platform resources (WireServer). */
const NOT_PUBLIC = new Set(['168.63.129.16'])

/** 64:ff9b::/96, RFC 6052 section 2.1. */
const NAT64 = [0x64, 0xff9b, 0, 0, 0, 0]

/**
 * True for IPv4 unicast and IPv6 global unicast (2000::/3) outside the special-purpose registries. False for text that is no
 * address.
 *
 * IPv6 that embeds an IPv4 address (mapped, compatible, translated, 6to4, Teredo) is refused whatever it embeds: no name resolves
 * to it in good faith. Only NAT64 is judged by what it embeds, because in a network without IPv4 every IPv4 host looks so.
 */
export async function isPublicAddress(address: string): Promise<boolean> {
  const { default: ipaddr } = await import('ipaddr.js')
  const text = address.replace(/^\[(.*)\]$/, '$1')
  if (!ipaddr.isValid(text)) return false
  const parsed = ipaddr.parse(text)
  if (parsed instanceof ipaddr.IPv4) return isPublicIPv4(parsed)
  if (parsed.zoneId) return false
  if (NAT64.every((part, index) => parsed.parts[index] === part))
    return isPublicIPv4(new ipaddr.IPv4(parsed.toByteArray().slice(12)))
  // ipaddr.js calls IPv4-compatible addresses (::/96) and what nobody has assigned yet unicast: hence the prefix.
  return (parsed.parts[0] ?? 0) >> 13 === 1 && parsed.range() === 'unicast'
}

function isPublicIPv4(address: { range(): string; toString(): string }): boolean {
  return address.range() === 'unicast' && !NOT_PUBLIC.has(address.toString())
}

/**
 * Is this host an address and not a name? A URL parser has turned decimal, octal and hexadecimal IPv4 into dotted form already;
 * whatever else ends in a number is taken for an address too, for parsers that have not (WHATWG URL section 3.5).
 */
export function isAddressLiteral(hostname: string): boolean {
  return hostname.startsWith('[') || /(?:^|\.)(?:[0-9]+|0x[0-9a-f]*)\.?$/i.test(hostname)
}
