/**
 * What of a credential a report shows.
 *
 * @module
 */
import { mayHaveLists, mayHaveUnstated, maySayMoreOfOne } from '../canonical/unstated.js'
import { onDemand } from '../internal/on-demand.js'
import type { JsonObject, MaybePromise } from '../internal/types.js'
import { credentialKind } from '../model/credential-kind.js'
import { readModel } from '../model/read.js'
import type { VerifiableCredential } from '../model/types.js'
import type { VerificationReport } from '../report/report.js'
import type { Signature } from './checks/key.js'
import type { Reading } from './reading.js'
import type { Work } from './settings.js'

/** Few credentials have anything of the kind. */
const statedMembers = onDemand(() => import('../canonical/stated-members.js'))

export interface Shown {
  readonly credential: VerifiableCredential
  readonly signedOrder?: VerificationReport['signedOrder']
}

const UNORDERED: readonly string[] = []

/**
 * The model, with what the proof secures. Where one holds (`by`) and signs a graph, members that no statement carries are left out, since
 * anybody could have written them, and names that only a context from elsewhere has are IRIs: see canonical/stated-members.ts.
 * `report.secured` keeps the document as it was given.
 */
export function shownView(
  model: VerifiableCredential,
  by: Signature | undefined,
  { document }: Reading,
  { context }: Work,
): MaybePromise<Shown> {
  if (by === undefined) return { credential: model }
  if (by.proof === undefined || by.suite?.secures === 'json') return { credential: model, signedOrder: 'all' }
  const view = withoutProof(model)
  const kind = credentialKind(document)
  const isStated = !mayHaveUnstated(view, context) && !maySayMoreOfOne(view)
  if (isStated && !mayHaveLists(view)) return { credential: model, signedOrder: UNORDERED }
  return statedMembers().then((stated) => {
    const { view: credential, lists } = stated.statedMembers(view, document, context)
    if (isStated) return { credential: model, signedOrder: lists }
    // The model takes one of several languages in each place. Where texts of one thing stand in several, they are put together before.
    const together = stated.isTagged(document)
      ? readModel(stated.statedMembers(document, document, context).view, kind)
      : NOT_TAGGED
    return { credential: together.ok ? together.value : credential, signedOrder: lists }
  })
}

const NOT_TAGGED = { ok: false } as const

/** Proofs are signed in another way, and are not shown. */
function withoutProof(model: VerifiableCredential): VerifiableCredential & JsonObject {
  const { proof: _, ...credential } = model
  return credential as VerifiableCredential & JsonObject
}
