import type { OrganisationId, PointId } from '../domain/ids.ts';
import { adminOriginOf, isLoopback, kioskOriginOf } from './addresses.ts';
import type { AppDeps } from './app-deps.ts';
import { readBackupState } from './backup/note-backup.ts';
import type { Config } from './config.ts';
import { createEnrolmentCode, enrolmentLink } from './enrolment/codes.ts';
import { createSignInLink } from './people/sign-in-links.ts';
import { placeOf } from './store/postgres-faults.ts';
import type { Store } from './store/store.ts';
import { fromReceptionPoints } from './surveys/reception-points.ts';

/** What `npm start` prints: where the tablet and the web view are, a ready link to each, where the data lives. */
export async function startScreen(deps: AppDeps, port: number): Promise<string> {
  const { config } = deps;
  const lines = [
    ...(await tabletLines(deps, kioskOriginOf(config, port))),
    ...(await webViewLines(deps, adminOriginOf(config, port))),
    ...(config.databaseUrl === null ? [] : [['Database', `PostgreSQL, ${placeOf(config.databaseUrl)}`]]),
    ...(await backupLines(deps)),
    ['Data', config.dataDir],
  ].map(([label = '', text]) => `  ${label.padEnd(10)}${text ?? ''}`);
  const warning = httpsWarning(config);
  return ['', '  Parvis', '', ...lines, '', ...(warning === null ? [] : [`  ${warning}`, '']), ''].join('\n');
}

/** When the data is copied and where to, and what is amiss with that. */
async function backupLines({ store, config }: AppDeps): Promise<string[][]> {
  const { at, dir, isBesideData, keysDir } = config.backup;
  const { finishedAt, failedAt, fault } = await readBackupState(store);
  const last = finishedAt === null ? 'none yet' : `the last one as of ${finishedAt}`;
  const isOwn = store.file !== null && at.length > 0;
  const when = isOwn
    ? `Each day at ${at.join(', ')} into ${dir}`
    : store.file === null
      ? 'By PostgreSQL’s own tools, told with npm run note-backup'
      : 'Not by this server (BACKUP_AT=off)';
  return [
    ['Backup', `${when}; ${last}.`],
    ...(isBesideData && isOwn
      ? [
          [
            '',
            'That is where the data is: what takes the one takes the other. Set BACKUP_DIR to another disk.',
          ],
        ]
      : []),
    ...(keysDir === null
      ? [
          [
            '',
            'The sealing keys are in no backup: keep a copy of sealing-keys.json apart, or set BACKUP_KEYS_DIR.',
          ],
        ]
      : []),
    ...(failedAt === null ? [] : [['', `THE LAST BACKUP FAILED (${failedAt}): ${fault ?? ''}`]]),
  ];
}

/** What tablets will not be able to do; null where they can do everything. */
export function httpsWarning(config: Pick<Config, 'host' | 'tls' | 'trustProxy'>): string | null {
  if (isLoopback(config.host) || config.tls !== null || config.trustProxy.length > 0) return null;
  return 'No HTTPS: tablets cannot install Parvis nor start without network, and nobody can sign in to the web view from another machine. Set TLS_CERT_FILE and TLS_KEY_FILE, or TRUST_PROXY.';
}

async function tabletLines(deps: AppDeps, origin: string): Promise<string[][]> {
  const { store, clock, config } = deps;
  const address = ['Tablet', `${origin}/kiosk/`];
  const point = config.printLinks ? await pointWithoutTablet(store) : null;
  if (point === null) return [address];
  const made = await createEnrolmentCode(store, clock, point);
  if (!made.ok) return [address];
  return [
    address,
    ['', `To enrol it (${point.name}), open this once, within an hour, or type ${made.value.code}:`],
    ['', enrolmentLink(origin, made.value.linkSecret)],
  ];
}

async function webViewLines(deps: AppDeps, origin: string): Promise<string[][]> {
  const { config } = deps;
  const address = ['Web view', `${origin}/admin/`];
  if (!config.printLinks) return [address];
  const { url } = await createSignInLink(deps, { email: config.adminEmail, origin });
  return [address, ['', `To sign in as ${config.adminEmail}, open this once, within an hour:`], ['', url]];
}

/** The first reception that has no tablet yet, or else the first. */
async function pointWithoutTablet(
  store: Store,
): Promise<{ organisationId: OrganisationId; pointId: PointId; name: string } | null> {
  const points = await fromReceptionPoints(store.db)
    .leftJoin('enrolments', (join) =>
      join
        .onRef('enrolments.organisation_id', '=', 'points.organisation_id')
        .onRef('enrolments.point_id', '=', 'points.point_id')
        .on('enrolments.revoked_at', 'is', null),
    )
    .where('services.status', '=', 'active')
    .orderBy('organisations.position')
    .orderBy('services.position')
    .select(['points.organisation_id', 'points.point_id', 'points.name', 'enrolments.enrolment_id'])
    .execute();
  const chosen = points.find(({ enrolment_id }) => enrolment_id === null) ?? points[0];
  if (chosen === undefined) return null;
  return {
    organisationId: chosen.organisation_id as OrganisationId,
    pointId: chosen.point_id as PointId,
    name: chosen.name,
  };
}
