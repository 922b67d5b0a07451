import { act } from 'preact/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import type { CalendarMarks } from '../../protocol/calendar.ts';
import type { Session } from '../../protocol/people.ts';
import { PERMISSIONS } from '../../protocol/roles.ts';
import type { VisitorCounts, VisitorImportReply } from '../../protocol/participation.ts';
import { aSession, ok, openWebView, readable, type StagedWebView } from '../shell/staged-web-view.tsx';

let view: StagedWebView | undefined;
afterEach(() => {
  view?.close();
  view = undefined;
});

const SERVICE = {
  organisationId: 'ville' as VisitorCounts['services'][number]['organisationId'],
  serviceId: 'accueil' as VisitorCounts['services'][number]['serviceId'],
  serviceName: 'Accueil général',
  siteName: 'Hôtel de Ville',
};
const COUNTS: VisitorCounts = {
  period: '2026-W47',
  days: ['2026-11-16', '2026-11-17'],
  services: [
    {
      ...SERVICE,
      counts: [
        {
          date: '2026-11-16',
          visitors: 140,
          source: 'hand',
          enteredAt: '2026-11-17T08:00:00Z',
          enteredBy: 'Claire Martin',
        },
      ],
      participation: { visitors: 140, responses: 12, countedDays: 1 },
    },
  ],
};
const MARKS: CalendarMarks = {
  marks: [
    {
      organisationId: SERVICE.organisationId,
      markId: '0d1b0c1e-8f0a-4d0e-9b53-4b6b0a3c1d2e',
      firstDay: '2026-03-15',
      lastDay: '2026-03-15',
      kind: 'election',
      label: 'Élections municipales',
      createdAt: '2026-03-01T08:00:00Z',
      createdBy: 'Claire Martin',
    },
  ],
  schoolHolidays: { zone: 'A', source: 'Ministère', knownFrom: '2024-10-19', knownUntil: '2026-08-31' },
};
const IMPORTED: VisitorImportReply = { added: 2, changed: 0, unchanged: 1, faults: [], otherFaults: 0 };

async function openAttendance(
  imported: VisitorImportReply = IMPORTED,
  permissions: Session['permissions'] = [...PERMISSIONS],
): Promise<StagedWebView> {
  view = await openWebView('/admin/frequentation?period=2026-W47', {
    'GET /api/v1/session': () => ok(aSession({ permissions })),
    'GET /api/v1/visitor-counts': () => ok(COUNTS),
    'GET /api/v1/calendar-marks': () => ok(MARKS),
    'PUT /api/v1/visitor-counts/ville/accueil/2026-11-17': () => ({ status: 204, body: null }),
    'POST /api/v1/visitor-counts/imports': () => ok(imported),
    'POST /api/v1/calendar-marks/ville': () => ({ status: 204, body: null }),
    'DELETE /api/v1/calendar-marks/ville/0d1b0c1e-8f0a-4d0e-9b53-4b6b0a3c1d2e': () => ({
      status: 204,
      body: null,
    }),
  });
  return view;
}
const sent = (method: string) => view?.requests.filter((request) => request.method === method) ?? [];
const field = (label: string) => view?.page.querySelector(`[aria-label="${label}"]`) ?? null;

async function choose(text: string | Uint8Array<ArrayBuffer>): Promise<void> {
  const input = view?.page.querySelector('input[type=file]');
  if (!(input instanceof HTMLInputElement)) throw new Error('There is no field for a file.');
  Object.defineProperty(input, 'files', { value: [new File([text], 'tickets.csv')] });
  await act(() => {
    input.dispatchEvent(new Event('change', { bubbles: true }));
  });
}

