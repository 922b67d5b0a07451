import { useState } from 'preact/hooks';
import { linkSentSchema, type ListedPerson, teamSchema } from '../../protocol/team.ts';
import { ConfirmDialog } from '../components/confirm-dialog.tsx';
import { Notice } from '../components/notice.tsx';
import { Page } from '../components/page.tsx';
import { RemoteView } from '../components/remote-view.tsx';
import { failureText } from '../shell/failure-words.ts';
import { useMay, useReading, useShell } from '../shell/session.tsx';
import { words } from '../words/words.ts';
import { type PersonAction, PersonCard } from './person-card.tsx';
import { PersonDialog } from './person-dialog.tsx';
import './team.css';

type Asking =
  | { readonly kind: 'nothing' | 'invite' }
  | { readonly kind: 'change' | 'deactivate'; readonly person: ListedPerson };
type Said = { readonly tone: 'done' | 'fault'; readonly text: string };

/** Who works with Parvis: inviting, roles and places, closing an account. */
export function TeamPage() {
  const { api } = useShell();
  const mayChange = useMay('change-people');
  const reading = useReading('/api/v1/people', teamSchema);
  const [asking, setAsking] = useState<Asking>({ kind: 'nothing' });
  const [said, setSaid] = useState<Said | null>(null);
  const text = words.team;
  const close = () => setAsking({ kind: 'nothing' });
  const finish = (sentence: string) => {
    setSaid({ tone: 'done', text: sentence });
    close();
    reading.reload();
  };
  const addressOf = ({ organisationId, personId }: ListedPerson) =>
    `/api/v1/people/${organisationId}/${personId}`;

  const act = async (person: ListedPerson, action: PersonAction) => {
    setSaid(null);
    switch (action) {
      case 'change':
      case 'deactivate':
        return setAsking({ kind: action, person });
      case 'send-link': {
        const result = await api.send('POST', `${addressOf(person)}/sign-in-link`, {}, linkSentSchema);
        if (!result.ok) return setSaid({ tone: 'fault', text: failureText(result.error) });
        return setSaid(
          result.value.isLetterSent
            ? { tone: 'done', text: text.done.linkSent(person.name) }
            : { tone: 'fault', text: text.done.linkFailed(person.name) },
        );
      }
      case 'reactivate': {
        const result = await api.sendOnly('POST', `${addressOf(person)}/reactivation`, {});
        if (result.ok) finish(text.done.reactivated(person.name));
        else setSaid({ tone: 'fault', text: failureText(result.error) });
      }
    }
  };

  return (
    <Page
      title={text.heading}
      heading={text.heading}
      lead={text.lead}
      tools={
        mayChange && (
          <button type="button" class="button button-main" onClick={() => setAsking({ kind: 'invite' })}>
            {text.invite}
          </button>
        )
      }
    >
      {said !== null && (
        <Notice tone={said.tone}>
          <p>{said.text}</p>
        </Notice>
      )}
      <RemoteView handle={reading}>
        {(team) => (
          <>
            {team.mayChange && !team.canMail && (
              <Notice tone="plain">
                <p>{text.noMail}</p>
              </Notice>
            )}
            <ul class="team">
              {team.people.map((person) => (
                <PersonCard
                  key={`${person.organisationId}/${person.personId}`}
                  person={person}
                  team={team}
                  onAction={(action) => void act(person, action)}
                />
              ))}
            </ul>
            {(asking.kind === 'invite' || asking.kind === 'change') && (
              <PersonDialog
                person={asking.kind === 'change' ? asking.person : null}
                organisations={team.organisations}
                onClose={close}
                onDone={finish}
              />
            )}
            {asking.kind === 'deactivate' && (
              <ConfirmDialog
                heading={text.deactivateHeading(asking.person.name)}
                confirm={text.deactivate}
                send={() => api.sendOnly('POST', `${addressOf(asking.person)}/deactivation`, {})}
                onClose={close}
                onDone={() => finish(text.done.deactivated(asking.person.name))}
              >
                <p>{text.deactivateWhat}</p>
              </ConfirmDialog>
            )}
          </>
        )}
      </RemoteView>
    </Page>
  );
}
