import { randomBytes, randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { AEAD_AES_128_GCM, CipherSuite, KDF_HKDF_SHA256, KEM_DHKEM_P256_HKDF_SHA256 } from 'hpke';
import * as v from 'valibot';
import { INTEGRITY_RULES } from '../../domain/integrity.ts';
import type { PointId, SurveyVersionId } from '../../domain/ids.ts';
import { createResponseId } from '../../domain/response-id.ts';
import { type Assignment, assignmentSchema } from '../../protocol/assignment.ts';
import { enrolmentReplySchema } from '../../protocol/enrolment.ts';
import { PROTOCOL_VERSION } from '../../protocol/protocol-version.ts';
import { MAX_ENTRIES_PER_PUSH, pushReplySchema } from '../../protocol/push.ts';
import { SEALING_INFO, sealingAssociatedData } from '../../protocol/sealing.ts';
import { instantOf } from '../clock.ts';
import type { DemoVisit } from './demo-year.ts';

const SUITE = new CipherSuite(KEM_DHKEM_P256_HKDF_SHA256, KDF_HKDF_SHA256, AEAD_AES_128_GCM);

/** A made-up tablet that speaks the real wire: enrols with a code, fetches its assignment, seals, pushes, reads the verdicts. */
export class DemoTablet {
  readonly enrolmentId: string;
  readonly assignment: Assignment;
  readonly #app: FastifyInstance;
  readonly #token: string;
  readonly #bootId = randomUUID();
  #sequence = 0;

  private constructor(app: FastifyInstance, enrolmentId: string, token: string, assignment: Assignment) {
    this.#app = app;
    this.#token = token;
    this.enrolmentId = enrolmentId;
    this.assignment = assignment;
  }

  static async enrol(app: FastifyInstance, code: string): Promise<DemoTablet> {
    const enrolled = await app.inject({
      method: 'POST',
      url: '/api/v1/enrolments',
      payload: { code, report: reportOf(0) },
    });
    if (enrolled.statusCode !== 201)
      throw new Error(`The demonstration tablet was not enrolled: ${enrolled.body}`);
    const { enrolmentId, token } = v.parse(enrolmentReplySchema, enrolled.json());
    const assigned = await app.inject({
      url: '/api/v1/assignment',
      headers: { authorization: `Bearer ${token}` },
    });
    return new DemoTablet(app, enrolmentId, token, v.parse(assignmentSchema, assigned.json()));
  }

  /** Pushes visits in the order given; with none, a sign of life. `sentAtMs` is the made-up now. */
  async push(visits: readonly DemoVisit[], sentAtMs: number, stillWaiting = 0): Promise<void> {
    const batches = Math.max(1, Math.ceil(visits.length / MAX_ENTRIES_PER_PUSH));
    for (let batch = 0; batch < batches; batch += 1) {
      const part = visits.slice(batch * MAX_ENTRIES_PER_PUSH, (batch + 1) * MAX_ENTRIES_PER_PUSH);
      const entries = await Promise.all(part.map((visit) => this.#entryOf(visit, (this.#sequence += 1))));
      const reply = await this.#app.inject({
        method: 'POST',
        url: '/api/v1/push',
        headers: { authorization: `Bearer ${this.#token}` },
        payload: {
          protocol: PROTOCOL_VERSION,
          batchId: randomUUID(),
          sentAt: instantOf(sentAtMs),
          storeId: this.assignment.storeId,
          entries,
          report: { ...reportOf(stillWaiting), bootId: this.#bootId },
        },
      });
      if (reply.statusCode !== 201) throw new Error(`The demonstration was refused: ${reply.body}`);
      const refused = v
        .parse(pushReplySchema, reply.json())
        .verdicts.find(({ verdict }) => verdict !== 'accepted');
      if (refused !== undefined)
        throw new Error(`A made-up answer was not accepted: ${refused.verdict} ${refused.reason ?? ''}`);
    }
  }

  async #entryOf(visit: DemoVisit, sequence: number): Promise<object> {
    const responseId = createResponseId(visit.answeredAtMs, randomBytes(12));
    return {
      responseId,
      sequence,
      response: {
        surveyVersionId: this.assignment.surveyVersion.surveyVersionId satisfies SurveyVersionId,
        pointId: this.assignment.point.pointId satisfies PointId,
        channel: 'tablet',
        language: visit.language,
        answeredAt: instantOf(visit.answeredAtMs),
        bootId: this.#bootId,
        disposition: visit.disposition,
        answers: visit.answers,
        sealedText: visit.text === null ? null : await this.#seal(visit.text, responseId),
        paradata: {
          durationSeconds: visit.durationSeconds,
          flags: visit.flags ?? [],
          integrityRules: INTEGRITY_RULES,
        },
      },
    };
  }

  async #seal(text: string, responseId: string): Promise<object> {
    const { keyId, publicKey } = this.assignment.sealingKey;
    const sealed = await SUITE.Seal(
      await SUITE.DeserializePublicKey(Buffer.from(publicKey, 'base64')),
      Buffer.from(text, 'utf8'),
      { info: Buffer.from(SEALING_INFO), aad: Buffer.from(sealingAssociatedData(responseId)) },
    );
    return {
      encapsulatedKey: Buffer.from(sealed.encapsulatedSecret).toString('base64'),
      ciphertext: Buffer.from(sealed.ciphertext).toString('base64'),
      keyId,
    };
  }
}

function reportOf(outboxDepth: number): object {
  return {
    appVersion: 'demonstration',
    outboxDepth,
    oldestEntryAt: null,
    retainedCount: 0,
    storagePersisted: true,
    storageUsedBytes: 0,
    storageQuotaBytes: 0,
    lastError: null,
  };
}
