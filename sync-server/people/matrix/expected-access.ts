import { createHash, randomUUID } from 'node:crypto';
import type { Role } from '../../../protocol/roles.ts';
import { referenceOf } from '../../integrity/reference.ts';
import type { Target } from './personas.ts';
import type { MatrixWorld } from './world.ts';

/**
 * Who may use a route, and how it is called. A route of the web view that is not here makes the matrix fail. What a route does for some and
 * not for all has a case of its own, named after the route in brackets.
 */
export interface RouteCase {
  /** Null: whoever is signed in, since it is about themselves. */
  readonly may: readonly Role[] | null;
  /** What of a target must be in the scope; a route without it answers with what is. */
  readonly at?: 'service' | 'organisation';
  /** The address, where it is not the path with the target's identities in it. */
  readonly address?: (target: Target) => string;
  readonly body?: (target: Target, world: MatrixWorld) => object;
  /** Makes what the call needs or uses up. */
  readonly prepare?: (target: Target, world: MatrixWorld) => Promise<void>;
  /** Each call takes a process of its own: in the quick run only the refusals are tried. */
  readonly isSlow?: boolean;
}

const ALL: readonly Role[] = ['administrator', 'quality', 'referent', 'auditor'];
const TEAM: readonly Role[] = ['administrator', 'quality'];
const NOT_AUDITOR: readonly Role[] = ['administrator', 'quality', 'referent'];
const reading: RouteCase = { may: ALL };
const inWeek = (path: string) => () => `${path}?period=2026-W47`;
const ofService = (path: string) => (target: Target) =>
  `${path}?organisation=${target.organisationId}&service=${target.serviceId}&period=2026-W47`;
const ofDay = ({ organisationId, serviceId }: Target) =>
  `/api/v1/integrity/${organisationId}/${serviceId}/2026-11-18`;
const publishing: RouteCase = { may: TEAM, at: 'service' };
const line = { said: 'On attend trop.', done: 'Un guichet de plus.' };
const own: RouteCase = { may: null };
const changingPeople: RouteCase = { may: ['administrator'], at: 'organisation', body: () => ({}) };

