// Bundled for workerd: answers any request with the results. Work has to be done inside a request there.
import * as badgewright from 'badgewright'
import * as resolvers from 'badgewright/resolvers'
import * as suites from 'badgewright/suites'
import * as wallet from 'badgewright/wallet'
import { runSuite } from './suite.js'

export default {
  fetch: async () => Response.json({ results: await runSuite({ badgewright, resolvers, suites, wallet }) }),
}
