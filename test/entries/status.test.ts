// Nothing misspelt goes through: a walk over what `badgewright/status` exports.
import * as status from '../../src/entries/status.js'
import { complete, walkEntry } from './walk.js'

const bits = status.createBitstring()
const encoded = await status.encodeBitstring(bits)

walkEntry(status, {
  createBitstring: { call: status.createBitstring, right: [131_072, 2] },
  decodeBitstring: {
    call: status.decodeBitstring,
    right: [encoded, complete<status.DecodeOptions>({ maxBytes: 20_000, encoding: 'multibase' })],
    options: 1,
  },
  encodeBitstring: { call: status.encodeBitstring, right: [bits] },
  publishStatus: {
    call: status.publishStatus,
    right: [
      complete<status.PublishOptions>({
        issuer: {
          statusUrls: async () => ({ lists: [] }),
          statusListCredential: () => undefined,
          revocationList: () => undefined,
        },
        to: { get: async () => undefined, put: async () => true },
        signal: new AbortController().signal,
        onProgress: () => undefined,
      }),
    ],
    options: 0,
  },
  outcomesOf: { call: status.outcomesOf, right: [[1], (item: unknown) => item] },
  readEntry: { call: status.readEntry, right: [bits, 7, 2] },
  writeEntry: { call: status.writeEntry, right: [bits, 7, 2, 3] },
  bitstringStatusList: { call: status.bitstringStatusList, right: [] },
  defaultStatusMethods: { call: status.defaultStatusMethods, right: [] },
  revocationList: { call: status.revocationList, right: [] },
  statusList2021: { call: status.statusList2021, right: [] },
  createStatusEntry: {
    call: status.createStatusEntry,
    right: [
      complete<status.StatusEntryInput>({
        url: 'https://a.example/1',
        index: 1,
        purpose: 'message',
        format: 'BitstringStatusList',
        messages: { messages: ['open', 'closed'], reference: 'https://a.example/meanings' },
      }),
    ],
    options: 0,
  },
  createStatusListCredential: {
    call: status.createStatusListCredential,
    right: [
      complete<status.StatusListInput>({
        url: 'https://a.example/1',
        issuer: { id: 'did:web:a.example' },
        purpose: 'revocation',
        bits,
        statusSize: 1,
        format: 'BitstringStatusList',
        validFrom: new Date(0),
        validUntil: new Date(1e12),
        ttlSeconds: 300,
      }),
    ],
    options: 0,
  },
  createRevocationList: {
    call: status.createRevocationList,
    right: [
      complete<status.RevocationListInput>({
        url: 'https://a.example/revoked',
        issuer: 'did:web:a.example',
        revoked: [{ id: 'urn:x:1', reason: 'lost' }],
      }),
    ],
    options: 0,
  },
  createRevocationListEntry: { call: status.createRevocationListEntry, right: ['https://a.example/revoked'] },
})
