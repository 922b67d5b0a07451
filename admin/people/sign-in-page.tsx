import { Notice } from '../components/notice.tsx';
import { Page } from '../components/page.tsx';
import { failureText } from '../shell/failure-words.ts';
import { type SessionState, useShell } from '../shell/session.tsx';
import { words } from '../words/words.ts';
import { LinkForm } from './link-form.tsx';
import { SignInForm } from './sign-in-form.tsx';

/** What somebody sees who is not signed in; the address stays, and leads there once they are. */
export function SignInPage({ state }: { state: Extract<SessionState, { kind: 'signedOut' }> }) {
  const { enter } = useShell();
  const text = words.people.signIn;
  return (
    <div class="sign-in">
      <Page title={text.heading} heading={text.heading} lead={text.lead}>
        {state.reason === 'signed-out' && (
          <Notice tone="done">
            <p>{text.signedOut}</p>
          </Notice>
        )}
        {state.failure !== null && (
          <Notice tone="fault">
            <p>{failureText(state.failure)}</p>
          </Notice>
        )}
        <div class="card">
          <SignInForm onSignedIn={enter} />
        </div>
        <LinkForm />
      </Page>
    </div>
  );
}
