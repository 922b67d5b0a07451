import { useLocation } from 'preact-iso';
import type { ComponentChildren } from 'preact';
import { words } from '../words/words.ts';
import { APP_VERSION } from './app-version.ts';
import { useMay, useShell } from './session.tsx';
import { PAGES, pageAddress, viewOf } from './url-state.ts';
import './frame.css';

/** What stands around every page: skip link, navigation, banners, footer. */
export function Frame(props: { children: ComponentChildren }) {
  const { state } = useShell();
  const isSignedIn = state.kind === 'signedIn';
  return (
    <>
      <a class="skip-link" href="#contenu">
        {words.shell.skipLink}
      </a>
      <header class="frame-head">
        <div class="frame-row">
          <a class="brand" href={PAGES.overview}>
            <Mark />
            {words.shell.product}
          </a>
          {isSignedIn && !state.session.mustSetSecondFactor && <Navigation />}
        </div>
      </header>
      {isSignedIn && state.session.isDemonstration && (
        <aside class="demonstration" aria-label={words.shell.demonstrationLabel}>
          {words.shell.demonstration}
        </aside>
      )}
      {isSignedIn && !state.session.person.hasPassword && <PasswordBanner />}
      <main id="contenu" class="frame-main" tabIndex={-1}>
        {props.children}
      </main>
      <footer class="frame-foot" aria-label={words.shell.footer}>
        <div class="frame-row">
          <span>{words.shell.version(APP_VERSION)}</span>
          <a href={PAGES.accessibility}>{words.shell.accessibility}</a>
          <a href={PAGES.privacy}>{words.shell.privacy}</a>
        </div>
      </footer>
    </>
  );
}

function Navigation() {
  const { path, query } = useLocation();
  const { signOut } = useShell();
  const { period, compare } = viewOf(query);
  const links = [
    {
      label: words.shell.week,
      page: PAGES.overview,
      isHere: path === '/admin' || path === PAGES.integrity || path.startsWith('/admin/services'),
    },
    {
      label: words.shell.verbatims,
      page: PAGES.verbatims,
      isHere: [PAGES.verbatims, PAGES.moderation, PAGES.themes].some((page) => page === path),
    },
    { label: words.comparison.heading, page: PAGES.comparison, isHere: path === PAGES.comparison },
    { label: words.attendance.heading, page: PAGES.attendance, isHere: path === PAGES.attendance },
    { label: words.shell.tablets, page: PAGES.fleet, isHere: path === PAGES.fleet },
    ...(useMay('publish')
      ? [{ label: words.shell.publication, page: PAGES.publication, isHere: path === PAGES.publication }]
      : []),
    ...(useMay('read-people')
      ? [{ label: words.team.heading, page: PAGES.team, isHere: path === PAGES.team }]
      : []),
    ...(useMay('read-audit')
      ? [{ label: words.audit.heading, page: PAGES.audit, isHere: path === PAGES.audit }]
      : []),
  ];
  return (
    <>
      <nav class="frame-nav" aria-label={words.shell.mainNavigation}>
        <ul>
          {links.map(({ label, page, isHere }) => (
            <li key={page}>
              <a href={pageAddress(page, { period, compare })} aria-current={isHere ? 'page' : undefined}>
                {label}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div class="frame-account">
        <a href={PAGES.account} aria-current={path === PAGES.account ? 'page' : undefined}>
          {words.shell.account}
        </a>
        <button type="button" class="frame-sign-out" onClick={() => void signOut()}>
          {words.shell.signOut}
        </button>
      </div>
    </>
  );
}

function PasswordBanner() {
  const { path } = useLocation();
  if (path === PAGES.account) return null;
  return (
    <aside class="password-banner no-print" aria-label={words.shell.passwordBannerLabel}>
      <p>
        {words.shell.passwordBanner} <a href={PAGES.account}>{words.shell.passwordBannerLink}</a>
      </p>
    </aside>
  );
}

/** A square seen from above, its people walking in: the parvis. */
function Mark() {
  return (
    <svg class="brand-mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d="M3 11 12 4l9 7" />
      <path d="M5.5 11v8.5M12 11v8.5M18.5 11v8.5" />
      <path d="M3 21h18" />
    </svg>
  );
}
