import { INTEGRITY_FLAGS, type IntegrityFlag } from '../../domain/integrity.ts';
import type { IntegrityDay, ListedAnswer } from '../../protocol/integrity.ts';
import { words } from '../words/words.ts';

/** Answers that are looked at together: a run, or what else is alike of a point's half-day. */
export interface AnswerGroup {
  readonly key: string;
  /** « Après-midi, Accueil : suite de 12 réponses sur une même tablette » */
  readonly label: string;
  readonly pointId: string;
  readonly isSetAside: boolean;
  /** Which rules flagged some of them. */
  readonly flags: readonly IntegrityFlag[];
  /** Whose decision holds for them; null where the rules hold. */
  readonly decidedBy: string | null;
  readonly answers: readonly ListedAnswer[];
}

/** Sorts a day's answers into what one would decide about at once, in the order they are listed in. */
export function groupsOf({ answers, points, decisions }: IntegrityDay): readonly AnswerGroup[] {
  const groups = new Map<string, ListedAnswer[]>();
  for (const answer of answers) {
    const { halfDay, pointId, isSetAside, run, decisionId, flags } = answer;
    const key = [halfDay, pointId, isSetAside, run, decisionId, flags.length > 0].join(' ');
    groups.set(key, [...(groups.get(key) ?? []), answer]);
  }
  return [...groups].flatMap(([key, members]) => {
    const [first] = members;
    if (first === undefined) return [];
    const text = words.integrity;
    const isFlagged = first.flags.length > 0;
    const count = members.length;
    const what = !isFlagged ? text.plain(count) : first.run === null ? text.alone(count) : text.run(count);
    const point = points.find(({ pointId }) => pointId === first.pointId)?.name ?? first.pointId;
    return [
      {
        key,
        label: text.group(text.halfDays[first.halfDay], point, what),
        pointId: first.pointId,
        isSetAside: first.isSetAside,
        flags: INTEGRITY_FLAGS.filter((flag) => members.some(({ flags }) => flags.includes(flag))),
        decidedBy:
          first.decisionId === null
            ? null
            : (decisions.find(({ decisionId }) => decisionId === first.decisionId)?.signedBy ?? ''),
        answers: members,
      },
    ];
  });
}
