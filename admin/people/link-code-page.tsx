import { Page } from '../components/page.tsx';
import { failureText } from '../shell/failure-words.ts';
import { type SessionState, useShell } from '../shell/session.tsx';
import { words } from '../words/words.ts';
import { CodeForm } from './code-form.tsx';
import './people.css';

/** Somebody has opened a link, and has a second factor: the link alone does not let them in. */
export function LinkCodePage({ state }: { state: Extract<SessionState, { kind: 'codeNeeded' }> }) {
  const { redeem } = useShell();
  const text = words.people.signIn;
  return (
    <div class="sign-in">
      <Page title={text.heading} heading={text.heading} lead={text.linkCodeLead}>
        <div class="card">
          {state.failure !== null && (
            <p class="form-failure" role="alert">
              {failureText(state.failure)}
            </p>
          )}
          <CodeForm submit={text.submit} onCode={async (code) => redeem(state.token, code)} />
        </div>
      </Page>
    </div>
  );
}
