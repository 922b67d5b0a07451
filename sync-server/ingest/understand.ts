import { hash } from 'node:crypto';
import * as v from 'valibot';
import { answerFaults } from '../../domain/answers.ts';
import type { OrganisationId } from '../../domain/ids.ts';
import type { OpeningHours } from '../../domain/opening-hours.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { SurveyVersion } from '../../domain/survey.ts';
import { type Entry, entrySchema } from '../../protocol/push.ts';
import { fieldErrors } from '../problems.ts';
import type { Publications } from './publications.ts';
import type { SealedTexts } from './sealed-texts.ts';

/** An entry that makes sense: what was answered, to what, where, and the words in clear. */
export interface Understood {
  readonly kind: 'understood';
  readonly entry: Entry;
  readonly surveyVersion: SurveyVersion;
  readonly serviceId: string;
  /** Of the point. */
  readonly openingHours: OpeningHours;
  readonly text: string | null;
  readonly contentHash: Buffer;
  /** As it came, should it have to be kept after all. */
  readonly raw: unknown;
}

/** An entry that does not, and why; it will be kept whole. */
export interface NotUnderstood {
  readonly kind: 'not-understood';
  /** As it came, where it could be read. */
  readonly responseId: string | null;
  readonly sequence: number | null;
  readonly reason: string;
  readonly raw: unknown;
}

export interface Ports {
  readonly publications: Publications;
  readonly texts: SealedTexts;
}

const decodeEntry = v.safeParser(entrySchema);
const decodeSequence = v.safeParser(entrySchema.entries.sequence);
const MAX_REASON = 500;
const MAX_FAULTS = 5;
const MAX_ECHOED_ID = 100;
const NUL = String.fromCodePoint(0);

/** Decodes one entry by itself, against the survey it claims to answer, and opens its words. Never throws for what an entry holds. */
export async function understand(
  raw: unknown,
  organisationId: OrganisationId,
  ports: Ports,
): Promise<Understood | NotUnderstood> {
  const decoded = decodeEntry(raw);
  if (!decoded.success)
    return notUnderstood(
      raw,
      fieldErrors(decoded.issues).map(
        ({ field, message }) => `${field === '' ? 'entry' : field}: ${message}`,
      ),
    );
  return understandEntry(decoded.output, raw, organisationId, ports);
}

/** Decodes a push's entries, one after the other: the first asks for what is published, and the others find it in memory. */
export async function understandAll(
  entries: readonly unknown[],
  organisationId: OrganisationId,
  ports: Ports,
): Promise<(Understood | NotUnderstood)[]> {
  const read: (Understood | NotUnderstood)[] = [];
  for (const raw of entries) read.push(await understand(raw, organisationId, ports));
  return read;
}

/** The same for an entry that is decoded already. */
export async function understandEntry(
  entry: Entry,
  raw: unknown,
  organisationId: OrganisationId,
  ports: Ports,
): Promise<Understood | NotUnderstood> {
  const checked = await check(entry, organisationId, ports);
  return checked.ok
    ? { kind: 'understood', entry, ...checked.value, contentHash: contentHashOf(entry), raw }
    : notUnderstood(raw, checked.error);
}

/**
 * What makes two entries the same: everything but the moment. A plain hash that covered it would let anybody with the database try
 * every millisecond of the half-day until it fits, and know after all who stood at the desk at 10:42. The fields are listed one by
 * one, so that the same content gives the same bytes whoever wrote it; a later field is to be added only where it is present.
 */
export function contentHashOf({ response }: Pick<Entry, 'response'>): Buffer {
  const { sealedText, paradata } = response;
  const content = [
    response.surveyVersionId,
    response.pointId,
    response.channel,
    response.language,
    response.bootId,
    response.disposition,
    response.answers.map((answer) => [answer.itemId, answer.kind === 'rating' ? answer.code : answer.codes]),
    sealedText && [sealedText.encapsulatedKey, sealedText.ciphertext, sealedText.keyId ?? null],
    paradata.durationSeconds,
    paradata.flags,
    ...(paradata.integrityRules === undefined ? [] : [paradata.integrityRules]),
  ];
  // In one call, and by way of text: an object and a buffer of its own for each response cost four times the hashing.
  return Buffer.from(hash('sha256', JSON.stringify(content), 'hex'), 'hex');
}

async function check(
  { responseId, response }: Entry,
  organisationId: OrganisationId,
  { publications, texts }: Ports,
): Promise<
  Result<Pick<Understood, 'surveyVersion' | 'serviceId' | 'openingHours' | 'text'>, readonly string[]>
> {
  const faults: string[] = [];
  // Waited for only where memory does not hold it: nearly never, and thousands of waits a second would cost more than what is waited for.
  const surveyVersion =
    publications.keptSurveyVersion(organisationId, response.surveyVersionId) ??
    (await publications.surveyVersion(organisationId, response.surveyVersionId));
  if (surveyVersion === null)
    faults.push(`response.surveyVersionId: there is no survey version ${response.surveyVersionId}`);
  else faults.push(...answerFaults(surveyVersion, response.answers).map((fault) => `response.${fault}`));
  const point =
    publications.keptPoint(organisationId, response.pointId) ??
    (await publications.point(organisationId, response.pointId));
  if (point === null) faults.push(`response.pointId: there is no point ${response.pointId}`);
  response.paradata.flags.forEach((flag, index) => {
    if (hasUnstorable(flag))
      faults.push(`response.paradata.flags[${index}]: holds a lone surrogate or U+0000`);
  });
  if (surveyVersion === null || point === null || faults.length > 0) return err(faults);
  if (response.sealedText === null) return ok({ surveyVersion, ...point, text: null });
  const opened = await texts.open(response.sealedText, responseId);
  return opened.ok ? ok({ surveyVersion, ...point, text: opened.value }) : err([`response.${opened.error}`]);
}

function notUnderstood(raw: unknown, faults: readonly string[]): NotUnderstood {
  const { responseId, sequence } = (typeof raw === 'object' && raw !== null ? raw : {}) as {
    responseId?: unknown;
    sequence?: unknown;
  };
  const readSequence = decodeSequence(sequence);
  const isReadable =
    typeof responseId === 'string' && responseId.length <= MAX_ECHOED_ID && !hasUnstorable(responseId);
  const more = faults.length > MAX_FAULTS ? `; and ${faults.length - MAX_FAULTS} more` : '';
  return {
    kind: 'not-understood',
    responseId: isReadable ? responseId : null,
    sequence: readSequence.success ? readSequence.output : null,
    reason: storable(`${faults.slice(0, MAX_FAULTS).join('; ')}${more}`).slice(0, MAX_REASON),
    raw,
  };
}

function hasUnstorable(text: string): boolean {
  return text.includes(NUL) || /\p{Surrogate}/u.test(text);
}

/** Reasons quote what came; what SQL text cannot hold is replaced. */
function storable(text: string): string {
  return text.replaceAll(/\p{Surrogate}/gu, '\ufffd').replaceAll(NUL, '\ufffd');
}
