import { ROLES } from '../../protocol/roles.ts';
import type { GrantedRole, ListedPerson, Team } from '../../protocol/team.ts';
import { useSession, useShell } from '../shell/session.tsx';
import { formatAgo } from '../words/format.ts';
import { words } from '../words/words.ts';

export type PersonAction = 'change' | 'send-link' | 'deactivate' | 'reactivate';

/** Somebody, what they are and where; with what an administrator may do about it. */
export function PersonCard(props: {
  person: ListedPerson;
  team: Team;
  onAction: (action: PersonAction) => void;
}) {
  const { now } = useShell();
  const { timeZone, services } = useSession();
  const { person, team, onAction } = props;
  const text = words.team;
  const isOff = person.deactivatedAt !== null;
  const mayClose = team.organisations.some((one) => one.organisationId === person.organisationId);
  const action = (kind: PersonAction, label: string) => (
    <button type="button" class="button button-small" onClick={() => onAction(kind)}>
      {label} <span class="visually-hidden">{text.of(person.name)}</span>
    </button>
  );
  return (
    <li class="card">
      <div>
        <h2>
          {person.name}
          {isOff && <span class="team-off">{text.deactivated}</span>}
        </h2>
        {person.email !== null && <p class="team-email soft">{person.email}</p>}
        <p class="soft small">
          {person.lastSeenAt === null
            ? text.neverSeen
            : text.lastSeen(formatAgo(person.lastSeenAt, now(), timeZone))}
        </p>
        <p class="soft small">{wayIn(person)}</p>
      </div>
      <ul class="team-roles">
        {person.grants.length === 0 && <li class="soft">{text.noRole}</li>}
        {ROLES.map((role) => ({ role, grants: person.grants.filter((grant) => grant.role === role) }))
          .filter(({ grants }) => grants.length > 0)
          .map(({ role, grants }) => (
            <li key={role}>
              <strong>{text.roles[role].name}</strong>
              {grants.map((grant) => (
                <p key={grant.organisationId} class="small">
                  {placesOf(grant, team, services)}
                </p>
              ))}
            </li>
          ))}
      </ul>
      {team.mayChange && (
        <div class="team-actions no-print">
          {!isOff && action('change', text.change)}
          {!isOff && team.canMail && action('send-link', text.sendLink)}
          {mayClose && action(isOff ? 'reactivate' : 'deactivate', isOff ? text.reactivate : text.deactivate)}
        </div>
      )}
    </li>
  );
}

function wayIn({ hasPassword, hasSecondFactor }: ListedPerson): string {
  const { ways } = words.team;
  if (!hasPassword) return ways.link;
  return hasSecondFactor ? ways.secondFactor : ways.password;
}

/** By name where whoever looks knows the places, which an auditor does by their services alone. */
function placesOf(
  { organisationId, role, siteIds, serviceIds }: GrantedRole,
  { organisations }: Team,
  services: readonly {
    organisationId: string;
    organisationName: string;
    serviceId: string;
    serviceName: string;
  }[],
): string {
  const organisation = organisations.find((one) => one.organisationId === organisationId);
  const own = services.filter((one) => one.organisationId === organisationId);
  const organisationName = organisation?.name ?? own[0]?.organisationName ?? organisationId;
  if (role !== 'referent') return `${organisationName}, ${words.team.wholeOrganisation.toLowerCase()}`;
  const siteName = (id: string) => organisation?.sites.find(({ siteId }) => siteId === id)?.name ?? id;
  const serviceName = (id: string) => own.find(({ serviceId }) => serviceId === id)?.serviceName ?? id;
  const places = [
    ...siteIds.map((id) => words.team.dialog.site(siteName(id))),
    ...serviceIds.map(serviceName),
  ];
  return places.length === 0 ? words.team.noPlace : places.join(', ');
}
