import { afterEach, expect, it, vi } from 'vitest';
import {
  aSession,
  ok,
  openWebView,
  problem,
  type StagedReply,
  type StagedWebView,
} from '../shell/staged-web-view.tsx';

let view: StagedWebView;
afterEach(() => {
  view.close();
  vi.restoreAllMocks();
});

/** The names under which files were saved. */
function watchSaves(): string[] {
  const saved: string[] = [];
  vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:x');
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    saved.push(this.download);
  });
  return saved;
}

async function open(reply: () => StagedReply): Promise<string[]> {
  const saved = watchSaves();
  view = await openWebView('/admin/exports?period=2026-W47', {
    'GET /api/v1/session': () => ok(aSession()),
    'GET /api/v1/exports/responses.csv': reply,
    'GET /api/v1/exports/responses.xlsx': reply,
  });
  return saved;
}
const asked = () => view.requests.find(({ url }) => url.pathname.includes('responses'))?.url;

it('asks for the period, the services, the ways and the format that were chosen, and saves the file', async () => {
  const saved = await open(() => ok('…'));
  const inputs = [...view.page.querySelectorAll<HTMLInputElement>('input')];
  const choose = async (value: string) => {
    const input = inputs.find((one) => one.value === value);
    if (input === undefined) throw new Error(`Nothing is called ${value}.`);
    input.checked = input.type === 'radio' || !input.checked;
    input.dispatchEvent(new Event('change', { bubbles: true }));
    await view.settle();
  };
  await choose('phone');
  await choose('xlsx');
  await view.click('Exporter les réponses');
  expect(asked()?.pathname).toBe('/api/v1/exports/responses.xlsx');
  expect(Object.fromEntries(asked()?.searchParams ?? [])).toMatchObject({
    period: '2026-W47',
    channels: 'tablet,paper,web',
    exportId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  expect(saved).toEqual(['parvis']);
  expect(view.text()).toContain('Fichier enregistré : parvis');
});

it('saves nothing where the export broke off, and says so', async () => {
  const saved = await open(() => {
    throw new TypeError('network error');
  });
  await view.click('Exporter les réponses');
  expect(saved).toEqual([]);
  expect(view.text()).toContain('L’export s’est interrompu');
});

it('says in French why a format cannot hold so many', async () => {
  const saved = await open(() => problem('export-too-large'));
  await view.click('Exporter les réponses');
  expect(saved).toEqual([]);
  expect(view.text()).toContain('Trop de réponses pour un fichier ODS');
});

it('stops when told to, and saves nothing', async () => {
  let release: () => void = () => undefined;
  const saved = watchSaves();
  view = await openWebView('/admin/exports?period=2026-W47', {
    'GET /api/v1/session': () => ok(aSession()),
    'GET /api/v1/exports/responses.csv': () =>
      new Promise((resolve) => {
        release = () => resolve(ok('…'));
      }),
  });
  await view.click('Exporter les réponses');
  expect(view.text()).toContain('Préparation du fichier…');
  await view.click('Annuler l’export');
  release();
  await view.settle();
  expect(saved).toEqual([]);
  expect(view.text()).toContain('Export annulé. Rien n’a été enregistré.');
});
