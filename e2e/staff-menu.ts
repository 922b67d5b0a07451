import { setTimeout as pause } from 'node:timers/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Page } from 'playwright-core';
import { POINT_ID, type TestServer } from './server-process.ts';
import { until } from './until.ts';

const HOLD_MS = 3_300;

/** The staff's menu, as somebody of the desk works it. */
export interface StaffMenuPage {
  /** Holds a finger in the first corner of the screen. */
  hold(): Promise<void>;
  /** Types a code on the pad and confirms it. */
  type(code: string): Promise<void>;
  /** Comes to the menu by its corner and its code. */
  open(): Promise<void>;
  /** What stands beside a name among the figures. */
  figure(name: string): Promise<string>;
  touch(name: string): Promise<void>;
}

export function staffMenuOn(page: Page, server: TestServer): StaffMenuPage {
  const staff = page.locator('[data-staff]');
  const menu: StaffMenuPage = {
    hold: async () => {
      await until('the desk’s part', () =>
        page.evaluate(() =>
          performance.getEntriesByType('resource').some(({ name }) => /\/desk-/.test(name)),
        ),
      );
      await pause(300);
      await page.mouse.move(24, 24);
      await page.mouse.down();
      await pause(HOLD_MS);
      await page.mouse.up();
    },
    type: async (code) => {
      for (const digit of code) await staff.getByRole('button', { name: digit, exact: true }).tap();
      await staff.getByRole('button', { name: 'Valider' }).tap();
      await staff.getByRole('button', { name: 'Vérification…' }).waitFor({ state: 'detached' });
    },
    open: async () => {
      await menu.hold();
      await page.locator('[data-staff="code"]').waitFor();
      await menu.type(staffCodeOf(server));
      await page.locator('[data-staff="menu"] dl').waitFor();
    },
    figure: async (name) => (await staff.locator(`div:has(> dt:text-is("${name}")) dd`).textContent()) ?? '',
    touch: (name) => staff.getByRole('button', { name, exact: true }).tap(),
  };
  return menu;
}

/** The code the server has made for the organisation of a point. */
export function staffCodeOf({ dataDir }: TestServer, pointId = POINT_ID): string {
  const database = new Database(join(dataDir, 'parvis.sqlite'), { readonly: true });
  try {
    const row = database
      .prepare<[string], { shown_code: string }>(
        'select shown_code from staff_codes join points using (organisation_id) where point_id = ?',
      )
      .get(pointId);
    if (row === undefined) throw new Error('No tablet has asked for its code yet.');
    return row.shown_code;
  } finally {
    database.close();
  }
}
