import { firstDay, lastDay, type Period } from '../../domain/periods.ts';
import { LANGUAGES, type Wording } from '../../domain/survey.ts';

/** Latin figures in every language, as the tablet writes its own. */
const LOCALES: Readonly<Record<string, string>> = { pt: 'pt-PT', ar: 'ar-MA-u-nu-latn' };

/** The months of a period as each language of the tablet says them: « Juillet – septembre 2026 ». */
export function periodLabel(period: Period): Wording {
  const [from, to] = [firstDay(period), lastDay(period)].map((day) => new Date(`${day}T12:00:00Z`));
  const labels = LANGUAGES.map((language) => {
    const locale = LOCALES[language] ?? language;
    const months = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });
    const text = months.formatRange(from as Date, to as Date);
    return [language, text.charAt(0).toLocaleUpperCase(locale) + text.slice(1)] as const;
  });
  return Object.fromEntries(labels) as Wording;
}
