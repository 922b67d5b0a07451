import { randomBytes, randomUUID } from 'node:crypto';
import { CipherSuite, AEAD_AES_128_GCM, KDF_HKDF_SHA256, KEM_DHKEM_P256_HKDF_SHA256 } from 'hpke';
import type { Answer, SealedText } from '../../domain/answers.ts';
import type { BatchId, BootId, ItemId, PointId, SurveyVersionId } from '../../domain/ids.ts';
import { createResponseId } from '../../domain/response-id.ts';
import type { DeviceReport } from '../../protocol/device-report.ts';
import type { Entry, PushRequest } from '../../protocol/push.ts';
import { SEALING_INFO, sealingAssociatedData } from '../../protocol/sealing.ts';

/** Builders of what tablets send, for tests. */
export const A_BOOT = '0b1d2f3a-4c5e-4f60-8a7b-9c0d1e2f3a4b' as BootId;

export function aReport(changes: Partial<DeviceReport> = {}): DeviceReport {
  return {
    appVersion: '0.1.0',
    outboxDepth: 0,
    oldestEntryAt: null,
    retainedCount: 0,
    storagePersisted: true,
    storageUsedBytes: 0,
    storageQuotaBytes: 0,
    lastError: null,
    bootId: A_BOOT,
    ...changes,
  };
}

export function aRating(itemId: string, code: string): Answer & { readonly kind: 'rating' } {
  return { itemId: itemId as ItemId, kind: 'rating', code };
}

type ResponseChanges = Partial<Omit<Entry['response'], 'pointId' | 'surveyVersionId'>> & {
  readonly pointId?: string;
  readonly surveyVersionId?: string;
};

/** An entry of the main reception's tablet: very satisfied, complete, no words. */
export function anEntry(sequence: number, changes: ResponseChanges = {}, responseId?: string): Entry {
  const answeredAt = changes.answeredAt ?? '2026-11-23T08:30:00.000Z';
  return {
    responseId: (responseId ??
      createResponseId(Date.parse(answeredAt), randomBytes(12))) as Entry['responseId'],
    sequence,
    response: {
      channel: 'tablet',
      language: 'fr',
      bootId: A_BOOT,
      disposition: 'complete',
      answers: [aRating('GLOB', 'very-satisfied')],
      sealedText: null,
      paradata: { durationSeconds: 14, flags: [] },
      ...changes,
      answeredAt,
      pointId: (changes.pointId ?? 'accueil-hotel-de-ville') as PointId,
      surveyVersionId: (changes.surveyVersionId ?? 'accueil-mairie-1') as SurveyVersionId,
    },
  };
}

export function aPush(entries: readonly unknown[], changes: Partial<PushRequest> = {}): PushRequest {
  return {
    protocol: 1,
    batchId: randomUUID() as BatchId,
    sentAt: '2026-11-23T09:00:00.000Z',
    storeId: null,
    entries: [...entries],
    report: aReport(),
    ...changes,
  };
}

/** Seals as a tablet does: with the library's own WebCrypto. */
export async function sealAsTablet(
  words: string | Uint8Array,
  responseId: string,
  publicKey: string,
  keyId?: string,
): Promise<SealedText> {
  const suite = new CipherSuite(KEM_DHKEM_P256_HKDF_SHA256, KDF_HKDF_SHA256, AEAD_AES_128_GCM);
  const key = await suite.DeserializePublicKey(Buffer.from(publicKey, 'base64'));
  const { encapsulatedSecret, ciphertext } = await suite.Seal(
    key,
    typeof words === 'string' ? Buffer.from(words) : words,
    { info: Buffer.from(SEALING_INFO), aad: Buffer.from(sealingAssociatedData(responseId)) },
  );
  return {
    encapsulatedKey: Buffer.from(encapsulatedSecret).toString('base64'),
    ciphertext: Buffer.from(ciphertext).toString('base64'),
    ...(keyId === undefined ? {} : { keyId }),
  };
}
