import { act } from 'preact/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import type { Decision, IntegrityDay, IntegrityView, ListedAnswer } from '../../protocol/integrity.ts';
import type { Session } from '../../protocol/people.ts';
import { PERMISSIONS } from '../../protocol/roles.ts';
import { aShare } from '../scores/staged-scores.ts';
import {
  aSession,
  ok,
  openWebView,
  readable,
  type StagedReplies,
  type StagedReply,
  type StagedWebView,
} from '../shell/staged-web-view.tsx';

let view: StagedWebView | undefined;
afterEach(() => {
  view?.close();
  view = undefined;
});

const KEY = {
  organisationId: 'ville' as Decision['organisationId'],
  serviceId: 'accueil' as Decision['serviceId'],
};
const DAY = '2026-11-18';
const PATH = `/api/v1/integrity/ville/accueil`;
const REASON = 'Des enfants tapaient sur l’écran.';
const DECISION: Decision = {
  ...KEY,
  decisionId: '0d1b0c1e-8f0a-4d0e-9b53-4b6b0a3c1d2e' as Decision['decisionId'],
  kind: 'set-aside',
  pointName: 'Accueil',
  date: DAY,
  halfDay: 'pm',
  responses: 9,
  reason: REASON,
  signedAt: '2026-11-19T09:00:00.000Z',
  signedBy: 'Claire Martin',
  takenBack: null,
};
const anAnswer = (index: number, changes: Partial<ListedAnswer> = {}): ListedAnswer => ({
  reference: String(index).padStart(22, 'a'),
  halfDay: 'pm',
  pointId: 'point' as ListedAnswer['pointId'],
  channel: 'tablet',
  isComplete: true,
  durationSeconds: 2,
  flags: [],
  isSetAside: false,
  run: null,
  decisionId: null,
  ...changes,
});
const IN_RUN = { flags: ['burst' as const], isSetAside: true, run: 1 };
const THE_DAY: IntegrityDay = {
  date: DAY,
  points: [{ pointId: 'point' as ListedAnswer['pointId'], name: 'Accueil' }],
  answers: [
    anAnswer(1, IN_RUN),
    anAnswer(2, IN_RUN),
    anAnswer(3, IN_RUN),
    anAnswer(4, { isSetAside: true, decisionId: DECISION.decisionId }),
    anAnswer(5),
    anAnswer(6),
  ],
  decisions: [DECISION],
};
const THE_VIEW: IntegrityView = {
  period: '2026-W47',
  services: [
    {
      ...KEY,
      serviceName: 'Accueil général',
      siteName: 'Hôtel de Ville',
      figure: aShare(36, 40),
      setAside: { responses: 9, reasons: [{ reason: 'burst', responses: 9 }], shareWith: 36 / 49 },
      days: [{ date: DAY, responses: 40, setAside: 9 }],
    },
  ],
  decisions: [DECISION],
};

async function open(
  address: string,
  {
    permissions = [...PERMISSIONS],
    replies = {},
  }: { permissions?: Session['permissions']; replies?: StagedReplies } = {},
): Promise<StagedWebView> {
  view = await openWebView(address, {
    'GET /api/v1/session': () => ok(aSession({ permissions })),
    'GET /api/v1/integrity': () => ok(THE_VIEW),
    [`GET ${PATH}/${DAY}`]: () => ok(THE_DAY),
    ...replies,
  });
  return view;
}
const openDay = async (given: Parameters<typeof open>[1] = {}) =>
  open(`/admin/integrite?period=2026-W47&organisation=ville&service=accueil&day=${DAY}`, given);
const box = (name: string) => {
  const found = view?.page.querySelector(`[aria-label="${name}"]`);
  if (found === null || found === undefined) throw new Error(`There is no box « ${name} ».`);
  return found;
};
const tick = async (name: string) => {
  const found = box(name) as HTMLInputElement;
  await act(() => {
    found.checked = !found.checked;
    found.dispatchEvent(new Event('change', { bubbles: true }));
  });
};
const submit = async () => {
  await act(() => {
    view?.page.querySelector('dialog form')?.dispatchEvent(new Event('submit', { cancelable: true }));
  });
  await view?.settle();
};
const RUN = 'Choisir\u00a0: Après-midi, Accueil\u00a0: suite de 3 réponses sur une même tablette';
const conflict = (decision: Decision | null): StagedReply => ({
  status: 409,
  body: {
    type: '/problems#conflict',
    title: 'Somebody else changed this meanwhile',
    status: 409,
    code: 'conflict',
    current: { decision },
  },
});

