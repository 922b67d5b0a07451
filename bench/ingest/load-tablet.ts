import { randomBytes, randomUUID } from 'node:crypto';
import { AEAD_AES_128_GCM, CipherSuite, KDF_HKDF_SHA256, KEM_DHKEM_P256_HKDF_SHA256 } from 'hpke';
import * as v from 'valibot';
import type { BootId } from '../../domain/ids.ts';
import { createResponseId } from '../../domain/response-id.ts';
import { scaleOf } from '../../domain/scales.ts';
import { drawableItemsOf, globalItemOf } from '../../domain/survey.ts';
import { type Assignment, assignmentSchema } from '../../protocol/assignment.ts';
import { PROTOCOL_VERSION } from '../../protocol/protocol-version.ts';
import { SEALING_INFO, sealingAssociatedData } from '../../protocol/sealing.ts';
import { aReport } from '../../sync-server/ingest/a-push.ts';
import { enrolOverHttp } from '../../sync-server/ingest/enrol-over-http.ts';
import type { PreparedPush } from './load.ts';

const SUITE = new CipherSuite(KEM_DHKEM_P256_HKDF_SHA256, KDF_HKDF_SHA256, AEAD_AES_128_GCM);
/** One visitor in ten leaves a suggestion. */
const SEALED_EVERY = 10;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const MINUTES_OF_TWO_DAYS = 2 * 24 * 60;
const SUGGESTIONS = [
  'L’attente au guichet était longue ce matin, une borne pour les tickets aiderait.',
  'Personnel très aimable, merci !',
  'Il manque des chaises dans le hall et les panneaux se lisent mal de loin.',
];

export interface LoadEntry {
  readonly responseId: string;
  readonly sequence: number;
  readonly response: object;
}

/** A tablet back after an outage: its answers of the last two days, in order, fifty at a time. */
export interface LoadTablet {
  readonly token: string;
  readonly enrolmentId: string;
  readonly storeId: string;
  /** The next answer, with its text really sealed where it has one. */
  next(): Promise<LoadEntry>;
  /** Makes the pushes that follow those already made; the texts, where there are to be any, are really sealed, to this store's key. */
  prepare(pushes: number, entriesPerPush: number, hasTexts?: boolean): Promise<readonly PreparedPush[]>;
}

/** Enrols with a code over HTTP, as a tablet does. */
export async function enrolLoadTablet(
  origin: string,
  code: string,
  sealedEvery = SEALED_EVERY,
): Promise<LoadTablet> {
  const { token, enrolmentId } = await enrolOverHttp(origin, code);
  const assigned = await fetch(`${origin}/api/v1/assignment`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return createLoadTablet(
    { token, enrolmentId },
    v.parse(assignmentSchema, await assigned.json()),
    sealedEvery,
  );
}

function createLoadTablet(
  { token, enrolmentId }: { readonly token: string; readonly enrolmentId: string },
  assignment: Assignment,
  sealedEvery: number,
): LoadTablet {
  const bootId = randomUUID();
  let sequence = 0;

  async function entryAt(atMs: number, hasTexts = true): Promise<LoadEntry> {
    sequence += 1;
    const own = sequence;
    const responseId = createResponseId(atMs, randomBytes(12));
    return {
      responseId,
      sequence: own,
      response: {
        surveyVersionId: assignment.surveyVersion.surveyVersionId,
        pointId: assignment.point.pointId,
        channel: 'tablet',
        language: own % 20 === 0 ? 'en' : 'fr',
        answeredAt: new Date(atMs).toISOString(),
        bootId,
        disposition: own % 15 === 0 ? 'partial' : 'complete',
        answers: answersOf(assignment, own),
        sealedText: hasTexts && own % sealedEvery === 0 ? await seal(assignment, responseId, own) : null,
        paradata: { durationSeconds: 8 + (own % 30), flags: [] },
      },
    };
  }

  return {
    token,
    enrolmentId,
    storeId: assignment.storeId,
    next: () => entryAt(Date.now() - 2 * DAY_MS + (sequence % MINUTES_OF_TWO_DAYS) * MINUTE_MS),
    async prepare(pushes, entriesPerPush, hasTexts) {
      const startedMs = Date.now() - 2 * DAY_MS;
      const prepared: PreparedPush[] = [];
      for (let push = 0; push < pushes; push += 1) {
        const batchId = randomUUID();
        const entries = await Promise.all(
          Array.from({ length: entriesPerPush }, () =>
            entryAt(startedMs + (sequence % MINUTES_OF_TWO_DAYS) * MINUTE_MS, hasTexts),
          ),
        );
        prepared.push({
          batchId,
          responseIds: entries.map(({ responseId }) => responseId),
          body: Buffer.from(
            JSON.stringify({
              protocol: PROTOCOL_VERSION,
              batchId,
              sentAt: new Date().toISOString(),
              storeId: assignment.storeId,
              entries,
              report: aReport({ outboxDepth: entriesPerPush, bootId: bootId as BootId }),
            }),
          ),
        });
      }
      return prepared;
    },
  };
}

/** The global item and three of the others, every level in its turn, most of them good. */
function answersOf({ surveyVersion }: Assignment, turn: number): readonly object[] {
  const global = globalItemOf(surveyVersion);
  const others = drawableItemsOf(surveyVersion);
  const drawn = [0, 1, 2].map((step) => others[(turn * 3 + step) % others.length]);
  return [global, ...drawn].flatMap((item, step): object[] => {
    if (item === undefined) return [];
    if (item.kind === 'choice')
      return [{ itemId: item.itemId, kind: 'choice', codes: [item.options[0]?.code] }];
    const { points } = scaleOf(item.scaleId);
    const level = points[(turn + step) % 3 === 0 ? (turn * 7 + step) % points.length : 0];
    return [{ itemId: item.itemId, kind: 'rating', code: level?.code }];
  });
}

async function seal({ sealingKey }: Assignment, responseId: string, turn: number): Promise<object> {
  const { encapsulatedSecret, ciphertext } = await SUITE.Seal(
    await SUITE.DeserializePublicKey(Buffer.from(sealingKey.publicKey, 'base64')),
    Buffer.from(`${SUGGESTIONS[turn % SUGGESTIONS.length]} (${turn})`),
    { info: Buffer.from(SEALING_INFO), aad: Buffer.from(sealingAssociatedData(responseId)) },
  );
  return {
    encapsulatedKey: Buffer.from(encapsulatedSecret).toString('base64'),
    ciphertext: Buffer.from(ciphertext).toString('base64'),
    keyId: sealingKey.keyId,
  };
}
