// A page looks at no more records than it may, however many there are: whoever reads lists must not stop whoever issues.
import { expect, test } from 'vitest'
import { pageOfAwards } from '../../src/issue/award-pages.js'
import type { CredentialSummary } from '../../src/issue/credential-store.js'

test.each([10_000, 1_000_000])(
  'of %i records about others 500 are looked at, and the page says where to go on',
  async (all) => {
    let seen = 0
    async function* list(_: unknown, after: unknown = { awardId: '-1' }): AsyncGenerator<CredentialSummary> {
      const from = Number((after as { awardId: string }).awardId) + 1
      for (let n = from; n < all; n++) {
        seen++
        yield { awardId: String(n), credentialId: `urn:x:${n}`, recipientHash: 'of somebody else' } as CredentialSummary
      }
    }
    const get = () => expect.fail('nothing was found, so nothing is asked for')
    const request = { person: { id: 'did:example:ada' }, limit: 50, most: 500 }
    const first = await pageOfAwards({ list, get } as never, request)
    expect(first).toEqual({ rows: [], next: { awardId: '499' } })
    const second = await pageOfAwards({ list, get } as never, { ...request, after: { awardId: '499' } })
    expect(second.next).toEqual({ awardId: '999' })
    // One more each, to know that there is one.
    expect(seen).toBe(2 * 501)
  },
)
