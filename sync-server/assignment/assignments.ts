import { createHash } from 'node:crypto';
import type { OrganisationId, PointId, ServiceId } from '../../domain/ids.ts';
import { localMoment } from '../../domain/local-time.ts';
import type { Assignment } from '../../protocol/assignment.ts';
import { PROTOCOL_VERSION } from '../../protocol/protocol-version.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Device } from '../fleet/device-token.ts';
import { staffCodeProof } from '../fleet/staff-codes.ts';
import { type PresenceKey, PresenceKeys } from '../presence/presence-keys.ts';
import { shownOnTablets } from '../publication/shown-on-tablets.ts';
import type { Store } from '../store/store.ts';
import { fromReceptionPoints } from '../surveys/reception-points.ts';
import type { SealingKeys } from './sealing-keys.ts';

/** What a tablet at a point is told: the tag that changes with it, and the text that goes on the wire, made when it is asked for. */
export interface TaggedAssignment {
  readonly tag: string;
  json(): string;
}

/** What all tablets of a point are told alike. While it says the same it is the same object, however often it is read. */
interface Place {
  readonly content: Assignment;
  readonly staffCode: Assignment['staffCode'];
  readonly tag: string;
}

interface Told {
  readonly place: Place;
  readonly presence: PresenceKey;
  readonly assignment: TaggedAssignment;
}

/** How long an assignment may be told from memory: each push names its tag. */
const FRESH_MS = 5_000;

/** The assignments of all points, each read at most every few seconds. */
export class Assignments {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #sealingKeys: SealingKeys;
  readonly #presenceKeys: PresenceKeys;
  readonly #kioskOrigin: string | null;
  readonly #freshMs: number;
  readonly #kept = new Map<string, { readonly readAt: number; readonly place: Place | null }>();
  readonly #told = new Map<string, Told>();

  constructor(ports: {
    readonly store: Store;
    readonly clock: Clock;
    readonly sealingKeys: SealingKeys;
    readonly config: Pick<Config, 'kioskOrigin'>;
    /** Where no place changes they are read again less often. */
    readonly placesFreshMs?: number;
  }) {
    this.#store = ports.store;
    this.#clock = ports.clock;
    this.#sealingKeys = ports.sealingKeys;
    this.#presenceKeys = new PresenceKeys(ports);
    this.#kioskOrigin = ports.config.kioskOrigin;
    this.#freshMs = ports.placesFreshMs ?? FRESH_MS;
  }

  /** What this tablet is told, its own key for telephones included; null where its point does not exist or has no questionnaire. */
  async of(device: Device): Promise<TaggedAssignment | null> {
    const place = await this.#placeOf(device.organisationId, device.pointId);
    if (place === null) return null;
    const presence = await this.#presenceKeys.of(device);
    const told = this.#told.get(device.enrolmentId);
    if (told?.place === place && told.presence === presence) return told.assignment;
    const { content, staffCode } = place;
    const own = { presence: { ...presence, origin: this.#kioskOrigin }, staffCode };
    // The text itself, fifty kilobytes and more, is not kept for each of a thousand tablets.
    const assignment = {
      tag: tagOf([place.tag, own]),
      json: () => JSON.stringify({ ...content, ...own }),
    };
    this.#told.set(device.enrolmentId, { place, presence, assignment });
    return assignment;
  }

  /** What is asked at a point, whoever asks. */
  async atPoint(organisationId: OrganisationId, pointId: PointId): Promise<Assignment | null> {
    return (await this.#placeOf(organisationId, pointId))?.content ?? null;
  }

  async #placeOf(organisationId: OrganisationId, pointId: PointId): Promise<Place | null> {
    const key = JSON.stringify([organisationId, pointId]);
    const kept = this.#kept.get(key);
    const now = this.#clock.now();
    if (kept !== undefined && now >= kept.readAt && now - kept.readAt < this.#freshMs) return kept.place;
    const read = await this.#readPlace(organisationId, pointId, now);
    const place = read !== null && kept?.place?.tag === read.tag ? kept.place : read;
    this.#kept.set(key, { readAt: now, place });
    return place;
  }

  async #readPlace(organisationId: OrganisationId, pointId: PointId, nowMs: number): Promise<Place | null> {
    const content = await readAssignment(this.#store, organisationId, pointId, this.#sealingKeys, nowMs);
    if (content === null) return null;
    const staffCode = await staffCodeProof(this.#store, organisationId, this.#clock);
    return { content, staffCode, tag: tagOf([content, staffCode]) };
  }
}

function tagOf(told: unknown): string {
  return createHash('sha256').update(JSON.stringify(told)).digest('base64url').slice(0, 22);
}

async function readAssignment(
  store: Store,
  organisationId: OrganisationId,
  pointId: PointId,
  { current }: SealingKeys,
  nowMs: number,
): Promise<Assignment | null> {
  const row = await fromReceptionPoints(store.db)
    .innerJoin('survey_versions', (join) =>
      join
        .onRef('survey_versions.organisation_id', '=', 'points.organisation_id')
        .onRef('survey_versions.survey_id', '=', 'points.survey_id'),
    )
    .where('points.organisation_id', '=', organisationId)
    .where('points.point_id', '=', pointId)
    .orderBy('survey_versions.number', 'desc')
    .limit(1)
    .select([
      'organisations.name as organisationName',
      'organisations.time_zone as timeZone',
      'organisations.notice',
      'organisations.is_demonstration as isDemonstration',
      'sites.name as siteName',
      'services.service_id as serviceId',
      'services.name as serviceName',
      'points.name as pointName',
      'points.opening_hours as openingHours',
      'survey_versions.content',
    ])
    .executeTakeFirst();
  if (row === undefined) return null;
  const serviceId = row.serviceId as ServiceId;
  return {
    protocol: PROTOCOL_VERSION,
    storeId: store.storeId,
    organisation: { organisationId, name: row.organisationName },
    site: { name: row.siteName },
    service: { serviceId, name: row.serviceName },
    point: { pointId, name: row.pointName, openingHours: JSON.parse(row.openingHours) },
    timeZone: row.timeZone,
    surveyVersion: JSON.parse(row.content),
    texts: { notice: JSON.parse(row.notice) },
    sealingKey: { keyId: current.keyId, publicKey: current.publicKey },
    ...(await shownOnTablets(store, { organisationId, serviceId }, localMoment(nowMs, row.timeZone).date)),
    isDemonstration: row.isDemonstration === 1,
  };
}