describe('the visitors', () => {
  it('stand in parts of the page that a reader tells apart by name', async () => {
    const { page } = await openAttendance();
    const names = [...page.querySelectorAll('main section, main [role=region]')].map((part) => {
      const heading = page.ownerDocument.getElementById(part.getAttribute('aria-labelledby') ?? '');
      return part.getAttribute('aria-label') ?? heading?.textContent;
    });
    expect(names.length).toBeGreaterThan(3);
    expect(new Set(names).size).toBe(names.length);
  });

  it('are entered a day and service, and only what changed is sent', async () => {
    const { page } = await openAttendance();
    const known = field('Visiteurs, Accueil général, lundi 16 novembre');
    expect(known instanceof HTMLInputElement && known.value).toBe('140');
    await view?.type(field('Visiteurs, Accueil général, mardi 17 novembre'), '150');
    await view?.click('Enregistrer');
    expect(sent('PUT').map(({ url, body }) => [url.pathname, body])).toEqual([
      ['/api/v1/visitor-counts/ville/accueil/2026-11-17', { visitors: 150 }],
    ]);
    expect(readable(page.querySelector('[role=status]')?.textContent ?? null)).toContain(
      '1 nombre enregistré.',
    );
  });

  it('are not sent where they are no number', async () => {
    await openAttendance();
    await view?.type(field('Visiteurs, Accueil général, mardi 17 novembre'), '12,5');
    await view?.click('Enregistrer');
    expect(sent('PUT')).toEqual([]);
    expect(readable(view?.page.querySelector('[role=alert]')?.textContent ?? null)).toContain(
      'nombre entier',
    );
  });

  it('tell the participation, over the days that were counted', async () => {
    await openAttendance();
    expect(view?.text()).toContain(
      'Participation : 8,6 % (12 réponses pour 140 visiteurs, sur 1 jour compté)',
    );
  });
});

describe('a file of visitors', () => {
  it('is brought as text, whatever machine wrote it', async () => {
    await openAttendance();
    await choose(
      new Uint8Array([...'17/11/2026;Accueil g'].map((letter) => letter.charCodeAt(0)).concat(0xe9, 0x6e)),
    );
    await view?.click('Importer');
    expect(sent('POST').at(-1)?.body).toEqual({ text: '17/11/2026;Accueil gén' });
    expect(view?.text()).toContain('Import terminé : 2 ajoutés, 0 modifié, 1 déjà connu.');
  });

  it('is refused line by line', async () => {
    await openAttendance({
      ...IMPORTED,
      faults: [
        { line: 3, kind: 'date', value: '31/11/2026' },
        { line: 8, kind: 'twice', value: '2' },
      ],
      otherFaults: 1,
    });
    await choose('x');
    await view?.click('Importer');
    const lines = [...(view?.page.querySelectorAll('.import-faults li') ?? [])].map((line) =>
      readable(line.textContent),
    );
    expect(lines).toEqual([
      'Ligne 3 : « 31/11/2026 » n’est pas une date. Écrivez 17/11/2026 ou 2026-11-17.',
      'Ligne 8 : ce jour de ce service est déjà à la ligne 2.',
      'et 1 autre erreur.',
    ]);
    expect(view?.text()).toContain('Rien n’a été enregistré.');
  });

  it('must be chosen first', async () => {
    await openAttendance();
    await view?.click('Importer');
    expect(sent('POST')).toEqual([]);
    expect(view?.text()).toContain('Choisissez d’abord un fichier.');
  });
});

describe('whoever may only read', () => {
  it('sees the numbers and the days, and nothing to change them with', async () => {
    await openAttendance(IMPORTED, ['read-figures']);
    const known = field('Visiteurs, Accueil général, lundi 16 novembre');
    expect(known instanceof HTMLInputElement && known.readOnly).toBe(true);
    const buttons = [...(view?.page.querySelectorAll('main button') ?? [])].map((one) =>
      readable(one.textContent),
    );
    for (const change of ['Enregistrer', 'Importer', 'Marquer ces jours', 'Supprimer'])
      expect(buttons).not.toContain(change);
    expect(view?.text()).toContain('Élections municipales');
  });
});

describe('the marked days', () => {
  it('are listed with whoever marked them, and the end of what is known of school holidays', async () => {
    await openAttendance();
    expect(readable(view?.page.querySelector('.marks li')?.textContent ?? null)).toContain(
      'Élections municipales (15 mars 2026) Élection, marquée par Claire Martin le 1er mars 2026',
    );
    expect(view?.text()).toContain('zone A connues du 19 octobre 2024 au 31 août 2026');
  });

  it('are added and taken away', async () => {
    await openAttendance();
    await view?.type(view?.page.querySelector('input[name=label]') ?? null, 'Travaux du hall');
    await view?.click('Marquer ces jours');
    expect(sent('POST').at(-1)?.body).toEqual({
      firstDay: '2026-11-24',
      lastDay: '2026-11-24',
      kind: 'election',
      label: 'Travaux du hall',
    });
    await view?.click('Supprimer « Élections municipales »');
    expect(sent('DELETE')).toHaveLength(1);
  });

  it('are not added without saying what they are', async () => {
    await openAttendance();
    await view?.click('Marquer ces jours');
    expect(sent('POST')).toEqual([]);
    expect(view?.text()).toContain('Dites ce que c’est, et quels jours.');
  });
});