export const EXPECTED_ACCESS: Readonly<Record<string, RouteCase>> = {
  'GET /api/v1/session': own,
  'DELETE /api/v1/session': own,
  'GET /api/v1/sessions': own,
  'DELETE /api/v1/sessions': own,
  'DELETE /api/v1/sessions/{sessionId}': own,
  'POST /api/v1/account/second-factor': { ...own, body: () => ({}) },
  'PUT /api/v1/account/second-factor': { ...own, body: () => ({ code: '000000' }) },
  'POST /api/v1/account/second-factor/removal': { ...own, body: () => ({ code: '000000' }) },
  'PUT /api/v1/account': { ...own, body: () => ({ name: 'X', email: `${Math.random()}@libourne.example` }) },
  'GET /api/v1/audit': { may: ['administrator', 'auditor'] },
  'GET /api/v1/audit.csv': { may: ['administrator', 'auditor'] },
  'GET /api/v1/people': { may: ['administrator', 'auditor'] },
  'POST /api/v1/people': {
    may: ['administrator'],
    at: 'organisation',
    body: ({ organisationId, serviceId }) => ({
      name: 'Nouveau',
      email: `${randomUUID()}@libourne.example`,
      grants: [{ organisationId, role: 'referent', siteIds: [], serviceIds: [serviceId] }],
    }),
  },
  'PUT /api/v1/people/{organisationId}/{personId}': {
    may: ['administrator'],
    at: 'organisation',
    body: ({ organisationId, serviceId }) => ({
      grants: [{ organisationId, role: 'referent', siteIds: [], serviceIds: [serviceId] }],
    }),
  },
  'POST /api/v1/people/{organisationId}/{personId}/deactivation': changingPeople,
  'POST /api/v1/people/{organisationId}/{personId}/reactivation': changingPeople,
  // A letter to whoever was deactivated is refused: they are opened again first.
  'POST /api/v1/people/{organisationId}/{personId}/sign-in-link': changingPeople,
  'GET /api/v1/weekly-letter': own,
  'PUT /api/v1/weekly-letter': { ...own, body: () => ({ isWanted: true }) },
  'GET /api/v1/weekly-letter/preview.html': reading,
  'GET /api/v1/weekly-letter/preview.txt': reading,
  'GET /api/v1/scores/overview': { may: ALL, address: inWeek('/api/v1/scores/overview') },
  'GET /api/v1/scores/comparison': reading,
  'GET /api/v1/scores/services/{organisationId}/{serviceId}': { may: ALL, at: 'service' },
  'GET /api/v1/scores/services/{organisationId}/{serviceId}/half-days': {
    may: ALL,
    at: 'service',
    address: ({ organisationId, serviceId }) =>
      `/api/v1/scores/services/${organisationId}/${serviceId}/half-days?period=2026-W47`,
  },
  'GET /api/v1/integrity': { may: ALL, address: inWeek('/api/v1/integrity') },
  'GET /api/v1/integrity/{organisationId}/{serviceId}/{date}': {
    may: ALL,
    at: 'service',
    address: ofDay,
  },
  'POST /api/v1/integrity/{organisationId}/{serviceId}/{date}/decisions': {
    may: TEAM,
    at: 'service',
    address: (target) => `${ofDay(target)}/decisions`,
    body: (target, { of, test }) => ({
      kind: 'set-aside',
      references: [referenceOf(test.deps.store.codeSalt, target.organisationId, of(target).responseId)],
      reason: 'Enfants à la tablette',
    }),
  },
  'POST /api/v1/integrity/{organisationId}/{serviceId}/decisions/{decisionId}/withdrawal': {
    may: TEAM,
    at: 'service',
    prepare: async (target, world) => world.addDecision(target),
    body: () => ({ reason: 'Vérifié avec l’agent' }),
  },
  'GET /api/v1/visitor-counts': { may: ALL, address: inWeek('/api/v1/visitor-counts') },
  'PUT /api/v1/visitor-counts/{organisationId}/{serviceId}/{date}': {
    may: NOT_AUDITOR,
    at: 'service',
    address: ({ organisationId, serviceId }) =>
      `/api/v1/visitor-counts/${organisationId}/${serviceId}/2026-11-17`,
    body: () => ({ visitors: 12 }),
  },
  'POST /api/v1/visitor-counts/imports': {
    may: NOT_AUDITOR,
    body: ({ serviceId }) => ({ text: `17/11/2026;${serviceId};12` }),
  },
  'GET /api/v1/calendar-marks': reading,
  'POST /api/v1/calendar-marks/{organisationId}': {
    may: TEAM,
    at: 'organisation',
    body: () => ({ firstDay: '2026-03-15', lastDay: '2026-03-15', kind: 'election', label: 'Municipales' }),
  },
  'DELETE /api/v1/calendar-marks/{organisationId}/{markId}': {
    may: TEAM,
    at: 'organisation',
    prepare: async (target, world) => world.addMark(target),
  },
  'GET /api/v1/verbatims': reading,
  'PATCH /api/v1/verbatims/{organisationId}/{responseId}': {
    may: NOT_AUDITOR,
    at: 'service',
    body: () => ({ change: 'mark-read' }),
  },
  // Which texts leave is the team's to decide, wherever a référent may read them.
  'PATCH /api/v1/verbatims/{organisationId}/{responseId} (release)': {
    may: TEAM,
    at: 'service',
    body: () => ({ change: 'release', version: 1 }),
  },
  'PATCH /api/v1/verbatims/{organisationId}/{responseId} (hide)': {
    may: TEAM,
    at: 'service',
    body: () => ({ change: 'hide', version: 1, category: 'insult', reason: '' }),
  },
  'PATCH /api/v1/verbatims/{organisationId}/{responseId} (mask)': {
    may: TEAM,
    at: 'service',
    body: () => ({ change: 'mask', version: 1, masks: [] }),
  },
  'GET /api/v1/themes': reading,
  'PUT /api/v1/themes/{organisationId}': {
    may: TEAM,
    at: 'organisation',
    // A version that no list has: it is refused after it was let in, and changes nothing for the next.
    body: () => ({ version: 1_000_000, themes: [] }),
  },
  'POST /api/v1/themes/{organisationId}/preview': {
    may: TEAM,
    at: 'organisation',
    body: () => ({ themes: [] }),
  },
  'GET /api/v1/themes/{organisationId}/trend': {
    may: ALL,
    at: 'service',
    address: ({ organisationId, serviceId }) =>
      `/api/v1/themes/${organisationId}/trend?period=2026-W47&service=${serviceId}`,
  },
  'GET /api/v1/fleet': reading,
  'POST /api/v1/fleet/enrolment-codes': {
    may: TEAM,
    at: 'organisation',
    body: ({ organisationId, pointId }) => ({ organisationId, pointId }),
  },
  'POST /api/v1/fleet/enrolments/{organisationId}/{enrolmentId}/revocation': {
    may: TEAM,
    at: 'service',
    body: () => ({}),
  },
  'PUT /api/v1/fleet/staff-codes/{organisationId}': {
    may: TEAM,
    at: 'organisation',
    body: () => ({ code: '80264' }),
  },
  'POST /api/v1/fleet/rescues': {
    may: TEAM,
    at: 'service',
    body: (target, world) => ({
      format: 'parvis-rescue',
      version: 1,
      madeAt: '2026-11-20T17:00:00.000Z',
      appVersion: '0.1.0',
      organisationId: target.organisationId,
      enrolmentId: world.of(target).enrolmentId,
      pointName: 'Accueil',
      entries: [],
      checksum: createHash('sha256').update('[]').digest('hex'),
    }),
  },
  'GET /api/v1/publications': reading,
  'POST /api/v1/publications/{organisationId}/{serviceId}/result': { ...publishing, body: () => ({}) },
  'DELETE /api/v1/publications/{organisationId}/{serviceId}/result': publishing,
  'POST /api/v1/publications/{organisationId}/{serviceId}/improvements': { ...publishing, body: () => line },
  'PUT /api/v1/publications/{organisationId}/{serviceId}/improvements/{improvementId}': {
    ...publishing,
    body: () => line,
  },
  'DELETE /api/v1/publications/{organisationId}/{serviceId}/improvements/{improvementId}': {
    ...publishing,
    prepare: async (target, world) => world.addLine(target),
  },
  'GET /api/v1/publications/{organisationId}/{serviceId}/poster.pdf': {
    may: ALL,
    at: 'service',
    prepare: async (target, world) => world.addLine(target),
  },
  'GET /api/v1/exports/overview.csv': { may: ALL, address: inWeek('/api/v1/exports/overview.csv') },
  'GET /api/v1/exports/overview.xlsx': reading,
  'GET /api/v1/exports/service.csv': {
    may: ALL,
    at: 'service',
    address: ofService('/api/v1/exports/service.csv'),
  },
  'GET /api/v1/exports/service.xlsx': {
    may: ALL,
    at: 'service',
    address: ofService('/api/v1/exports/service.xlsx'),
  },
  'GET /api/v1/exports/verbatims.csv': reading,
  'GET /api/v1/exports/verbatims.xlsx': reading,
  'GET /api/v1/exports/evidence.csv': { may: ALL, isSlow: true },
  'GET /api/v1/exports/evidence.xlsx': { may: ALL, isSlow: true },
  'GET /api/v1/exports/evidence.ods': { may: ALL, isSlow: true },
  'GET /api/v1/exports/evidence.json': { may: ALL, isSlow: true },
  'GET /api/v1/exports/evidence.pdf': { may: ALL, isSlow: true },
  'GET /api/v1/exports/overview.ods': reading,
  'GET /api/v1/exports/verbatims.ods': reading,
  'GET /api/v1/exports/service.ods': {
    may: ALL,
    at: 'service',
    address: ofService('/api/v1/exports/service.ods'),
  },
  'GET /api/v1/exports/overview.json': reading,
  'GET /api/v1/exports/verbatims.json': reading,
  'GET /api/v1/exports/service.json': {
    may: ALL,
    at: 'service',
    address: ofService('/api/v1/exports/service.json'),
  },
  'GET /api/v1/exports/codebook.csv': reading,
  // Nobody's: there is no such export, and whoever asks is told so once they are let in.
  'GET /api/v1/exports/progress/{exportId}': reading,
  'GET /api/v1/exports/responses.csv': { may: ALL, isSlow: true },
  'GET /api/v1/exports/responses-codes.csv': { may: ALL, isSlow: true },
  'GET /api/v1/exports/responses.json': { may: ALL, isSlow: true },
  'GET /api/v1/exports/responses.ods': { may: ALL, isSlow: true },
  'GET /api/v1/exports/responses.parquet': { may: ALL, isSlow: true },
  'GET /api/v1/exports/responses.xlsx': { may: ALL, isSlow: true },
};
