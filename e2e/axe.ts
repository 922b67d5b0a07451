import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** One line for each rule of axe that a page breaks, with where. Legacy mode needs no second page to run in, and there are no frames to miss. */
export async function violationsOf(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary ?? ''}`),
  );
}
