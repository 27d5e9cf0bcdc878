// What becomes of awards, told to real servers: nothing lost, nothing of the person, whatever the server does.
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { insecureNetwork } from '../../src/entries/index.js'
import { createJobQueue } from '../../src/entries/jobs.js'
import { memoryStores } from '../../src/entries/store/memory.js'
import {
  createWebhooks,
  newWebhookSecret,
  stopWebhooks,
  type WebhookEndpoint,
  type WebhookOptions,
  type WebhookResult,
} from '../../src/entries/webhooks.js'
import type { Stores } from '../../src/store/stores.js'
import { awardFor, backends, idOf, issuerOn } from '../issue/award-kit.js'
import { databasesFor } from '../jobs/databases.js'
import { newCable, onCable } from '../store/faulty.js'
import { type Receiver, startReceiver } from './receiver.js'

const { kinds, end } = databasesFor('webhooks')
const places = backends().all.filter(({ name }) => name !== 'memory')
afterAll(async () => {
  await end()
  for (const place of places) await place.end()
})
let receivers: Receiver[] = []
afterEach(async () => {
  for (const receiver of receivers) await receiver.close()
  receivers = []
})
const receiverWith: typeof startReceiver = async (...given) => {
  const receiver = await startReceiver(...given)
  receivers.push(receiver)
  return receiver
}
const endpointOf = ({ url, secret }: Receiver, id = 'backend'): WebhookEndpoint => ({ id, url, secrets: [secret] })
const webhooksTo = (stores: Stores, endpoints: readonly WebhookEndpoint[], more: Partial<WebhookOptions> = {}) =>
  createWebhooks(stores, { endpoints, allowPrivateAddresses: insecureNetwork, retrySeconds: [0, 0, 0], ...more })
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error) => error.code,
  )

