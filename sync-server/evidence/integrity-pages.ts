import { localMoment } from '../../domain/local-time.ts';
import type { Revision, ServiceDetail } from '../../protocol/scores.ts';
import type { MadeAt } from '../exports/about.ts';
import { REASONS } from '../exports/set-aside-columns.ts';
import { dayText, typeset } from '../exports/words.ts';
import { countText, decisionText, halfDayText, percentText } from './figure-texts.ts';
import type { EvidenceService } from './read-evidence.ts';
import type { TaggedPages } from './tagged-pages.ts';

/** What is out of a service's figures, the share without it and with it, and every decision about it, those taken back included. */
export function writeIntegrity(
  pages: TaggedPages,
  { detail, decisions }: EvidenceService,
  { timeZone }: MadeAt,
): void {
  pages.heading('H3', 'Réponses mises de côté');
  pages.paragraph(setAsideText(detail));
  pages.heading('H3', 'Décisions signées sur des réponses');
  if (decisions.length === 0) return pages.paragraph('Aucune.');
  const dayAt = (instant: string) => dayText(localMoment(Date.parse(instant), timeZone).date);
  pages.table(
    [
      { heading: 'Réponses du', share: 0.2 },
      { heading: 'Décision', share: 0.22 },
      { heading: 'Motif', share: 0.33 },
      { heading: 'Signée', share: 0.25 },
    ],
    decisions.map(({ date, halfDay, pointName, responses, kind, reason, signedBy, signedAt, takenBack }) => [
      [dayText(date), halfDayText(halfDay), pointName].filter(Boolean).join(', '),
      `${countText(responses)} ${decisionText(kind)}`,
      takenBack === null ? reason : typeset(`${reason} Reprise : ${takenBack.reason}`),
      takenBack === null
        ? `${signedBy}, le ${dayAt(signedAt)}`
        : `${signedBy}, le ${dayAt(signedAt)}, reprise par ${takenBack.by}, le ${dayAt(takenBack.at)}`,
    ]),
  );
}

/** « +3, −2 par décision » */
export function changeText({ addedResponses, includedResponses, excludedResponses }: Revision): string {
  const parts = [
    ...(addedResponses === 0 ? [] : [`+${countText(addedResponses)}`]),
    ...(includedResponses === 0 ? [] : [`+${countText(includedResponses)} par décision`]),
    ...(excludedResponses === 0 ? [] : [`−${countText(excludedResponses)} par décision`]),
  ];
  return parts.join(', ');
}

function setAsideText({ setAside, items }: ServiceDetail): string {
  const { responses, reasons, shareWith } = setAside;
  if (responses === 0) return 'Aucune.';
  const why = reasons
    .map(({ reason, responses: count }) => `${REASONS[reason]} : ${countText(count)}`)
    .join(', ');
  const figure = items.find((item) => item.isGlobal)?.figure;
  const both =
    shareWith === null
      ? 'Trop peu de réponses pour donner la part avec elles'
      : `Part de satisfaits sans elles : ${figure?.measures == null ? '–' : percentText(figure.measures.shareSatisfied)}. Part de satisfaits avec elles : ${percentText(shareWith)}`;
  return typeset(`${countText(responses)} réponses (${why}). ${both}.`);
}
