import type { Mask } from '../../domain/masking.ts';

/** The masks of a row, as {@link masksColumn} wrote them. */
export function masksOf(column: string | null): readonly Mask[] {
  return column === null ? [] : (JSON.parse(column) as readonly Mask[]);
}

export function masksColumn(masks: readonly Mask[]): string | null {
  return masks.length === 0 ? null : JSON.stringify(masks);
}
