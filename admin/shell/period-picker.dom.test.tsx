import { afterEach, describe, expect, it } from 'vitest';
import { anOverview, aServiceScore } from '../scores/staged-scores.ts';
import { aSession, ok, openWebView, readable, type StagedWebView } from './staged-web-view.tsx';

let view: StagedWebView;
afterEach(() => view.close());

async function open(query: string): Promise<Element> {
  view = await openWebView(`/admin/${query}`, {
    'GET /api/v1/session': () => ok(aSession()),
    'GET /api/v1/scores/overview': () => ok(anOverview([aServiceScore()])),
  });
  const picker = view.page.querySelector('[aria-label="Période"]');
  if (picker === null) throw new Error('There is no period picker.');
  return picker;
}

const current = (picker: Element) =>
  [...picker.querySelectorAll('[aria-current]')].map((choice) => readable(choice.textContent));

describe('the period picker', () => {
  it('is reached by keyboard in the order it is read, and leaves out what cannot be chosen', async () => {
    const picker = await open('?period=2026-W47');
    const stops = [...picker.querySelectorAll<HTMLElement>('a[href], select, summary, button')].filter(
      (stop) => stop.getAttribute('tabindex') !== '-1' && stop.closest('.menu-panel') === null,
    );
    expect(stops.map((stop) => stop.getAttribute('aria-label') ?? readable(stop.textContent))).toEqual([
      'Semaine',
      'Mois',
      'Trimestre',
      'Année',
      'Période précédente : semaine 46',
      'Choisir la période',
      'Période suivante : semaine 48',
      'Raccourcis',
      'la période précédente',
      'l’an dernier',
    ]);
  });

  it('moves by one period and keeps the comparison', async () => {
    await open('?period=2026-W47&compare=last-year');
    await view.click('Période précédente : semaine 46');
    expect(location.search).toBe('?period=2026-W46&compare=last-year');
    expect(document.title).toBe('Semaine 46 – Parvis');
    expect(view.requests.at(-1)?.url.searchParams.get('period')).toBe('2026-W46');
  });

  it('does not lead into days to come', async () => {
    const picker = await open('?period=2026-W48');
    expect(readable(picker.textContent)).toContain('Pas de période suivante');
    expect(readable(picker.textContent)).toContain('Période en cours : chiffres provisoires');
  });

  it('changes the length of the period and says which one is on', async () => {
    const picker = await open('?period=2026-W47');
    expect(current(picker)).toEqual(['Semaine', 'la période précédente']);
    await view.click('Trimestre');
    expect(location.search).toBe('?period=2026-Q4');
    expect(current(picker)).toEqual(['Trimestre', 'la période précédente']);
    expect(view.page.querySelector('h1')?.textContent).toBe('4e trimestre 2026');
  });

  it('takes any period from the list by keyboard', async () => {
    const picker = await open('?period=2026-W47');
    const list = picker.querySelector('select');
    if (list === null) throw new Error('There is no list.');
    expect(list.options).toHaveLength(54);
    expect(list.selectedOptions[0]?.textContent).toBe('Semaine 47 (16–22 novembre 2026)');
    list.value = '2026-W30';
    list.dispatchEvent(new Event('change', { bubbles: true }));
    await view.settle();
    expect(location.search).toBe('?period=2026-W30');
  });

  it('writes the choices as a line of text for paper', async () => {
    const picker = await open('?period=2026-W47');
    expect(readable(picker.querySelector('.print-only')?.textContent ?? null)).toBe(
      'Période : Semaine 47 (16–22 novembre 2026). Comparée avec : Semaine 46 (9–15 novembre 2026).',
    );
  });
});
