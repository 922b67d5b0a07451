import { parseArgs } from 'node:util';
import type { OrganisationId, PointId } from '../../domain/ids.ts';
import { kioskOriginOf } from '../addresses.ts';
import { SYSTEM_CLOCK } from '../clock.ts';
import { readArguments, runCommand } from '../command.ts';
import { createEnrolmentCode, enrolmentLink } from '../enrolment/codes.ts';
import { PlainFault } from '../plain-fault.ts';
import type { Store } from '../store/store.ts';

const USAGE = 'npm run enrol -- --point <pointId> [--organisation <organisationId>] [--json]';

/** `npm run enrol`: prints a new one-time code and link for a reception point. */
export async function main(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  return runCommand(env, async (store, config) => {
    const { point, organisation, json } = readArguments(
      () =>
        parseArgs({
          args: [...argv],
          options: {
            point: { type: 'string' },
            organisation: { type: 'string' },
            json: { type: 'boolean' },
          },
        }).values,
      USAGE,
    );
    const place = await placeOf(store, point, organisation);
    const made = await createEnrolmentCode(store, SYSTEM_CLOCK, place);
    if (!made.ok) throw new PlainFault(`There is no point ${place.pointId}.`);
    const { code, linkSecret } = made.value;
    const url = enrolmentLink(kioskOriginOf(config), linkSecret);
    process.stdout.write(
      json === true
        ? `${JSON.stringify({ code, url })}\n`
        : `\nOnce, within an hour, for ${place.name}:\n\n  open  ${url}\n  or type  ${code}\n\n`,
    );
    return 0;
  });
}

async function placeOf(
  store: Store,
  pointId: string | undefined,
  organisationId: string | undefined,
): Promise<{ readonly organisationId: OrganisationId; readonly pointId: PointId; readonly name: string }> {
  const points = await store.db
    .selectFrom('points')
    .select(['organisation_id', 'point_id', 'name'])
    .orderBy('organisation_id')
    .orderBy('point_id')
    .execute();
  const known = points.map((one) => `  ${one.point_id.padEnd(30)} ${one.name}`).join('\n');
  if (pointId === undefined) throw new PlainFault(`${USAGE}\n\nThe points:\n${known}`);
  const found = points.filter(
    (one) =>
      one.point_id === pointId && (organisationId === undefined || one.organisation_id === organisationId),
  );
  const [only] = found;
  if (only === undefined) throw new PlainFault(`There is no point ${pointId}. The points:\n${known}`);
  if (found.length > 1)
    throw new PlainFault(
      `Several organisations have a point ${pointId}: add --organisation ${found.map((one) => one.organisation_id).join(' or ')}.`,
    );
  return {
    organisationId: only.organisation_id as OrganisationId,
    pointId: only.point_id as PointId,
    name: only.name,
  };
}
