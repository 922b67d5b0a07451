import { afterEach, describe, expect, it } from 'vitest';
import { PERMISSIONS } from '../../protocol/roles.ts';
import type { ListedPerson, Team } from '../../protocol/team.ts';
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

/** Identities are told apart by the types alone. */
const named = <Value,>(value: unknown) => value as Value;
const CLAIRE = named<ListedPerson>({
  organisationId: 'ville',
  personId: '0d1b0c1e-8f0a-4d0e-9b53-4b6b0a3c1d2e',
  name: 'Claire Martin',
  email: 'claire.martin@ville.example',
  hasPassword: true,
  hasSecondFactor: false,
  deactivatedAt: null,
  lastSeenAt: '2026-11-24T08:50:00.000Z',
  grants: [{ organisationId: 'ville', role: 'referent', siteIds: ['mairie'], serviceIds: ['biblio'] }],
});
const aTeam = (changes: Partial<Team> = {}): Team =>
  named<Team>({
    people: [CLAIRE],
    organisations: [
      {
        organisationId: 'ville',
        name: 'Ville de Libourne',
        sites: [
          {
            siteId: 'mairie',
            name: 'Hôtel de Ville',
            services: [
              { serviceId: 'accueil', name: 'Accueil général' },
              { serviceId: 'etat-civil', name: 'État civil' },
            ],
          },
          {
            siteId: 'condorcet',
            name: 'Condorcet',
            services: [{ serviceId: 'biblio', name: 'Bibliothèque' }],
          },
        ],
      },
    ],
    canMail: true,
    mayChange: true,
    ...changes,
  });
const field = (name: string) => view.page.querySelector<HTMLInputElement>(`dialog input[name=${name}]`);
const box = (label: string) =>
  [...view.page.querySelectorAll<HTMLInputElement>('dialog input[type=checkbox]')].find(
    (input) => readable(input.getAttribute('aria-label')) === label,
  );
const tick = async (input: HTMLInputElement | undefined | null) => {
  if (input === undefined || input === null) throw new Error('There is no such box.');
  input.checked = !input.checked;
  input.dispatchEvent(new Event('change', { bubbles: true }));
  await view.settle();
};
const submit = async () => {
  view.page
    .querySelector('dialog form')
    ?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  await view.settle();
};
const lastBody = () => view.requests.findLast(({ method }) => method !== 'GET')?.body;
const open = async (team = aTeam(), more: Parameters<typeof openWebView>[1] = {}) => {
  view = await openWebView('/admin/personnes', {
    'GET /api/v1/session': () => ok(aSession()),
    'GET /api/v1/people': () => ok(team),
    ...more,
  });
};

describe('the page of people', () => {
  it('tells who somebody is, where, and how they come in', async () => {
    await open();
    const card = readable(view.page.querySelector('.team > li')?.textContent ?? null);
    expect(card).toContain('Claire Martin');
    expect(card).toContain('Référent');
    expect(card).toContain('Tout le site : Hôtel de Ville');
    expect(card).toContain('Mot de passe sans code');
    expect(card).toContain('il y a 10 min');
  });

  it('invites a référent for the places that are ticked, and no service twice', async () => {
    await open(aTeam(), {
      'POST /api/v1/people': () => ({
        status: 201,
        body: { personId: CLAIRE.personId, isLetterSent: true },
      }),
    });
    await view.click('Inviter une personne');
    await submit();
    expect(view.text()).toContain('Indiquez un nom.');
    expect(view.text()).toContain('Choisissez au moins une organisation, un site ou un service.');
    await view.type(field('name'), 'Paul Durand');
    await view.type(field('email'), ' paul.durand@ville.example ');
    await tick(box('État civil'));
    await tick(box('Tout le site : Condorcet'));
    // What a whole site holds needs no tick of its own.
    expect(box('Bibliothèque')?.disabled).toBe(true);
    await submit();
    expect(lastBody()).toEqual({
      name: 'Paul Durand',
      email: 'paul.durand@ville.example',
      grants: [
        { organisationId: 'ville', role: 'referent', siteIds: ['condorcet'], serviceIds: ['etat-civil'] },
      ],
    });
    expect(view.text()).toContain('Paul Durand a reçu un lien pour entrer');
    expect(view.page.querySelector('dialog')).toBeNull();
  });

  it('changes a role, and says why it cannot where nobody would administer any more', async () => {
    let isRefused = true;
    await open(aTeam(), {
      [`PUT /api/v1/people/ville/${CLAIRE.personId}`]: () =>
        isRefused ? problem('last-administrator') : { status: 204, body: null },
    });
    await view.click('Modifier (Claire Martin)');
    expect(box('Bibliothèque')?.checked).toBe(true);
    const auditor = view.page.querySelector<HTMLInputElement>('dialog input[value=auditor]');
    await tick(auditor);
    await submit();
    expect(lastBody()).toEqual({
      grants: [{ organisationId: 'ville', role: 'auditor', siteIds: [], serviceIds: [] }],
    });
    expect(view.text()).toContain('Cette organisation n’aurait plus d’administrateur.');
    isRefused = false;
    await submit();
    expect(view.text()).toContain('Le rôle de Claire Martin est enregistré.');
  });

  it('closes an account after asking once more', async () => {
    await open(aTeam(), {
      [`POST /api/v1/people/ville/${CLAIRE.personId}/deactivation`]: () => ({ status: 204, body: null }),
    });
    await view.click('Désactiver (Claire Martin)');
    expect(view.requests.some(({ method }) => method === 'POST')).toBe(false);
    const confirm = view.page.querySelector('dialog .button-danger');
    if (confirm === null) throw new Error('Nothing asks once more.');
    await view.click(confirm);
    expect(view.text()).toContain('Le compte de Claire Martin est désactivé.');
  });

  it('shows an auditor no address and nothing to change, and says where no letter can leave', async () => {
    await open(aTeam({ people: [{ ...CLAIRE, email: null }], mayChange: false }), {
      'GET /api/v1/session': () => ok(aSession({ permissions: ['read-people', 'read-audit'] })),
    });
    expect(view.text()).not.toContain('@');
    expect(view.page.querySelectorAll('main button')).toHaveLength(0);
    view.close();
    await open(aTeam({ canMail: false }));
    expect(view.text()).toContain('Aucun serveur de messagerie n’est réglé');
    expect(view.text()).not.toContain('Envoyer un lien');
  });
});

describe('the navigation', () => {
  it('leads where whoever is signed in may go, and nowhere else', async () => {
    const links = () => [...view.page.querySelectorAll('nav a')].map((link) => readable(link.textContent));
    await open();
    expect(links()).toEqual(expect.arrayContaining(['Personnes', 'Journal']));
    view.close();
    const withoutPeople = PERMISSIONS.filter((one) => !['read-people', 'read-audit'].includes(one));
    await open(aTeam(), { 'GET /api/v1/session': () => ok(aSession({ permissions: withoutPeople })) });
    expect(links()).not.toContain('Personnes');
    expect(links()).not.toContain('Journal');
  });
});
