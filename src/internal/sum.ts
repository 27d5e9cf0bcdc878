/**
 * Sums of many numbers whose error does not grow with how many there are.
 *
 * @module
 */

/** Neumaier's compensated sum (ZAMM 54, 1974, 39-51). */
export class Sum {
  private total = 0
  private lost = 0

  add(value: number): void {
    const next = this.total + value
    this.lost += Math.abs(this.total) >= Math.abs(value) ? this.total - next + value : value - next + this.total
    this.total = next
  }

  get value(): number {
    return this.total + this.lost
  }
}

/** The compensated sum of all. */
export function sumOf(values: Iterable<number>): number {
  const sum = new Sum()
  for (const value of values) sum.add(value)
  return sum.value
}
