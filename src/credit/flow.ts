/**
 * Maximum flow through a small graph, exact: Edmonds and Karp 1972. Whole numbers only; amounts are put over one denominator before.
 *
 * @module
 */

interface Arc {
  readonly to: number
  left: bigint
  /** Index of the arc back. */
  readonly back: number
}

/** A graph whose arcs are added as it grows: what flowed before keeps flowing. */
export class Flow {
  private readonly arcs: Arc[] = []
  private readonly from: number[][] = []

  /** A new node. */
  node(): number {
    this.from.push([])
    return this.from.length - 1
  }

  /** An arc of so much; answers its number. */
  arc(from: number, to: number, capacity: bigint): number {
    const index = this.arcs.length
    this.arcs.push({ to, left: capacity, back: index + 1 }, { to: from, left: 0n, back: index })
    this.from[from]?.push(index)
    this.from[to]?.push(index + 1)
    return index
  }

  /** What flows through an arc. */
  through(arc: number): bigint {
    return this.arcs[arc + 1]?.left ?? 0n
  }

  /** As much more as there can be. What reaches the end already stays on its last arc. */
  augment(source: number, sink: number): void {
    for (let path = this.path(source, sink); path !== undefined; path = this.path(source, sink)) {
      let least: bigint | undefined
      for (const { left } of path) if (least === undefined || left < least) least = left
      for (const arc of path) {
        arc.left -= least ?? 0n
        const back = this.arcs[arc.back]
        if (back !== undefined) back.left += least ?? 0n
      }
    }
  }

  /** A shortest path with something left on each arc. */
  private path(source: number, sink: number): Arc[] | undefined {
    const by = new Map<number, Arc>()
    const queue = [source]
    for (const node of queue) {
      for (const index of this.from[node] ?? []) {
        const arc = this.arcs[index] as Arc
        if (arc.left === 0n || arc.to === source || by.has(arc.to)) continue
        by.set(arc.to, arc)
        queue.push(arc.to)
        if (arc.to === sink) return this.back(by, source, sink)
      }
    }
    return undefined
  }

  private back(by: ReadonlyMap<number, Arc>, source: number, sink: number): Arc[] {
    const path: Arc[] = []
    for (let node = sink; node !== source; ) {
      const arc = by.get(node) as Arc
      path.push(arc)
      node = (this.arcs[arc.back] as Arc).to
    }
    return path
  }
}
