/**
 * `badgewright/resolvers`: where keys are found, to choose among them or to add one.
 *
 * @module
 */
export { defaultResolvers } from '../resolve/default-resolvers.js'
export { didJwkResolver } from '../resolve/did-jwk.js'
export { didKeyResolver } from '../resolve/did-key.js'
export { didWebResolver } from '../resolve/did-web.js'
export { givenKeys } from '../resolve/given-keys.js'
export { httpsControllerResolver } from '../resolve/https-controller.js'
export { jwksResolver } from '../resolve/jwks.js'
export type { KeyRequest, KeyResolver, ResolvedKey } from '../resolve/key-resolver.js'
export { selfAssertedKeys } from '../resolve/self-asserted-keys.js'
