import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { LANGUAGES } from '../../domain/survey.ts';
import type { VerbatimPage } from '../../protocol/verbatims.ts';
import { Segments } from '../components/segments.tsx';
import { useSession } from '../shell/session.tsx';
import { isSlashShortcutOn } from '../shell/slash-shortcut.ts';
import type { VerbatimState } from '../shell/url-state.ts';
import type { ViewHandle } from '../shell/view.ts';
import { formatLanguage } from '../words/format.ts';
import { words } from '../words/words.ts';

const STATES: readonly VerbatimState[] = ['unread', 'read', 'all', 'hidden'];

/** Which texts are listed. Each choice begins again at the first page. */
export function VerbatimFilters({ handle, themes }: { handle: ViewHandle; themes: VerbatimPage['themes'] }) {
  const text = words.verbatims;
  const { view } = handle;
  return (
    <>
      <PrintedFilters handle={handle} />
      <div class="verbatim-filters no-print">
        <Segments
          label={text.state}
          choices={STATES.map((state) => ({
            label: text.states[state],
            href: handle.address({ state, cursor: null }),
            isCurrent: state === view.state,
          }))}
        />
        <ServiceChoice handle={handle} />
        <LanguageChoice handle={handle} />
        <ThemeChoice handle={handle} themes={themes} />
        <ModerationChoice handle={handle} />
        <Search handle={handle} />
      </div>
    </>
  );
}

/** The same choices as a line of text, on paper. */
function PrintedFilters({ handle }: { handle: ViewHandle }) {
  const { services } = useSession();
  const { organisation, service, state, search } = handle.view;
  const chosen = services.find(
    (candidate) => candidate.organisationId === organisation && candidate.serviceId === service,
  );
  const text = words.verbatims;
  return (
    <p class="print-only">
      {text.printed(text.states[state], chosen?.serviceName ?? text.everyService, search)}
    </p>
  );
}

/** Narrows to one service. */
export function ServiceChoice({ handle }: { handle: ViewHandle }) {
  const { services } = useSession();
  const { organisation, service } = handle.view;
  const choose = (value: string) => {
    const [organisationId, serviceId] = value.split('/');
    handle.go({ organisation: organisationId || null, service: serviceId ?? null, cursor: null });
  };
  return (
    <select
      aria-label={words.verbatims.service}
      value={organisation === null ? '' : `${organisation}/${service}`}
      onChange={(event) => choose(event.currentTarget.value)}
    >
      <option value="">{words.verbatims.everyService}</option>
      {services.map((candidate) => (
        <option
          key={`${candidate.organisationId}/${candidate.serviceId}`}
          value={`${candidate.organisationId}/${candidate.serviceId}`}
        >
          {candidate.serviceName}
        </option>
      ))}
    </select>
  );
}

function ThemeChoice({ handle, themes }: { handle: ViewHandle; themes: VerbatimPage['themes'] }) {
  // Two organisations' lists may have the same theme.
  const choices = [...new Map(themes.map(({ themeId, name }) => [themeId, name]))];
  if (choices.length === 0) return null;
  return (
    <select
      aria-label={words.themes.theme}
      value={handle.view.theme ?? ''}
      onChange={(event) => handle.go({ theme: event.currentTarget.value || null, cursor: null })}
    >
      <option value="">{words.themes.everyTheme}</option>
      {choices.map(([themeId, name]) => (
        <option key={themeId} value={themeId}>
          {name}
        </option>
      ))}
    </select>
  );
}

/** What an export of this page would hold is what was released. */
function ModerationChoice({ handle }: { handle: ViewHandle }) {
  const text = words.moderation;
  return (
    <select
      aria-label={text.heading}
      value={handle.view.moderation ?? ''}
      onChange={(event) => {
        const { value } = event.currentTarget;
        const moderation = value === 'to-moderate' || value === 'released' ? value : null;
        handle.go({ moderation, cursor: null });
      }}
    >
      <option value="">{text.everyState}</option>
      <option value="to-moderate">{text.states['to-moderate']}</option>
      <option value="released">{text.states.released}</option>
    </select>
  );
}

function LanguageChoice({ handle }: { handle: ViewHandle }) {
  return (
    <select
      aria-label={words.verbatims.language}
      value={handle.view.language ?? ''}
      onChange={(event) => {
        const { value } = event.currentTarget;
        handle.go({ language: LANGUAGES.find((language) => language === value) ?? null, cursor: null });
      }}
    >
      <option value="">{words.verbatims.everyLanguage}</option>
      {LANGUAGES.map((language) => (
        <option key={language} value={language}>
          {language === 'fr-x-facile' ? words.verbatims.easyFrench : formatLanguage(language)}
        </option>
      ))}
    </select>
  );
}

function Search({ handle }: { handle: ViewHandle }) {
  const id = useId();
  const ref = useRef<HTMLInputElement>(null);
  const [search, setSearch] = useState(handle.view.search);
  useEffect(() => setSearch(handle.view.search), [handle.view.search]);
  const text = words.verbatims;
  useSlash(() => ref.current?.focus());
  return (
    <form
      class="search"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        handle.go({ search: search.trim(), cursor: null });
      }}
    >
      <label class="visually-hidden" for={id}>
        {text.search}
      </label>
      <input
        id={id}
        ref={ref}
        type="search"
        name="search"
        placeholder={text.search}
        title={text.searchHint}
        value={search}
        maxLength={200}
        onInput={(event) => setSearch(event.currentTarget.value)}
      />
      <button type="submit" class="button">
        {text.submitSearch}
      </button>
      {handle.view.search !== '' && (
        <a class="button button-quiet" href={handle.address({ search: '', cursor: null })}>
          {text.clearSearch}
        </a>
      )}
    </form>
  );
}

/** `/` anywhere but in a field, unless switched off in the account. */
function useSlash(onSlash: () => void) {
  useEffect(() => {
    if (!isSlashShortcutOn()) return;
    const onKeyDown = (event: KeyboardEvent) => {
      const isTyping =
        event.target instanceof Element && event.target.closest('input, textarea, select, dialog') !== null;
      if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      onSlash();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  });
}