describe.each(kinds)('$name', ({ name, open, isHere }) => {
  const whenHere = test.skipIf(!isHere)

  whenHere('each event once, with ids and times and nothing of the person', async () => {
    const stores = await open()
    const receiver = await receiverWith()
    const issuer = issuerOn(stores)
    await issuer.issue(awardFor('before'))
    const webhooks = await webhooksTo(stores, [endpointOf(receiver)])
    await issuer.issue(awardFor('now', { by: 'Mrs Clerk' }))
    const badges = []
    for await (const each of issuer.issueBatch([awardFor('b1'), awardFor('b2')])) badges.push(each)
    const { secret = '' } = await issuer.offer(awardFor('offer', { narrative: 'Ada was here.' }), {
      address: 'ada@example.org',
    })
    const { credential } = await issuer.claim({ awardId: 'offer', secret, holder: 'did:example:ada' })
    await issuer.sent('offer')
    await issuer.suspend(idOf(credential), { reason: 'Ada copied', by: 'Mrs Clerk' })
    await issuer.reinstate(idOf(credential))
    await issuer.renew(idOf(credential), { validUntil: new Date('2100-01-01T00:00:00Z') })
    await issuer.revokeAward('offer', { reason: 'Ada copied' })
    await issuer.erase('offer')
    expect(await webhooks.deliverDue()).toEqual({ delivered: 13, retried: 0, dead: 0 })
    expect(await webhooks.deliverDue()).toEqual({ delivered: 0, retried: 0, dead: 0 })
    const told = receiver.events.map(
      ({ type, data }) => `${type} ${data.awardId}${data.copy === undefined ? '' : `#${data.copy}`}`,
    )
    expect(told.sort()).toEqual(
      [
        'credential.issued now#0',
        'credential.issued b1#0',
        'credential.issued b2#0',
        'award.offered offer',
        'award.claimed offer',
        'credential.issued offer#1',
        'award.sent offer',
        'credential.suspended offer#1',
        'credential.reinstated offer#1',
        'credential.renewed offer#1',
        'award.revoked offer',
        'credential.revoked offer#1',
        'award.erased offer',
      ].sort(),
    )
    const issued = receiver.events.find(({ type, data }) => type === 'credential.issued' && data.awardId === 'offer')
    expect(issued?.data).toEqual({
      awardId: 'offer',
      copy: 1,
      credentialId: idOf(credential),
      achievementId: 'https://school.example/achievements/1',
    })
    expect(Math.abs(Date.parse(issued?.timestamp ?? '') - Date.now())).toBeLessThan(600_000)
    expect(new Set(receiver.events.map(({ id }) => id)).size).toBe(13)
    for (const { id, body, headers } of receiver.requests) {
      expect(id).toMatch(/^msg_[0-9a-f]{32}$/)
      expect(headers['content-type']).toBe('application/json')
      expect(body).not.toMatch(/Ada|ada@|Clerk|sha256|hmac|did:example/)
    }
    // From here on nobody is told.
    await stopWebhooks(stores)
    await issuer.issue(awardFor('after'))
    expect(await webhooks.deliverDue()).toMatchObject({ delivered: 0 })
  })

  whenHere('500 and then 200: tried again, with the same id', async () => {
    const stores = await open()
    const results: WebhookResult[] = []
    const receiver = await receiverWith((_, before) => (before < 2 ? 500 : 200))
    const webhooks = await webhooksTo(stores, [endpointOf(receiver)], {
      onResult: (result) => void results.push(result),
    })
    await issuerOn(stores).issue(awardFor('a'))
    expect(await webhooks.deliverDue()).toEqual({ delivered: 1, retried: 2, dead: 0 })
    expect(new Set(receiver.requests.map(({ id }) => id)).size).toBe(1)
    expect(results.map(({ outcome, attempt, reason }) => [outcome, attempt, reason])).toEqual([
      ['retried', 1, 'answered 500'],
      ['retried', 2, 'answered 500'],
      ['delivered', 3, undefined],
    ])
  })

  whenHere('given up after the last attempt, named, and sent again when asked', async () => {
    const stores = await open()
    let isMended = false
    const receiver = await receiverWith(() => (isMended ? 200 : 500))
    const webhooks = await webhooksTo(stores, [endpointOf(receiver)], { reasons: true })
    const issuer = issuerOn(stores)
    const badge = await issuer.issue(awardFor('a'))
    await issuer.revoke(idOf(badge), { reason: 'a \u0000 "mistake" \ud800', by: 'x'.repeat(9000) })
    expect(await webhooks.deliverDue()).toEqual({ delivered: 0, retried: 6, dead: 2 })
    expect(receiver.requests).toHaveLength(8)
    for (let look = 0; look < 2; look++) {
      const dead = await webhooks.deadLetters('backend')
      expect(dead.map(({ endpoint, reason, event }) => [endpoint, reason, event.type]).sort()).toEqual([
        ['backend', 'answered 500', 'credential.issued'],
        ['backend', 'answered 500', 'credential.revoked'],
      ])
    }
    isMended = true
    expect(await webhooks.retryDeadLetters('backend')).toBe(2)
    expect(await webhooks.deliverDue()).toEqual({ delivered: 2, retried: 0, dead: 0 })
    expect(await webhooks.deadLetters('backend')).toEqual([])
    expect(receiver.events.find(({ type }) => type === 'credential.revoked')?.data).toMatchObject({
      reason: 'a \ufffd "mistake" \ufffd',
      by: 'x'.repeat(500),
    })
    expect(await codeOf(webhooks.deadLetters('other'))).toBe('usage.invalid_option')
  })

  whenHere('one that hangs, one that redirects, one that wants no more, and one that is well', async () => {
    const stores = await open()
    const well = await receiverWith()
    const hanging = await receiverWith(() => undefined)
    const leading = await receiverWith((_, __, response) => {
      response.setHeader('location', well.url)
      return 307
    })
    const gone = await receiverWith(() => 410)
    const broken = await receiverWith((_, __, response) => {
      response.destroy()
      return undefined
    })
    const webhooks = await webhooksTo(
      stores,
      [
        endpointOf(hanging, 'hanging'),
        endpointOf(leading, 'leading'),
        endpointOf(gone, 'gone'),
        endpointOf(broken, 'broken'),
        { ...endpointOf(well, 'well'), events: ['credential.revoked'] },
      ],
      { timeoutMs: 200, retrySeconds: [], concurrency: 1 },
    )
    const issuer = issuerOn(stores)
    for (const id of ['a', 'b']) await issuer.revoke(idOf(await issuer.issue(awardFor(id))))
    expect(await webhooks.deliverDue()).toEqual({ delivered: 2, retried: 0, dead: 16 })
    expect(well.events.map(({ type }) => type)).toEqual(['credential.revoked', 'credential.revoked'])
    expect(well.requests).toHaveLength(2)
    expect(gone.requests).toHaveLength(1)
    const reasonOf = async (id: string) => (await webhooks.deadLetters(id))[0]?.reason
    expect(await reasonOf('hanging')).toMatch(/^resolve\.timeout: /)
    expect(await reasonOf('leading')).toMatch(/^answered 307, and redirects are not followed/)
    expect(await reasonOf('gone')).toMatch(/answered 410/)
    expect(await reasonOf('broken')).toMatch(/^resolve\.unreachable: /)
  })

  whenHere('as patient as it is asked to be', async () => {
    const stores = await open()
    const results: WebhookResult[] = []
    const receiver = await receiverWith((_, before, response) => {
      response.setHeader(
        'retry-after',
        ['120', new Date(Date.now() + 3_600_000).toUTCString(), 'soon', '9999999'][before] ?? '',
      )
      return 503
    })
    const webhooks = await webhooksTo(stores, [endpointOf(receiver)], {
      retrySeconds: [5, 5, 5, 5],
      onResult: (result) => void results.push(result),
    })
    await issuerOn(stores).issue(awardFor('a'))
    for (let attempt = 0; attempt < 4; attempt++) {
      await webhooks.deliverDue()
      await stores.database?.query('update badgewright_job set due = 0 where ended is null')
    }
    const waits = results.map(({ waitSeconds }) => waitSeconds ?? 0)
    expect(waits[0]).toBe(120)
    expect(Math.abs((waits[1] ?? 0) - 3600)).toBeLessThan(600)
    expect(waits[2]).toBeGreaterThanOrEqual(4)
    expect(waits[2]).toBeLessThanOrEqual(6)
    expect(waits[3]).toBe(86_400)
  })

  whenHere('while one secret is changed for another, both sign', async () => {
    const stores = await open()
    const [older, newer] = [newWebhookSecret(), newWebhookSecret()]
    const [before, after] = [await receiverWith(() => 204, older), await receiverWith(() => 204, newer)]
    const webhooks = await webhooksTo(stores, [
      { id: 'before', url: before.url, secrets: [newer, older] },
      { id: 'after', url: after.url, secrets: [newer, older] },
    ])
    await issuerOn(stores).issue(awardFor('a'))
    expect(await webhooks.deliverDue()).toMatchObject({ delivered: 2 })
    expect([before.events.length, after.events.length]).toEqual([1, 1])
  })

  whenHere('work tells until it is ended, and goes on when the database comes back', async () => {
    const cable = newCable()
    const stores = await open(undefined, (database) => onCable(database, cable))
    const receiver = await receiverWith((_, before) => (before === 0 ? 500 : 200))
    const end = new AbortController()
    const waiting: (() => void)[] = []
    const webhooks = await webhooksTo(stores, [endpointOf(receiver)], {
      pollMs: 5,
      onResult: ({ outcome }) => {
        if (outcome === 'delivered') for (const resolve of waiting.splice(0)) resolve()
      },
    })
    const delivered = () => new Promise<void>((resolve) => waiting.push(resolve))
    const working = webhooks.work({ signal: end.signal })
    const first = delivered()
    await issuerOn(stores).issue(awardFor('a'))
    await first
    cable.arm(0)
    await new Promise((resolve) => setTimeout(resolve, 50))
    cable.mend()
    const second = delivered()
    await issuerOn(stores).issue(awardFor('b'))
    await second
    end.abort()
    await working
    expect(receiver.events.map(({ data }) => data.awardId)).toEqual(['a', 'b'])
    // What does not pass ends it. (A client of PostgreSQL stays the caller's, and open.)
    await stores.close()
    if (name === 'embedded') expect(await codeOf(webhooks.work())).toBe('store.closed')
  })

  whenHere('two who tell at once: each event is told, and the outbox is empty', async () => {
    const place = `w${Math.random().toString(36).slice(2)}`
    const [one, other] = [await open(place), await open(place)]
    const receiver = await receiverWith()
    const tellers = [await webhooksTo(one, [endpointOf(receiver)]), await webhooksTo(other, [endpointOf(receiver)])]
    const issuer = issuerOn(one)
    for await (const _ of issuer.issueBatch(Array.from({ length: 60 }, (_, n) => awardFor(`a${n}`))));
    await Promise.all(tellers.map((each) => each.deliverDue()))
    await Promise.all(tellers.map((each) => each.deliverDue()))
    expect(new Set(receiver.events.map(({ data }) => data.awardId)).size).toBe(60)
    expect(receiver.events).toHaveLength(60)
    expect(await one.database?.query('select 1 from badgewright_outbox')).toEqual([])
  })

  whenHere('through a queue of somebody else: known by the key, once', async () => {
    const stores = await open()
    const receiver = await receiverWith()
    const queue = createJobQueue(await open())
    const webhooks = await webhooksTo(stores, [endpointOf(receiver)], { queue })
    await issuerOn(stores).issue(awardFor('a'))
    expect(await webhooks.deliverDue()).toMatchObject({ delivered: 1 })
  })

  whenHere('ids that are as long and as strange as they may be', async () => {
    const stores = await open()
    const receiver = await receiverWith()
    const webhooks = await webhooksTo(stores, [endpointOf(receiver)], { reasons: true })
    const id = '\\u0000"\u0001🎓'.repeat(42)
    await issuerOn(stores).issue(awardFor(id, { recipient: { id: 'did:example:1' } }))
    const record = {
      recipientHash: 'sha256$00',
      issuedAt: new Date(),
      status: [],
      credential: 'header.payload.signature',
    }
    // The model would refuse some of them; a store of records need not.
    const others = [
      ['\u0001'.repeat(512), '\u0001'.repeat(2048)],
      ['long', `urn:x:${'y'.repeat(20_000)}`],
      ['strange', 'urn:x:\u0000\ud800'],
    ] as const
    for (const [awardId, achievementId] of others) {
      await stores.credentials.put([{ ...record, awardId, achievementId, credentialId: awardId }])
      const event = { kind: 'revoked', at: new Date(), reason: '\u0001'.repeat(9000), by: '\ud800' } as const
      await stores.credentials.change([{ credentialId: awardId, event }])
    }
    expect(await webhooks.deliverDue()).toEqual({ delivered: 7, retried: 0, dead: 0 })
    const told = new Map(receiver.events.map(({ data }) => [data.awardId, data.achievementId]))
    expect(told).toEqual(
      new Map([
        [id, 'https://school.example/achievements/1'],
        ['\u0001'.repeat(512), undefined],
        ['long', undefined],
        ['strange', 'urn:x:\ufffd\ufffd'],
      ]),
    )
  })
})

