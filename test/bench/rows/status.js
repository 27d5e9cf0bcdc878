import { randomBytes } from 'node:crypto'
import { STATUS_ENTRIES, typicalBadge } from '../badges.js'
import { fromPackage } from '../installed.js'
import { race } from '../measure.js'
import { loaderOf, statusListOf } from '../setting.js'
import { fact, timesFaster } from '../table.js'

export const title = `Status, 10 000 checks on one list of ${STATUS_ENTRIES} entries`

const CHECKS = 10_000
const MAX_BYTES = 1024 * 1024
const indexes = Array.from({ length: CHECKS }, (_, count) => (count * 7919) % STATUS_ENTRIES)

export const contestants = {
  /** A list that is decoded once and kept: the value of each of 10 000 entries, bounds checked, and no word about it. */
  reading: async ({ installed, encoded }) => {
    const { decodeBitstring, readEntry } = await fromPackage(installed, 'status')
    const bits = await decodeBitstring(encoded, { maxBytes: MAX_BYTES })
    return () => {
      for (const index of indexes) if (readEntry(bits, index, 1) === undefined) throw new Error(`no entry ${index}`)
    }
  },
  /**
   * The public status method with what a verifier gives it, list in its cache: 10 000 badges, each with an entry of its own that
   * is judged, and findings with their evidence.
   */
  method: async (data) => {
    const { method, context, badges } = await statusCheck(data)
    return async () => {
      for (const badge of badges) demandKnown(await method.check(badge.credentialStatus, badge, context))
    }
  },
  /** What not to do: the same method, and nobody who keeps the list. A call is one check. */
  keepingNothing: async (data) => {
    const { method, context, badges } = await statusCheck(data)
    const cache = { get: (key) => (key.startsWith('status-list:') ? undefined : context.cache.get(key)), set() {} }
    return async (call) => {
      const badge = badges[call % CHECKS]
      demandKnown(await method.check(badge.credentialStatus, badge, { ...context, cache }))
    }
  },
  /** The least that anybody does who does not keep it: neither loaded nor verified. A call is one check. */
  decoding: async ({ installed, encoded }) => {
    const { decodeBitstring, readEntry } = await fromPackage(installed, 'status')
    return async (call) => {
      const index = indexes[call % CHECKS]
      const bits = await decodeBitstring(encoded, { maxBytes: MAX_BYTES })
      if (readEntry(bits, index, 1) === undefined) throw new Error(`no entry ${index}`)
    }
  },
}

/** The method, the context that a verifier has for its checks after it has verified a badge, and 10 000 badges. */
async function statusCheck({ installed, identity, encoded }) {
  const { createSigner, createVerifier, signCredential } = await fromPackage(installed)
  const { bitstringStatusList } = await fromPackage(installed, 'status')
  const signer = await createSigner({ key: identity.privateJwk })
  const list = await signCredential(statusListOf(identity.did, encoded), { signer })
  const method = bitstringStatusList()
  let context
  const seen = {
    types: method.types,
    check: (entry, credential, given) => {
      context = given
      return method.check(entry, credential, given)
    },
  }
  const verifier = createVerifier({
    trustedIssuers: [identity.did],
    loader: loaderOf(JSON.stringify(list)),
    statusMethods: [seen],
  })
  const badges = indexes.map((index) => typicalBadge(identity.did, index))
  const { checks } = await verifier.verify(await signCredential(badges[0], { signer }))
  demandKnown(checks.status.findings)
  return { method, context, badges }
}

function demandKnown(findings) {
  const [{ code, message }] = findings
  if (code !== 'status.active' && code !== 'status.revoked') throw new Error(message)
}

export async function run({ installed, identity }) {
  const { encodeBitstring } = await fromPackage(installed, 'status')
  const encoded = await encodeBitstring(oneInFifty())
  const data = { installed, identity, encoded }
  const times = await race(import.meta.url, Object.keys(contestants), data)
  const all = { ratio: (a, b) => times.ratio(a, b) * CHECKS }
  return [
    fact('decodeBitstring and readEntry for each', (times.median('decoding') * CHECKS) / 1000, 'ms'),
    fact('decodeBitstring once, readEntry for each', times.median('reading') / 1000, 'ms'),
    timesFaster('reading a decoded list: decoding each time', all, 'decoding', 'reading', 500),
    // Beyond the bit: the entry judged, findings made, an answer awaited. The reading is a hundredth of it.
    fact('the status method, with findings', times.median('method') / 1000, 'ms'),
    fact('the status method: decoding each time', all.ratio('decoding', 'method'), 'x'),
    fact('the status method, keeping nothing', (times.median('keepingNothing') * CHECKS) / 1000, 'ms'),
    fact('the status method: the same, keeping nothing', all.ratio('keepingNothing', 'method'), 'x'),
  ]
}

/** A list in which every fiftieth badge is revoked, here and there: an empty one would decode faster than any in use. */
function oneInFifty() {
  const bits = new Uint8Array(STATUS_ENTRIES / 8)
  const random = randomBytes(4 * Math.floor(STATUS_ENTRIES / 50))
  for (let at = 0; at < random.length; at += 4) {
    const index = random.readUInt32BE(at) % STATUS_ENTRIES
    bits[index >> 3] |= 128 >> (index & 7)
  }
  return bits
}
