import { afterEach, describe, expect, it } from 'vitest';
import { anOverview, aServiceScore } from '../scores/staged-scores.ts';
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

const overview = { 'GET /api/v1/scores/overview': () => ok(anOverview([aServiceScore()])) };
const field = (name: string) => view.page.querySelector<HTMLInputElement>(`input[name=${name}]`);
const alert = () => readable(view.page.querySelector('[role=alert]')?.textContent ?? null);

async function submit() {
  view.page.querySelector('form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  await view.settle();
}

describe('signing in', () => {
  it('leads to the address that was asked for, with a neutral word when it fails', async () => {
    let isKnown = false;
    view = await openWebView('/admin/?period=2026-W40', {
      ...overview,
      'GET /api/v1/session': () => problem('not-signed-in'),
      'POST /api/v1/sessions': () =>
        isKnown ? { status: 201, body: aSession() } : problem('wrong-credentials'),
    });
    expect(view.page.querySelector('h1')?.textContent).toBe('Connexion');
    expect([field('email')?.autocomplete, field('password')?.autocomplete]).toEqual([
      'username',
      'current-password',
    ]);
    await view.type(field('email'), ' claire@ville.example ');
    await view.type(field('password'), 'un mauvais');
    await submit();
    expect(alert()).toBe('Adresse électronique ou mot de passe non reconnu.');
    isKnown = true;
    await submit();
    expect(view.requests.find(({ method }) => method === 'POST')?.body).toEqual({
      email: 'claire@ville.example',
      password: 'un mauvais',
    });
    expect(view.page.querySelector('h1')?.textContent).toBe('Semaine 40');
    expect(location.search).toBe('?period=2026-W40');
  });

  it('by a link is done at once, and asks politely for a password', async () => {
    const session = aSession();
    view = await openWebView(
      '/admin/',
      {
        ...overview,
        'POST /api/v1/sign-in-link-redemptions': () => ({
          status: 201,
          body: { ...session, person: { ...session.person, hasPassword: false } },
        }),
      },
      'the-secret',
    );
    expect(view.requests[0]?.body).toEqual({ token: 'the-secret' });
    expect(view.requests.some(({ url }) => url.pathname === '/api/v1/session')).toBe(false);
    expect(view.page.querySelector('h1')?.textContent).toBe('Semaine 48');
    expect(view.page.querySelector('.password-banner a')?.getAttribute('href')).toBe('/admin/compte');
  });

  it('by a spent link says so and offers the form', async () => {
    view = await openWebView(
      '/admin/',
      { 'POST /api/v1/sign-in-link-redemptions': () => problem('link-unknown') },
      'spent',
    );
    expect(alert()).toContain('Ce lien est inconnu, déjà utilisé ou périmé.');
    expect(field('email')).not.toBeNull();
  });

  it('is asked for again over the page when the session runs out', async () => {
    let isOver = false;
    view = await openWebView('/admin/?period=2026-W47', {
      'GET /api/v1/session': () => ok(aSession()),
      'POST /api/v1/sessions': () => ({ status: 201, body: aSession() }),
      'GET /api/v1/scores/overview': () =>
        isOver ? problem('not-signed-in') : ok(anOverview([aServiceScore()])),
    });
    isOver = true;
    await view.click('Période précédente : semaine 46');
    expect(readable(view.page.querySelector('dialog')?.textContent ?? null)).toContain(
      'Votre session a expiré.',
    );
    expect(field('email')?.value).toBe('claire.martin@ville.example');
    isOver = false;
    await submit();
    expect(view.page.querySelector('dialog')).toBeNull();
    expect(view.text()).toContain('Rien n’a changé.');
    expect(location.search).toBe('?period=2026-W46');
  });

  it('is looked into again when somebody comes back to a page left open for long', async () => {
    view = await openWebView('/admin/?period=2026-W47', {
      ...overview,
      'GET /api/v1/session': () => ok(aSession()),
    });
    const asked = view.requests.length;
    const comeBack = async () => {
      document.dispatchEvent(new Event('visibilitychange'));
      await view.settle();
    };
    view.nowMs += 60_000;
    await comeBack();
    expect(view.requests).toHaveLength(asked);
    view.nowMs += 3 * 86_400_000;
    view.replies['GET /api/v1/session'] = () => ok(aSession({ today: '2026-11-30' }));
    await comeBack();
    expect(view.requests.slice(asked).map(({ url }) => url.pathname)).toEqual([
      '/api/v1/session',
      '/api/v1/scores/overview',
    ]);
    expect(view.text()).toContain('Semaine 49');
  });

  it('ends when one signs out', async () => {
    view = await openWebView('/admin/?period=2026-W47', {
      ...overview,
      'GET /api/v1/session': () => ok(aSession()),
      'DELETE /api/v1/session': () => ({ status: 204, body: null }),
    });
    await view.click('Se déconnecter');
    expect(view.text()).toContain('Vous êtes déconnecté.');
    expect(view.page.querySelector('nav')).toBeNull();
  });
});

describe('the account', () => {
  it('takes a new password of 12 characters and no fewer', async () => {
    const session = aSession();
    const without = { ...session, person: { ...session.person, hasPassword: false } };
    view = await openWebView('/admin/compte', {
      'GET /api/v1/session': () => ok(without),
      'PUT /api/v1/account': () => ok(session),
    });
    await view.type(field('newPassword'), 'trop court');
    await submit();
    expect(view.text()).toContain('doit compter au moins 12 caractères');
    expect(field('newPassword')?.getAttribute('aria-invalid')).toBe('true');
    await view.type(field('newPassword'), 'une phrase assez longue');
    await submit();
    expect(view.requests.at(-1)?.body).toEqual({
      name: 'Claire Martin',
      email: 'claire.martin@ville.example',
      newPassword: 'une phrase assez longue',
    });
    expect(view.text()).toContain('Vos changements sont enregistrés.');
  });

  it('lists what is to be mended', async () => {
    view = await openWebView('/admin/compte', { 'GET /api/v1/session': () => ok(aSession()) });
    await view.type(field('name'), ' ');
    await view.type(field('email'), 'claire');
    await view.type(field('newPassword'), 'une phrase assez longue');
    await submit();
    expect(
      [...view.page.querySelectorAll('.fault-list li')].map((item) => readable(item.textContent)),
    ).toEqual([
      'Indiquez votre nom.',
      'Cette adresse électronique n’est pas complète. Exemple : marie.dupont@ville.fr',
      'Indiquez le mot de passe actuel ou un code pour changer l’adresse ou le mot de passe.',
    ]);
  });
});

describe('for everybody', () => {
  it('the accessibility statement claims nothing that no audit has shown', async () => {
    view = await openWebView('/admin/accessibilite', {
      'GET /api/v1/session': () => problem('not-signed-in'),
    });
    expect(readable(view.page.querySelector('h1')?.textContent ?? null)).toBe('Accessibilité : non conforme');
    expect(view.text()).toContain('aucun audit n’a encore été fait');
  });

  it('made-up answers are announced on every page', async () => {
    for (const address of ['/admin/compte', '/admin/accessibilite', '/admin/nulle-part']) {
      view?.close();
      view = await openWebView(address, {
        'GET /api/v1/session': () => ok(aSession({ isDemonstration: true })),
      });
      expect(view.text()).toContain('Démonstration : ces réponses sont inventées.');
    }
  });
});
