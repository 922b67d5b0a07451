import type { IntegrityService } from '../../protocol/integrity.ts';
import { WideTable } from '../components/wide-table.tsx';
import { pageAddress, PAGES } from '../shell/url-state.ts';
import type { ViewHandle } from '../shell/view.ts';
import { formatCount, formatDay, formatShare } from '../words/format.ts';
import { words } from '../words/words.ts';

/** Each service's share without what is set aside and with it, and the days there is something to look at. */
export function FiguresSection(props: { services: readonly IntegrityService[]; handle: ViewHandle }) {
  const text = words.integrity;
  const { services, handle } = props;
  const days = services.flatMap((service) => service.days.map((day) => ({ service, day })));
  return (
    <>
      <section class="card stack" aria-labelledby="chiffres">
        <h2 id="chiffres">{text.figures}</h2>
        <p class="soft">{text.figuresLead}</p>
        <WideTable label={text.caption}>
          <table class="table">
            <caption class="visually-hidden">{text.caption}</caption>
            <thead>
              <tr>
                <th scope="col">{text.service}</th>
                <th scope="col" class="number">
                  {text.without}
                </th>
                <th scope="col">{text.setAside}</th>
                <th scope="col" class="number">
                  {text.withThem}
                </th>
              </tr>
            </thead>
            <tbody>
              {services.map((service) => (
                <ServiceRow key={`${service.organisationId} ${service.serviceId}`} service={service} />
              ))}
            </tbody>
          </table>
        </WideTable>
      </section>
      <section class="card stack no-print" aria-labelledby="jours">
        <h2 id="jours">{text.days}</h2>
        {days.length === 0 ? (
          <p class="soft">{text.noDay}</p>
        ) : (
          <ul class="days">
            {days.map(({ service, day }) => (
              <li key={`${service.organisationId} ${service.serviceId} ${day.date}`}>
                <a
                  href={pageAddress(PAGES.integrity, {
                    period: handle.period,
                    organisation: service.organisationId,
                    service: service.serviceId,
                    day: day.date,
                  })}
                >
                  {text.dayHeading(
                    service.serviceName,
                    text.day(formatDay(day.date), day.setAside, day.responses + day.setAside),
                  )}
                </a>
              </li>
            ))}
          </ul>
        )}
      </section>
    </>
  );
}

function ServiceRow({ service }: { service: IntegrityService }) {
  const text = words.integrity;
  const { figure, setAside } = service;
  return (
    <tr>
      <th scope="row">
        {service.serviceName} <span class="soft small">{service.siteName}</span>
      </th>
      <td class="number">
        {figure.measures === null ? '–' : formatShare(figure.measures.shareSatisfied)}{' '}
        <span class="soft small">{words.scores.base(figure.base)}</span>
      </td>
      <td>
        {setAside.responses === 0
          ? text.nothing
          : `${formatCount(setAside.responses)} (${setAside.reasons
              .map(({ reason, responses }) =>
                words.scores.setAside.reason(words.scores.setAside.reasons[reason], responses),
              )
              .join(', ')})`}
      </td>
      <td class="number">
        {setAside.shareWith !== null
          ? formatShare(setAside.shareWith)
          : setAside.responses === 0
            ? '–'
            : text.notTold}
      </td>
    </tr>
  );
}
