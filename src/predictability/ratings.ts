/**
 * Who gave which level to what: the table that every measure of agreement reads. Ratings are taken once, checked once, and kept in
 * arrays of numbers, some ten bytes each.
 *
 * @module
 */
import { invalidOption, UsageError } from '../errors.js'
import { arrayOf, iterable, type Kind, kindOf, list, type Members, number, shape, text } from '../internal/members.js'
import { shown } from '../internal/shown.js'
import { demandArgument, demandOptions } from '../report/demand-options.js'

/** One judgement: the level that a rater gave to an item. */
export interface Rating {
  /** What was judged: the id of a badge, a portfolio, a criterion of one. */
  readonly item: string
  /** Who judged. */
  readonly rater: string
  /** One of the scale's levels. */
  readonly level: string
}

/** The scale that was rated on: that of the rubric, and not what happened to be used of it. */
export interface RatingScale {
  /**
   * All levels, lowest first, whether anybody used them or not: at least 2, at most 1000, each once. Weighted measures depend on levels
   * that nobody used (R `irr::kappa2` leaves them out, and gets other numbers).
   */
  readonly levels: readonly string[]
  /**
   * What each level is worth, rising, in the order of `levels`: for distances that are not all the same. Default: the levels as numbers
   * where all of them are numbers and rise, else 1, 2, 3, ...
   */
  readonly points?: readonly number[] | undefined
}

/** A table of rows has, besides, what its columns and rows are called. */
export interface RowOptions extends RatingScale {
  /** A name for each column. Default "rater 1", "rater 2", ... */
  readonly raters?: readonly string[] | undefined
  /** A name for each row. Default "item 1", "item 2", ... */
  readonly items?: readonly string[] | undefined
}

/** More ratings than this are refused: 20 million. */
export const MAX_RATINGS = 20_000_000
const MAX_LEVELS = 1000

/** The ratings of one item after the other: those of item `i` stand from `starts[i]` to `starts[i + 1]`. */
export interface RatingData {
  readonly levels: number
  readonly points: Float64Array
  readonly items: number
  readonly raters: number
  readonly starts: Uint32Array
  readonly rater: Uint32Array
  readonly level: Uint16Array
}

const DATA = Symbol.for('badgewright.ratings')

/** Ratings, checked and in order: what `ratingTable` and `ratingRows` answer, and every measure takes. Not to be changed or copied. */
export interface RatingTable {
  /** Lowest first, used or not. */
  readonly levels: readonly string[]
  /** What each level is worth. */
  readonly points: readonly number[]
  readonly raters: readonly string[]
  readonly items: readonly string[]
  /** How many ratings. */
  readonly size: number
}

/** Whoever reads the table has names, and measures have numbers: by a symbol, which other copies of this library know. */
function tableOf(scale: Scale, raters: readonly string[], items: readonly string[], data: RatingData): RatingTable {
  const table: RatingTable = { levels: scale.levels, points: scale.points, raters, items, size: data.level.length }
  return Object.defineProperty(table, DATA, { value: data })
}

interface Scale {
  readonly levels: readonly string[]
  readonly points: readonly number[]
}

const RATING: Members<Rating> = { item: text, rater: text, level: text }
const rating = shape(RATING, { required: ['item', 'rater', 'level'] })
const SCALE: Members<RatingScale> = { levels: arrayOf(text), points: arrayOf(number) }
const ROWS: Members<RowOptions> = { ...SCALE, raters: arrayOf(text), items: arrayOf(text) }
const REQUIRED = { required: ['levels' as const] }

export const ratingTableKind: Kind = kindOf(
  'a table of ratings: what ratingTable or ratingRows answers',
  (value) => typeof value === 'object' && value !== null && DATA in value,
)

/** The numbers of a table. */
export function dataOf(table: RatingTable): RatingData {
  demandArgument(table, ratingTableKind, 'table')
  return (table as unknown as { readonly [DATA]: RatingData })[DATA]
}

/**
 * A table of ratings, from as many as there are, in any order. Linear.
 *
 * Throws UsageError `usage.invalid_option` where the scale is not one; `usage.invalid_ratings` where a level is not on the scale, or a rater
 * gives an item a level twice, naming the rater and the item.
 */
export function ratingTable(ratings: Iterable<Rating>, scale: RatingScale): RatingTable {
  demandArgument(ratings, iterable, 'ratings')
  demandOptions(scale, SCALE, REQUIRED)
  const { levels, points } = scaleOf(scale)
  const entries = new Entries(levels)
  for (const one of ratings) {
    demandArgument(one, rating, `ratings[${entries.size}]`)
    entries.add(one.item, one.rater, one.level)
  }
  return entries.table({ levels, points })
}

/**
 * A table from rows: one for each item, with one column for each rater, as in a spreadsheet. A cell is a level, or null (undefined, '')
 * where this rater did not rate this item. Throws as `ratingTable` does.
 */
export function ratingRows(
  rows: Iterable<readonly (string | number | null | undefined)[]>,
  options: RowOptions,
): RatingTable {
  demandArgument(rows, iterable, 'rows')
  demandOptions(options, ROWS, REQUIRED)
  const { levels, points } = scaleOf(options)
  const entries = new Entries(levels)
  let row = 0
  for (const cells of rows) {
    demandArgument(cells, list, `rows[${row}]`)
    const item = options.items === undefined ? `item ${row + 1}` : options.items[row]
    if (item === undefined) throw invalidOption('items', `has ${row} names, and there are more rows`)
    for (const [column, cell] of cells.entries()) {
      if (cell === null || cell === undefined || cell === '') continue
      if (typeof cell !== 'string' && typeof cell !== 'number')
        throw invalidOption(`rows[${row}][${column}]`, 'is a level, or null')
      const rater = options.raters === undefined ? `rater ${column + 1}` : options.raters[column]
      if (rater === undefined) throw invalidOption('raters', `has ${column} names, and there are more columns`)
      entries.add(item, rater, String(cell))
    }
    row++
  }
  return entries.table({ levels, points })
}

