import { act } from 'preact/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { HalfDays } from '../../protocol/scores.ts';
import { aSession, ok, openWebView, readable, type StagedWebView } from '../shell/staged-web-view.tsx';
import { aFigure, aServiceDetail, aShare } from './staged-scores.ts';

let view: StagedWebView | undefined;
afterEach(() => {
  view?.close();
  view = undefined;
  vi.restoreAllMocks();
});

const NONE = aFigure();
const HELD_BACK = { ...aFigure(), base: 6, disclosure: 'hidden' as const };
const at = (weekday: number, halfDay: string, changes: Record<string, HalfDays['cells'][number]['figure']>) =>
  changes[`${weekday} ${halfDay}`] ?? NONE;
function halfDays(changes: Record<string, HalfDays['cells'][number]['figure']>): HalfDays {
  return {
    period: '2026-W47',
    firstDay: '2026-08-24',
    lastDay: '2026-11-22',
    isDemonstration: true,
    stem: 'Globalement\u202f?',
    target: 0.9,
    figure: aShare(180, 200),
    cells: ([1, 2, 3, 4, 5, 6, 7] as const).flatMap((weekday) =>
      (['am', 'pm'] as const).map((halfDay) => ({
        weekday,
        halfDay,
        figure: at(weekday, halfDay, changes),
      })),
    ),
  };
}
async function open(told: HalfDays): Promise<StagedWebView> {
  view = await openWebView('/admin/services/ville/accueil?period=2026-W47', {
    'GET /api/v1/session': () => ok(aSession()),
    'GET /api/v1/scores/services/ville/accueil': () => ok(aServiceDetail()),
    'GET /api/v1/scores/services/ville/accueil/half-days': () => ok(told),
  });
  return view;
}
const section = () => view?.page.querySelector('[aria-labelledby=demi-journees]');
const rows = () =>
  [...(section()?.querySelectorAll('.half-days tbody tr') ?? [])].map((row) =>
    [...row.children].map((cell) => readable([...cell.childNodes].map((one) => one.textContent).join(' '))),
  );

describe('the half-days of a week', () => {
  it('are a table whose cells hold share and base, with what is held back said in words', async () => {
    await open(
      halfDays({
        '1 am': aShare(57, 60),
        '1 pm': aShare(45, 60),
        '2 am': aShare(15, 17),
        '2 pm': aShare(3, 3),
        '5 am': HELD_BACK,
      }),
    );
    expect(rows()).toEqual([
      ['lundi', '95,0 % base 60', '75,0 % base 60'],
      ['mardi', '88,2 % base 17', 'masqué base 3'],
      ['vendredi', 'masqué base 6', 'aucune'],
    ]);
    expect([...(section()?.querySelectorAll('.half-days td') ?? [])].map((cell) => cell.className)).toEqual([
      'half-day-reached',
      'half-day-below',
      'half-day-near',
      'half-day-untold',
      'half-day-untold',
      'half-day-untold',
    ]);
    expect(readable(section()?.querySelector('.trend-finding')?.textContent ?? null)).toBe(
      'Du plus bas, lundi après-midi (75,0 %), au plus haut, lundi matin (95,0 %) : l’écart est démontré.',
    );
    expect(readable(section()?.textContent ?? null)).toContain('13 semaines qui finissent avec elle');
  });

  it('compare nothing where there are too few answers', async () => {
    await open(halfDays({ '1 am': aShare(57, 60), '1 pm': aShare(8, 12) }));
    expect(readable(section()?.querySelector('.trend-finding')?.textContent ?? null)).toContain(
      'Trop peu de réponses pour comparer',
    );
  });

  it('give their data as a file named after the finding and the period', async () => {
    await open(halfDays({ '1 am': aShare(57, 60), '1 pm': aShare(45, 60), '2 pm': aShare(3, 3) }));
    const saved: { name: string; content: Blob }[] = [];
    let last = new Blob();
    vi.spyOn(URL, 'createObjectURL').mockImplementation((content) => {
      last = content as Blob;
      return 'blob:parvis';
    });
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function click(
      this: HTMLAnchorElement,
    ) {
      saved.push({ name: this.download, content: last });
    });
    const button = [...(section()?.querySelectorAll('.chart-files button') ?? [])].find(
      (one) => one.textContent === 'Données (CSV)',
    );
    expect(button?.getAttribute('aria-label')).toContain('Du plus bas');
    await act(async () => {
      button?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
      await expect.poll(() => saved.length).toBe(1);
    });
    expect(saved[0]?.name).toBe(
      'parvis-accueil-general-demi-journees-du-plus-bas-lundi-apres-midi-75-0-au-plus-haut-2026-w47.csv',
    );
    const lines = (await saved[0]?.content.text())?.split('\r\n') ?? [];
    expect(readable(lines[1] ?? null)).toBe(
      '"lundi matin";"95,0";"60";"86,3";"98,3";"90,0";"";"DEMONSTRATION"',
    );
    expect(readable(lines[4] ?? null)).toBe(
      '"mardi après-midi";"";"3";"";"";"90,0";"masqué";"DEMONSTRATION"',
    );
  });
});
