import type { EnrolmentId, OrganisationId, PointId } from '../../domain/ids.ts';
import type { Verdict } from '../../protocol/push.ts';
import type { Store } from '../store/store.ts';
import { carriedRequest, type PushWork } from './push-work.ts';
import { storePushes } from './store-pushes.ts';
import { type Ports, understand } from './understand.ts';

const PAGE_ROWS = 100;

interface KeptEntry {
  readonly organisation_id: string;
  readonly quarantine_id: string;
  readonly enrolment_id: string;
  readonly point_id: string;
  readonly received_at: string;
  readonly body: string;
}

/**
 * Judges everything in quarantine anew, as of the moment it came: a questionnaire may have been published since, a sealing key put back, Parvis
 * upgraded. What is now stored, or was already, leaves the quarantine; the rest stays there whole. Run again, it comes to the same.
 *
 * @returns how many entries came to each verdict
 */
export async function reexamine(store: Store, ports: Ports): Promise<Readonly<Record<Verdict, number>>> {
  const counts = { accepted: 0, duplicate: 0, erased: 0, quarantined: 0 };
  for (let page = await pageAfter(store, null); page.length > 0; page = await pageAfter(store, page.at(-1))) {
    const works = await Promise.all(page.map(async (kept) => workOf(kept, ports)));
    const outcomes = [...(await storePushes(store, works)).values()];
    for (const [index, kept] of page.entries()) {
      const outcome = outcomes[index];
      const verdict = outcome?.kind === 'stored' ? outcome.verdicts[0]?.verdict : undefined;
      if (verdict === undefined) continue;
      counts[verdict] += 1;
      if (verdict !== 'quarantined') await release(store, kept);
    }
  }
  return counts;
}

async function pageAfter({ db }: Store, last: KeptEntry | null | undefined): Promise<KeptEntry[]> {
  if (last === undefined) return [];
  let query = db
    .selectFrom('quarantine')
    .innerJoin('enrolments', (join) =>
      join
        .onRef('enrolments.organisation_id', '=', 'quarantine.organisation_id')
        .onRef('enrolments.enrolment_id', '=', 'quarantine.enrolment_id'),
    )
    .select([
      'quarantine.organisation_id',
      'quarantine.quarantine_id',
      'quarantine.enrolment_id',
      'enrolments.point_id',
      'quarantine.received_at',
      'quarantine.body',
    ])
    .orderBy('quarantine.organisation_id')
    .orderBy('quarantine.quarantine_id')
    .limit(PAGE_ROWS);
  if (last !== null)
    query = query.where(({ eb, or, and }) =>
      or([
        eb('quarantine.organisation_id', '>', last.organisation_id),
        and([
          eb('quarantine.organisation_id', '=', last.organisation_id),
          eb('quarantine.quarantine_id', '>', last.quarantine_id),
        ]),
      ]),
    );
  return query.execute();
}

async function workOf(kept: KeptEntry, ports: Ports): Promise<PushWork> {
  const organisationId = kept.organisation_id as OrganisationId;
  const raw: unknown = JSON.parse(kept.body);
  const receivedAtMs = Date.parse(kept.received_at);
  return {
    device: {
      organisationId,
      enrolmentId: kept.enrolment_id as EnrolmentId,
      pointId: kept.point_id as PointId,
    },
    timeZone: await ports.publications.timeZone(organisationId),
    receivedAtMs,
    isRescue: true,
    request: carriedRequest([raw], receivedAtMs, 'reexamined'),
    entries: [await understand(raw, organisationId, ports)],
  };
}

async function release({ db }: Store, { organisation_id, quarantine_id }: KeptEntry): Promise<void> {
  await db
    .deleteFrom('quarantine')
    .where('organisation_id', '=', organisation_id)
    .where('quarantine_id', '=', quarantine_id)
    .execute();
}
