import { Page } from '../components/page.tsx';
import { useSession, useShell } from '../shell/session.tsx';
import { words } from '../words/words.ts';
import { SecondFactorSection } from './second-factor-section.tsx';
import './people.css';

/** What whoever came in by password sees, and nothing else, until the second factor their role needs is set up. */
export function RequiredSecondFactorPage() {
  const { start, signOut } = useShell();
  const { person } = useSession();
  const text = words.people.secondFactor;
  return (
    <Page title={text.requiredHeading} heading={text.requiredHeading} lead={text.requiredLead}>
      <SecondFactorSection />
      <div class="form-actions account">
        {person.hasSecondFactor ? (
          <button type="button" class="button button-main" onClick={() => void start()}>
            {text.goOn}
          </button>
        ) : (
          <button type="button" class="button" onClick={() => void signOut()}>
            {words.shell.signOut}
          </button>
        )}
      </div>
    </Page>
  );
}
