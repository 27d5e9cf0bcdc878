/**
 * Every command, in the order of the help: as a badge lives.
 *
 * @module
 */
import type { Command } from './command.js'
import { achievements } from './commands/achievements.js'
import { agreement } from './commands/agreement.js'
import { audit } from './commands/audit.js'
import { bake } from './commands/bake.js'
import { batch } from './commands/batch.js'
import { reinstate, renew, revoke, suspend } from './commands/changes.js'
import { convert } from './commands/convert.js'
import { credit } from './commands/credit.js'
import { did } from './commands/did.js'
import { exportCommand } from './commands/export.js'
import { fit } from './commands/fit.js'
import { framework } from './commands/framework.js'
import { importCommand } from './commands/import.js'
import { init } from './commands/init.js'
import { inspect } from './commands/inspect.js'
import { issue } from './commands/issue.js'
import { keygen } from './commands/keygen.js'
import { keys } from './commands/keys.js'
import { lint } from './commands/lint.js'
import { list } from './commands/list.js'
import { policy } from './commands/policy.js'
import { present } from './commands/present.js'
import { publish } from './commands/publish.js'
import { schema } from './commands/schema.js'
import { serve } from './commands/serve.js'
import { show } from './commands/show.js'
import { tokens } from './commands/tokens.js'
import { unbake } from './commands/unbake.js'
import { verify } from './commands/verify.js'
import { work } from './commands/work.js'

export const COMMANDS: readonly Command[] = [
  keygen,
  did,
  issue,
  bake,
  unbake,
  convert,
  present,
  verify,
  inspect,
  fit,
  credit,
  policy,
  lint,
  audit,
  agreement,
  framework,
  schema,
  init,
  achievements,
  list,
  show,
  revoke,
  suspend,
  reinstate,
  renew,
  keys,
  tokens,
  serve,
  publish,
  exportCommand,
  importCommand,
  work,
  batch,
]
