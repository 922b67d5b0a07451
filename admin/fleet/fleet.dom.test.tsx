import { afterEach, describe, expect, it } from 'vitest';
import type { Fleet, TabletState } from '../../protocol/fleet.ts';
import { aSession, ok, openWebView, readable, type StagedWebView } from '../shell/staged-web-view.tsx';

let view: StagedWebView;
afterEach(() => view.close());

const ENROLMENT = '6f2c1d34-0f5a-4a77-8a52-0d9f1c7f1b11';

function aTablet(changes: Partial<TabletState> = {}): TabletState {
  return {
    organisationId: 'ville' as TabletState['organisationId'],
    enrolmentId: ENROLMENT as TabletState['enrolmentId'],
    pointId: 'hall' as TabletState['pointId'],
    pointName: 'Hall',
    serviceName: 'Accueil général',
    siteName: 'Hôtel de Ville',
    enrolledAt: '2026-11-01T08:00:00Z',
    lastSeenAt: '2026-11-24T08:48:00Z',
    isSilent: false,
    appVersion: '0.1.0',
    outboxDepth: 0,
    oldestEntryAt: null,
    retainedCount: 0,
    storagePersisted: true,
    lastError: null,
    highWaterMark: 120,
    missingCount: 0,
    revokedAt: null,
    testCount: 0,
    epoch: 1,
    losses: [],
    sharedSeenAt: null,
    ...changes,
  };
}

async function open(tablets: readonly TabletState[], changes: Partial<Fleet> = {}) {
  const fleet = {
    points: [
      {
        organisationId: 'ville',
        pointId: 'hall',
        pointName: 'Hall',
        serviceName: 'Accueil général',
        siteName: 'Hôtel de Ville',
        status: 'active',
      },
    ],
    tablets,
    quarantine: [],
    staffCodes: [
      {
        organisationId: 'ville',
        organisationName: 'Ville',
        shownCode: '480213',
        changedAt: '2026-11-01T08:00:00Z',
      },
    ],
    backup: { finishedAt: '2026-11-24T01:30:00Z', failedAt: null },
    isDemonstration: false,
    ...changes,
  };
  view = await openWebView('/admin/tablettes', {
    'GET /api/v1/session': () => ok(aSession()),
    'GET /api/v1/fleet': () => ok(fleet),
    'PUT /api/v1/fleet/staff-codes/ville': () => ({ status: 204, body: null }),
    'POST /api/v1/fleet/rescues': () => ({
      status: 201,
      body: { pointName: 'Hall', accepted: 1, duplicate: 0, erased: 0, quarantined: 0, setAside: [] },
    }),
    'POST /api/v1/fleet/enrolment-codes': () => ({
      status: 201,
      body: {
        code: 'BCDFGHJKLM',
        url: 'https://kiosk.example/kiosk/#enrol=abc',
        expiresAt: '2026-11-25T09:00:00Z',
      },
    }),
    [`POST /api/v1/fleet/enrolments/ville/${ENROLMENT}/revocation`]: () => ({ status: 204, body: null }),
  });
}

const RESCUE = {
  format: 'parvis-rescue',
  version: 1,
  madeAt: '2026-11-24T08:00:00.000Z',
  appVersion: '0.1.0',
  organisationId: 'ville',
  enrolmentId: ENROLMENT,
  pointName: 'Hall',
  entries: [],
  checksum: 'a'.repeat(64),
};

async function typeCode(code: string): Promise<void> {
  const field = view.page.querySelector<HTMLInputElement>('input[name=code]');
  if (field === null) throw new Error('There is no field for the code.');
  field.value = code;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  await view.settle();
  view.page
    .querySelector('dialog form')
    ?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  await view.settle();
}

