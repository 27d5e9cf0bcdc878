// What is left in the files of a database of a person who was erased: PRAGMA secure_delete, https://www.sqlite.org/pragma.html#pragma_secure_delete
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { embeddedStores } from '../../src/entries/store/embedded.js'
import { createPersonIndex } from '../../src/issue/persons.js'
import { awardFor, idOf, issuerOn, PERSONS } from '../issue/award-kit.js'

const folder = mkdtempSync(join(tmpdir(), 'badgewright-erased-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The database and the files beside it. */
function filesOf(path: string): Buffer {
  return Buffer.concat(
    ['', '-wal', '-shm', '-journal'].flatMap((end) => (existsSync(path + end) ? [readFileSync(path + end)] : [])),
  )
}

const OTHERS = 120

test('neither name nor address nor index, in no file', async () => {
  const path = join(folder, 'badges.db')
  const stores = await embeddedStores(path)
  const issuer = issuerOn(stores)
  const ada = { email: 'ada.lovelace@example.org' }
  const recipient = { ...ada, hashed: false }
  const [index] = createPersonIndex(PERSONS).all(ada)
  const secrets = ['Ada Lovelace', 'ada.lovelace', index as string, 'did:example:ada-wallet', 'Mrs Clerk', 'copied it']
  // Among others, so that pages are split and rows are moved; with several versions of each row.
  for (let n = 0; n < OTHERS; n++) {
    await issuer.issue(awardFor(`other-${n}`))
    if (n % 20 !== 0) continue
    const award = awardFor(`ada-${n}`, { recipient, narrative: 'Ada Lovelace did well.', by: 'Mrs Clerk' })
    const { secret = '' } = await issuer.offer(award, { address: 'ada.lovelace@example.org' })
    await issuer.claim({ awardId: `ada-${n}`, secret })
    const { credential } = await issuer.claim({ awardId: `ada-${n}`, secret, holder: 'did:example:ada-wallet' })
    await issuer.suspend(idOf(credential), { reason: 'Ada Lovelace copied it', by: 'Mrs Clerk' })
    await issuer.renew(idOf(credential), { validUntil: new Date('2100-01-01T00:00:00Z') })
    await issuer.sent(`ada-${n}`)
  }
  await issuer.issue(awardFor('ada', { recipient, narrative: 'Ada Lovelace', by: 'Mrs Clerk' }))
  await issuer.revokeAward('ada', { reason: 'Ada Lovelace copied it' })
  const before = filesOf(path)
  for (const secret of secrets) expect([secret, before.includes(secret)]).toEqual([secret, true])
  expect(await issuer.erase(ada)).toEqual({ erased: OTHERS / 20 + 1 })
  // While the stores are open, and after them.
  const found = () => secrets.filter((secret) => filesOf(path).includes(secret))
  expect(found()).toEqual([])
  await stores.close()
  expect(found()).toEqual([])
  expect(filesOf(path).includes('other-7')).toBe(true)
})
