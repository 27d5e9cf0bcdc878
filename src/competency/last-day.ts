/**
 * What an end is in days: validity ends at a moment, and people think of the last day on which it still holds.
 *
 * @module
 */

/**
 * The last day before an end, as the formats of a reader's place write it; with the time of the end, where that is not midnight there. A moment at
 * midnight belongs to the next day.
 */
export function endOfDay(
  end: Date,
  days: Intl.DateTimeFormat,
  times: Intl.DateTimeFormat,
): { readonly day: string; readonly time?: string } {
  const before = days.format(new Date(end.getTime() - 1))
  const day = days.format(end)
  return before === day ? { day, time: times.format(end) } : { day: before }
}
