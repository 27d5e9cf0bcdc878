// Nothing misspelt goes through: a walk over what `badgewright/jobs` exports.
import { afterAll } from 'vitest'
import * as jobs from '../../src/entries/jobs.js'
import { embeddedStores } from '../../src/entries/store/embedded.js'
import { walkEntry } from './walk.js'

const stores = await embeddedStores(':memory:')
afterAll(() => stores.close())

walkEntry(jobs, {
  deadLettersOf: { call: jobs.deadLettersOf, right: ['issue'] },
  createJobQueue: { call: jobs.createJobQueue, right: [stores] },
})
