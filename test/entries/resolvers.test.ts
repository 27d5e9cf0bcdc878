// Nothing misspelt goes through: a walk over what `badgewright/resolvers` exports.

import { createSigner } from '../../src/entries/index.js'
import * as resolvers from '../../src/entries/resolvers.js'
import { KEYS } from '../keys/vectors.js'
import { walkEntry } from './walk.js'

const { publicKey } = await createSigner({ key: KEYS.EdDSA })
const method = {
  id: 'did:web:a.example#1',
  type: 'JsonWebKey',
  controller: 'did:web:a.example',
  publicKeyJwk: publicKey,
}

walkEntry(resolvers, {
  defaultResolvers: { call: resolvers.defaultResolvers, right: [] },
  didJwkResolver: { call: resolvers.didJwkResolver, right: [] },
  didKeyResolver: { call: resolvers.didKeyResolver, right: [] },
  didWebResolver: { call: resolvers.didWebResolver, right: [] },
  givenKeys: { call: resolvers.givenKeys, right: [[{ ...publicKey, kid: '1' }, method]] },
  httpsControllerResolver: { call: resolvers.httpsControllerResolver, right: [] },
  jwksResolver: { call: resolvers.jwksResolver, right: [] },
  selfAssertedKeys: { call: resolvers.selfAssertedKeys, right: [] },
})
