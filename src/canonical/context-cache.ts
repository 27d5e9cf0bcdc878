/**
 * What is known of loaded contexts without loading any.
 *
 * @module
 */

import { documentKey } from '../resolve/json-document.js'

/** Documents that one credential may lead to. */
export const MAX_CONTEXT_DOCUMENTS = 16

/** Where the caller's cache keeps the context at a URL. */
export const cacheKey = (url: string): string => documentKey('context', url)
