import { afterEach, describe, expect, it } from 'vitest';
import { aSession, ok, openWebView, readable, type StagedWebView } from '../shell/staged-web-view.tsx';

let view: StagedWebView;
afterEach(() => view.close());

const PERSON = '0d1b0c1e-8f0a-4d0e-9b53-4b6b0a3c1d2e';
const entry = {
  entryId: 'a',
  recordedAt: '2026-11-24T08:12:00.000Z',
  organisationId: 'ville',
  organisationName: 'Ville de Libourne',
  personName: 'Claire Martin',
  action: 'verbatims-read',
  what: 'A lu des verbatims : 12 textes, semaine 47 de 2026',
  about: 'Accueil général',
};
const aTrail = (changes: object = {}) => ({
  entries: [entry],
  nextCursor: 'next',
  people: [{ personId: PERSON, name: 'Claire Martin' }],
  actions: [{ action: 'verbatims-read', label: 'A lu des verbatims' }],
  ...changes,
});
const open = async (address: string, trail: object = aTrail()) => {
  view = await openWebView(address, {
    'GET /api/v1/session': () => ok(aSession()),
    'GET /api/v1/audit': () => ok(trail),
  });
};
const asked = () => view.requests.findLast(({ url }) => url.pathname === '/api/v1/audit')?.url.search;
const linkTo = (name: string) =>
  [...view.page.querySelectorAll('main a')]
    .find((link) => readable(link.textContent) === name)
    ?.getAttribute('href');

describe('the journal', () => {
  it('tells who did what, when and where, and leads to what is older and to a file', async () => {
    await open('/admin/journal');
    const cells = [...view.page.querySelectorAll('tbody td')].map((cell) => readable(cell.textContent));
    expect(cells).toEqual([
      '24 novembre 2026, 9 h 12',
      'Claire Martin',
      'A lu des verbatims : 12 textes, semaine 47 de 2026',
      'Accueil général',
      'Ville de Libourne',
    ]);
    expect(linkTo('Plus ancien')).toBe('/admin/journal?cursor=next');
    expect(linkTo('Exporter (CSV)')).toBe('/api/v1/audit.csv');
  });

  it('is narrowed by its form, and the address says how', async () => {
    await open('/admin/journal');
    const select = view.page.querySelector<HTMLSelectElement>('select[name=person]');
    const from = view.page.querySelector<HTMLInputElement>('input[name=from]');
    if (select === null || from === null) throw new Error('There is no form.');
    select.value = PERSON;
    from.value = '2026-11-01';
    select.form?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
    await view.settle();
    expect(location.search).toBe(`?person=${PERSON}&from=2026-11-01`);
    expect(asked()).toBe(`?person=${PERSON}&from=2026-11-01`);
    expect(linkTo('Exporter (CSV)')).toBe(`/api/v1/audit.csv?person=${PERSON}&from=2026-11-01`);
    expect(linkTo('Plus ancien')).toBe(`/admin/journal?person=${PERSON}&from=2026-11-01&cursor=next`);
    expect(linkTo('Tout montrer')).toBe('/admin/journal');
  });

  it('says when there is nothing', async () => {
    await open('/admin/journal?cursor=x', aTrail({ entries: [], nextCursor: null }));
    expect(asked()).toBe('?cursor=x');
    expect(view.text()).toContain('Rien dans le journal pour ces filtres.');
    expect(linkTo('Plus ancien')).toBeUndefined();
    expect(linkTo('Revenir au plus récent')).toBe('/admin/journal');
  });
});
