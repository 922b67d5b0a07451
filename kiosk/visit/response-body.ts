import type { Channel, Disposition, SealedText, SurveyResponse } from '../../domain/answers.ts';
import type { BootId } from '../../domain/ids.ts';
import { type Visit, durationSecondsOf } from '../../domain/visit.ts';
import type { Assignment } from '../../protocol/assignment.ts';
import type { Judgement } from './integrity.part.ts';

const LONGEST_VISIT_SECONDS = 86_400;

/** The wire's `response` as it is stored and sent, byte for byte. It has no place for a visitor's words but sealed. */
export function responseBodyOf(
  visit: Visit,
  {
    assignment,
    bootId,
    channel,
  }: { readonly assignment: Assignment; readonly bootId: BootId; readonly channel: Channel },
  disposition: Disposition,
  sealedText: SealedText | null,
  judgement: Judgement | null,
  flags: readonly string[],
): string {
  const response: SurveyResponse = {
    surveyVersionId: assignment.surveyVersion.surveyVersionId,
    pointId: assignment.point.pointId,
    channel,
    language: visit.language,
    answeredAt: new Date(visit.startedAtMs).toISOString(),
    bootId,
    disposition,
    answers: visit.answers,
    sealedText,
    paradata: {
      durationSeconds: Math.min(LONGEST_VISIT_SECONDS, durationSecondsOf(visit)),
      ...judgement,
      flags: [...(judgement?.flags ?? []), ...flags],
    },
  };
  return JSON.stringify(response);
}
