// The page of a school that uses zod for its own forms, and badgewright beside it, under a strict Content Security Policy.
import * as badgewright from 'badgewright'
import * as resolvers from 'badgewright/resolvers'
import * as suites from 'badgewright/suites'
import * as wallet from 'badgewright/wallet'
import * as z from 'zod'
import { issueOne, runSuite, verifyOne } from './suite.js'

const violations = []
document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) =>
  violations.push(`${violatedDirective}: ${blockedURI} in ${sourceFile}`),
)

// What the host has decided for its zod stays as it is.
const customError = () => 'the host says so'
z.config({ customError, jitless: true })
const registry = z.globalRegistry
const before = { ...z.config() }
const hostFails = () => z.string().safeParse(1).error?.issues[0]?.message

/** Does what the policy forbids: a watch that sees nothing proves nothing. Answers how many reports came of it. */
async function violate() {
  const before = violations.length
  try {
    Function('return 1')()
  } catch {
    // As it should be.
  }
  await new Promise((resolve) => setTimeout(resolve, 50))
  return violations.length - before
}

const loaded = () => performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname)

async function run() {
  const atOnce = loaded()
  const badge = await issueOne(badgewright)
  const { outcome } = await verifyOne(badgewright, badge)
  const forOne = loaded()
  const results = await runSuite({ badgewright, resolvers, suites, wallet })
  const after = { ...z.config() }
  const check = (name, ok, reason) => results.push({ name, ok, ...(ok ? {} : { reason }) })
  check('a first badge is valid', outcome === 'valid', outcome)
  check(
    "the host's zod keeps its configuration",
    after.customError === customError &&
      JSON.stringify(after) === JSON.stringify(before) &&
      z.globalRegistry === registry &&
      hostFails() === 'the host says so',
    JSON.stringify({ before, after, message: hostFails() }),
  )
  // Loaded where WebCrypto does not have Ed25519, and nowhere else.
  const fallback = forOne.filter((path) => path.includes('ed25519-fallback'))
  check(
    'a library for Ed25519 is loaded only where it is needed',
    fallback.length === (globalThis.withoutEd25519 ? 1 : 0),
    forOne.join(),
  )
  check(
    'nothing of ours is global',
    Object.keys(globalThis).every((name) => !/badge|noble|jsonld/i.test(name)),
    Object.keys(globalThis).join(),
  )
  // Reports of violations come a task later.
  await new Promise((resolve) => setTimeout(resolve, 50))
  check('no violation of the policy is reported', violations.length === 0, violations.join('; '))
  return { results, atOnce, forOne }
}

// By itself: what DevTools evaluates may make code from text, whatever the policy says.
document.addEventListener('violate', () =>
  setTimeout(async () => {
    globalThis.reportsOfViolation = await violate()
  }),
)
run().then(
  (outcome) => {
    globalThis.outcome = outcome
  },
  (error) => {
    globalThis.failure = `${error?.stack ?? error}`
  },
)
