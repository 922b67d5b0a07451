import type { VNode } from 'preact';
import { element, htmlPage } from '../html-page.ts';
import type { PublishedResults, PublishedService } from './read-results.ts';
import { RESULTS_WORDS, type ResultsLanguage, type ResultsWords } from './results-words.ts';

/** The public page: no script, no sign-in, read by a screen reader as by the eye. */
export async function resultsPage(
  { isDemonstration, organisations }: PublishedResults,
  language: ResultsLanguage,
): Promise<string> {
  const text = RESULTS_WORDS[language];
  const head = [
    element('meta', { name: 'description', content: text.lead }),
    element('link', { rel: 'stylesheet', href: '/resultats/style.css' }),
    element('link', { rel: 'alternate', hreflang: text.other.language, href: text.other.path }),
  ];
  const body = element(
    'body',
    null,
    element('a', { class: 'skip', href: '#resultats' }, text.skip),
    element(
      'header',
      null,
      element(
        'p',
        { class: 'language' },
        element(
          'a',
          { href: text.other.path, lang: text.other.language, hreflang: text.other.language },
          text.other.text,
        ),
      ),
      element('h1', null, text.title),
      element('p', { class: 'lead' }, text.lead),
    ),
    element(
      'main',
      { id: 'resultats' },
      ...(isDemonstration ? [element('p', { class: 'demonstration' }, text.demonstration)] : []),
      ...(organisations.length === 0 ? [element('p', null, text.nothing)] : []),
      ...organisations.map(({ name, services }) =>
        element(
          'section',
          null,
          element('h2', frenchIn(language), name),
          ...services.map((service) => serviceOf(service, language, text)),
        ),
      ),
    ),
    element(
      'footer',
      null,
      element('h2', null, text.methodTitle),
      ...text.method.map((line) => element('p', null, line)),
      element('h2', null, text.openDataTitle),
      element(
        'ul',
        null,
        element('li', null, element('a', { href: '/resultats/donnees.csv' }, text.csv)),
        element('li', null, element('a', { href: '/resultats/table-schema.json' }, text.schema)),
      ),
    ),
  );
  return htmlPage({ language, title: text.title, head }, body);
}

function serviceOf(
  { serviceName, siteName, result, improvements }: PublishedService,
  language: ResultsLanguage,
  text: ResultsWords,
): VNode {
  return element(
    'article',
    null,
    element('h3', frenchIn(language), serviceName),
    ...(siteName === serviceName ? [] : [element('p', { class: 'site', ...frenchIn(language) }, siteName)]),
    ...(result === null
      ? []
      : [
          element('p', { class: 'share' }, text.satisfied(percent(result.shareSatisfied, text))),
          element(
            'p',
            { class: 'details' },
            text.details(
              new Intl.NumberFormat(text.locale).format(result.base),
              `${number(result.low * 100, text)} – ${percent(result.high, text)}`,
              result.period[language] ?? result.period.fr,
            ),
          ),
        ]),
    ...(improvements.length === 0
      ? []
      : [
          element('h4', null, text.improvements),
          element(
            'dl',
            null,
            ...improvements.flatMap(({ said, done }) => [
              element('dt', null, `${text.said} `, element('span', frenchIn(language), said)),
              element('dd', null, `${text.done} `, element('span', frenchIn(language), done)),
            ]),
          ),
        ]),
  );
}

/** What the town wrote is French on a page in English too. */
function frenchIn(language: ResultsLanguage): Readonly<Record<string, string>> {
  return language === 'fr' ? {} : { lang: 'fr' };
}

function percent(share: number, text: ResultsWords): string {
  return `${number(share * 100, text)}${text.locale === 'fr-FR' ? '\u00a0' : ''}%`;
}

function number(value: number, { locale }: ResultsWords): string {
  return new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(value);
}
