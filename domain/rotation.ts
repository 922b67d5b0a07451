import type { ItemId } from './ids.ts';

/** How often each item has been asked today, by item id; missing means never. */
export type AskedCounts = Readonly<Record<string, number>>;

/**
 * Draws the items that one visit is asked, least asked first and at random among equals, so that over a day the
 * counts of any two items differ by at most one. The drawn items keep the questionnaire's order.
 *
 * @param random numbers in [0, 1)
 */
export function drawItems<Drawable extends { readonly itemId: ItemId }>(
  items: readonly Drawable[],
  asked: AskedCounts,
  limit: number,
  random: () => number,
): readonly Drawable[] {
  const drawn = items
    .map((item) => ({ item, count: asked[item.itemId] ?? 0, lot: random() }))
    .sort((a, b) => a.count - b.count || a.lot - b.lot)
    .slice(0, Math.max(0, limit))
    .map(({ item }) => item);
  return items.filter((item) => drawn.includes(item));
}

/** The counts after a visit was given these items to answer. */
export function countAsked(asked: AskedCounts, items: readonly { readonly itemId: ItemId }[]): AskedCounts {
  const counts: Record<string, number> = { ...asked };
  for (const { itemId } of items) counts[itemId] = (counts[itemId] ?? 0) + 1;
  return counts;
}