describe.each(places)('$name', ({ open, isHere }) => {
  test.skipIf(!isHere)('a fault after any statement of issuing, revoking and telling: no event is lost', async () => {
    let faults = 0
    for (let due = 1; ; due++) {
      const cable = newCable()
      const stores = await open((database) => onCable(database, cable))
      const receiver = await receiverWith()
      const webhooks = await webhooksTo(stores, [endpointOf(receiver)])
      const issuer = issuerOn(stores)
      const run = async () => {
        const badge = await issuer.issue(awardFor('a'))
        await issuer.revoke(idOf(badge))
        await webhooks.deliverDue()
      }
      cable.arm(due)
      const error = await run().then(
        () => undefined,
        (error) => error,
      )
      cable.mend()
      if (error !== undefined) expect(error).toMatchObject({ code: 'store.failed' })
      await run()
      // What was received and not ended before the fault is held until its lease ends.
      await stores.database?.query('update badgewright_job set due = 0 where ended is null')
      await webhooks.deliverDue()
      const ids = new Map(receiver.events.map(({ id, type }) => [id, type]))
      expect([...ids.values()].sort()).toEqual(['credential.issued', 'credential.revoked'])
      await receiver.close()
      await stores.close()
      if (error === undefined) break
      faults++
    }
    expect(faults).toBeGreaterThan(15)
  })
})

