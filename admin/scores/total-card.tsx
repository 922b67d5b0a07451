import type { Overview } from '../../protocol/scores.ts';
import type { ViewHandle } from '../shell/view.ts';
import { words } from '../words/words.ts';
import { overviewRows } from './overview-rows.ts';
import { Reading } from './reading.tsx';
import { SetAsideLine } from './set-aside.tsx';
import './scores.css';

/** All active services together, unless that would tell what is hidden. */
export function TotalCard(props: { overview: Overview; handle: ViewHandle; axisStart: number }) {
  const { overview, handle } = props;
  const text = words.scores.overview;
  const { total } = overview;
  const active = overview.services.filter((service) => service.status === 'active');
  const [first] = active;
  if (active.length < 2 || first === undefined) return null;
  const rows = overviewRows({ ...total, compared: null }, handle.period, handle.comparedPeriod);
  const isSuppressed = total.figure.disclosure === 'hidden' && total.responses > 0;
  return (
    <section class="service card service-total" aria-label={text.total}>
      <header class="service-head">
        <h2>{text.total}</h2>
        <p class="soft small">{text.totalNote}</p>
        <p class="service-answers">
          <strong>{words.scores.answers(total.responses)}</strong>
        </p>
      </header>
      <div class="service-reading">
        <Reading rows={rows} target={first.target} scaleId={first.scaleId} start={props.axisStart} />
        <SetAsideLine setAside={total.setAside} />
        {isSuppressed && <p class="soft small">{text.totalHidden}</p>}
      </div>
    </section>
  );
}
