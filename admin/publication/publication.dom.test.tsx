import { afterEach, describe, expect, it } from 'vitest';
import type { Improvement, ServicePublication } from '../../protocol/publication.ts';
import {
  aSession,
  ok,
  openWebView,
  problem,
  readable,
  type StagedWebView,
} from '../shell/staged-web-view.tsx';

let view: StagedWebView;
afterEach(() => view.close());

const LINE_ID = '6f2c1d34-0f5a-4a77-8a52-0d9f1c7f1b11';
const RESULT = '/api/v1/publications/ville/accueil/result';
const LINES = '/api/v1/publications/ville/accueil/improvements';

function aLine(changes: Partial<Improvement> = {}): Improvement {
  return {
    improvementId: LINE_ID as Improvement['improvementId'],
    said: 'Il manque un banc.',
    done: 'Un banc est là.',
    shownFrom: '2026-11-20',
    createdBy: 'Claire Martin',
    isShown: true,
    ...changes,
  };
}

async function open(changes: Partial<ServicePublication> = {}, refused = false) {
  const service = {
    organisationId: 'ville',
    serviceId: 'accueil',
    serviceName: 'Accueil général',
    siteName: 'Hôtel de Ville',
    published: null,
    quarter: { quarter: '2026-Q3', base: 412, shareSatisfied: 0.912 },
    improvements: [],
    ...changes,
  };
  const done = () => (refused ? problem('base-too-small') : { status: 204, body: null });
  view = await openWebView('/admin/affichage', {
    'GET /api/v1/session': () => ok(aSession()),
    'GET /api/v1/publications': () => ok({ services: [service] }),
    [`POST ${RESULT}`]: done,
    [`DELETE ${RESULT}`]: done,
    [`POST ${LINES}`]: () => ({ status: 201, body: { improvementId: LINE_ID } }),
    [`PUT ${LINES}/${LINE_ID}`]: done,
    [`DELETE ${LINES}/${LINE_ID}`]: done,
  });
}

/** The changes asked of the server. */
const asked = () =>
  view.requests
    .filter(({ method }) => method !== 'GET')
    .map(({ method, url, body }) => [method, url.pathname, body]);

async function save(said: string, done: string): Promise<void> {
  await view.type(view.page.querySelector('input[name=said]'), said);
  await view.type(view.page.querySelector('input[name=done]'), done);
  view.page
    .querySelector('dialog form')
    ?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  await view.settle();
}

describe('what the tablets show', () => {
  it('is reached from every page, and says what to do while there is nothing', async () => {
    await open();
    const here = view.page.querySelector('nav [aria-current=page]');
    expect([here?.textContent, here?.getAttribute('href')]).toEqual(['Affichage', '/admin/affichage']);
    expect(view.text()).toContain('Aucun résultat n’est affiché.');
    expect(view.text()).toContain('À publier : 3e trimestre 2026, 91,2 % de satisfaits (base 412).');
    expect(view.text()).toContain('Choisissez dans les verbatims une remarque qui revient');
    expect(view.page.textContent).toContain('À publier\u00a0: ');
  });

  it('publishes the quarter’s result, and tells what the tablets then say', async () => {
    await open();
    await view.click('Publier le résultat du trimestre, Accueil général');
    expect(asked()).toEqual([['POST', RESULT, {}]]);
    expect(view.text()).toContain('Accueil général : le résultat est publié.');
  });

  it('takes a result off the tablets', async () => {
    await open({
      published: {
        shareSatisfied: 0.9,
        base: 40,
        periodLabel: 'Avril – juin 2026',
        publishedOn: '2026-07-02',
        publishedBy: 'Claire Martin',
      },
    });
    expect(view.text()).toContain('Avril – juin 2026 : 90 % de personnes satisfaites (40 réponses).');
    expect(view.text()).toContain('Publié le 2 juillet 2026 par Claire Martin.');
    await view.click('Retirer le résultat, Accueil général');
    expect(asked()).toEqual([['DELETE', RESULT, undefined]]);
    expect(view.text()).toContain('le résultat est retiré');
  });

  it('offers no result of too few answers, and says how many it takes', async () => {
    await open({ quarter: { quarter: '2026-Q3', base: 29, shareSatisfied: null } });
    expect(view.text()).toContain('3e trimestre 2026 : 29 réponses. Il en faut au moins 30');
    expect(view.text()).not.toContain('Publier le résultat');
  });

  it('says why where the server refuses', async () => {
    await open({}, true);
    await view.click('Publier le résultat du trimestre, Accueil général');
    expect(readable(view.page.querySelector('[role=alert]')?.textContent ?? '')).toBe(
      'Trop peu de réponses pour publier un résultat.',
    );
  });

  it('adds a line, once both halves are there and short enough', async () => {
    await open();
    await view.click('Ajouter une ligne, Accueil général');
    await save(' ', 'x'.repeat(141));
    expect(view.text()).toContain('Écrivez une phrase.');
    expect(view.text()).toContain('141 caractères : il en faut 140 au plus.');
    expect(asked()).toEqual([]);
    await save('Il manque un banc.', 'Un banc est là.');
    expect(asked()).toEqual([
      ['POST', LINES, { said: 'Il manque un banc.', done: 'Un banc est là.', shownFrom: '2026-11-24' }],
    ]);
    expect(view.page.querySelector('dialog')).toBeNull();
    expect(view.text()).toContain('La ligne est enregistrée.');
  });

  it('words a line anew, and keeps its day', async () => {
    await open({ improvements: [aLine()] });
    await view.click('Modifier « Il manque un banc. »');
    await save('Il manquait un banc.', 'Un banc est là.');
    expect(asked()).toEqual([
      [
        'PUT',
        `${LINES}/${LINE_ID}`,
        { said: 'Il manquait un banc.', done: 'Un banc est là.', shownFrom: '2026-11-20' },
      ],
    ]);
  });

  it('removes a line only after a second word', async () => {
    await open({ improvements: [aLine()] });
    await view.click('Supprimer « Il manque un banc. »');
    expect(asked()).toEqual([]);
    await view.click('Supprimer la ligne');
    expect(asked()).toEqual([['DELETE', `${LINES}/${LINE_ID}`, undefined]]);
    expect(view.text()).toContain('La ligne est supprimée.');
  });

  it('says of each line whether the tablets show it', async () => {
    await open({
      improvements: [
        aLine({ shownFrom: '2026-12-01', isShown: false }),
        aLine(),
        aLine({ isShown: false, said: '<b>Vieux</b>' }),
      ],
    });
    const lines = [...view.page.querySelectorAll('.improvements > li')].map((line) =>
      readable(line.textContent),
    );
    expect(lines[0]).toContain('À partir du 1er décembre 2026');
    expect(lines[1]).toContain('Vous avez dit : Il manque un banc.Nous avons fait : Un banc est là.Affichée');
    expect(lines[2]).toContain('<b>Vieux</b>');
    expect(lines[2]).toContain('Plus affichée');
  });
});
