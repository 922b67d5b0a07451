import { Page } from '../components/page.tsx';
import { plainPageWords as text } from '../words/fr/plain-page-words.ts';
import { words } from '../words/words.ts';
import { PAGES } from './url-state.ts';

/** Where an address leads nowhere. */
export function NotFoundPage() {
  return (
    <Page title={words.shell.notFound} heading={words.shell.notFound}>
      <div class="prose">
        <p>{words.shell.notFoundHelp}</p>
        <a class="button button-main" href={PAGES.overview}>
          {words.shell.backToWeek}
        </a>
      </div>
    </Page>
  );
}

/** The accessibility statement; it claims nothing that no audit has shown. */
export function AccessibilityPage() {
  return <Prose {...text.accessibility} />;
}

export function PrivacyPage() {
  return <Prose {...text.privacy} />;
}

function Prose(props: {
  title: string;
  sections: readonly { readonly heading: string | null; readonly paragraphs: readonly string[] }[];
}) {
  return (
    <Page title={props.title} heading={props.title}>
      <div class="prose">
        {props.sections.map(({ heading, paragraphs }) => (
          <section key={heading}>
            {heading !== null && <h2>{heading}</h2>}
            {paragraphs.map((paragraph) => (
              <p key={paragraph}>{paragraph}</p>
            ))}
          </section>
        ))}
      </div>
    </Page>
  );
}
