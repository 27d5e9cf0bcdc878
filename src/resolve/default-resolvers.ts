import { onDemand } from '../internal/on-demand.js'
import { didJwkResolver } from './did-jwk.js'
import { didKeyResolver } from './did-key.js'
import type { KeyResolver } from './key-resolver.js'
import { namesBareKey, namesDidWeb, namesHttpsKey } from './named-keys.js'

/**
 * did:key, did:jwk, did:web, https documents (a controller's, a key's, a JWK, a JWKS) and the JWKS of an https issuer. Those that
 * fetch are loaded for the first key of their kind.
 */
export function defaultResolvers(): KeyResolver[] {
  return [
    didKeyResolver(),
    didJwkResolver(),
    loaded(namesDidWeb, async () => (await import('./did-web.js')).didWebResolver()),
    loaded(namesHttpsKey, async () => (await import('./https-controller.js')).httpsControllerResolver()),
    loaded(namesBareKey, async () => (await import('./jwks.js')).jwksResolver()),
  ]
}

function loaded(matches: KeyResolver['matches'], load: () => Promise<KeyResolver>): KeyResolver {
  const resolver = onDemand(load)
  return { matches, resolve: async (...call) => (await resolver()).resolve(...call) }
}
