// Nothing misspelt goes through: a walk over what `badgewright/trust` exports.
import * as trust from '../../src/entries/trust.js'
import { KEYS } from '../keys/vectors.js'
import { complete, walkEntry } from './walk.js'

const { d: _, ...key } = KEYS.EdDSA as never as Record<string, unknown>

walkEntry(trust, {
  listRegistry: {
    call: trust.listRegistry,
    right: [
      complete<trust.ListRegistryOptions>({
        name: 'Ours',
        issuers: ['did:web:a.example', { id: 'did:web:b.example', name: 'B' }],
      }),
    ],
    options: 0,
  },
  'listRegistry of a document': {
    call: trust.listRegistry,
    right: [{ name: 'Ours', issuers: { registry: { 'did:web:a.example': { name: 'A' } } } }],
    options: 0,
  },
  dccRegistry: {
    call: trust.dccRegistry,
    right: [complete<trust.DccRegistryOptions>({ url: 'https://a.example/registry.json', name: 'A' })],
    options: 0,
  },
  openIdFederation: {
    call: trust.openIdFederation,
    right: [
      complete<trust.OpenIdFederationOptions>({
        anchors: [{ id: 'https://anchor.example', keys: [{ ...key, kid: '1' }] }],
        name: 'Federation',
        maxIntermediates: 2,
      }),
    ],
    options: 0,
  },
})
