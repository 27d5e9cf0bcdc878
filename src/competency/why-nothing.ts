/**
 * Why no badge leads to a competency: is there one that was meant to, or that nearly does?
 *
 * @module
 */
import type { Claim } from './claims.js'
import type { Leaf } from './compile.js'
import { shapeOf } from './identifiers.js'
import type { StackReason } from './reasons.js'
import type { CompetencyIndex } from './routes.js'

export function aboutBadge(code: StackReason['code'], { credential }: Claim): StackReason {
  return { code, credential }
}

/** Of one person's badges. Whatever is found suggests, and meets nothing. */
export class WhyNothing {
  private readonly claims: readonly Claim[]
  private readonly byName: ReadonlyMap<string, readonly Claim[]>
  private readonly index: CompetencyIndex
  private shapes: ReadonlyMap<string, Claim> | undefined
  private titles: ReadonlyMap<string, Claim> | undefined

  constructor(claims: readonly Claim[], byName: ReadonlyMap<string, readonly Claim[]>, index: CompetencyIndex) {
    this.claims = claims
    this.byName = byName
    this.index = index
  }

  /** A badge that would count if the requirement said so; equal names and similar addresses. */
  reasons(leaf: Leaf): readonly StackReason[] {
    this.shapes ??= new Map(
      this.claims.flatMap((claim) => [...claim.names.values()].map(({ id }) => [shapeOf(id), claim])),
    )
    this.titles ??= new Map(this.claims.flatMap((claim) => claim.titles.map((title) => [title, claim])))
    const lookAlike = this.shapes.get(leaf.shape)
    const namesake = leaf.title === undefined ? undefined : this.titles.get(leaf.title)
    const near = this.nearBy(leaf)
    if (lookAlike === undefined && namesake === undefined && near === undefined) return leaf.nothing.because
    return [
      ...leaf.nothing.because,
      ...(near === undefined ? [] : [near]),
      ...(lookAlike === undefined ? [] : [aboutBadge('alignment.look_alike', lookAlike)]),
      ...(namesake === undefined || namesake === lookAlike ? [] : [aboutBadge('alignment.name_only', namesake)]),
    ]
  }

  /** Something narrower, or a group, which the requirement does not let count. */
  private nearBy({ asked, routes }: Leaf): StackReason | undefined {
    const { matches = 'exact', covers = 'itself' } = asked
    const wider = [
      ...(matches === 'narrow' ? [] : [['match.narrower_only', { matches: 'narrow', covers }] as const]),
      ...(covers === 'parts' ? [] : [['match.set_only', { matches, covers: 'parts' }] as const]),
    ]
    for (const [code, leads] of wider) {
      const further = this.index.routesTo(asked.competency, leads)
      for (const [name, claims] of this.byName) {
        const counting = claims.find(({ counts }) => counts !== 'no')
        if (counting !== undefined && further.get(name)?.disputed === false && !routes.has(name))
          return aboutBadge(code, counting)
      }
    }
    return undefined
  }
}
