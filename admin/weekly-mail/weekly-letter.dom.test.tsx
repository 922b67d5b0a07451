import { afterEach, expect, it } from 'vitest';
import { aSession, ok, openWebView, problem, type StagedWebView } from '../shell/staged-web-view.tsx';

let view: StagedWebView;
afterEach(() => view.close());

async function open(
  reply: { isWanted: boolean; canBeSent: boolean },
  isRefused = false,
): Promise<HTMLInputElement> {
  view = await openWebView('/admin/compte', {
    'GET /api/v1/session': () => ok(aSession()),
    'GET /api/v1/weekly-letter': () => ok(reply),
    'PUT /api/v1/weekly-letter': () => (isRefused ? problem('overloaded') : { status: 204, body: null }),
  });
  const box = view.page.querySelector<HTMLInputElement>('input[name="weekly-letter"]');
  if (box === null) throw new Error('There is no such box.');
  return box;
}
async function turn(box: HTMLInputElement): Promise<void> {
  box.checked = !box.checked;
  box.dispatchEvent(new Event('change', { bubbles: true }));
  await view.settle();
}

it('is refused and asked for again on the page of one’s account', async () => {
  const box = await open({ isWanted: true, canBeSent: true });
  expect(box.checked).toBe(true);
  await turn(box);
  expect(view.requests.findLast(({ method }) => method === 'PUT')?.body).toEqual({ isWanted: false });
  expect(view.text()).toContain('C’est enregistré.');
  const preview = [...view.page.querySelectorAll('a')].find((link) => link.href.includes('preview.html'));
  expect(preview?.rel).toBe('noopener');
});

it('says where nothing can be sent, and where a choice was not kept', async () => {
  const box = await open({ isWanted: true, canBeSent: false }, true);
  expect(view.text()).toContain('Aucun serveur de courrier n’est réglé');
  await turn(box);
  expect(view.text()).not.toContain('C’est enregistré.');
  expect(view.page.querySelector('[role="alert"]')).not.toBeNull();
});
