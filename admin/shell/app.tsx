import { LocationProvider, Route, Router, useLocation } from 'preact-iso';
import { useEffect } from 'preact/hooks';
import { AttendancePage } from '../attendance/attendance-page.tsx';
import { ComparisonPage } from '../comparison/comparison-page.tsx';
import { AuditPage } from '../audit/audit-page.tsx';
import { Dialog } from '../components/dialog.tsx';
import { Notice } from '../components/notice.tsx';
import { ExportsPage } from '../exports/exports-page.tsx';
import { FleetPage } from '../fleet/fleet-page.tsx';
import { IntegrityPage } from '../integrity/integrity-page.tsx';
import { AccountPage } from '../people/account-page.tsx';
import { LinkCodePage } from '../people/link-code-page.tsx';
import { LinkForm } from '../people/link-form.tsx';
import { RequiredSecondFactorPage } from '../people/required-second-factor-page.tsx';
import { SignInForm } from '../people/sign-in-form.tsx';
import { SignInPage } from '../people/sign-in-page.tsx';
import { PublicationPage } from '../publication/publication-page.tsx';
import { OverviewPage } from '../scores/overview-page.tsx';
import { ServicePage } from '../scores/service-page.tsx';
import { ThemesPage } from '../themes/themes-page.tsx';
import { ModerationPage } from '../verbatims/moderation-page.tsx';
import { TeamPage } from '../team/team-page.tsx';
import { VerbatimsPage } from '../verbatims/verbatims-page.tsx';
import { words } from '../words/words.ts';
import { ExpiryWarning } from './expiry-warning.tsx';
import { failureText } from './failure-words.ts';
import { Frame } from './frame.tsx';
import { AccessibilityPage, NotFoundPage, PrivacyPage } from './plain-pages.tsx';
import { ShellProvider, useShell } from './session.tsx';
import { linkTokenOf } from './sign-in-link.ts';
import { PAGES } from './url-state.ts';

/** The whole web view. The browser's own things arrive as arguments, so that tests can stand in for them. */
export function App(props: { fetchReply: typeof fetch; now: () => number; linkToken: string | null }) {
  return (
    <ShellProvider {...props}>
      <LocationProvider scope="/admin">
        <Frame>
          <Screen />
        </Frame>
      </LocationProvider>
    </ShellProvider>
  );
}

function Screen() {
  const { state, start, enter } = useShell();
  const { path } = useLocation();
  useSignInLinks();
  // These two say nothing of anybody: they are for everybody.
  if (path === PAGES.accessibility) return <AccessibilityPage />;
  if (path === PAGES.privacy) return <PrivacyPage />;
  switch (state.kind) {
    case 'starting':
      return (
        <p class="soft starting" role="status">
          {words.shell.loading}
        </p>
      );
    case 'failed':
      return (
        <Notice tone="fault" title={words.shell.failedTitle}>
          <p>{failureText(state.failure)}</p>
          <button type="button" class="button" onClick={() => void start()}>
            {words.shell.retry}
          </button>
        </Notice>
      );
    case 'signedOut':
      return <SignInPage state={state} />;
    case 'codeNeeded':
      return <LinkCodePage state={state} />;
    case 'signedIn':
      return (
        <>
          {state.session.mustSetSecondFactor ? <RequiredSecondFactorPage /> : <Pages />}
          {!state.isExpired && <ExpiryWarning />}
          {state.isExpired && (
            <Dialog heading={words.people.signIn.heading}>
              <p>{words.people.signIn.expired}</p>
              <SignInForm onSignedIn={enter} email={state.session.person.email} />
              <LinkForm />
            </Dialog>
          )}
        </>
      );
  }
}

function Pages() {
  return (
    <Router>
      <Route path="/admin" component={OverviewPage} />
      <Route path="/admin/services/:organisationId/:serviceId" component={ServicePage} />
      <Route path={PAGES.verbatims} component={VerbatimsPage} />
      <Route path={PAGES.moderation} component={ModerationPage} />
      <Route path={PAGES.comparison} component={ComparisonPage} />
      <Route path={PAGES.integrity} component={IntegrityPage} />
      <Route path={PAGES.attendance} component={AttendancePage} />
      <Route path={PAGES.themes} component={ThemesPage} />
      <Route path={PAGES.fleet} component={FleetPage} />
      <Route path={PAGES.publication} component={PublicationPage} />
      <Route path={PAGES.exports} component={ExportsPage} />
      <Route path={PAGES.team} component={TeamPage} />
      <Route path={PAGES.audit} component={AuditPage} />
      <Route path={PAGES.account} component={AccountPage} />
      <Route default component={NotFoundPage} />
    </Router>
  );
}

/** A sign-in link opened in a window that already shows us changes the fragment alone: no page is loaded. */
function useSignInLinks() {
  const { redeem } = useShell();
  const { route } = useLocation();
  useEffect(() => {
    const onHashChange = () => {
      const token = linkTokenOf(location.hash);
      if (token === null) return;
      route(PAGES.overview, true);
      void redeem(token);
    };
    addEventListener('hashchange', onHashChange);
    return () => removeEventListener('hashchange', onHashChange);
  });
}
