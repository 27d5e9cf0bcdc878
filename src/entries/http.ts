/**
 * `badgewright/http`: an issuer's documents, served.
 *
 * @module
 */
export { createIssuerHandler, type Handler, type IssuerHandlerOptions } from '../http/handler.js'
export { type ServePublishedOptions, servePublished } from '../http/serve-published.js'
export { type IssuerUrls, issuerUrls } from '../http/urls.js'
