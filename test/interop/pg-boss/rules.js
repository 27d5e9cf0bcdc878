/**
 * The contract of JobQueue on a version of pg-boss that this process can run: a line of JSON for each rule. Started by ../pg-boss-12.js.
 *
 * @module
 */
import { PgBoss } from 'pg-boss'
import postgres from 'postgres'
import { jobQueueContract } from '../../../dist/contracts.js'
import { pgBossQueue } from '../../../dist/jobs/pg-boss.js'
import { postgresStores } from '../../../dist/store/postgres.js'

const client = postgres({ ...JSON.parse(process.argv[2]), max: 8, onnotice: () => undefined })
const { database } = await postgresStores(client)
const open = []
const make = async () => {
  const queue = await pgBossQueue(client, { PgBoss, schema: `boss_${open.length}`, leaseCheckSeconds: 1 })
  open.push(queue)
  return queue
}
for (const { name, run } of jobQueueContract(make, { transaction: database.transaction }))
  try {
    await run()
    console.log(JSON.stringify({ name }))
  } catch (error) {
    console.log(JSON.stringify({ name, failed: `${error.stack}\n${error.cause?.stack ?? ''}` }))
  }
for (const queue of open) await queue.close()
await client.end()
