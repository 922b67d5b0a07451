import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
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

const MINUTE_MS = 60_000;
const overview = { 'GET /api/v1/scores/overview': () => ok(anOverview([aServiceScore()])) };
const signedOut = { 'GET /api/v1/session': () => problem('not-signed-in') };
const field = (name: string) => view.page.querySelector<HTMLInputElement>(`input[name=${name}]`);
const submit = async (input: Element | null) => {
  input?.closest('form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  await view.settle();
};

describe('signing in', () => {
  it('asks for the code once the password was right, and sends it with both', async () => {
    view = await openWebView('/admin/', {
      ...overview,
      ...signedOut,
      'POST /api/v1/sessions': (_url, body) => {
        const { code } = body as { code?: string };
        if (code === undefined) return problem('second-factor-needed');
        return code === '123456' ? { status: 201, body: aSession() } : problem('second-factor-wrong');
      },
    });
    await view.type(field('email'), 'claire@ville.example');
    await view.type(field('password'), 'une phrase assez longue');
    expect(field('code')).toBeNull();
    await submit(field('password'));
    expect(field('code')?.autocomplete).toBe('one-time-code');
    expect(document.activeElement).toBe(field('code'));
    expect(view.page.querySelector('[role=alert]')).toBeNull();
    await view.type(field('code'), '000000');
    await submit(field('code'));
    expect(readable(view.page.querySelector('[role=alert]')?.textContent ?? null)).toContain(
      'Ce code n’est pas le bon',
    );
    await view.type(field('code'), ' 123456 ');
    await submit(field('code'));
    expect(view.page.querySelector('h1')?.textContent).toBe('Semaine 48');
  });

  it('sends a link by e-mail and says the same whoever asks', async () => {
    view = await openWebView('/admin/', {
      ...signedOut,
      'GET /api/v1/sign-in-ways': () => ok({ canMailLinks: true }),
      'POST /api/v1/sign-in-links': () => ({ status: 204, body: null }),
    });
    await view.type(field('link-email'), 'claire@ville.example');
    await submit(field('link-email'));
    expect(view.requests.at(-1)?.body).toEqual({ email: 'claire@ville.example' });
    expect(view.text()).toContain('Si un compte existe pour claire@ville.example, un lien vient de lui');
  });

  it('says so where no mail server is set', async () => {
    view = await openWebView('/admin/', {
      ...signedOut,
      'GET /api/v1/sign-in-ways': () => ok({ canMailLinks: false }),
    });
    expect(field('link-email')).toBeNull();
    expect(view.text()).toContain('Aucun serveur de messagerie n’est réglé ici');
  });
});

describe('a session that is over', () => {
  it('goes on by a link as well, opened in another window: the page is there as it was left', async () => {
    let isOver = false;
    view = await openWebView('/admin/?period=2026-W47', {
      'GET /api/v1/session': () => (isOver ? problem('not-signed-in') : ok(aSession())),
      'GET /api/v1/scores/overview': () =>
        isOver ? problem('not-signed-in') : ok(anOverview([aServiceScore()])),
      'GET /api/v1/sign-in-ways': () => ok({ canMailLinks: true }),
    });
    isOver = true;
    await view.click('Période précédente : semaine 46');
    expect(view.page.querySelector('dialog input[name=link-email]')).not.toBeNull();
    isOver = false;
    document.dispatchEvent(new Event('visibilitychange'));
    await view.settle();
    expect(view.page.querySelector('dialog')).toBeNull();
    expect(location.search).toBe('?period=2026-W46');
  });
});

describe('the second factor', () => {
  it('is set up with a drawing, a key to type and a code, and its recovery codes are shown once', async () => {
    const session = aSession();
    const without = { ...session, person: { ...session.person, hasSecondFactor: false } };
    view = await openWebView('/admin/compte', {
      'GET /api/v1/session': () => ok(without),
      'GET /api/v1/sessions': () => ok({ sessions: [] }),
      'POST /api/v1/account/second-factor': () => ({
        status: 201,
        body: { uri: 'otpauth://totp/Parvis:claire?secret=ABCDEFGH', secret: 'ABCDEFGH' },
      }),
      'PUT /api/v1/account/second-factor': () => ok({ recoveryCodes: ['BCDF-GHJK-LMNP-QRST'] }),
    });
    await view.click('Ajouter un code');
    expect(view.page.querySelector('.qr-code path')?.getAttribute('d')).toMatch(/^M4 4h7/);
    expect(view.text()).toContain('ABCD EFGH');
    await view.type(field('second-factor-code'), '123456');
    await submit(field('second-factor-code'));
    expect(view.requests.at(-1)?.body).toEqual({ code: '123456' });
    expect(view.text()).toContain('BCDF-GHJK-LMNP-QRST');
    expect(view.text()).toContain('un code de votre application d’authentification est demandé');
  });
});

describe('one’s sessions', () => {
  it('are listed by device, and ended one by one or everywhere', async () => {
    const one = {
      createdAt: '2026-11-24T07:00:00.000Z',
      lastSeenAt: '2026-11-24T08:58:00.000Z',
    };
    view = await openWebView('/admin/compte', {
      'GET /api/v1/session': () => ok(aSession()),
      'GET /api/v1/sign-in-ways': () => ok({ canMailLinks: false }),
      'GET /api/v1/sessions': () =>
        ok({
          sessions: [
            { ...one, sessionId: 'a', device: 'Firefox, Windows', isCurrent: true },
            { ...one, sessionId: 'b', device: 'Safari, iPhone', isCurrent: false },
          ],
        }),
      'DELETE /api/v1/sessions/b': () => ({ status: 204, body: null }),
      'DELETE /api/v1/sessions': () => ({ status: 204, body: null }),
    });
    expect(readable(view.page.querySelector('.session-list')?.textContent ?? null)).toContain(
      'Dernière activité : il y a 2 min.',
    );
    await view.click('Fermer Safari, iPhone');
    expect(view.requests.map(({ method, url }) => `${method} ${url.pathname}`)).toContain(
      'DELETE /api/v1/sessions/b',
    );
    await view.click('Se déconnecter partout');
    const confirm = view.page.querySelector('dialog .button-danger');
    if (confirm === null) throw new Error('Nothing asks once more.');
    await view.click(confirm);
    expect(view.text()).toContain('Vous êtes déconnecté.');
  });
});

describe('the end of a session', () => {
  const warning = () => readable(view.page.querySelector('.expiry-warning')?.textContent ?? null);
  // The clock that looks is wound by hand; what the page waits for otherwise goes on by itself.
  beforeEach(() => vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
  afterEach(() => vi.useRealTimers());
  const look = async () => {
    vi.advanceTimersByTime(10_000);
    await view.settle();
  };
  const session = aSession();
  const without = { ...session, person: { ...session.person, hasSecondFactor: false } };
  const open = async () => {
    view = await openWebView('/admin/compte', {
      'GET /api/v1/session': () => ok(without),
      'POST /api/v1/account/second-factor': () => ({
        status: 201,
        body: { uri: 'otpauth://x', secret: 'AB' },
      }),
      'GET /api/v1/sessions': () => ok({ sessions: [] }),
    });
  };

  it('is told some minutes before, keeps what is being typed, and is put off by a click', async () => {
    await open();
    await view.type(field('name'), 'Claire Mar');
    view.nowMs += 24 * MINUTE_MS;
    await look();
    expect(view.page.querySelector('.expiry-warning')).toBeNull();
    view.nowMs += 2 * MINUTE_MS;
    await look();
    expect(warning()).toContain('Votre session va se fermer, faute d’activité.');
    await view.click('Rester connecté');
    await look();
    expect(view.page.querySelector('.expiry-warning')).toBeNull();
    expect(field('name')?.value).toBe('Claire Mar');
  });

  it('after twelve hours cannot be put off: the hour is told, and that nothing is lost', async () => {
    await open();
    view.nowMs = Date.parse('2026-11-24T20:56:00Z');
    // Somebody who has been at work all the time.
    await view.click('Ajouter un code');
    await look();
    expect(warning()).toContain('Votre session prend fin à 22 h 00');
    await view.click('J’ai compris');
    expect(view.page.querySelector('.expiry-warning')).toBeNull();
  });
});
