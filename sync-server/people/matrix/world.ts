import { createHash, randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { sql } from 'kysely';
import type { OrganisationId } from '../../../domain/ids.ts';
import { readCatalogue } from '../../store/test-catalogue.ts';
import { openTestApp, type TestApp } from '../../test-app.ts';
import { openReception } from '../../test-reception.ts';
import { setGrant } from '../grants.ts';
import { addPerson, type Person } from '../people.ts';
import { SESSION_COOKIE } from '../session-cookie.ts';
import { openSession } from '../sessions.ts';
import { type Persona, PERSONAS, TARGETS, type Target } from './personas.ts';

/** What stands at a target, for the addresses that name it. */
interface Standing {
  readonly enrolmentId: string;
  readonly responseId: string;
  improvementId: string;
  /** Somebody whose account is kept there, with a role there. */
  readonly personId: string;
  markId: string;
  decisionId: string;
  /** A word that a visitor of this reception wrote, and nobody else in the world. */
  readonly canary: string;
}

/** A server that listens, with something of everything at each target. */
export interface MatrixWorld {
  readonly test: TestApp;
  readonly origin: string;
  of(target: Target): Standing;
  addLine(target: Target): Promise<void>;
  addMark(target: Target): Promise<void>;
  addDecision(target: Target): Promise<void>;
  /** Signs somebody in anew: the cookie. */
  signIn(persona: Persona): Promise<string>;
  /** A digest of all that is stored, sessions and the audit trail left out, and whatever rows are told to be. */
  digest(isLeftOut?: (table: string, row: Readonly<Record<string, unknown>>) => boolean): Promise<string>;
  close(): Promise<void>;
}

const CHANGES_BY_ITSELF = new Set(['sessions', 'audit_entries']);

export async function openMatrixWorld(): Promise<MatrixWorld> {
  const test = await openTestApp();
  await test.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = test.app.server.address() as AddressInfo;
  const standing = new Map<Target, Standing>();
  const { db } = test.deps.store;
  for (const [index, target] of TARGETS.entries()) {
    const canary = `zinzolin${index}canari`;
    const reception = await openReception(test, target.organisationId, target.pointId);
    await reception.receive({ day: '2026-11-18', levels: { 'very-satisfied': 40 }, texts: [canary] });
    const { response_id: responseId } = await db
      .selectFrom('verbatims')
      .select('response_id')
      .where('text', '=', canary)
      .executeTakeFirstOrThrow();
    const grant = { organisationId: target.organisationId, role: 'referent', siteIds: [] } as const;
    const { personId } = await makePerson(test, {
      name: 'somebody who is managed',
      grants: [{ ...grant, serviceIds: [target.serviceId] }],
      covers: [],
    });
    standing.set(target, {
      enrolmentId: reception.enrolmentId,
      responseId,
      personId,
      improvementId: '',
      markId: '',
      decisionId: '',
      canary,
    });
  }
  const of = (target: Target): Standing => {
    const found = standing.get(target);
    if (found === undefined) throw new Error('Nothing stands there.');
    return found;
  };
  const addLine = async (target: Target) => {
    const improvementId = randomUUID();
    of(target).improvementId = improvementId;
    await db
      .insertInto('improvements')
      .values({
        organisation_id: target.organisationId,
        improvement_id: improvementId,
        service_id: target.serviceId,
        said: `On a dit ${of(target).canary}.`,
        done: 'Un guichet de plus.',
        shown_from: '2026-11-20',
        created_at: '2026-11-20T09:00:00.000Z',
        created_by: 'Claire Martin',
      })
      .execute();
  };
  const addMark = async (target: Target) => {
    const markId = randomUUID();
    of(target).markId = markId;
    await db
      .insertInto('calendar_marks')
      .values({
        organisation_id: target.organisationId,
        mark_id: markId,
        first_day: '2026-03-22',
        last_day: '2026-03-22',
        kind: 'election',
        label: 'Second tour',
        created_at: '2026-03-01T09:00:00.000Z',
        created_by: 'Claire Martin',
      })
      .execute();
  };
  const addDecision = async (target: Target) => {
    const decisionId = randomUUID();
    of(target).decisionId = decisionId;
    await db
      .insertInto('integrity_decisions')
      .values({
        organisation_id: target.organisationId,
        decision_id: decisionId,
        service_id: target.serviceId,
        point_id: target.pointId,
        local_date: '2026-11-18',
        half_day: 'am',
        decided: 'flagged',
        responses: 1,
        reason: `On a tapé ${of(target).canary}.`,
        signed_at: '2026-11-19T09:00:00.000Z',
        signed_on: '2026-11-19',
        signed_by: 'Claire Martin',
      })
      .execute();
  };
  for (const target of TARGETS) {
    await addLine(target);
    await addMark(target);
    await addDecision(target);
  }
  const { tables } = await readCatalogue(test.deps.store);
  const known = new Map<Persona, Person>();
  for (const persona of PERSONAS) known.set(persona, await makePerson(test, persona));
  return {
    test,
    origin: `http://127.0.0.1:${port}`,
    of,
    addLine,
    addMark,
    addDecision,
    signIn: async (persona) => {
      const person = known.get(persona);
      if (person === undefined) throw new Error(`${persona.name} is nobody here.`);
      const { token } = await openSession(test.deps, person, { device: 'Firefox, Linux', way: 'link' });
      return `${SESSION_COOKIE}=${token}`;
    },
    digest: async (isLeftOut = () => false) => {
      const hash = createHash('sha256');
      for (const table of tables.filter((name) => !CHANGES_BY_ITSELF.has(name))) {
        const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(table)}`.execute(db);
        const kept = rows.filter((row) => !isLeftOut(table, row)).map((row) => JSON.stringify(row));
        hash.update(`${table} ${kept.toSorted().join('\n')}`);
      }
      return hash.digest('hex');
    },
    close: async () => test.close(),
  };
}

async function makePerson({ deps }: TestApp, { grants, isDeactivated = false }: Persona): Promise<Person> {
  const { db } = deps.store;
  const home = grants[0]?.organisationId ?? TARGETS[0]?.organisationId;
  const person = await addPerson(
    db,
    home as OrganisationId,
    `persona-${randomUUID()}@libourne.example`,
    '2026-01-01T00:00:00.000Z',
  );
  for (const grant of grants) await setGrant(db, person, grant);
  if (isDeactivated)
    await db
      .updateTable('people')
      .set({ deactivated_at: '2026-11-01T00:00:00.000Z' })
      .where('person_id', '=', person.personId)
      .execute();
  return person;
}
