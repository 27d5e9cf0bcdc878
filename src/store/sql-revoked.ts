/**
 * RevokedCredentials over SQL: a narrow row for each, written with its event.
 *
 * @module
 */
import type { RevokedCredentials } from '../issue/revoked-credentials.js'
import { type Database, guarded } from './database.js'

/** Rows in one answer of the database. */
const PAGE = 5000

export function createSqlRevoked({ query }: Database): RevokedCredentials {
  return {
    revokedVersion: () =>
      guarded('count the revoked credentials', async () => {
        // Revoked is for good, so that as many are the same ones. A serial number would say less: PostgreSQL's transactions end in another order.
        const [row] = await query('select count(*) as number, count(reason) as reasons from badgewright_revoked')
        return `${row?.number} ${row?.reasons}`
      }),
    revoked: async function* () {
      for (let last = ''; ; ) {
        const rows = await guarded('list the revoked credentials', () =>
          query(
            `select credential_id, reason from badgewright_revoked where credential_id > ?1 order by credential_id limit ${PAGE}`,
            [last],
          ),
        )
        yield rows.map(({ credential_id, reason }) => {
          const id = String(credential_id)
          return reason === null ? { id } : { id, reason: JSON.parse(String(reason)) as string }
        })
        last = String(rows.at(-1)?.credential_id)
        if (rows.length < PAGE) return
      }
    },
  }
}
