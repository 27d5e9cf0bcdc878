// The questions to the database grow with what was sent, found or erased, and no faster; and nothing stays in the outbox.
import Libsql from 'libsql'
import { expect, test } from 'vitest'
import { completeStoreOptions } from '../../src/defaults/stores.js'
import { createWebhooks, newWebhookSecret } from '../../src/entries/webhooks.js'
import { createSqliteDatabase, type SqliteHandle } from '../../src/store/libsql-database.js'
import { openStores } from '../../src/store/stores.js'
import { awardFor, issuerOn } from '../issue/award-kit.js'
import { newCable, onCable } from '../store/faulty.js'

const ada = { email: 'ada@example.org' }

/** Statements and commits, for so many awards of one person among as many of others. */
async function questionsFor(count: number) {
  let steps = 0
  const cable = { ...newCable(), step: () => void steps++ }
  const database = onCable(createSqliteDatabase(new Libsql(':memory:') as unknown as SqliteHandle), cable)
  const stores = await openStores(database, completeStoreOptions({}))
  let sent = 0
  const webhooks = await createWebhooks(stores, {
    endpoints: [{ id: 'a', url: 'https://backend.example/hook', secrets: [newWebhookSecret()] }],
    fetch: async () => {
      sent++
      return new Response(null, { status: 204 })
    },
  })
  const issuer = issuerOn(stores)
  const awards = Array.from({ length: 2 * count }, (_, n) =>
    awardFor(`a${n}`, n % 2 === 0 ? { recipient: ada } : { recipient: { email: `${n}@example.org` } }),
  )
  for await (const { error } of issuer.issueBatch(awards)) expect(error).toBeUndefined()
  const during = async (work: () => Promise<unknown>) => {
    const before = steps
    await work()
    return steps - before
  }
  const telling = await during(() => webhooks.deliverDue())
  expect(sent).toBe(2 * count)
  expect(await database.query('select 1 from badgewright_outbox')).toEqual([])
  const finding = await during(async () => {
    let found = 0
    for await (const _ of issuer.find(ada)) found++
    expect(found).toBe(count)
  })
  const erasing = await during(() => issuer.erase(ada))
  await stores.close()
  return { telling, finding, erasing }
}

test('four times as much is four times the questions', async () => {
  const [few, many] = [await questionsFor(250), await questionsFor(1000)]
  for (const what of ['telling', 'finding', 'erasing'] as const)
    expect([what, many[what] / few[what] < 4.5]).toEqual([what, true])
})
