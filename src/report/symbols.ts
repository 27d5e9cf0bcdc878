/**
 * Opt-outs by name: visible in review, easy to grep, equal across copies of the library.
 *
 * @module
 */

/** As `trustedIssuers`: whoever issued it. The report says `issuer.not_asked`. */
export const anyIssuer: unique symbol = Symbol.for('badgewright.anyIssuer')
/** As `holder`: the presented badges may be about somebody else than who presents them. */
export const anyHolder: unique symbol = Symbol.for('badgewright.anyHolder')
/** As `challenge`: replay of the presentation is not this caller's concern. */
export const noChallenge: unique symbol = Symbol.for('badgewright.noChallenge')
/** As `allowPrivateAddresses`: http and private addresses too, for tests and closed networks. */
export const insecureNetwork: unique symbol = Symbol.for('badgewright.insecureNetwork')
