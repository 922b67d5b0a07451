import { useId } from 'preact/hooks';
import { ROLES, type Role } from '../../protocol/roles.ts';
import type { Team } from '../../protocol/team.ts';
import { words } from '../words/words.ts';
import { type Chosen, serviceKey, siteKey } from './chosen-places.ts';

/** The four roles, each with what it lets somebody do. */
export function RoleChoices(props: { role: Role; onRole: (role: Role) => void }) {
  const name = useId();
  return (
    <fieldset class="role-choices">
      <legend>{words.team.dialog.role}</legend>
      {ROLES.map((role) => (
        <label key={role} class="choice">
          <input
            type="radio"
            name={name}
            value={role}
            checked={props.role === role}
            onChange={() => props.onRole(role)}
          />
          <span>{words.team.roles[role].name}</span>
          <small>{words.team.roles[role].what}</small>
        </label>
      ))}
    </fieldset>
  );
}

/** Where the role holds: sites and services for a référent, organisations for the others, where there are several. */
export function PlaceChoices(props: {
  role: Role;
  organisations: Team['organisations'];
  chosen: Chosen;
  onChosen: (chosen: Chosen) => void;
}) {
  const { role, organisations, chosen } = props;
  const text = words.team.dialog;
  const box = (key: string, label: string, isGiven = false) => (
    <input
      type="checkbox"
      aria-label={label}
      checked={isGiven || chosen.has(key)}
      disabled={isGiven}
      onChange={(event) => {
        const next = new Set(chosen);
        if (event.currentTarget.checked) next.add(key);
        else next.delete(key);
        props.onChosen(next);
      }}
    />
  );
  if (role !== 'referent') {
    if (organisations.length < 2) return null;
    return (
      <fieldset class="place-choices">
        <legend>{text.organisations}</legend>
        {organisations.map(({ organisationId, name }) => (
          <label key={organisationId} class="choice">
            {box(organisationId, name)}
            <span>{name}</span>
          </label>
        ))}
      </fieldset>
    );
  }
  return (
    <>
      <p class="soft small">{text.placesHint}</p>
      {organisations.map(({ organisationId, name, sites }) => (
        <fieldset key={organisationId} class="place-choices">
          <legend>{organisations.length > 1 ? name : text.places}</legend>
          {sites.map(({ siteId, name: siteName, services }) => (
            <div key={siteId}>
              <label class="choice">
                {box(siteKey(organisationId, siteId), text.site(siteName))}
                <span>{text.site(siteName)}</span>
              </label>
              {services.map(({ serviceId, name: serviceName }) => (
                <label key={serviceId} class="choice choice-within">
                  {box(
                    serviceKey(organisationId, serviceId),
                    serviceName,
                    chosen.has(siteKey(organisationId, siteId)),
                  )}
                  <span>{serviceName}</span>
                </label>
              ))}
            </div>
          ))}
        </fieldset>
      ))}
    </>
  );
}
