// Nothing misspelt goes through: a walk over what `badgewright/http` exports.
import { describe, expect, test } from 'vitest'
import * as http from '../../src/entries/http.js'
import { UsageError } from '../../src/entries/index.js'
import { complete, walkEntry } from './walk.js'

const right = {
  issuer: { issue: () => undefined },
  profile: { id: 'https://a.example/issuer' },
  base: 'https://a.example/badges',
  keys: [],
  credentials: { get: () => undefined },
  achievements: [],
  image: async () => undefined,
  authorize: async () => undefined,
  maxAgeSeconds: 1,
  maxBodyBytes: 1,
  onError: () => undefined,
}
const make = (options: unknown) => () => http.createIssuerHandler(options as never)

walkEntry(http, {
  createIssuerHandler: {
    call: http.createIssuerHandler,
    right: [complete<http.IssuerHandlerOptions>(right)],
    options: 0,
  },
  servePublished: {
    call: http.servePublished,
    right: [{ get: async () => undefined }, complete<http.ServePublishedOptions>({ onError: () => undefined })],
    options: 1,
  },
  issuerUrls: { call: http.issuerUrls, right: ['https://a.example/badges'] },
  nodeListener: { call: http.nodeListener, right: [async () => new Response()] },
})
describe.each(Object.keys(right))('createIssuerHandler with "%s"', (name) => {
  const { [name as never]: value, ...others } = right as Readonly<Record<string, unknown>>
  test('misspelt', () => {
    expect(make({ ...others, [`${name}x`]: value })).toThrow(`"${name}x" is no option: did you mean "${name}"?`)
  })
  test('of a kind that it is not', () => {
    expect(make({ ...right, [name]: Symbol('another') })).toThrow(UsageError)
  })
})
test('right options are taken; none, and what is no object, are not', () => {
  expect(make(right)()).toBeTypeOf('function')
  for (const options of [undefined, null, 1, 'x', [], {}]) expect(make(options)).toThrow(UsageError)
})
test('issuerUrls takes a URL', () => {
  for (const base of [undefined, null, 1, {}, [], Symbol('s'), 'no url'])
    expect(() => http.issuerUrls(base as never)).toThrow(UsageError)
})
