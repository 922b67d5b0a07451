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
const heading = () => view.page.querySelector('h1')?.textContent;
const alert = () => readable(view.page.querySelector('[role=alert]')?.textContent ?? null);
const faults = () =>
  [...view.page.querySelectorAll('.fault-list li')].map((item) => readable(item.textContent));
const submit = async (input: Element | null) => {
  input?.closest('form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  await view.settle();
};

describe('a link of somebody who has a second factor', () => {
  it('asks for its code, keeps the link while it is wrong, and lets in with the right one', async () => {
    view = await openWebView(
      '/admin/',
      {
        ...overview,
        'POST /api/v1/sign-in-link-redemptions': (_url, body) => {
          const { code } = body as { code?: string };
          if (code === undefined) return problem('second-factor-needed');
          return code === '123456' ? { status: 201, body: aSession() } : problem('second-factor-wrong');
        },
      },
      'the-secret',
    );
    expect(view.text()).toContain('Il manque le code que demande votre compte.');
    await view.type(field('second-factor-code'), '000000');
    await submit(field('second-factor-code'));
    expect(alert()).toContain('Ce code n’est pas le bon');
    await view.type(field('second-factor-code'), '123456');
    await submit(field('second-factor-code'));
    expect(view.requests.filter(({ method }) => method === 'POST').at(-1)?.body).toEqual({
      token: 'the-secret',
      code: '123456',
    });
    expect(heading()).toBe('Semaine 48');
  });
});

describe('whoever must set up a second factor', () => {
  it('is shown that and nothing else, and goes on to where they were once it is done', async () => {
    const session = aSession();
    const must = aSession({
      mustSetSecondFactor: true,
      permissions: [],
      services: [],
      person: { ...session.person, hasSecondFactor: false },
    });
    let isSet = false;
    view = await openWebView('/admin/?period=2026-W40', {
      ...overview,
      'GET /api/v1/session': () => ok(isSet ? session : must),
      'POST /api/v1/account/second-factor': () => ({
        status: 201,
        body: { uri: 'otpauth://x', secret: 'AB' },
      }),
      'PUT /api/v1/account/second-factor': () => ok({ recoveryCodes: ['ABCD-EFGH'] }),
    });
    expect(heading()).toBe('Un code avant de continuer');
    expect(view.page.querySelector('nav')).toBeNull();
    expect(view.requests.map(({ url }) => url.pathname)).toEqual(['/api/v1/session']);
    await view.click('Ajouter un code');
    await view.type(field('second-factor-code'), '123456');
    await submit(field('second-factor-code'));
    isSet = true;
    // The codes are there to be kept until one goes on.
    expect(view.text()).toContain('ABCD-EFGH');
    await view.click('Continuer');
    expect(heading()).toBe('Semaine 40');
  });

  it('can leave instead', async () => {
    view = await openWebView('/admin/', {
      'GET /api/v1/session': () => ok(aSession({ mustSetSecondFactor: true, person: withoutFactor() })),
      'DELETE /api/v1/session': () => ({ status: 204, body: null }),
    });
    await view.click('Se déconnecter');
    expect(heading()).toBe('Connexion');
  });
});

const withoutFactor = () => ({ ...aSession().person, hasSecondFactor: false });

describe('the account', () => {
  it('asks for the current password or a code where the address changes, and not for a name', async () => {
    view = await openWebView('/admin/compte', {
      'GET /api/v1/session': () => ok(aSession()),
      'PUT /api/v1/account': (_url, body) => {
        const { code } = body as { code?: string };
        if (code === '123456') return ok(aSession());
        const { status, body: told } = problem('unprocessable');
        const errors = [{ field: 'currentPassword', message: 'This is not the current password.' }];
        return { status, body: { ...(told as object), errors } };
      },
    });
    await view.type(field('name'), 'Claire M.');
    expect(field('currentPassword')).toBeNull();
    await view.type(field('email'), 'c.martin@ville.example');
    await submit(field('email'));
    expect(faults()).toEqual([
      'Indiquez le mot de passe actuel ou un code pour changer l’adresse ou le mot de passe.',
    ]);
    await view.type(field('currentPassword'), 'pas le bon');
    await submit(field('email'));
    expect(faults()).toEqual(['Ce n’est pas votre mot de passe actuel.']);
    await view.type(field('currentPassword'), '');
    await view.type(field('code'), '123456');
    await submit(field('email'));
    expect(view.requests.at(-1)?.body).toEqual({
      name: 'Claire M.',
      email: 'c.martin@ville.example',
      code: '123456',
    });
    expect(view.text()).toContain('Vos changements sont enregistrés.');
  });

  it('takes the second factor away without its code for whoever came by a link of the machine', async () => {
    view = await openWebView('/admin/compte', {
      'GET /api/v1/session': () => ok(aSession({ isFromMachine: true })),
      'POST /api/v1/account/second-factor/removal': () => ({ status: 204, body: null }),
    });
    await view.click('Retirer le code');
    expect(field('second-factor-code')).toBeNull();
    await view.click('Retirer le code');
    expect(view.requests.at(-1)?.body).toEqual({});
    expect(view.text()).toContain('Ajouter un code');
  });
});
