import type { TestApp } from './test-app.ts';

/** Releases every text that is neither released nor hidden, as a moderator would one by one. */
export async function releaseEveryText({ deps, clock }: Pick<TestApp, 'deps' | 'clock'>): Promise<void> {
  await deps.store.db
    .updateTable('verbatims')
    .set((is) => ({
      released_at: new Date(clock.now()).toISOString(),
      released_by: 'relecteur',
      version: is('version', '+', 1),
    }))
    .where('released_at', 'is', null)
    .where('hidden_at', 'is', null)
    .execute();
}