describe('the page of integrity', () => {
  it('shows both figures, the days to look at, and every decision with its name and reason', async () => {
    await open('/admin/integrite?period=2026-W47');
    const row = view?.page.querySelector('tbody tr');
    expect([...(row?.children ?? [])].map((cell) => readable(cell.textContent))).toEqual([
      'Accueil général Hôtel de Ville',
      '90,0 % base 40',
      '9 (rafales : 9)',
      '73,5 %',
    ]);
    const link = view?.page.querySelector('.days a');
    expect(readable(link?.textContent ?? null)).toBe(
      'Accueil général, mercredi 18 novembre 2026 : 9 mises de côté sur 49',
    );
    expect(link?.getAttribute('href')).toContain(`day=${DAY}`);
    expect(readable(view?.page.querySelector('.decisions tbody')?.textContent ?? null)).toContain(REASON);
  });

  it('lets nobody sign without a reason, and sends what was chosen with it', async () => {
    await openDay({
      replies: { [`POST ${PATH}/${DAY}/decisions`]: () => ({ ...ok(DECISION), status: 201 }) },
    });
    await tick(RUN);
    await view?.click('Remettre 3 réponses dans les chiffres');
    await submit();
    expect(readable(view?.page.querySelector('dialog .field-fault')?.textContent ?? null)).toBe(
      'Dites pourquoi, en 8 caractères au moins.',
    );
    await view?.type(view.page.querySelector('dialog input'), REASON);
    await submit();
    const sent = view?.requests.find(({ method }) => method === 'POST');
    expect(sent?.body).toEqual({
      kind: 'include',
      references: [1, 2, 3].map((index) => String(index).padStart(22, 'a')),
      reason: REASON,
    });
    expect(view?.page.querySelector('dialog')).toBeNull();
    expect(readable(view?.page.querySelector('[role=status]')?.textContent ?? null)).toContain(
      'La décision est signée.',
    );
  });

  it('says who was there first, and that nothing was changed', async () => {
    await openDay({ replies: { [`POST ${PATH}/${DAY}/decisions`]: () => conflict(DECISION) } });
    await tick(RUN);
    await view?.click('Remettre 3 réponses dans les chiffres');
    await view?.type(view.page.querySelector('dialog input'), REASON);
    await submit();
    expect(readable(view?.page.querySelector('main [role=alert]')?.textContent ?? null)).toBe(
      `Rien n’a été changé : Claire Martin vient de décider de ces réponses. Son motif : « ${REASON} ». La liste ci-dessous est à jour.`,
    );
  });

  it('takes a decision back with a reason of its own', async () => {
    const back = { ...DECISION, takenBack: { at: DECISION.signedAt, by: 'Paul', reason: 'Mauvais jour.' } };
    await open('/admin/integrite?period=2026-W47', {
      replies: { [`POST ${PATH}/decisions/${DECISION.decisionId}/withdrawal`]: () => ok(back) },
    });
    const button = view?.page.querySelector('.decisions button');
    if (!button) throw new Error('There is no button to take a decision back.');
    await view?.click(button);
    await view?.type(view.page.querySelector('dialog input'), 'L’agent s’était trompé de jour.');
    await submit();
    expect(view?.requests.find(({ method }) => method === 'POST')?.body).toEqual({
      reason: 'L’agent s’était trompé de jour.',
    });
    expect(readable(view?.page.querySelector('[role=status]')?.textContent ?? null)).toContain('reprise');
  });

  it('gives an auditor everything to read and nothing to change', async () => {
    await openDay({ permissions: ['own-account', 'read-figures', 'read-audit'] });
    expect(view?.page.querySelectorAll('main input[type=checkbox]')).toHaveLength(0);
    expect(view?.page.querySelector('.decisions button')).toBeNull();
    expect(view?.text()).toContain('vous lisez');
    expect(view?.page.querySelectorAll('.answer-each li')).toHaveLength(6);
  });

  it('offers no choice of what somebody has decided about, and says who', async () => {
    await openDay();
    expect(view?.page.querySelectorAll('.answer-group input')).toHaveLength(2);
    expect(view?.text()).toContain('par décision de Claire Martin');
  });
});