describe('the tablets', () => {
  it('say whether they live, in words, the silent one first', async () => {
    await open([
      aTablet(),
      aTablet({
        enrolmentId: '6f2c1d34-0f5a-4a77-8a52-0d9f1c7f1b12' as TabletState['enrolmentId'],
        pointName: 'Médiathèque',
        isSilent: true,
        lastSeenAt: '2026-11-17T16:00:00Z',
        outboxDepth: 2,
        missingCount: 1,
      }),
    ]);
    expect(view.text()).toContain('2 tablettes en service, dont 1 muette.');
    const cards = [...view.page.querySelectorAll('.tablet')].map((card) => readable(card.textContent));
    expect(cards[0]).toContain('Muette depuis mardi 17 novembre');
    expect(cards[0]).toContain('2 réponses en attente d’envoi');
    expect(cards[0]).toContain('1 numéro manquant');
    expect(cards[1]).toContain('En service');
    expect(cards[1]).toContain('Dernier signe de vie : il y a 12 min');
  });

  it.each([
    [{ finishedAt: '2026-11-24T01:30:00Z', failedAt: null }, false, 'Dernière sauvegarde du serveur'],
    [{ finishedAt: null, failedAt: null }, false, 'encore jamais été sauvegardé'],
    [{ finishedAt: '2026-11-20T01:30:00Z', failedAt: null }, true, 'n’a pas été sauvegardé depuis'],
    [
      { finishedAt: '2026-11-23T01:30:00Z', failedAt: '2026-11-24T01:30:00Z' },
      true,
      'sauvegarde du serveur a échoué',
    ],
  ])('stand beside the last backup of the server: %j', async (backup, isAlarming, words) => {
    await open([aTablet()], { backup });
    expect(view.text()).toContain(words);
    expect(view.page.querySelector('.notice-fault') !== null).toBe(isAlarming);
  });

  it('say what to do when there is none', async () => {
    await open([]);
    expect(view.text()).toContain('Aucune tablette n’est encore installée');
  });

  it('are added with a code and a link shown once, with their end', async () => {
    await open([]);
    await view.click('Ajouter une tablette');
    view.page
      .querySelector('dialog form')
      ?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
    await view.settle();
    expect(view.requests.at(-1)?.body).toEqual({ organisationId: 'ville', pointId: 'hall' });
    expect(view.page.querySelector('[data-testid=enrolment-code]')?.textContent).toBe('BCDFGHJKLM');
    expect(view.page.querySelector('[data-testid=enrolment-link]')?.textContent).toBe(
      'https://kiosk.example/kiosk/#enrol=abc',
    );
    expect(view.text()).toContain('valable jusqu’au mercredi 25 novembre 2026 à 10 h 00');
    await view.click('Terminé');
    expect(view.page.querySelector('dialog')).toBeNull();
    expect(view.text()).not.toContain('BCDFGHJKLM');
  });

  it('are revoked only after a second word, which tells what would be lost', async () => {
    await open([aTablet({ outboxDepth: 3 })]);
    await view.click('Révoquer la tablette Hall');
    expect(view.text()).toContain('3 réponses attendent encore sur cette tablette et n’arriveront plus.');
    expect(view.requests.some(({ method }) => method === 'POST')).toBe(false);
    await view.click('Révoquer la tablette');
    expect(view.requests.find(({ method }) => method === 'POST')?.url.pathname).toContain('/revocation');
    expect(view.text()).toContain('La tablette Hall est révoquée.');
  });

  it('say how many answers were given in test mode', async () => {
    await open([aTablet({ testCount: 2 })]);
    expect(view.text()).toContain('2 réponses d’essai, comptées nulle part');
  });

  it('say how many answers are lost for good, when and why, the latest first', async () => {
    await open([
      aTablet({
        epoch: 3,
        losses: [
          { count: 3, noticedAt: '2026-03-11T23:30:00.000Z', cause: 'emptied' },
          { count: 1, noticedAt: '2026-02-02T10:00:00.000Z', cause: 'something-new' },
        ],
      }),
    ]);
    expect(view.text()).toContain(
      '3 réponses perdues sur cette tablette le 12 mars 2026 : le navigateur a vidé sa mémoire. Elles n’étaient pas encore envoyées',
    );
    expect(view.text()).toContain(
      '1 réponse perdue sur cette tablette le 2 février 2026 : une partie de sa mémoire a été abîmée. Elle n’était',
    );
    expect(view.text()).toContain('Mémoire recommencée 2 fois');
  });

  it('say that two of them share an enrolment, and what to do', async () => {
    await open([aTablet()]);
    expect(view.text()).not.toContain('même enregistrement');
    view.close();
    await open([aTablet({ sharedSeenAt: '2026-11-24T08:00:00.000Z' })]);
    expect(view.text()).toContain('Deux tablettes portent le même enregistrement');
    expect(view.text()).toContain('tapez-le sur l’une des deux');
  });

  it('have a code for their menu, shown while it is the one made here, and changed at will', async () => {
    await open([aTablet()]);
    const codes = () => readable(view.page.querySelector('.staff-codes')?.textContent ?? '');
    expect(codes()).toContain('480213');
    await view.click('Changer le code du menu, Ville');
    await typeCode('12 34');
    expect(view.text()).toContain('Tapez de 4 à 8 chiffres');
    expect(view.requests.some(({ method }) => method === 'PUT')).toBe(false);
    await typeCode('48151623');
    expect(view.requests.find(({ method }) => method === 'PUT')?.body).toEqual({ code: '48151623' });
    expect(view.text()).toContain('Le code du menu est changé : Ville.');
  });

  it.each([
    ['{"format":"parvis-backup"}', 'Ce n’est pas un fichier de secours de Parvis.'],
    ['{"format":"parvis-res', 'Ce n’est pas un fichier de secours de Parvis.'],
    [JSON.stringify(RESCUE), '1 réponse ajoutée'],
  ])('are rescued by a file: %s', async (content, words) => {
    await open([aTablet()]);
    await view.click('Importer un fichier de secours');
    const input = view.page.querySelector<HTMLInputElement>('input[type=file]');
    if (input === null) throw new Error('There is no field for the file.');
    Object.defineProperty(input, 'files', { value: [new File([content], 'parvis-secours.json')] });
    input.dispatchEvent(new Event('change', { bubbles: true }));
    await view.settle();
    view.page
      .querySelector('dialog form')
      ?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
    await view.settle();
    expect(view.text()).toContain(words);
  });

  it('list what could not be understood, with the reason', async () => {
    await open([aTablet()], {
      quarantine: [
        {
          organisationId: 'ville' as TabletState['organisationId'],
          quarantineId: 'q1',
          pointName: 'Hall',
          responseId: null,
          receivedAt: '2026-11-24T08:00:00Z',
          reason: '<i>answers[0]</i>',
          bodyBytes: 812,
        },
      ],
    });
    const cells = [...view.page.querySelectorAll('table tbody tr > *')].map((cell) =>
      readable(cell.textContent),
    );
    expect(cells).toEqual(['mardi 24 novembre 2026 à 9 h 00', 'Hall', '<i>answers[0]</i>', '812 octets']);
  });
});
