import { pick } from '../../sync-server/demo/random.ts';
import remarks from '../../sync-server/demo/verbatims.json' with { type: 'json' };

const { otherLanguages: _others, ...byService } = remarks;
const REMARKS = Object.values(byService).flatMap(({ satisfied, dissatisfied }) => [
  ...satisfied,
  ...dissatisfied,
]);
/** Words that few texts have, as names of streets and numbers of files do. */
const RARE_WORDS = 20_000;

/** What a visitor may have written: one remark or two of the demonstration, and now and then a word that is nearly theirs alone. */
export function suggestionOf(random: () => number): string {
  const parts = [pick(REMARKS, random)];
  if (random() < 0.6) parts.push(pick(REMARKS, random));
  if (random() < 0.2) parts.push(`Dossier ${Math.floor(random() * RARE_WORDS)}.`);
  return parts.join(' ');
}
