/** The examples of an issuer that runs for years (20 and on): they run, print what they promise, and those without a run are typed. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { express, fetchObject, hono, next } from '../../examples/22-http-runtimes.js'
import { awsKmsSigner, googleKmsSigner, pkcs11Signer } from '../../examples/23-kms-signers.js'
import { type S3Like, s3Sink } from '../../examples/25-results-in-s3.js'
import { resultSinkContract } from '../../src/entries/contracts.js'
import type { Bytes, PublicJwk } from '../../src/entries/index.js'

const folder = fileURLToPath(new URL('../../examples/', import.meta.url))
let printed: string[] = []
beforeEach(() => {
  printed = []
  vi.spyOn(console, 'log').mockImplementation((...parts) => void printed.push(parts.join(' ')))
})
afterEach(() => vi.restoreAllMocks())

test('20-issuer-with-stores', async () => {
  // @ts-expect-error JavaScript, as users run it
  await import('../../examples/20-issuer-with-stores.js')
  expect(printed).toEqual(['the same badge again: true', 'before: valid', 'after: status.revoked'])
})

test('21-node-http', async () => {
  // @ts-expect-error JavaScript, as users run it
  await import('../../examples/21-node-http.js')
  expect(printed).toEqual([
    '200 application/vc no-cache',
    '200 application/vc public, max-age=300',
    '404 application/problem+json no-store',
  ])
})

test('22-http-runtimes: each hands requests and answers through', async () => {
  const handler = async (request: Request) =>
    new Response(`${request.method} ${new URL(request.url).pathname} ${await request.text()}`, {
      status: 201,
      headers: { etag: '"1"' },
    })
  const request = () => new Request('http://x/a', { method: 'POST', body: 'b' })
  for (const response of [
    await hono(handler)({ req: { raw: request() } }),
    await next(handler).POST(request()),
    await fetchObject(handler).fetch(request()),
  ])
    expect([response.status, await response.text()]).toEqual([201, 'POST /a b'])
  const sent: unknown[] = []
  const res = {
    status: (code: number) => {
      sent.push(code)
      return res
    },
    setHeader: (name: string, value: string) => name === 'etag' && sent.push(value),
    end: (body?: Uint8Array) => sent.push(new TextDecoder().decode(body)),
  }
  const req = { method: 'POST', originalUrl: '/a', headers: { host: 'x' }, body: new TextEncoder().encode('b') }
  await express(handler)(req, res)
  expect(sent).toEqual([201, '"1"', 'POST /a b'])
})

test('23-kms-signers: services get digests of 32 bytes and nothing else', async () => {
  const seen: number[] = []
  const der = Uint8Array.from([0x30, 6, 2, 1, 1, 2, 1, 1])
  const take = (digest: Bytes) => {
    seen.push(digest.length)
    return der
  }
  // RFC 7515 appendix A.3.
  const publicKey: PublicJwk = {
    kty: 'EC',
    crv: 'P-256',
    x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
    y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
  }
  const name = { publicKey, verificationMethod: 'did:web:school.example#key-1' }
  const bytes = new Uint8Array(8)
  const signers = [
    awsKmsSigner({ sign: async ({ Message }) => ({ Signature: take(Message) }) }, 'key', name),
    googleKmsSigner({ asymmetricSign: async ({ digest }) => [{ signature: take(digest.sha256) }] }, 'key', name),
    pkcs11Signer(
      {
        C_SignInit: () => undefined,
        C_SignAsync: async (_, data) => new Uint8Array(64).fill(take(data).length > 0 ? 1 : 0),
      },
      { session: bytes, key: bytes },
      name,
    ),
  ]
  for (const signer of signers) expect((await signer.sign(new Uint8Array(1000))).length).toBe(64)
  expect(seen).toEqual([32, 32, 32])
  const broken = awsKmsSigner({ sign: async () => ({}) }, 'key', name)
  await expect(async () => broken.sign(bytes)).rejects.toMatchObject({ name: 'SigningError' })
})

test('24-batch', async () => {
  // @ts-expect-error JavaScript, as users run it
  await import('../../examples/24-batch.js')
  expect(printed).toEqual(['spring-17 usage.invalid_award', '500 done, 1 failed', '999 badges, 999 valid'])
})

test('scripts are at most 40 lines', () => {
  const scripts = readdirSync(folder).filter((name) => /^2\d-.*\.js$/.test(name))
  expect(scripts.length).toBeGreaterThanOrEqual(2)
  for (const name of scripts)
    expect(
      readFileSync(folder + name, 'utf8')
        .trimEnd()
        .split('\n').length,
    ).toBeLessThanOrEqual(40)
})

describe('25-results-in-s3 keeps the contract of a sink', () => {
  const make = () => {
    const objects = new Map<string, string>()
    const s3: S3Like = {
      putObject: async ({ Bucket, Key, Body }) => void objects.set(`${Bucket} ${Key}`, Body),
      getObject: async ({ Bucket, Key }) => {
        const text = objects.get(`${Bucket} ${Key}`)
        if (text === undefined)
          throw Object.assign(new Error('The specified key does not exist.'), { name: 'NoSuchKey' })
        return { Body: { transformToString: async () => text } }
      },
    }
    return s3Sink(s3, 'results', 'badges/')
  }
  for (const { name, run } of resultSinkContract(make)) test(name, run)
})
