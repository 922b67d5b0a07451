import { CHANNELS } from '../../../domain/answers.ts';
import { RELEASE_COLUMNS } from '../../verbatims/released-text.ts';
import { FIRST_DAY, LAST_DAY, type ResponsesRequest } from './request.ts';
import { CIRCUMSTANCES, type StoredBatch } from './stored-batch.ts';

/** What is asked for, read as of one moment while writers go on. */
export interface ResponsesReading {
  count(): Promise<number>;
  /** Some at a time, pulled: the next are read when these have been taken. */
  batches(): AsyncGenerator<StoredBatch>;
  close(): Promise<void>;
}

export type Wanted = Pick<ResponsesRequest, 'database' | 'services' | 'channels' | 'from' | 'to'>;

/** The queries of one organisation's responses, and the values they are asked with. */
export interface Selection {
  readonly organisationId: string;
  readonly values: readonly string[];
  readonly count: string;
  /** What a response's line holds, in no order yet. */
  readonly lines: string;
}

/** How an engine is asked. */
export interface Asking {
  /** What stands for a value in the text of a query. */
  readonly parameter: (value: string, place: number) => string;
  /** Whether the columns of a line are joined by the query, or by what carries them. */
  readonly line: (columns: string) => string;
}

/** As `StoredResponse` tells them. */
const LINE_COLUMNS = `response_id, local_date || half_day, duration_seconds, answers, ${CIRCUMSTANCES.join(', ')}`;

/**
 * By organisation: the keys are led by it, so that each is read off its index in order. A condition that holds of all its rows is left out,
 * for each costs a tenth of a second in a million.
 *
 * @param servicesOf all services of an organisation
 */
export async function selections(
  wanted: Wanted,
  servicesOf: (organisationId: string) => Promise<readonly string[]>,
  { parameter, line }: Asking,
): Promise<readonly Selection[]> {
  const chosen: Selection[] = [];
  for (const organisationId of [...new Set(wanted.services.map((one) => one.organisationId))].toSorted()) {
    const values: string[] = [];
    const put = (value: string) => parameter(value, values.push(value));
    const own = wanted.services.filter((one) => one.organisationId === organisationId);
    const ids = new Set(own.map(({ serviceId }) => serviceId));
    const isWhole = (await servicesOf(organisationId)).every((serviceId) => ids.has(serviceId));
    const conditions = [`organisation_id = ${put(organisationId)}`];
    if (!isWhole) conditions.push(`service_id in (${[...ids].map(put).join(', ')})`);
    if (wanted.from !== FIRST_DAY) conditions.push(`local_date >= ${put(wanted.from)}`);
    if (wanted.to !== LAST_DAY) conditions.push(`local_date <= ${put(wanted.to)}`);
    if (CHANNELS.some((channel) => !wanted.channels.includes(channel)))
      conditions.push(`channel in (${wanted.channels.map(put).join(', ')})`);
    const where = `where ${conditions.join(' and ')}`;
    chosen.push({
      organisationId,
      values,
      count: `select count(*) from responses ${where}`,
      lines: `select ${line(LINE_COLUMNS)} from responses ${where}`,
    });
  }
  return chosen;
}

/**
 * In the order of the identities, which within a half-day is chance: the order of arrival would tell more of when somebody stood at the desk
 * than is kept.
 */
export const IN_ORDER = 'order by response_id';

export function servicesQuery(parameter: string): string {
  return `select service_id from services where organisation_id = ${parameter}`;
}

/**
 * Few responses have a text: asked for beside them they cost a third of what a join does.
 *
 * @param within what holds of `response_id`
 */
export function textsQuery(organisation: string, within: string): string {
  return `select response_id, ${RELEASE_COLUMNS.join(', ')} from verbatims
    where organisation_id = ${organisation} and response_id ${within} ${IN_ORDER}`;
}

/** Of these there are fewer still. */
export function decisionsQuery(organisation: string, within: string): string {
  return `select response_id, decided from decided_responses
    join integrity_decisions on integrity_decisions.organisation_id = decided_responses.organisation_id
      and integrity_decisions.decision_id = decided_responses.decision_id
    where decided_responses.organisation_id = ${organisation}
      and response_id ${within} and in_force = 1 ${IN_ORDER}`;
}

/** While what is read first is written the next is read, and no more than that. */
export async function* oneAhead(read: () => AsyncGenerator<StoredBatch>): AsyncGenerator<StoredBatch> {
  const source = read();
  let next = source.next();
  try {
    for (;;) {
      const { value, done } = await next;
      if (done === true) return;
      next = source.next();
      // Heard when its turn comes.
      next.catch(() => undefined);
      yield value;
    }
  } finally {
    await next.catch(() => undefined);
  }
}
