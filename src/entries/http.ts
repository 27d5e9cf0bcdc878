/**
 * `badgewright/http`: an issuer's documents, served.
 *
 * @module
 */
export type { Clerk, ClerkRight } from '../http/administration.js'
export { createIssuerHandler, type Handler, type IssuerHandlerOptions } from '../http/handler.js'
export { type NodeRequest, type NodeResponse, nodeListener } from '../http/node-listener.js'
export { type ServePublishedOptions, servePublished } from '../http/serve-published.js'
export { type IssuerUrls, issuerUrls } from '../http/urls.js'
