import type { Verbatim } from '../../protocol/verbatims.ts';
import { formatDay, formatLanguage } from '../words/format.ts';
import { words } from '../words/words.ts';
import { isToModerate, isUnread } from './apply-change.ts';

/** Where and when a text was written, and what there is to know about it. */
export function VerbatimHead({ verbatim }: { verbatim: Verbatim }) {
  const text = words.verbatims;
  const isFrench = verbatim.language === 'fr' || verbatim.language.startsWith('fr-');
  return (
    <header class="verbatim-head">
      <strong>{verbatim.serviceName}</strong>
      <span class="soft">
        {verbatim.siteName}, {formatDay(verbatim.localDate)}, {text.halfDay[verbatim.halfDay]}
      </span>
      {!isFrench && <span class="tag">{text.writtenIn(formatLanguage(verbatim.language))}</span>}
      {verbatim.channel === 'phone' && <span class="tag">{text.byPhone}</span>}
      {verbatim.personalData.length > 0 && (
        <span class="tag">{text.personalData(verbatim.personalData)}</span>
      )}
      {isUnread(verbatim) && <span class="tag tag-unread">{text.unread}</span>}
      {verbatim.released !== null && <span class="tag">{words.moderation.released}</span>}
      {isToModerate(verbatim) && <span class="tag">{words.moderation.toModerate}</span>}
    </header>
  );
}
