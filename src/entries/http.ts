/**
 * `badgewright/http`: an issuer's documents, served.
 *
 * @module
 */
export { createIssuerHandler, type Handler, type IssuerHandlerOptions } from '../http/handler.js'
export { type IssuerUrls, issuerUrls } from '../http/urls.js'
