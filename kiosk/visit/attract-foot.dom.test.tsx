import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Assignment } from '../../protocol/assignment.ts';
import { App } from '../app.tsx';
import type { Speeches } from '../words/speeches.ts';
import { bringAllSpeeches } from '../words/staged-speeches.ts';
import { type StagedKiosk, anAssignment, createStagedKiosk } from './staged-kiosk.ts';

const loadAid = () => import('../suggestion/suggestion.part.ts');

let speeches: Speeches;
let kiosk: StagedKiosk;
let page: HTMLElement;
beforeEach(async () => {
  page = document.body.appendChild(document.createElement('div'));
  speeches = await bringAllSpeeches();
});
afterEach(() => {
  render(null, page);
  page.remove();
});

async function show(overrides: Partial<Assignment>): Promise<void> {
  kiosk = createStagedKiosk(anAssignment(overrides));
  await act(() => render(<App kiosk={kiosk} speeches={speeches} loadAid={loadAid} />, page));
}
const texts = (selector: string) =>
  [...page.querySelectorAll(selector)].map(({ textContent }) => textContent?.trim());

describe('what the place says of itself on the first screen', () => {
  it('is nothing before something is published', async () => {
    await show({});
    expect(texts('.published > p')).toEqual([]);
  });

  it('is the published share with its base and its period', async () => {
    await show({
      publishedResults: { shareSatisfied: 0.912, base: 412, periodLabel: { fr: 'Au printemps' } },
    });
    expect(texts('.published > p')).toEqual([
      'Au printemps\u00a0: 91\u00a0% de personnes satisfaites (412 réponses).',
    ]);
  });

  it('is what became of what visitors said: another thing after each visit, the same whatever the language', async () => {
    const line = (name: string) => ({ said: { fr: `<i>Dit ${name}.</i>` }, done: { fr: `Fait ${name}.` } });
    await show({ improvements: [line('un'), line('deux')] });
    const seen: (string | undefined)[] = [];
    for (const _visit of [1, 2, 3]) {
      const [first] = texts('.improvement');
      seen.push(first);
      const french = texts('.improvement [lang=fr]');
      await act(() => kiosk.chooseLanguage('en'));
      expect(texts('.improvement b')).toEqual(['You said:', 'We did:']);
      expect(texts('.improvement [lang=fr]')).toEqual(french);
      await act(() => kiosk.chooseLanguage('fr'));
      expect(texts('.improvement')).toEqual([first]);
      await act(() => page.querySelector<HTMLElement>('input[type=radio]')?.click());
      expect(texts('.improvement')).toEqual([]);
      await act(() => kiosk.happen({ kind: 'expired' }));
    }
    const [one, two, three] = seen;
    expect(new Set([one, two])).toEqual(
      new Set([
        'Vous avez dit\u00a0: <i>Dit deux.</i> Nous avons fait\u00a0: Fait deux.',
        'Vous avez dit\u00a0: <i>Dit un.</i> Nous avons fait\u00a0: Fait un.',
      ]),
    );
    expect(three).toBe(one);
  });
});
