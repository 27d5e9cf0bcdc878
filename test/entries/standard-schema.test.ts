// Nothing misspelt goes through: `badgewright/standard-schema` exports no functions, and its validators answer for any value.
import * as schemas from '../../src/entries/standard-schema.js'
import { walkEntry } from './walk.js'

walkEntry(schemas, {})
