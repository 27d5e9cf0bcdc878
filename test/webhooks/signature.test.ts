// Standard Webhooks 1.0.0, against the reference library in both directions.
import fc from 'fast-check'
import { Webhook } from 'standardwebhooks'
import { describe, expect, test } from 'vitest'
import { newWebhookSecret, verifyWebhook } from '../../src/entries/webhooks.js'
import { encodeUtf8 } from '../../src/internal/bytes.js'
import { signWebhook } from '../../src/webhooks/signature.js'

const SECRET = newWebhookSecret()
const OTHER = newWebhookSecret()
const NOW = new Date()
const SECONDS = String(Math.floor(NOW.getTime() / 1000))
const BODY = JSON.stringify({ type: 'award.claimed', timestamp: '2030-01-02T03:04:05Z', data: { awardId: 'päy 🎓' } })

function sent(body = BODY, secrets: readonly string[] = [SECRET], timestamp = SECONDS, id = 'msg_1') {
  return {
    headers: {
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': signWebhook({ id, timestamp, body: encodeUtf8(body) }, secrets),
    },
    body,
  }
}
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error) => error.code,
  )

describe('the reference library', () => {
  test('believes what is signed here, during a rotation too', () => {
    for (const secrets of [[SECRET], [OTHER, SECRET]]) {
      const { headers, body } = sent(BODY, secrets)
      expect(new Webhook(SECRET).verify(body, headers)).toEqual(JSON.parse(BODY))
    }
    expect(() => new Webhook(OTHER).verify(BODY, sent().headers)).toThrow()
  })

  test('signs what is believed here, whatever is in the body', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme' }),
        fc.uint8Array({ minLength: 24, maxLength: 64 }),
        async (text, key) => {
          const secret = `whsec_${Buffer.from(key).toString('base64')}`
          const body = JSON.stringify({ type: text, timestamp: text, data: { text } })
          const signature = new Webhook(secret).sign('msg_1', NOW, body)
          expect(signature).toBe(signWebhook({ id: 'msg_1', timestamp: SECONDS, body: encodeUtf8(body) }, [secret]))
          const { headers } = sent(body)
          const event = await verifyWebhook({ headers: { ...headers, 'webhook-signature': signature }, body }, secret)
          expect(event).toEqual({ id: 'msg_1', type: text, timestamp: text, data: { text } })
        },
      ),
    )
  })

  test('its own example', () => {
    const parts = {
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      timestamp: '1614265330',
      body: encodeUtf8('{"test": 2432232314}'),
    }
    const signed = signWebhook(parts, ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'])
    expect(signed).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
  })
})

describe('verifyWebhook', () => {
  test('reads a Request, headers of Node, and bytes', async () => {
    const { headers, body } = sent()
    const event = { id: 'msg_1', ...JSON.parse(BODY) }
    const request = new Request('https://backend.example/hook', { method: 'POST', headers, body })
    expect(await verifyWebhook(request, SECRET)).toEqual(event)
    expect(await verifyWebhook({ headers: new Headers(headers), body: encodeUtf8(body) }, SECRET)).toEqual(event)
    const named = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]))
    expect(await verifyWebhook({ headers: named, body }, [OTHER, SECRET])).toEqual(event)
  })

  test('says what is wrong, and believes none of it', async () => {
    const { headers, body } = sent()
    for (const [received, code] of [
      [{ headers, body: body.replace('claimed', 'revoked') }, 'parse.webhook_signature'],
      [{ headers: { ...headers, 'webhook-id': 'msg_2' }, body }, 'parse.webhook_signature'],
      [{ headers: { ...headers, 'webhook-timestamp': String(Number(SECONDS) + 1) }, body }, 'parse.webhook_signature'],
      [{ headers: { ...headers, 'webhook-signature': '' }, body }, 'parse.webhook_signature'],
      [
        { headers: { ...headers, 'webhook-signature': headers['webhook-signature'].replace('v1', 'v1a') }, body },
        'parse.webhook_signature',
      ],
      [sent(BODY, [OTHER]), 'parse.webhook_signature'],
      [{ headers: { ...headers, 'webhook-id': undefined }, body }, 'parse.webhook'],
      [{ headers: { ...headers, 'webhook-timestamp': 'now' }, body }, 'parse.webhook'],
      [sent('no JSON'), 'parse.webhook'],
      [sent('null'), 'parse.webhook'],
      [sent('{"type":"x"}'), 'parse.webhook'],
      [sent(BODY, [SECRET], String(Number(SECONDS) - 301)), 'parse.webhook_time'],
      [sent(BODY, [SECRET], String(Number(SECONDS) + 301)), 'parse.webhook_time'],
      [sent('x'.repeat(65_537)), 'parse.too_large'],
      [new Request('https://x.example', { method: 'POST', headers, body: 'x'.repeat(65_537) }), 'parse.too_large'],
      [new Request('https://x.example', { headers }), 'parse.webhook'],
    ] as const)
      expect([code, await codeOf(verifyWebhook(received, SECRET, { now: () => NOW }))]).toEqual([code, code])
    // Signatures without an end are not looked at without an end.
    const many = `${'v1,x '.repeat(10)}${headers['webhook-signature']}`
    expect(await codeOf(verifyWebhook({ headers: { ...headers, 'webhook-signature': many }, body }, SECRET))).toBe(
      'parse.webhook_signature',
    )
  })

  test('as old as is tolerated', async () => {
    const old = sent(BODY, [SECRET], String(Number(SECONDS) - 3600))
    expect(await codeOf(verifyWebhook(old, SECRET, { tolerance: 3600, now: () => NOW }))).toBe('done')
    expect(await codeOf(verifyWebhook(old, SECRET, { tolerance: 3599, now: () => NOW }))).toBe('parse.webhook_time')
    for (const tolerance of [-1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(await codeOf(verifyWebhook(old, SECRET, { tolerance }))).toBe('usage.invalid_option')
  })

  test('secrets that cannot be one', async () => {
    for (const secret of [
      '',
      'whsec_',
      'whsec_c2hvcnQ=',
      SECRET.slice(6),
      [],
      [SECRET, 'x'],
      `whsec_${'A'.repeat(88)}`,
    ])
      expect(await codeOf(verifyWebhook(sent(), secret))).toBe('usage.invalid_option')
  })
})
