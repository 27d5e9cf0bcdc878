/**
 * The XML parser, in a module of its own: loaded when an SVG is read, and a CommonJS package whose names only a static import
 * finds after bundling.
 *
 * @module
 */
export { SaxesParser } from 'saxes'