function scaleOf({ levels, points }: RatingScale): Scale {
  if (levels.length < 2 || levels.length > MAX_LEVELS)
    throw invalidOption('levels', `has from 2 to ${MAX_LEVELS} levels: on a scale of one nobody can differ`)
  const double = levels.find((level, index) => levels.indexOf(level) !== index)
  if (double !== undefined) throw invalidOption('levels', `has "${shown(double)}" twice`)
  if (points === undefined) return { levels: [...levels], points: pointsOf(levels) }
  if (points.length !== levels.length) throw invalidOption('points', 'has one number for each of "levels"')
  if (!rises(points)) throw invalidOption('points', 'must rise: the lowest level first')
  return { levels: [...levels], points: [...points] }
}

function pointsOf(levels: readonly string[]): number[] {
  const numbers = levels.map((level) => (/^-?\d+(\.\d+)?$/.test(level) ? Number(level) : Number.NaN))
  return rises(numbers) ? numbers : levels.map((_, index) => index + 1)
}

const rises = (numbers: readonly number[]) =>
  numbers.every((value, index) => Number.isFinite(value) && (index === 0 || value > (numbers[index - 1] as number)))

/** Ratings as they come. */
class Entries {
  private readonly levels: readonly string[]
  private readonly levelNumbers: ReadonlyMap<string, number>
  private readonly items = new Map<string, number>()
  private readonly raters = new Map<string, number>()
  private cells = { item: new Uint32Array(1024), rater: new Uint32Array(1024), level: new Uint16Array(1024) }
  size = 0

  constructor(levels: readonly string[]) {
    this.levels = levels
    this.levelNumbers = new Map(levels.map((level, index) => [level, index]))
  }

  add(item: string, rater: string, level: string): void {
    const number = this.levelNumbers.get(level)
    if (number === undefined)
      throw invalidRatings(
        `${shown(rater)} gives ${shown(item)} the level "${shown(level)}", which the scale does not have: there are ${shown(this.levels.join(', '))}`,
      )
    if (this.size === MAX_RATINGS)
      throw invalidRatings(`there are more than ${MAX_RATINGS} ratings: measure a sample of them`)
    if (this.size === this.cells.item.length) this.grow()
    this.cells.item[this.size] = numberOf(this.items, item)
    this.cells.rater[this.size] = numberOf(this.raters, rater)
    this.cells.level[this.size] = number
    this.size++
  }

  private grow(): void {
    const { item, rater, level } = this.cells
    const length = item.length * 2
    this.cells = { item: new Uint32Array(length), rater: new Uint32Array(length), level: new Uint16Array(length) }
    this.cells.item.set(item)
    this.cells.rater.set(rater)
    this.cells.level.set(level)
  }

  /** Counting sort by item, by rater within each: two passes, whatever the order was. */
  table(scale: Scale): RatingTable {
    const items = [...this.items.keys()]
    const raters = [...this.raters.keys()]
    const asTheyCame = Uint32Array.from({ length: this.size }, (_, index) => index)
    const byRater = this.sorted(asTheyCame, this.cells.rater, raters.length)
    const order = this.sorted(byRater, this.cells.item, items.length)
    const starts = new Uint32Array(items.length + 1)
    const rater = new Uint32Array(this.size)
    const level = new Uint16Array(this.size)
    for (const [place, entry] of order.entries()) {
      const item = this.cells.item[entry] as number
      starts[item + 1] = place + 1
      rater[place] = this.cells.rater[entry] as number
      level[place] = this.cells.level[entry] as number
      const isAgain =
        place > 0 && rater[place] === rater[place - 1] && item === this.cells.item[order[place - 1] as number]
      if (isAgain)
        throw invalidRatings(
          `${shown(raters[rater[place] as number] ?? '')} rates ${shown(items[item] ?? '')} twice: one rating of each rater counts; for how steady a rater is, give the second time another name`,
        )
    }
    const points = Float64Array.from(scale.points)
    const data = {
      levels: scale.levels.length,
      points,
      items: items.length,
      raters: raters.length,
      starts,
      rater,
      level,
    }
    return tableOf(scale, raters, items, data)
  }

  /** Stable. */
  private sorted(entries: Uint32Array, keys: Uint32Array, count: number): Uint32Array {
    const next = new Uint32Array(count + 1)
    for (let index = 0; index < entries.length; index++) {
      const key = (keys[entries[index] as number] as number) + 1
      next[key] = (next[key] as number) + 1
    }
    for (let key = 1; key <= count; key++) next[key] = (next[key] as number) + (next[key - 1] as number)
    const order = new Uint32Array(entries.length)
    for (let index = 0; index < entries.length; index++) {
      const entry = entries[index] as number
      const key = keys[entry] as number
      order[next[key] as number] = entry
      next[key] = (next[key] as number) + 1
    }
    return order
  }
}

function numberOf(names: Map<string, number>, name: string): number {
  const known = names.get(name)
  if (known !== undefined) return known
  names.set(name, names.size)
  return names.size - 1
}

const invalidRatings = (message: string) => new UsageError('usage.invalid_ratings', message)

/** The same ratings on a coarser scale. */
export function regraded(table: RatingTable, levels: readonly string[], to: (level: number) => number): RatingTable {
  const data = dataOf(table)
  const scale = { levels, points: levels.map((_, index) => index + 1) }
  return tableOf(scale, table.raters, table.items, {
    ...data,
    levels: levels.length,
    points: Float64Array.from(scale.points),
    level: data.level.map(to),
  })
}