test('where nothing is sent to', async () => {
  const [kind] = kinds
  const stores = await (kind as (typeof kinds)[number]).open()
  const secrets = [newWebhookSecret()]
  for (const url of [
    'http://backend.example/hook',
    'https://localhost/hook',
    'https://127.0.0.1/hook',
    'https://169.254.169.254/latest/meta-data',
    'https://[::1]/hook',
    'https://10.0.0.1/hook',
    'https://user:secret@backend.example/hook',
    'https://0x7f000001/hook',
    'ftp://backend.example/hook',
    'no URL',
  ]) {
    const error = await createWebhooks(stores, { endpoints: [{ id: 'a', url, secrets }] }).catch((error) => error)
    expect([url, error.code, error.option]).toEqual([url, 'usage.invalid_option', 'endpoints[0].url'])
  }
  for (const options of [
    undefined,
    { endpoints: [{ id: 'a', url: 'https://a.example', secrets: [] }] },
    { endpoints: [{ id: 'a', url: 'https://a.example', secret: secrets[0] }] },
    { endpoints: [{ id: 'a b', url: 'https://a.example', secrets }] },
    { endpoints: [{ id: 'a', url: 'https://a.example', secrets, events: ['credential.isued'] }] },
    { endpoints: [0, 1].map(() => ({ id: 'a', url: 'https://a.example', secrets })) },
    { endpoints: [], allowPrivateAddresses: true },
    { endpoints: [], retrySeconds: [-1] },
    { endpoints: [], fetch: 'x' },
  ])
    expect(await codeOf(createWebhooks(stores, options as never))).toMatch(/^usage\.(invalid|missing)_option$/)
  expect(await codeOf(createWebhooks(memoryStores(), { endpoints: [] }))).toBe('usage.invalid_option')
})
