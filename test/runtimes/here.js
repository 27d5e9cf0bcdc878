// Copied beside the installed package and run by Node, Bun and Deno: prints one line of JSON.
import * as badgewright from 'badgewright'
import * as resolvers from 'badgewright/resolvers'
import * as suites from 'badgewright/suites'
import * as wallet from 'badgewright/wallet'
import { runSuite } from './suite.js'

const { Bun, Deno, process } = globalThis
const version = Bun?.version ?? Deno?.version.deno ?? process.versions.node
console.log(JSON.stringify({ version, results: await runSuite({ badgewright, resolvers, suites, wallet }) }))
