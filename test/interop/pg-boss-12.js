/**
 * JobQueue on pg-boss 12, which Node 20 does not run: the contract, by a binary of Node 22, on a real PostgreSQL. Version 10 has it in
 * test/jobs/pg-boss.test.ts.
 *
 * @module
 */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { jobQueueContract } from '../../dist/contracts.js'
import { benchServer } from '../bench/postgres.js'
import { binary } from '../runtimes/binaries.js'

const folder = mkdtempSync(join(tmpdir(), 'badgewright-pg-boss-'))
const server = await benchServer(folder)
after(() => {
  if ('stop' in server) server.stop()
  rmSync(folder, { recursive: true, force: true })
})
const nothing = () => undefined
const names = jobQueueContract(nothing, { transaction: nothing }).map(({ name }) => name)

if ('missing' in server) test('pg-boss 12', { skip: server.missing }, nothing)
else {
  const rules = fileURLToPath(new URL('pg-boss/rules.js', import.meta.url))
  const { stdout, stderr } = spawnSync(binary('node22'), [rules, JSON.stringify(server.options)], { encoding: 'utf8' })
  const answers = stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
  for (const name of names)
    test(`pg-boss 12: ${name}`, () => {
      const answer = answers.find((each) => each.name === name)
      assert.ok(answer, `it was not run: ${stderr}`)
      assert.equal(answer.failed, undefined)
    })
}
